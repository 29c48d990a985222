#!/usr/bin/env python3
"""Everything that must hold, each step with its own set-up: `make test`.

A step that fails does not keep the later ones from running; the list at the
end says what to look at. `--quick` leaves out what takes minutes, and
`--only WORD` runs the steps whose names contain the word.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Callable

import build
import size
import test_tools
from paths import ROOT, SERVER, SITE, Stop, claim_target
from progress import Progress, duration

# The profile of `make run`, so that the SDK is compiled once.
PROFILE = "--release"
LINTS = ["--", "--deny", "warnings"]


@dataclass
class Step:
    """One thing that must hold."""

    name: str
    work: Callable[[], None]
    quick: bool = False


def run(*command: object, cwd: str = ".") -> None:
    """Runs a command that writes to the terminal itself; `Stop` when it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT / cwd, stdin=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise Stop(f"`{' '.join(words)}` failed (exit status {done.returncode}).")


def build_all() -> None:
    Progress(build.phases()).run()


def formatted() -> None:
    run("cargo", "fmt", "--all", "--check")


def lints() -> None:
    run("cargo", "clippy", PROFILE, "--workspace", "--all-targets", *LINTS)
    # The islands' half of the pages; on the host, where clippy always is.
    run("cargo", "clippy", PROFILE, "--package", "app", "--features", "hydrate", *LINTS)


def rust_tests() -> None:
    _tools_for_rust_tests()
    if shutil.which("cargo-nextest"):
        run("cargo", "nextest", "run", PROFILE, "--workspace", "--no-fail-fast")
        run("cargo", "test", PROFILE, "--workspace", "--doc")
    else:
        run("cargo", "test", PROFILE, "--workspace", "--no-fail-fast")


def _tools_for_rust_tests() -> None:
    """The unmodified AWS CLI and moto, by the names under which the tests ask for them."""
    commands = test_tools.python_env()
    os.environ["GREENLIGHT_AWS_CLI"] = str(commands / "aws")
    os.environ["GREENLIGHT_MOTO"] = str(commands / "moto_server")
    os.environ["GREENLIGHT_SITE"] = str(SITE)


def sandbox_over_boto3() -> None:
    run(test_tools.python_env() / "python", "-m", "pytest", "-q", "sandbox/tests/python")


def dependencies() -> None:
    deny = test_tools.cargo_deny()
    run(deny, "check", "--hide-inclusion-graph", "bans", "licenses", "sources")
    # Their database is a download, and not every place lets one through.
    fetched = subprocess.run([str(deny), "fetch", "db"], cwd=ROOT, stdin=subprocess.DEVNULL,
                             capture_output=True, check=False)
    if fetched.returncode == 0:
        run(deny, "check", "--disable-fetch", "advisories")
    else:
        print("The advisories' database cannot be reached from here; they were not checked.")


def small_wasm() -> None:
    size.check(SITE)


def browser() -> None:
    test_tools.end2end_modules()
    os.environ["GREENLIGHT_BINARY"] = str(SERVER)
    os.environ["GREENLIGHT_BROWSER"] = test_tools.browser() or ""
    run("node_modules/.bin/playwright", "test", cwd="end2end")


STEPS = [
    Step("format", formatted, quick=True),
    Step("lints", lints, quick=True),
    Step("build", build_all),
    Step("rust", rust_tests, quick=True),
    Step("sandbox over boto3", sandbox_over_boto3),
    Step("dependencies", dependencies),
    Step("size of the islands", small_wasm),
    Step("browser", browser),
]


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--quick", action="store_true")
    words.add_argument("--only", metavar="WORD")
    chosen = words.parse_args()
    steps = [step for step in STEPS if (step.quick or not chosen.quick) and (chosen.only or "") in step.name]

    os.chdir(ROOT)
    claim_target()
    results = []
    for step in steps:
        print(f"\n== {step.name}", flush=True)
        begun = time.monotonic()
        try:
            step.work()
            failure = None
        except Stop as stop:
            failure = str(stop)
            print(failure, file=sys.stderr, flush=True)
        results.append((step.name, time.monotonic() - begun, failure))

    print()
    for name, took, failure in results:
        print(f"{'FAILED' if failure else 'ok':>6}  {name:20} {duration(took):>12}  {failure or ''}")
    failed = sum(1 for _, _, failure in results if failure)
    print(f"\n{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
