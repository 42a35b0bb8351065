"""Plans on the same worlds: a world is a seed, and every plan is run in each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np
from pydantic import ValidationError

from commsim.analysis.brought import spent
from commsim.analysis.counts import Counts, counts
from commsim.analysis.measures import PATH, outcomes, path
from commsim.analysis.phrase import Phrase
from commsim.analysis.reached import same_run
from commsim.analysis.unknowns import supposed, unknowns
from commsim.analysis.unlawful import flags
from commsim.analysis.within import detail_of, used
from commsim.analysis.written_counts import plain_counts, revived_counts
from commsim.core.arrays import Floats
from commsim.core.measures import NAMES
from commsim.population.people import Population
from commsim.records.records import Records
from commsim.scenario.length import with_days
from commsim.scenario.schema import Scenario

if TYPE_CHECKING:
    from commsim.simulation.run import Detail

MOST_PERSON_DAYS = 20_000_000
"""Members x days of a plan up to which that is done: beyond, all events of a world would fill the memory."""

NOTHING, DOING_NOTHING = "nothing", "doing nothing"
"""What is given for a plan that is another one left alone, and the name that this has in results."""


class Run(NamedTuple):
    """A plan, or what is made of it.

    plan: its number.  kept: names of the strategies and sources that are left; None for all, and nothing is
    the plan left alone.  days: None for its own.
    """

    plan: int
    kept: tuple[str, ...] | None = None
    days: int | None = None

    def of(self, plans: Sequence[Scenario]) -> Scenario:
        """The scenario to run."""
        plan = plans[self.plan]
        if self.kept is not None:
            plan = plan.only(self.kept) if self.kept else plan.left_alone()
        return plan if self.days is None else with_days(plan, self.days)


class World(NamedTuple):
    """What to run in a world; plain, so that it is what a run is known by in a folder.

    watched: so many first runs are kept in full.  days: to read the runs at; none for their last.
    supposed: what is otherwise than the plans have it, by name of the unknown.  paths: of so many first runs
    the path is kept.
    """

    seed: int
    runs: tuple[Run, ...]
    watched: int = 0
    days: tuple[int, ...] = ()
    supposed: tuple[tuple[str, float], ...] = ()
    paths: int = 0


NO_PATH: Floats = np.zeros((0, len(PATH)))


class Found(NamedTuple):
    """Of one run: outcomes in the order of `NAMES`, a row for each day read; path and counts where wanted.

    used: what it came to by the limits of its plan.  spent: yuan that its strategies and sources cost.
    """

    values: Floats
    path: Floats = NO_PATH
    counts: Counts | None = None
    used: tuple[float, ...] = ()
    spent: float = np.nan


@dataclass(frozen=True, eq=False)
class WorldFound:
    """What came of all runs of a world, in their order."""

    runs: tuple[Found, ...]

    def plain(self) -> dict[str, Any]:
        """As what JSON can hold; `revive` makes the same of it."""
        return {"runs": [_plain(one) for one in self.runs]}

    @classmethod
    def revive(cls, data: dict[str, Any]) -> Self:
        """What `plain` gave such data."""
        return cls(tuple(_revived(one) for one in data["runs"]))


def _plain(one: Found) -> dict[str, Any]:
    told: dict[str, Any] = {"values": one.values.tolist(), "used": one.used, "spent": one.spent}
    if len(one.path):
        told["path"] = one.path.tolist()
    return told if one.counts is None else told | {"counts": plain_counts(one.counts)}


def _revived(data: dict[str, Any]) -> Found:
    return Found(
        np.array(data["values"], np.float64),
        np.array(data["path"], np.float64) if "path" in data else NO_PATH,
        revived_counts(data["counts"]) if "counts" in data else None,
        tuple(data["used"]),
        data.get("spent", np.nan),
    )


def run_world(plans: tuple[Scenario, ...], world: World) -> WorldFound:
    """All runs of a world; not a number where a plan can't be as is supposed."""
    if world.supposed:
        try:
            assumed = dict(world.supposed)
            plans = supposed(plans, unknowns(plans, assumed), assumed)
        except ValidationError:
            return WorldFound(tuple(Found(np.full((1, len(NAMES)), np.nan)) for _ in world.runs))
    scenarios = [run.of(plans) for run in world.runs]
    details: list[Detail] = [
        "full" if k < world.watched else detail_of(one) for k, one in enumerate(scenarios)
    ]
    found = []
    for k, records in enumerate(run_all(scenarios, world.seed, details)):
        rows = [_row(records.first(days)) for days in world.days] or [_row(records)]
        way = path(records) if k < world.paths else NO_PATH
        counted = counts(records) if k < world.watched else None
        found.append(Found(np.array(rows), way, counted, used(records, scenarios[k]), spent(records)))
    return WorldFound(tuple(found))


