#!/usr/bin/env python3
"""Builds, starts, and does both again after every change: `make dev`.

A change that does not compile leaves the last good server running.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from paths import ROOT, SERVER

WATCHED = ["app", "server", "workshop", "sandbox", "style", "public", "migrations", "Cargo.toml", "Cargo.lock"]
LOOK_EVERY_S = 0.5


def newest() -> tuple[float, int]:
    """When the last change was, and how many files there are: a deletion counts too."""
    times = []
    for name in WATCHED:
        path = ROOT / name
        files = path.rglob("*") if path.is_dir() else [path]
        for file in files:
            try:
                if file.is_file():
                    times.append(file.stat().st_mtime)
            except FileNotFoundError:
                pass  # Gone between the listing and the look: an editor's temporary file.
    return max(times, default=0.0), len(times)


def stop(server: subprocess.Popen | None) -> None:
    if server and server.poll() is None:
        server.terminate()
        server.wait()


def main() -> None:
    server, seen = None, (0.0, 0)
    try:
        while True:
            now = newest()
            if now != seen:
                seen = now
                if subprocess.run([sys.executable, str(Path(__file__).with_name("build.py"))], check=False).returncode == 0:
                    stop(server)
                    server = subprocess.Popen([str(SERVER), *sys.argv[1:]], env=os.environ)
            time.sleep(LOOK_EVERY_S)
    except KeyboardInterrupt:
        stop(server)


if __name__ == "__main__":
    main()
