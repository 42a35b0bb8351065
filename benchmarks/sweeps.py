"""What a sweep costs besides its runs: rate with two workers, the runner's work and memory.

Runs that sleep show the sweep's own work, and hardly what else the machine does; real ones show both.
"""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from timing import print_table

from commsim.analysis.sweep import job as real_job
from commsim.experiments.design import Design, load_design
from commsim.experiments.progress import Progress
from commsim.experiments.results import Result
from commsim.experiments.schedule import Run
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


def cost(runs: int, workers: int, seconds: float | None = None) -> Cost:
    """Make so many runs, a multiple of 100, that sleep for so many seconds; real ones if None."""
    seen: list[tuple[float, float, int]] = []

    def hear(progress: Progress) -> None:
        if progress.done >= 20 * workers:
            seen.append((time.perf_counter(), time.process_time(), progress.done))

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "design.yaml"
        file.write_text(DESIGN.format(repetitions=runs // 100))
        design = load_design(file)
        job = real_job(design) if seconds is None else Job(Nap(seconds), OUTCOMES, ())
        carry_out(design, job, Path(folder) / "out", Manner(workers), hear)
    first, last = seen[0], seen[-2]
    wall, work, done = (later - earlier for earlier, later in zip(first, last, strict=True))
    return Cost(done / wall, work / done, resident())


def resident() -> int:
    """Megabytes of memory that this process has now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 1_000_000


if __name__ == "__main__":
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
