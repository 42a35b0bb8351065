"""What a sweep will take, from a few of its runs."""

import io
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commsim.analysis.sweep import job, run_point
from commsim.core.errors import InputError
from commsim.experiments.design import Design
from commsim.experiments.pool import processors
from commsim.experiments.results import Result
from commsim.experiments.schedule import Run, Schedule
from commsim.experiments.sweep import Job
from commsim.experiments.tables import Layout

if TYPE_CHECKING:
    import pyarrow as pa

TIMED = 4
"""Runs that are tried, evenly spread over the schedule; the first, which loads the simulator, isn't timed."""


@dataclass(frozen=True)
class Estimate:
    """Size of a sweep, seconds of one run and of all on so many workers, and bytes on the disk."""

    points: int
    repetitions: int
    runs: int
    workers: int
    seconds_per_run: float
    seconds: float
    size: int


def estimate(design: Design, workers: int | None = None) -> Estimate:
    """Try some runs of a design, and keep nothing.  InputError if one of them fails."""
    schedule, workers = Schedule(design), workers or processors()
    runs = [schedule[round(k * (len(schedule) - 1) / (TIMED - 1))] for k in range(TIMED)]
    _tried(design, runs[0])
    started = time.perf_counter()
    results = {run.number: _tried(design, run) for run in runs}
    each = (time.perf_counter() - started) / TIMED
    return Estimate(
        points=len(design.points()),
        repetitions=design.repetitions,
        runs=len(schedule),
        workers=workers,
        seconds_per_run=each,
        seconds=each * len(schedule) / min(workers, len(schedule)),
        size=_size(job(design), schedule, [schedule[number] for number in results], results),
    )


def _tried(design: Design, run: Run) -> Result:
    try:
        return run_point(design, run)
    except Exception as error:
        raise InputError(
            f"{type(error).__name__}: {error}", where=str(run.point), remedy="mend the design or the scenario"
        ) from error


def _size(kept: Job, schedule: Schedule, runs: list[Run], results: Mapping[int, Result]) -> int:
    """Bytes of all shards: what each has of its own, and what each run adds."""
    layout = Layout(tuple(schedule.design.columns), kept.outcomes, kept.series)
    one = _bytes(layout.tables(runs[:1], results))
    several = _bytes(layout.tables(runs, results))
    each = (several - one) / max(1, len(runs) - 1)
    return round(schedule.shards * max(0.0, one - each) + len(schedule) * each)


def _bytes(tables: "Mapping[str, pa.Table]") -> int:
    import pyarrow.parquet as pq

    total = 0
    for table in tables.values():
        sink = io.BytesIO()
        pq.write_table(table, sink, compression="zstd")
        total += sink.tell()
    return total
