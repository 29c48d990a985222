#!/usr/bin/env python3
"""How much the islands weigh on the wire, and the most that they may."""

from __future__ import annotations

import sys
from pathlib import Path

from paths import SITE, Stop

# Brotli, in kilobytes of 1000 bytes.
WASM_LIMIT_KB = 90


def compressed(site: Path, extension: str) -> int:
    """Bytes on the wire of the site's one file with this extension under pkg/."""
    found = list((site / "pkg").glob(f"greenlight.*.{extension}.br"))
    if len(found) != 1:
        raise Stop(f"{site}/pkg should hold one compressed .{extension}, and holds {len(found)}.")
    return found[0].stat().st_size


def check(site: Path) -> None:
    """Prints the sizes; `Stop` when the wasm is over its limit."""
    sizes = {extension: compressed(site, extension) for extension in ("wasm", "js", "css")}
    print(", ".join(f"{extension} {size / 1000:.1f} KB" for extension, size in sizes.items()), "(brotli)")
    if sizes["wasm"] > WASM_LIMIT_KB * 1000:
        raise Stop(f"The wasm is {sizes['wasm'] / 1000:.1f} KB; {WASM_LIMIT_KB} KB is the most it may be.")


if __name__ == "__main__":
    try:
        check(SITE)
    except Stop as stop:
        sys.exit(str(stop))
