"""What a sweep costs besides its runs: rate with two workers, the runner's work and memory.

Runs that sleep show the sweep's own work, and hardly what else the machine does; real ones show both.
``--against PYTHON`` compares real runs with those of the version that another environment has.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from timing import TENDED, print_table

from commsim.analysis.sweep import job as real_job
from commsim.experiments.design import Design, load_design
from commsim.experiments.progress import Progress
from commsim.experiments.results import Result
from commsim.experiments.sweep import Job, Manner, carry_out

if TYPE_CHECKING:
    from commsim.experiments.schedule import Run  # elsewhere in older versions

OUTCOMES = tuple(f"outcome_{k}" for k in range(24))
DESIGN = """
name: nothing but work
scenario: {plan}
repetitions: {repetitions}
levers:
  total: {{path: strategies.red_envelope.total, low: 2, high: 50, steps: 100}}
"""


@dataclass(frozen=True)
class Nap:
    """A run of so many seconds."""

    seconds: float

    def __call__(self, design: Design, run: "Run") -> Result:
        time.sleep(self.seconds)
        return Result(tuple(np.arange(len(OUTCOMES)) * (run.point.number + run.seed % 1000 / 1000)))


@dataclass(frozen=True)
class Cost:
    """Runs a second without the start of the processes; of the runner, processor time per run and memory."""

    rate: float
    work: float
    megabytes: int


def cost(runs: int, workers: int, seconds: float | None = None) -> Cost:
    """Make so many runs, a multiple of 100, that sleep for so many seconds; real ones if None."""
    seen: list[tuple[float, float, int]] = []

    def hear(progress: Progress) -> None:
        if progress.done >= 20 * workers:
            seen.append((time.perf_counter(), time.process_time(), progress.done))

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "design.yaml"
        file.write_text(DESIGN.format(plan=TENDED, repetitions=runs // 100))
        design = load_design(file)
        job = real_job(design) if seconds is None else Job(Nap(seconds), OUTCOMES, ())
        carry_out(design, job, Path(folder) / "out", Manner(workers), hear)
    first, last = seen[0], seen[-2]
    wall, work, done = (later - earlier for earlier, later in zip(first, last, strict=True))
    return Cost(done / wall, work / done, resident())


def resident() -> int:
    """Megabytes of memory that this process has now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 1_000_000


def against(other: str, runs: int, repetitions: int) -> None:
    """Compare real runs on two workers with those of the commsim in another Python, in turn."""
    rates: dict[str, list[float]] = {sys.executable: [], other: []}
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    for _ in range(repetitions):
        for python, found in rates.items():
            command = [python, __file__, "--rate", str(runs)]
            settings = plain if python == other else None
            done = subprocess.run(command, env=settings, stdout=subprocess.PIPE, text=True, check=True)
            found.append(float(done.stdout))
    own, theirs = (statistics.median(found) for found in rates.values())
    pairs = [b / a for a, b in zip(*rates.values(), strict=True)]
    rows = [
        ("10,000 runs with two workers", f"{10_000 / own:.0f} s"),
        ("the other", f"{10_000 / theirs:.0f} s"),
        ("of the other's time, by the medians", f"{theirs / own:.2f}"),
        ("of the other's time, pair by pair", " ".join(f"{ratio:.2f}" for ratio in sorted(pairs))),
    ]
    print_table("Runs that simulate 2,000 members x 60 days, and another version", rows)


def show() -> None:
    """What a sweep costs besides its runs."""
    for what, seconds in (("sleep 50 ms", 0.05), ("simulate 2,000 members x 60 days", None)):
        one, two = cost(200, 1, seconds), cost(400, 2, seconds)
        rows = [
            ("one worker, runs a second", f"{one.rate:.1f}"),
            ("two workers, runs a second", f"{two.rate:.1f}"),
            ("two, of twice one", f"{50 * two.rate / one.rate:.0f} %"),
        ]
        if seconds is None:
            rows.append(("10,000 runs with two workers", f"{10_000 / two.rate:.0f} s"))
        print_table(f"Runs that {what}", rows)
    few, many = cost(2_000, 1, 0.0), cost(20_000, 1, 0.0)
    print_table(
        "Runs that do nothing, 24 outcomes each",
        [
            ("processor time of the runner per run", f"{1000 * many.work:.2f} ms"),
            ("memory of the runner after 2,000 runs", f"{few.megabytes} MB"),
            ("memory of the runner after 20,000 runs more", f"{many.megabytes} MB"),
        ],
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--against", metavar="PYTHON", help="compare with the commsim of another Python")
    parser.add_argument("--runs", type=int, default=1_000, help="of each turn, a multiple of 100")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--rate", type=int, metavar="RUNS", help="print runs a second with two workers")
    given = parser.parse_args()
    if given.rate:
        print(cost(given.rate, 2).rate)
    elif given.against:
        against(given.against, given.runs, given.turns)
    else:
        show()
