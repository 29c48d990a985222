"""Says which phase of a long build is running and about how many minutes are left.

A build in which nothing changed says nothing at all.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import Callable

from paths import Stop

# A phase shorter than this is not worth a line.
SILENCE_S = 3
# How often the estimate is said again; a terminal rewrites its line instead.
REPEAT_S = 30
TERMINAL_REPEAT_S = 1

BAR = re.compile(r"^\s*Building \[.*\] (\d+)/(\d+)")
CHATTER = re.compile(r"^\s*(Compiling|Checking|Downloading|Downloaded|Updating|Locking|Adding|Finished|Blocking|Dirty|Fresh|Building) ")
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass
class Phase:
    """One part of the build."""

    name: str
    # Minutes that it will take on two cores; 0 if it was done before.
    minutes: float
    work: Callable[["Progress"], None]


class Progress:
    """Runs phases one after the other and keeps the person informed."""

    def __init__(self, phases: list[Phase]) -> None:
        self.phases = phases
        self.at = 0
        self.fraction = 0.0
        self.detail = ""
        self.spoke = False
        # How this machine compares with the one on which the minutes were measured.
        self.pace = 1.0
        self.started = time.monotonic()

    def run(self) -> None:
        """Every phase in order; the first that fails ends it with `Stop`."""
        begun = time.monotonic()
        for self.at, phase in enumerate(self.phases):
            self.started, self.fraction, self.detail, self.spoke = time.monotonic(), 0.0, "", False
            done = threading.Event()
            speaker = threading.Thread(target=self._speak_until, args=(done,), daemon=True)
            speaker.start()
            try:
                phase.work(self)
            finally:
                done.set()
                speaker.join()
            took = time.monotonic() - self.started
            if self.spoke:
                self._line(f"{self._label()}: {duration(took)}", final=True)
            if phase.minutes >= 1:
                self.pace = took / 60 / phase.minutes
        total = time.monotonic() - begun
        if total > 60:
            print(f"Built in {duration(total)}.", flush=True)

    def cargo(self, cargo: str, *arguments: object, env: dict[str, str] | None = None) -> None:
        """Runs cargo; its progress feeds the estimate, its warnings and errors are shown."""
        # `always`: without a terminal cargo would not say how far it is.
        merged = {**os.environ, **(env or {}), "CARGO_TERM_PROGRESS_WHEN": "always", "CARGO_TERM_PROGRESS_WIDTH": "80"}
        if sys.stderr.isatty():
            merged["CARGO_TERM_COLOR"] = "always"
        command = [cargo, *map(str, arguments)]
        try:
            # Text mode takes the bar's carriage returns for ends of lines.
            running = subprocess.Popen(command, env=merged, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                       text=True, errors="replace")
        except FileNotFoundError:
            raise Stop("Rust is needed: https://rustup.rs installs it.") from None
        assert running.stderr is not None
        for line in running.stderr:
            self._cargo_line(line.rstrip("\n"))
        if running.wait() != 0:
            raise Stop(f"`{' '.join(command)}` failed.")

    def _cargo_line(self, line: str) -> None:
        plain = COLOUR.sub("", line)
        bar = BAR.match(plain)
        if bar:
            done, of = int(bar[1]), int(bar[2])
            self.fraction = done / of
            self.detail = f"{done} of {of} crates"
        elif plain.lstrip().startswith("Blocking"):
            self.detail = "waiting for another cargo"
        elif plain.strip() and not CHATTER.match(plain):
            self._clear()
            print(line, file=sys.stderr, flush=True)

    def minutes_left(self) -> float:
        """Of this phase and the ones after it."""
        phase = self.phases[self.at]
        elapsed = (time.monotonic() - self.started) / 60
        expected = phase.minutes * self.pace
        if self.fraction > 0.25:
            # Half what was measured, half what is seen. Counting crates alone
            # promises too much: the heaviest ones come last.
            expected = (expected + elapsed / self.fraction) / 2
        # A phase that is late: as far as anyone can say, it is nearly done.
        here = max(expected - elapsed, elapsed / 5)
        return here + sum(later.minutes for later in self.phases[self.at + 1:]) * self.pace

    def _speak_until(self, done: threading.Event) -> None:
        wait = SILENCE_S
        while not done.wait(wait):
            self.spoke = True
            left = self.minutes_left()
            about = "about a minute left" if left < 1.5 else f"about {left:.0f} minutes left"
            self._line(", ".join(part for part in (self._label(), self.detail, about) if part))
            wait = TERMINAL_REPEAT_S if sys.stdout.isatty() else REPEAT_S

    def _label(self) -> str:
        return f"[{self.at + 1}/{len(self.phases)}] {self.phases[self.at].name}"

    def _line(self, text: str, final: bool = False) -> None:
        if sys.stdout.isatty():
            self._clear()
            print(text, end="\n" if final else "", flush=True)
        else:
            print(text, flush=True)

    def _clear(self) -> None:
        if sys.stdout.isatty():
            print("\r\x1b[K", end="", flush=True)


def duration(seconds: float) -> str:
    """Seconds as people say them."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
