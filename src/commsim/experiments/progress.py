"""How a running sweep gets on: told to whoever asks, in a small file."""

import json
import os
import socket
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from commsim.experiments.store import put_text
from commsim.records.folder import writing

PROGRESS = ".progress.json"
_EVERY = 1.0
_WINDOW = 60.0
"""Seconds over which the rate is taken."""


@dataclass(frozen=True)
class Progress:
    """Runs of the schedule in all, kept, and failed of these; runs per second lately (0: not known yet).

    started and updated: seconds since 1970.  process and machine: who was at it last.
    """

    runs: int
    done: int
    failed: int
    rate: float = 0.0
    started: float = 0.0
    updated: float = 0.0
    process: int = 0
    machine: str = ""

    @property
    def left(self) -> int:
        """Runs still to be made."""
        return self.runs - self.done

    @property
    def seconds_left(self) -> float | None:
        """Time that the rest will take; None while that is not known."""
        return self.left / self.rate if self.rate else None


class Meter:
    """Measures the rate, tells it after every run, and writes it to `PROGRESS` once a second."""

    def __init__(self, folder: Path, runs: int, tell: Callable[[Progress], None]) -> None:
        self._file, self._runs, self._tell = folder / PROGRESS, runs, tell
        self._started = time.time()
        self._seen: deque[tuple[float, int]] = deque()
        self._written, self._under_way = 0.0, False

    def note(self, done: int, failed: int, *, last: bool = False) -> Progress:
        """So many runs are kept now, so many of them failed."""
        now = time.monotonic()
        self._sample(now, done)
        ids = os.getpid(), socket.gethostname()
        found = Progress(self._runs, done, failed, self._rate(now, done), self._started, time.time(), *ids)
        self._tell(found)
        if last or now - self._written >= _EVERY:
            self._written = now
            with writing(self._file):
                put_text(json.dumps(asdict(found)) + "\n", self._file)
        return found

    def _sample(self, now: float, done: int) -> None:
        if not self._under_way and self._seen and done > self._seen[-1][1]:
            self._under_way = True
            self._seen.clear()  # the time before the first run went into starting processes
        if not self._seen or now - self._seen[-1][0] >= _EVERY:
            self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[0][0] > _WINDOW:
            self._seen.popleft()

    def _rate(self, now: float, done: int) -> float:
        then, before = self._seen[0]
        return (done - before) / (now - then) if done > before else 0.0


def read_progress(folder: Path) -> Progress | None:
    """What was last written; None if nothing was."""
    try:
        return Progress(**json.loads((folder / PROGRESS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
