"""A sweep: every point of a design in every one of its worlds, kept in a folder."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commsim.analysis.measures import PATH, outcomes, path
from commsim.core.errors import InputError
from commsim.core.measures import NAMES
from commsim.experiments.begin import ResumeRefused
from commsim.experiments.design import Design, load_design
from commsim.experiments.effort import RUN_SECONDS
from commsim.experiments.limits import Limits
from commsim.experiments.progress import Progress
from commsim.experiments.results import Result
from commsim.experiments.schedule import Run
from commsim.experiments.sweep import Job, Manner, carry_out
from commsim.records.sweep import SweepResults, load_results
from commsim.scenario.own_strategies import admit_all
from commsim.scenario.schema import Scenario
from commsim.simulation.warm_up import prepare_engine

if TYPE_CHECKING:
    from commsim.population.people import Population


def sweep(
    design: Design | str | Path,
    out: str | Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    run_seconds: float = RUN_SECONDS,
    run_gigabytes: float | None = None,
    max_failures: int | None = None,
    retry_failed: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> SweepResults:
    """Run a design (or the one of that path) into a folder, or go on where an earlier call was stopped.

    workers: processes that make runs, one per processor if None; this one keeps the books, so a script
    calls it under ``if __name__ == "__main__":``.  scheduler: address of a Dask cluster instead, such as
    ``tcp://10.0.0.1:8786``.  Neither changes a byte of the results.  A run that fails is a row of
    ``failures``, so is one that takes longer than run_seconds or more memory than run_gigabytes (half of the
    machine's if None; 0 for no limit); max_failures: stop at so many.  retry_failed: make runs again that
    failed before.  progress: hears after every run.
    Raises `InputError`, `commsim.experiments.begin.ResumeRefused` if the folder was begun with another
    design or engine, and `commsim.experiments.sweep.TooManyFailures`.
    """
    found = read_design(design, out)
    limits = Limits(run_seconds, run_gigabytes)
    manner = Manner(workers, scheduler, limits, max_failures, retry_failed)
    carry_out(found, job(found), out, manner, progress or (lambda told: None))
    return load_results(out)


def read_design(design: Design | str | Path, out: str | Path | None = None) -> Design:
    """A design, or the one of a path with its outcomes checked.

    out: the folder of a sweep that may have begun; own strategies that are kept there are loaded.
    Raises InputError, and `ResumeRefused` if those are not the ones that are loaded.
    """
    try:
        if out is not None:
            admit_all(Path(out))
    except InputError as error:
        raise ResumeRefused(error.what, where=error.where, remedy=error.remedy) from None
    return design if isinstance(design, Design) else load_design(design, measures=NAMES)


def job(design: Design) -> Job:
    """What is run at each point of a design, and what is kept of it."""
    return Job(run_point, design.outcomes or NAMES, PATH if design.series else (), prepare_engine)


class _People:
    """The people of the last run, whom the next one shares if nothing that makes them differs.

    All points come in one world before the next, so that this is the rule where levers are of strategies.
    """

    def __init__(self) -> None:
        self._made_of: tuple[Any, ...] = ()
        self._made: Population | None = None

    def of(self, scenario: Scenario, seed: int) -> "Population":
        """The people of a scenario in a world."""
        from commsim.population.build import build

        parts = (seed, scenario.start, scenario.community, scenario.behaviour)
        if self._made is None or self._made_of != parts:
            self._made = None  # two at a time may not fit into memory
            self._made = build(scenario.community, scenario.behaviour, seed, today=scenario.start)
            self._made_of = parts
        return self._made


_PEOPLE = _People()


def run_point(design: Design, run: Run) -> Result:
    """The outcomes of one point in one world, and its days if the design keeps them."""
    from commsim.simulation.run import simulate

    scenario = design.scenario(run.point)
    records = simulate(scenario, run.seed, population=_PEOPLE.of(scenario, run.seed))
    measured = outcomes(records)
    kept = job(design)
    return Result(tuple(measured[name] for name in kept.outcomes), path(records) if kept.series else None)
