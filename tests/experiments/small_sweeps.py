"""A sweep of cheap runs, some of which fail, to be killed; also a program: DESIGN OUT WORKERS [SCHEDULER]."""

import hashlib
import os
import signal
import sys
import time
from pathlib import Path

import numpy as np

from commsim.experiments.design import Design, load_design
from commsim.experiments.results import Result
from commsim.experiments.schedule import Run
from commsim.experiments.sweep import Job, Manner, carry_out

POINTS = 60
FAILING = 7
"""Number of the run that fails."""
DESIGN = """
name: small
scenario: active-group
repetitions: {repetitions}
levers:
  total: {{path: strategies.red_envelope.total, low: 2, high: 31, steps: 30}}
  mode: {{path: strategies.red_envelope.hour, values: [9, 20]}}
  talk: {{path: community.members, values: [100], when: mode == 20}}
"""
OWN = {".lock", ".progress.json", "history.jsonl"}
"""Files that tell of processes and times, not of results."""


def small_design(folder: Path, repetitions: int = 2) -> Design:
    """60 points, so 120 runs in 3 shards."""
    file = folder / f"design-{repetitions}.yaml"
    file.write_text(DESIGN.format(repetitions=repetitions))
    return load_design(file)


def cheap(design: Design, run: Run) -> Result:
    time.sleep(float(os.environ.get("NAP", "0")))
    gate = os.environ.get("GATE")  # a file; so many bytes as it has, so many runs may be made
    while gate and run.number >= Path(gate).stat().st_size:
        time.sleep(0.01)
    if run.number == FAILING and not os.environ.get("MENDED"):
        raise ValueError(f"run {run.number} fails")
    x = run.seed % 1000 / 7 + run.point.number
    return Result((x, -x), np.outer(np.arange(1.0, 4.0), [x, 1 / 3]))


def poisonous(design: Design, run: Run) -> Result:
    if run.number == FAILING:
        os.kill(os.getpid(), signal.SIGKILL)
    return cheap(design, run)


OUTCOMES, SERIES = ("up", "down"), ("a", "b")
JOB = Job(cheap, OUTCOMES, SERIES)


def told(out: Path) -> Path:
    """The file by which the program tells, at once, how many runs are kept: it has so many bytes."""
    return out.with_name(f"{out.name}.told")


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of results."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and file.name not in OWN)
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


if __name__ == "__main__":
    source, out, workers, *scheduler = sys.argv[1:]
    manner = Manner(workers=int(workers), scheduler=scheduler[0] if scheduler else None)
    with told(Path(out)).open("ab") as file:
        carry_out(load_design(source), JOB, out, manner, lambda progress: file.truncate(progress.done))