def _row(records: Records) -> Floats:
    measured = outcomes(records)
    return np.array([measured[name] for name in NAMES])


def is_small(scenario: Scenario) -> bool:
    """Whether everything that happens in a run can be kept; see `MOST_PERSON_DAYS`."""
    return scenario.community.members * scenario.days <= MOST_PERSON_DAYS


def run_all(
    scenarios: Sequence[Scenario], seed: int, detail: "Detail | Sequence[Detail]" = "daily"
) -> Iterator[Records]:
    """The records of every plan in one world, in order; plans for the same people share them.

    detail: of all, or of each.
    """
    from commsim.population.build import build
    from commsim.simulation.run import simulate

    populations: dict[int, Population] = {}
    details = [detail] * len(scenarios) if isinstance(detail, str) else detail
    for scenario, of_run in zip(scenarios, details, strict=True):
        first = next(k for k, other in enumerate(scenarios) if _same_people(scenario, other))
        if first not in populations:
            populations[first] = build(scenario.community, scenario.behaviour, seed, today=scenario.start)
        yield simulate(scenario, seed, detail=of_run, population=populations[first])


def doing_nothing(plan: Scenario) -> Scenario:
    """A plan left alone, as a plan of its own."""
    return plan.left_alone().model_copy(update={"name": DOING_NOTHING})


def _same_people(one: Scenario, other: Scenario) -> bool:
    return (one.community, one.behaviour, one.start) == (other.community, other.behaviour, other.start)


def labels(names: Sequence[str]) -> tuple[str, ...]:
    """Names made unique: the second plan of one name gets a number."""
    return tuple(
        f"{name} ({names[:i].count(name) + 1})" if name in names[:i] else name for i, name in enumerate(names)
    )


def _equal(scenarios: Sequence[Scenario]) -> list[str]:
    """Which plans are one and the same, by the names that results give them."""
    names = labels([scenario.name for scenario in scenarios])
    return [
        Phrase("{one} and {other} are one and the same plan.", one=names[k], other=names[later])
        for k, one in enumerate(scenarios)
        for later in range(k + 1, len(scenarios))
        if same_run(one, scenarios[later])
    ]


def warnings(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """What differs between the scenarios besides the operator's plan, and what is unlawful in them."""
    first, texts = scenarios[0], _equal(scenarios)
    if any(other.days != first.days for other in scenarios):
        texts.append("The plans run for different numbers of days; sums over the run are not comparable.")
    if any(other.community != first.community for other in scenarios):
        texts.append(
            "The communities differ, so this compares communities and not only plans; doing nothing is each "
            "plan's own community left alone."
        )
    if any(other.behaviour != first.behaviour for other in scenarios):
        texts.append("The members' behaviour differs, so this compares assumptions and not only plans.")
    if any(other.products != first.products for other in scenarios):
        texts.append("The products differ in price, cost or kind, so the plans don't sell the same things.")
    return (*texts, *(flag for scenario in scenarios for flag in flags(scenario)))
