#!/usr/bin/env python3
"""How fast, how small: `make bench`. Every figure comes from this one run.

The server has one core and the load another. Requests a second are those of a
real step page after a check (session, SQLite, text, evidence), and are held
against the same bytes served from memory by the same stack
(server/examples/limit.rs).
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import debian
from bench_client import Browser, paced
from paths import ROOT, SERVER, SITE, TARGET, Stop, call

PAGE = "/steps/2"
WORKSPACES = 10_000
LOAD_S = 8
CONNECTIONS = 32
PACE_PER_S, PACE_S = 200, 10
SERVER_CORE, LOAD_CORE = "0", "1"


@dataclass
class Served:
    """A process that answers at an address, on a core of its own."""

    process: subprocess.Popen
    address: str
    ready_ms: float

    def stop(self) -> None:
        """Asks it to end, and waits."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=10)

    def resident_mb(self) -> float:
        """What it occupies of the memory now."""
        kilobytes = call("ps", "-o", "rss=", "-p", self.process.pid)
        return int(kilobytes) * 1024 / 1_000_000


def serve(command: list[str], address: str, path: str) -> Served:
    """Starts a server; it is ready when `path` was answered in full."""
    log = tempfile.TemporaryFile()
    begun = time.perf_counter()
    process = subprocess.Popen(pinned(SERVER_CORE) + command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={
        **os.environ, "TOKIO_WORKER_THREADS": "1", "GREENLIGHT_SITE": str(SITE)})
    browser = Browser(address)
    while True:
        try:
            browser.get(path)
            return Served(process, address, (time.perf_counter() - begun) * 1000)
        except ConnectionError:
            if process.poll() is not None:
                log.seek(0)
                sys.stderr.write(log.read().decode(errors="replace"))
                raise Stop(f"`{' '.join(command)}` ended with status {process.returncode}.") from None
            time.sleep(0.002)


def greenlight(database: Path) -> Served:
    address = free_address()
    return serve([str(SERVER), "--addr", address, "--database", str(database), "--sandbox-speed", "2000"], address, PAGE)


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def pinned(core: str) -> list[str]:
    return ["taskset", "-c", core] if shutil.which("taskset") else []


def rate(served: Served, path: str, cookie: str) -> float:
    """Requests a second, as many as it can answer."""
    words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{LOAD_S}s", "-H", f"Cookie: {cookie}"]
    said = call(*pinned(LOAD_CORE), *words, f"http://{served.address}{path}")
    if "Non-2xx" in said or "Socket errors" in said:
        raise Stop(f"Under load the server answered with errors:\n{said}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", said).group(1))


def add_workspaces(database: Path, count: int) -> None:
    """Copies of the one workspace and all that is kept about it, straight into the file."""
    with sqlite3.connect(database) as store:
        tables = [name for name, in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        copied = []
        for table in tables:
            columns = [(row[1], row[5]) for row in store.execute(f"PRAGMA table_info({table})")]
            names = [name for name, _ in columns]
            if table == "workspaces":
                copied.insert(0, (table, "name", columns))
            elif "workspace" in names:
                copied.append((table, "workspace", columns))
        for table, owner, columns in copied:
            # A number that SQLite gives out is left out, what must be unique gets the copy's number.
            kept = [name for name, key in columns if not (key and name == "id")]
            unique = {owner, "access_key_id"}
            values = [f"{name} || '-' || ?1" if name in unique else name for name in kept]
            store.executemany(
                f"INSERT INTO {table} ({', '.join(kept)}) SELECT {', '.join(values)} FROM {table} WHERE {owner} = 'local'",
                ((number,) for number in range(count)))


def percentile(sorted_values: list[float], part: float) -> float:
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * part))]


def report(name: str, value: str, goal: str = "") -> None:
    print(f"  {name:44} {value:>22}  {'goal: ' + goal if goal else ''}", flush=True)


def measure(folder: Path) -> None:
    debian.install(["wrk"], need=["wrk"])
    call("cargo", "build", "--release", "--package", "server", "--example", "limit", "--example", "full_check")
    database = folder / "greenlight.db"
    print(f"Greenlight on one core, {PAGE} after a check")

    served = greenlight(database)
    report("first start, database and account made", f"{served.ready_ms:.0f} ms")
    browser = Browser(served.address)
    browser.submit(PAGE, "check")
    # The account moves in machine time; let what is due pass before the load.
    time.sleep(1)
    page = browser.get(PAGE)
    (folder / "page.html").write_bytes(page)
    idle = served.resident_mb()

    real = rate(served, PAGE, browser.cookie())
    waits = sorted(paced(served.address, PAGE, browser.cookie(), PACE_PER_S, PACE_S))
    visit = Browser(served.address).first_visit(PAGE)
    served.stop()

    limit_address = free_address()
    limit = serve([str(TARGET / "release" / "examples" / "limit"), limit_address, str(folder / "page.html")],
                  limit_address, "/")
    bare = rate(limit, "/", "")
    limit.stop()

    starts = []
    for _ in range(5):
        again = greenlight(database)
        starts.append(again.ready_ms)
        again.stop()

    report("requests a second", f"{real:.0f}")
    report("the same bytes from memory", f"{bare:.0f}")
    report("part of that", f"{real / bare:.2f}", "0.25")
    report(f"at {PACE_PER_S} a second, median", f"{statistics.median(waits):.1f} ms")
    report("99th percentile", f"{percentile(waits, 0.99):.1f} ms")
    report("start to first page, median of 5", f"{statistics.median(starts):.0f} ms", "150 ms")
    report("idle memory", f"{idle:.0f} MB", "60 MB")
    report("the page, uncompressed", f"{len(page) / 1000:.1f} KB")
    report("first visit, on the wire", f"{visit.bytes / 1000:.1f} KB", "110 KB")
    report("requests of a first visit", f"{visit.requests}", "10")

    add_workspaces(database, WORKSPACES)
    full = greenlight(database)
    crowd = rate(full, PAGE, browser.cookie())
    full.stop()
    report(f"requests a second, {WORKSPACES:,} more workspaces", f"{crowd:.0f}")
    report("part of the rate before", f"{crowd / real:.2f}")


def measure_full_check(folder: Path) -> None:
    """A look at every resource, in an account with everything in it, 40 ms away."""
    said = call(str(TARGET / "release" / "examples" / "full_check"), str(folder))
    figures = {name: float(value) for name, value in (line.split() for line in said.splitlines())}
    whole, slowest = figures["whole_ms"], figures["slowest_ms"]
    report("a look at all resources, 40 ms away", f"{whole:.0f} ms")
    report("calls in it", f"{figures['calls']:.0f}")
    report("the slowest of them", f"{slowest:.0f} ms")
    report("the look over the slowest call", f"{whole / slowest:.1f}")


def main() -> int:
    os.chdir(ROOT)
    try:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder))
            measure_full_check(Path(folder))
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
