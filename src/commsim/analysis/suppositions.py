"""Plans run side by side where some of what nobody knows is supposed otherwise, on the runner of sweeps."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np

from commsim.analysis.measures import outcomes
from commsim.analysis.study import run_all
from commsim.analysis.unknowns import Unknown, supposed
from commsim.core.arrays import Floats
from commsim.core.errors import CommsimError, Exit
from commsim.experiments.design import Column, Point
from commsim.experiments.results import Result
from commsim.experiments.schedule import Run, Schedule
from commsim.experiments.sweep import Job, Lasting, Manner, Runs, opened
from commsim.experiments.worlds import world_seed
from commsim.scenario.data_files import hashes
from commsim.scenario.load import deciding
from commsim.scenario.schema import Scenario

Values = Mapping[str, float]
"""What is supposed, by name of the unknown; all else is as the plans have it."""
Ask = Callable[[Sequence[tuple[int, int]]], Floats]
"""Given pairs of a row and a world, by how much the first plan is ahead of the second there."""
AHEAD, BEHIND = "first", "second"
"""Columns of the results."""


class Rehearsal(Protocol):
    """Where two plans can be compared under any supposition: the engine, or a made-up problem in a test."""

    def stage(
        self, name: str, rows: Sequence[Values], worlds: int, *, dealt: int = 0
    ) -> AbstractContextManager[Ask]:
        """A context that gives an `Ask` for these rows; see `Suppositions` for the others."""
        ...


@dataclass(frozen=True)
class Suppositions:
    """Rows of suppositions about two plans, each run in some worlds; see `Planned`.

    repetitions: worlds of each row.  dealt: if not 0, each row has one world, which is dealt out: row k has
    world k, modulo so many.
    """

    name: str
    plans: tuple[Scenario, ...]
    known: tuple[Unknown, ...]
    rows: tuple[Values, ...]
    repetitions: int
    seed: int
    metric: str
    dealt: int = 0

    @property
    def columns(self) -> list[Column]:
        """A column per unknown."""
        return [Column(one.name, "uncertainty", "float") for one in self.known]

    def points(self) -> Sequence[Point]:
        """A point per row."""
        return self._points

    @cached_property
    def _points(self) -> list[Point]:
        return [Point(number, dict(row)) for number, row in enumerate(self.rows)]

    def world_seed(self, point: int, repetition: int) -> int:
        """Seed of the world of a row."""
        return world_seed(self.seed, point % self.dealt if self.dealt else repetition)

    def resolved(self) -> dict[str, Any]:
        """All of it as plain data."""
        return {
            "stage": self.name,
            "metric": self.metric,
            "dealt": self.dealt,
            "plans": [deciding(one) for one in self.plans],
            "files": dict(file for one in self.plans for file in hashes(one)),
            "unknowns": {one.name: [[plan, *path] for plan, path in one.places] for one in self.known},
            "rows": [dict(row) for row in self.rows],
        }


Common = tuple[tuple[Scenario, ...], tuple[Unknown, ...], str]
"""The plans, what is unknown of them, and the measure."""


def run_supposed(common: Common, run: Run) -> Result:
    """What both plans come to where something is supposed, in one world."""
    plans, known, metric = common
    values = {name: float(value) for name, value in run.point.values.items()}
    changed = supposed(plans, known, values)
    return Result(tuple(outcomes(records)[metric] for records in run_all(changed, run.seed)))


class RunsFailed(CommsimError):
    """A run of the plans failed, so that nothing can be said."""

    exit_code = Exit.RUNS_FAILED


class Engine:
    """Both plans on the engine; a context manager, since its processes last from stage to stage.

    Each stage has a folder of its own below ``folder``, from which the same calls go on.  prepare: what each
    process does first.  tell: hears how many pairs of runs are done in all, and the stage.
    """

    def __init__(
        self,
        plans: tuple[Scenario, ...],
        known: tuple[Unknown, ...],
        metric: str,
        seed: int,
        folder: Path,
        manner: Manner,
        prepare: Callable[[], None],
        tell: Callable[[int, str], None] = lambda done, stage: None,
    ) -> None:
        self._common, self._seed = (plans, known, metric), seed
        self._folder, self._manner, self._tell = folder, manner, tell
        self._job = Job(run_supposed, (AHEAD, BEHIND), (), prepare)
        self._makers = Lasting(self._job, self._common, manner)
        self.pairs = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._makers.__exit__(*error)

    @contextmanager
    def stage(self, name: str, rows: Sequence[Values], worlds: int, *, dealt: int = 0) -> Iterator[Ask]:
        """See `Rehearsal`."""
        plans, known, metric = self._common
        planned = Suppositions(name, plans, known, tuple(rows), worlds, self._seed, metric, dealt)
        with opened(planned, self._job, self._folder / name, self._manner, makers=self._makers) as runs:
            schedule = Schedule(planned)
            yield lambda wanted: self._leads(schedule, runs, wanted)

    def _leads(self, schedule: Schedule, runs: Runs, wanted: Sequence[tuple[int, int]]) -> Floats:
        numbers = np.array([schedule.number(row, world) for row, world in wanted], np.int64)
        missing = numbers[np.isin(numbers, runs.left)]
        before, stage = self.pairs + len(numbers) - len(missing), schedule.design.name
        runs.make(missing, lambda done: self._tell(before + done, stage))
        self.pairs += len(numbers)
        found = runs.values(numbers)
        failed = np.flatnonzero(np.isnan(found).any(axis=1))
        if failed.size:
            run = schedule[int(numbers[failed[0]])]
            told = ", ".join(f"{name} = {value:g}" for name, value in list(run.point.values.items())[:3])
            raise RunsFailed(
                f"{failed.size} pairs of runs failed",
                where=f"the world of seed {run.seed}" + (f", where {told}" if told else ""),
                remedy="run both plans with that --seed to see why",
            )
        return np.asarray(found[:, 0] - found[:, 1])
