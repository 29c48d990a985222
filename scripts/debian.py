"""Packages of Debian and Ubuntu, where there is apt and something is missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from paths import Stop, call


def here() -> bool:
    """Whether this is a machine with apt on which we may install."""
    return bool(shutil.which("apt-get")) and (os.geteuid() == 0 or bool(shutil.which("sudo")))


def install(packages: list[str], need: list[str | Path]) -> None:
    """Installs `packages`, unless every command or file of `need` is there."""
    if all(shutil.which(str(command)) for command in need):
        return
    if not here():
        raise Stop(f"Please install {', '.join(packages)}.")
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    call(*sudo, "apt-get", "update", "-qq", env=env)
    call(*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, env=env)
