"""Timing that a noisy machine does not spoil: repetitions in turn, medians, and tables."""

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

TENDED, UNTENDED = (str(Path(__file__).with_name(f"{name}.yaml")) for name in ("tended", "untended"))
"""Plans of the benchmarks, which stay as they are."""


def interleaved(
    tasks: Sequence[Callable[[], object]], repetitions: int, clock: Callable[[], float] = time.process_time
) -> list[float]:
    """Median seconds of each task, of this process's own work unless another clock is given.

    They take turns, so that a slow minute hits all of them alike.
    """
    seconds: list[list[float]] = [[] for _ in tasks]
    for _ in range(repetitions):
        for task, times in zip(tasks, seconds, strict=True):
            started = clock()
            task()
            times.append(clock() - started)
    return [statistics.median(times) for times in seconds]


def print_table(title: str, rows: Sequence[tuple[str, str]]) -> None:
    """Print names and values in two columns."""
    width = max(len(name) for name, _ in rows)
    print(f"\n{title}")
    for name, value in rows:
        print(f"  {name:<{width}}  {value:>16}")
