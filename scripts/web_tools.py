"""wasm-bindgen from crates.io, wasm-opt and esbuild from npm, each kept by its version."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from paths import ROOT, TOOLS, Stop, call, locked_version


def wasm_bindgen() -> Path:
    """Where wasm-bindgen is, or will be. It must match the crate to the digit."""
    return TOOLS / f"wasm-bindgen-{locked_version('wasm-bindgen')}" / "bin" / "wasm-bindgen"


def install_wasm_bindgen() -> None:
    """Compiles wasm-bindgen's command, unless it is in the cache.

    Not with `--locked`: its lock file names a yanked crate. Not optimised: it
    runs for a second, and optimising takes a minute and a half.
    """
    if wasm_bindgen().exists():
        return
    env = {name: value for name, value in os.environ.items() if name != "CARGO_TARGET_DIR"}
    call("cargo", "install", "wasm-bindgen-cli", "--version", locked_version("wasm-bindgen"),
         "--root", wasm_bindgen().parent.parent, "--config", "profile.release.opt-level=0", env=env)


def npm_modules(folder: str) -> Path:
    """Where the modules that `folder`'s package-lock.json names are, or will be."""
    lock = (ROOT / folder / "package-lock.json").read_bytes()
    return TOOLS / f"npm-{folder}-{hashlib.sha256(lock).hexdigest()[:12]}" / "node_modules"


def install_npm_modules(folder: str) -> None:
    """`npm ci` for `folder`, into the cache, unless it is there already."""
    modules = npm_modules(folder)
    done = modules.parent / ".done"
    if done.exists():
        return
    if not shutil.which("npm"):
        raise Stop("Node is needed (20 or newer, with npm): it shrinks the WebAssembly and bundles the style.")
    shutil.rmtree(modules.parent, ignore_errors=True)
    modules.parent.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / folder / name, modules.parent)
    # Playwright's own download is left to browser.py, which first looks for one that is there.
    env = {**os.environ, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"}
    call("npm", "ci", "--no-audit", "--no-fund", cwd=modules.parent, env=env)
    done.touch()
