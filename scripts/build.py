#!/usr/bin/env python3
"""Builds what `make run` starts: the server and the site that it serves.

Each phase is done at once when nothing changed. The minutes were measured on
two cores, from nothing.
"""

from __future__ import annotations

import os
import sys

import wasm_target
import web_tools
from paths import ROOT, SERVER, SITE, WASM_TARGET, Stop, call, claim_target
from progress import Phase, Progress

PROFILE = "wasm-release"
ISLANDS = WASM_TARGET / wasm_target.TARGET / PROFILE / "app.wasm"


def build_server(progress: Progress) -> None:
    """The binary, with its pages."""
    progress.cargo("cargo", "build", "--release", "--package", "server", "--bin", "greenlight")


def build_islands(progress: Progress) -> None:
    """The part of the pages that runs in the browser, as the linker leaves it."""
    rust = wasm_target.get()
    progress.cargo(rust.cargo, "build", "--profile", PROFILE, "--package", "app", "--lib", "--features", "hydrate",
                   "--target", wasm_target.TARGET, env={**rust.env, "CARGO_TARGET_DIR": str(WASM_TARGET)})


def assemble_site() -> None:
    """Small files with hashed names: see site.mjs."""
    call("node", ROOT / "scripts" / "site.mjs", ISLANDS, SITE, env={
        **os.environ,
        "WASM_BINDGEN": str(web_tools.wasm_bindgen()),
        "NODE_MODULES": str(web_tools.npm_modules("scripts")),
    })


def phases() -> list[Phase]:
    """Every phase, in order."""
    bindgen = web_tools.wasm_bindgen().exists()
    modules = web_tools.npm_modules("scripts").exists()
    return [
        Phase("WebAssembly target", 0 if wasm_target.ready() else 3, lambda _: wasm_target.get()),
        Phase("wasm-bindgen", 0 if bindgen else 4, lambda _: web_tools.install_wasm_bindgen()),
        Phase("wasm-opt and esbuild", 0 if modules else 0.5, lambda _: web_tools.install_npm_modules("scripts")),
        Phase("server", 0.5 if SERVER.exists() else 14, build_server),
        Phase("islands", 0.5 if ISLANDS.exists() else 3, build_islands),
        Phase("site", 0 if SITE.exists() else 0.5, lambda _: assemble_site()),
    ]


def main() -> int:
    os.chdir(ROOT)
    claim_target()
    try:
        Progress(phases()).run()
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
