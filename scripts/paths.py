"""Where things are: the clone, the build, the cache of tools that every clone shares."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = Path.home() / ".cache" / "greenlight"

# Outside the clone by default, so that a second clone finds the compiled SDK.
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or CACHE / "target")
# The islands may be compiled by another rustc than the server. In one folder
# the two would throw away each other's work.
WASM_TARGET = TARGET.with_name(TARGET.name + "-wasm")
SITE = Path(os.environ.get("GREENLIGHT_SITE") or TARGET / "site")
SERVER = TARGET / "release" / "greenlight"

# Each tool sits in a folder that carries its version, so nothing is ever
# upgraded in place under a clone that still wants the old one.
TOOLS = CACHE / "tools"


class Stop(Exception):
    """A sentence for the person at the terminal: what is missing, what to do."""


def claim_target() -> None:
    """Tells cargo that this clone's sources are not those that were compiled last.

    Cargo goes by the time of a file alone: where two clones share a folder, what the other one
    compiled later would pass for this one's.
    """
    owner = TARGET / "clone.txt"
    if owner.exists() and owner.read_text() == str(ROOT):
        return
    for crate in ("workshop", "sandbox", "app", "server"):
        for source in (ROOT / crate).rglob("*.rs"):
            os.utime(source)
    TARGET.mkdir(parents=True, exist_ok=True)
    owner.write_text(str(ROOT))


def locked_version(crate: str) -> str:
    """The version of `crate` in Cargo.lock."""
    lock = (ROOT / "Cargo.lock").read_text()
    found = re.search(rf'^name = "{re.escape(crate)}"\nversion = "([^"]+)"', lock, re.M)
    if not found:
        raise Stop(f"Cargo.lock does not name {crate}.")
    return found.group(1)


def call(*command: object, quiet: bool = True, **options) -> str:
    """Runs a command to its end and gives what it printed.

    When it fails, what it printed is shown and `Stop` raised. `quiet=False`
    lets the command write to the terminal itself.
    """
    words = [str(word) for word in command]
    pipe = subprocess.PIPE if quiet else None
    try:
        done = subprocess.run(words, stdout=pipe, stderr=subprocess.STDOUT if quiet else None,
                              stdin=subprocess.DEVNULL, text=True, check=False, **options)
    except FileNotFoundError:
        raise Stop(f"{words[0]} is not installed.") from None
    if done.returncode != 0:
        sys.stderr.write(done.stdout or "")
        raise Stop(f"`{' '.join(words)}` failed (exit status {done.returncode}).")
    return done.stdout or ""
