"""What only the tests need: a virtual environment, a browser, cargo-deny.

Each is looked for first and installed, into the cache, only if missing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

import debian
import web_tools
from paths import ROOT, TOOLS, Stop, call

CARGO_DENY = "0.20.2"
BROWSERS = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]


def python_env() -> Path:
    """The folder of commands (`python`, `aws`, `moto_server`) of end2end/requirements.txt."""
    wanted = (ROOT / "end2end" / "requirements.txt").read_bytes()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    venv = TOOLS / f"python-{version}-{hashlib.sha256(wanted).hexdigest()[:12]}"
    if not (venv / ".done").exists():
        shutil.rmtree(venv, ignore_errors=True)
        call(sys.executable, "-m", "venv", venv)
        call(venv / "bin" / "python", "-m", "pip", "install", "--quiet", "--requirement",
             ROOT / "end2end" / "requirements.txt")
        (venv / ".done").touch()
    return venv / "bin"


def browser() -> str | None:
    """Chromium or Chrome; nothing when Playwright uses the one that it downloaded."""
    named = os.environ.get("GREENLIGHT_BROWSER")
    for candidate in [named] if named else BROWSERS:
        if Path(candidate).exists():
            return candidate
    if named:
        raise Stop(f"GREENLIGHT_BROWSER names {named}, which is not there.")
    if debian.here():
        debian.install(["chromium", "fonts-dejavu-core"], need=[BROWSERS[0]])
        return BROWSERS[0]
    call("npx", "playwright", "install", "chromium", cwd=ROOT / "end2end")
    return None


def end2end_modules() -> None:
    """Playwright and axe, where the specs look for them."""
    web_tools.install_npm_modules("end2end")
    link = ROOT / "end2end" / "node_modules"
    modules = web_tools.npm_modules("end2end")
    if link.is_symlink() or not link.exists():
        link.unlink(missing_ok=True)
        link.symlink_to(modules)


def cargo_deny() -> Path:
    """cargo-deny, compiled once a machine."""
    found = shutil.which("cargo-deny")
    if found:
        return Path(found)
    home = TOOLS / f"cargo-deny-{CARGO_DENY}"
    command = home / "bin" / "cargo-deny"
    if not command.exists():
        env = {name: value for name, value in os.environ.items() if name != "CARGO_TARGET_DIR"}
        call("cargo", "install", "cargo-deny", "--version", CARGO_DENY, "--locked", "--root", home, env=env)
    return command
