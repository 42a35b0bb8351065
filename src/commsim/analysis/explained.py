"""The runs that explain a plan: with parts of its strategies, and with each pathway switched off."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from commsim.analysis import shapley
from commsim.analysis.measures import outcomes
from commsim.core.arrays import Bools, Floats
from commsim.core.errors import CommsimError, Exit
from commsim.core.view import LEFT, MEMBER
from commsim.experiments.design import Design, over_scenarios
from commsim.experiments.limits import Limits
from commsim.experiments.results import Result
from commsim.experiments.schedule import Run, Schedule
from commsim.experiments.sweep import Job, Manner, TooManyFailures, opened
from commsim.experiments.worlds import world_seed
from commsim.population.people import Population
from commsim.records.records import Records
from commsim.records.sweep import load_results
from commsim.scenario.behaviour.pathways import Pathway, pathways, without
from commsim.scenario.schema import Scenario
from commsim.simulation.warm_up import prepare_engine
from commsim.strategies.calendar import by_name

if TYPE_CHECKING:
    from commsim.simulation.run import Detail

PLAN, NOTHING = "plan", "nothing"
"""The two points of each world."""
_UNLIMITED = Limits(0.0)
"""A world is hundreds of runs, so that what one run may take says nothing."""


class RunFailed(CommsimError):
    """A run that an explanation needs failed."""

    exit_code = Exit.RUNS_FAILED


@dataclass(frozen=True)
class Columns:
    """What is kept of the runs of a plan, or of doing nothing, in one world.

    metric: the measure.  parts: what a planner can leave out, strategies and sources.  pathways: those
    that are switched off one by one.
    """

    metric: str
    parts: tuple[str, ...]
    pathways: tuple[Pathway, ...]

    @classmethod
    def of(cls, plan: Scenario, metric: str) -> "Columns":
        """Those of a plan."""
        return cls(metric, parts(plan), pathways(plan))

    @property
    def names(self) -> tuple[str, ...]:
        """As the tables of the runs have them."""
        subsets = [f"{self.metric} of parts {subset}" for subset in range(self.subsets)]
        moved = [
            f"{what} {part}" for part in range(len(self.parts) + 1) for what in ("kept", "lost", "leavers")
        ]
        off = [f"{what} without {one.name}" for one in self.pathways for what in (self.metric, "members")]
        return (*subsets, *moved, "members", *off)

    @property
    def subsets(self) -> int:
        """Places for subsets of parts; only those that are needed in a world are filled."""
        return len(shapley.needed(len(self.parts), 0))

    @property
    def runs(self) -> int:
        """Runs of a world."""
        return self.subsets + 2 * len(self.pathways) + 1


class Outcomes(NamedTuple):
    """What came out: worlds x `Columns.names`, of the plan and of doing nothing."""

    columns: Columns
    seeds: tuple[int, ...]
    plan: Floats
    nothing: Floats

    def subsets(self, world: int) -> shapley.Values:
        """The measure of each subset that was run in a world."""
        asked = shapley.needed(len(self.columns.parts), self.seeds[world])
        return dict(zip(asked, self.plan[world, : len(asked)].tolist(), strict=True))

    def moved(self, part: int) -> Floats:
        """Kept, lost and leavers of a part, of all together after the last: worlds x 3."""
        at = self.columns.subsets + 3 * part
        return self.plan[:, at : at + 3]

    def without(self, pathway: int) -> tuple[Floats, Floats]:
        """Measure and members where a pathway is off, each worlds x (plan, nothing)."""
        at = len(self.columns.names) + 2 * (pathway - len(self.columns.pathways))
        both = np.stack([self.plan[:, at : at + 2], self.nothing[:, at : at + 2]])
        return both[:, :, 0].T, both[:, :, 1].T

    @property
    def members(self) -> Floats:
        """Members at the end as people are: worlds x (plan, nothing)."""
        at = self.columns.subsets + 3 * (len(self.columns.parts) + 1)
        return np.stack([self.plan[:, at], self.nothing[:, at]], axis=1)


def parts(scenario: Scenario) -> tuple[str, ...]:
    """Names of what a planner can leave out of a plan: its strategies, and its sources of newcomers."""
    return *by_name(scenario.strategies), *(source.name for source in scenario.sources)


def explained(
    plan: Scenario,
    columns: Columns,
    worlds: int,
    seed: int,
    folder: str | Path,
    manner: Manner,
    progress: Callable[[int], None],
) -> Outcomes:
    """Make the runs, or those that a folder does not hold yet.  Raises `RunFailed`, and as `opened`."""
    plans = {PLAN: plan, NOTHING: plan.left_alone()}
    design = over_scenarios(f"why {plan.name}"[:80], plans).often(worlds, seed)
    work = Job(partial(run_world, columns), columns.names, (), prepare_engine)
    schedule = Schedule(design)
    careful = Manner(
        manner.workers, manner.scheduler, _UNLIMITED, 1, retry_failed=True, command=manner.command
    )
    try:
        with opened(design, work, folder, careful, lambda told: progress(told.done // 2)) as runs:
            runs.make(runs.left)
            both = [
                runs.values(np.array([schedule.number(point, world) for world in range(worlds)]))
                for point in range(2)
            ]
    except TooManyFailures:
        failed = load_results(folder).failures.iloc[0]
        remedy = f"commsim run with --seed {failed['seed']} may show why"
        raise RunFailed(str(failed["message"]), where=plan.name, remedy=remedy) from None
    return Outcomes(columns, tuple(schedule.design.world_seed(0, world) for world in range(worlds)), *both)


def explained_here(plan: Scenario, columns: Columns, worlds: int, seed: int) -> Outcomes:
    """The same runs, one after the other in this process, and kept nowhere."""
    seeds = tuple(world_seed(seed, world) for world in range(worlds))
    plans = (plan, True), (plan.left_alone(), False)
    both = [[_in_world(columns, one, world, whole=whole) for world in seeds] for one, whole in plans]
    return Outcomes(columns, seeds, *map(np.array, both))


def run_world(columns: Columns, design: Design, run: Run) -> Result:
    """Everything of a plan in one world, or of doing nothing."""
    plan, whole = design.scenario(run.point), run.point.label == PLAN
    return Result(_in_world(columns, plan, run.seed, whole=whole))


def _in_world(columns: Columns, plan: Scenario, seed: int, *, whole: bool) -> tuple[float, ...]:
    """A row of `Columns.names`; of doing nothing, which is the same with any of the parts, if not whole."""
    from commsim.population.build import build

    people = build(plan.community, plan.behaviour, seed, today=plan.start)
    if whole:
        values, moved, members = with_parts(columns, plan, seed, people)
    else:
        alone = outcomes(_simulated(plan, seed, people))
        values = [alone[columns.metric]] * columns.subsets
        moved, members = [0.0] * 3 * (len(columns.parts) + 1), alone["members"]
    off = [_without(columns.metric, plan, one, seed, people) for one in columns.pathways]
    return (*values, *moved, members, *(value for pair in off for value in pair))


def with_parts(
    columns: Columns, plan: Scenario, seed: int, people: Population
) -> tuple[list[float], list[float], float]:
    """The measure of each subset; (kept, lost, leavers) of each part, and of all; and members."""
    count = len(columns.parts)
    everything = (1 << count) - 1
    left_out = [everything ^ 1 << part for part in range(count)]
    values: list[float] = []
    statuses: dict[int, tuple[Bools, Bools]] = {}
    members = 0.0
    for subset in shapley.needed(count, seed):
        chosen = [name for part, name in enumerate(columns.parts) if subset >> part & 1]
        looked_at = subset in (0, everything, *left_out)
        records = _simulated(plan.only(chosen), seed, people, "full" if looked_at else "daily")
        found = outcomes(records)
        values.append(found[columns.metric])
        members = found["members"] if subset == everything else members
        if looked_at:
            statuses[subset] = _standing(records, people.n_persons)
    moved = [_moved(statuses[everything], statuses[other]) for other in (*left_out, 0)]
    return values, [float(number) for one in moved for number in one], members


def _without(
    metric: str, plan: Scenario, pathway: Pathway, seed: int, people: Population
) -> tuple[float, float]:
    """Measure and members where a pathway is off; people are made anew where it makes them differ."""
    from commsim.population.build import build

    off = without(plan, pathway)
    if pathway.makes_people:
        people = build(off.community, off.behaviour, seed, today=off.start)
    found = outcomes(_simulated(off, seed, people))
    return found[metric], found["members"]


def _simulated(plan: Scenario, seed: int, people: Population, detail: "Detail" = "daily") -> Records:
    from commsim.simulation.run import simulate

    return simulate(plan, seed, detail=detail, population=people)


def _standing(records: Records, persons: int) -> tuple[Bools, Bools]:
    """Who is a member at the end, and who has left, of those whom the community has under every plan."""
    status = np.zeros(persons, np.int8)
    ours = records.members["person"] < persons  # whom sources bring stand after them
    status[records.members["person"][ours]] = records.members["status"][ours]
    return np.asarray(status == MEMBER), np.asarray(status == LEFT)


def _moved(with_it: tuple[Bools, Bools], without_it: tuple[Bools, Bools]) -> tuple[int, int, int]:
    kept = np.count_nonzero(with_it[0] & without_it[1])
    lost = np.count_nonzero(with_it[1] & without_it[0])
    return int(kept), int(lost), int(np.count_nonzero(with_it[1]))
