"""What a sweep costs besides its runs: rate with two workers, the runner's work and memory.

Runs here sleep, so that only the sweep's own work is measured, and hardly what else the machine does.
"""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from timing import print_table

from commsim.experiments.design import Design, load_design
from commsim.experiments.plan import Run
from commsim.experiments.progress import Progress
from commsim.experiments.results import Result
from commsim.experiments.sweep import Job, Manner, carry_out

OUTCOMES = tuple(f"outcome_{k}" for k in range(24))
DESIGN = """
name: nothing but work
scenario: active-group
repetitions: {repetitions}
levers:
  total: {{path: strategies.red_envelope.total, low: 2, high: 50, steps: 100}}
"""


@dataclass(frozen=True)
class Nap:
    """A run of so many seconds."""

    seconds: float

    def __call__(self, design: Design, run: Run) -> Result:
        time.sleep(self.seconds)
        return Result(tuple(np.arange(len(OUTCOMES)) * (run.point.number + run.seed % 1000 / 1000)))


@dataclass(frozen=True)
class Cost:
    """Runs a second without the start of the processes; of the runner, processor time per run and memory."""

    rate: float
    work: float
    megabytes: int


def cost(runs: int, seconds: float, workers: int) -> Cost:
    """Make so many runs, a multiple of 100, of so many seconds each."""
    seen: list[tuple[float, float, int]] = []

    def hear(progress: Progress) -> None:
        if progress.done >= 20 * workers:
            seen.append((time.perf_counter(), time.process_time(), progress.done))

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "design.yaml"
        file.write_text(DESIGN.format(repetitions=runs // 100))
        job, manner = Job(Nap(seconds), OUTCOMES, ()), Manner(workers)
        carry_out(load_design(file), job, Path(folder) / "out", manner, hear)
    first, last = seen[0], seen[-2]
    wall, work, done = (later - earlier for earlier, later in zip(first, last, strict=True))
    return Cost(done / wall, work / done, resident())


def resident() -> int:
    """Megabytes of memory that this process has now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 1_000_000


if __name__ == "__main__":
    one, two = cost(200, 0.05, workers=1), cost(400, 0.05, workers=2)
    print_table(
        "Runs that sleep 50 ms",
        [
            ("one worker, runs a second", f"{one.rate:.1f}"),
            ("two workers, runs a second", f"{two.rate:.1f}"),
            ("two, of twice one", f"{50 * two.rate / one.rate:.0f} %"),
        ],
    )
    few, many = cost(2_000, 0.0, workers=1), cost(20_000, 0.0, workers=1)
    print_table(
        "Runs that do nothing, 24 outcomes each",
        [
            ("processor time of the runner per run", f"{1000 * many.work:.2f} ms"),
            ("memory of the runner after 2,000 runs", f"{few.megabytes} MB"),
            ("memory of the runner after 20,000 runs more", f"{many.megabytes} MB"),
        ],
    )
