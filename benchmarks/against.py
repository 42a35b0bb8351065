"""This engine beside an older one: ratios of processor time and memory, in one run on one machine.

    python benchmarks/against.py --old OTHER_ENVIRONMENT/bin/python
    python benchmarks/against.py --old ... --large 200000x60 --only large

The older version is installed in an environment of its own.  Small runs are lived by one lasting process
of each version, in turns of a quarter of a second; large runs and first runs by new processes, in turns.
A ratio is the median of those of neighbouring turns, which a slow minute of the machine hits alike.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from timing import TENDED, UNTENDED, print_table

WORKER = str(Path(__file__).with_name("one_engine.py"))
SMALL = {
    "2,000 members x 60 days of a tended group": ["small", TENDED],
    "2,000 members x 60 days of an untended group": ["small", UNTENDED],
    "the same as a run of a sweep: new people, outcomes": ["swept", TENDED],
}
Pair = tuple[dict[str, float], dict[str, float]]


class Engine:
    """One version, in the environment of an interpreter; ``path`` stands in PYTHONPATH."""

    def __init__(self, python: str, path: str = "") -> None:
        self.python, self.environment = python, {**os.environ, "PYTHONPATH": path}

    def once(self, *arguments: str, cache: str | None = None) -> dict[str, float]:
        """What a process of its own measures."""
        changed = {} if cache is None else {"NUMBA_CACHE_DIR": cache}
        command = [self.python, WORKER, *arguments]
        done = subprocess.run(
            command, check=True, env={**self.environment, **changed}, stdout=subprocess.PIPE
        )
        return dict(json.loads(done.stdout))

    def lasting(self, *arguments: str) -> Callable[[], dict[str, float]]:
        """A process that measures once more at every call, and ends with this one."""
        command = [self.python, WORKER, *arguments]
        worker = subprocess.Popen(
            command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

        def again() -> dict[str, float]:
            assert worker.stdin
            assert worker.stdout
            worker.stdin.write("\n")
            worker.stdin.flush()
            return dict(json.loads(worker.stdout.readline()))

        return again


def in_turns(
    old: Callable[[], dict[str, float]], new: Callable[[], dict[str, float]], turns: int
) -> list[Pair]:
    """Measures of both, each first in half of the turns."""
    pairs = []
    for turn in range(turns):
        if turn % 2:
            late = new()
            pairs.append((old(), late))
        else:
            pairs.append((old(), new()))
    return pairs


def row(name: str, pairs: list[Pair], measure: str, unit: str, scale: float = 1.0) -> tuple[str, str]:
    """Medians of both and the median of their ratios."""
    old, new = (statistics.median(side[measure] * scale for side in of) for of in zip(*pairs, strict=True))
    ratio = statistics.median(new[measure] / old[measure] for old, new in pairs)
    return name, f"{old:8.2f} {unit:2} {new:8.2f} {unit:2} {ratio:6.2f}"


def small_rows(old: Engine, new: Engine, turns: int) -> list[tuple[str, str]]:
    rows = []
    for name, arguments in SMALL.items():
        sides = old.lasting(*arguments), new.lasting(*arguments)
        rows.append(row(name, in_turns(*sides, turns), "seconds", "ms", 1000.0))
    return rows


def large_rows(old: Engine, new: Engine, size: str, turns: int) -> list[tuple[str, str]]:
    members, days = size.split("x")
    sides = [lambda engine=engine: engine.once("large", TENDED, members, days) for engine in (old, new)]
    pairs = in_turns(sides[0], sides[1], turns)
    name = f"{int(members):,} members x {days} days of a tended group"
    return [
        row(name, pairs, "seconds", "s"),
        row("  of which the population", pairs, "population", "s"),
        row("  memory at the peak, libraries included", pairs, "peak", "GB", 1e-9),
    ]


def first_rows(old: Engine, new: Engine, turns: int) -> list[tuple[str, str]]:
    def compiled(engine: Engine) -> dict[str, float]:
        with tempfile.TemporaryDirectory() as cache:
            return engine.once("first", TENDED, cache=cache)

    pairs = in_turns(lambda: compiled(old), lambda: compiled(new), turns)
    return [row("first run after installation, all compiled", pairs, "seconds", "s")]


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--old", required=True, help="the older version's Python")
    parser.add_argument("--large", default="1800000x365", help="members x days of the large runs")
    parser.add_argument("--only", choices=("small", "large", "first"), help="one part of the table")
    parser.add_argument("--turns", type=int, help="of each side; else 40 small, 3 large and 3 first runs")
    given = parser.parse_args()
    old, new = Engine(given.old), Engine(sys.executable, os.environ.get("PYTHONPATH", ""))
    parts: dict[str, Any] = {
        "small": lambda: small_rows(old, new, given.turns or 40),
        "large": lambda: large_rows(old, new, given.large, given.turns or 3),
        "first": lambda: first_rows(old, new, given.turns or 3),
    }
    rows = [line for name, part in parts.items() if given.only in (None, name) for line in part()]
    print_table("Processor time of the older version, of this one, and the ratio", rows)


if __name__ == "__main__":
    main()
