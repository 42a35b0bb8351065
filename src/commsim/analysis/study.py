"""Plans on the same worlds: a world is a seed, and every plan is run in each."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from commsim.analysis.comparison import Comparison
from commsim.analysis.counts import Counts, counts, mean_counts
from commsim.analysis.intervals import differences
from commsim.analysis.measures import outcomes, path
from commsim.analysis.reached import Reached, reached, with_those_left_alone
from commsim.analysis.unlawful import flags
from commsim.analysis.within import Kept, kept, used
from commsim.core.arrays import Floats
from commsim.core.measures import NAMES
from commsim.experiments.pool import Pool
from commsim.experiments.worlds import world_seed
from commsim.population.people import Population
from commsim.records.records import Records
from commsim.scenario.schema import Scenario

if TYPE_CHECKING:
    from commsim.simulation.run import Detail

Progress = Callable[[int, float | None], None]
"""Hears the number of worlds done, and the half-width reached when it was looked at."""
WATCHED = 20
"""Worlds, the first ones, of which all is kept that stages and money by order number are counted from."""
MOST_PERSON_DAYS = 20_000_000
"""Members x days of a plan up to which that is done: beyond, all events of a world would fill the memory."""


class Found(NamedTuple):
    """Of one run: its outcomes in the order of `NAMES`, its path, what was counted in a world watched.

    used: what it came to by the limits of its plan.
    """

    values: Floats
    path: Floats
    counts: Counts | None
    used: tuple[float, ...] = ()


Worlds = Pool[tuple[Scenario, ...], tuple[int, bool], list[Found]]


def run_world(scenarios: tuple[Scenario, ...], world: tuple[int, bool]) -> list[Found]:
    """Outcomes and path of every plan in one world: its seed, and whether it is watched."""
    seed, watched = world
    found = []
    for scenario, records in zip(
        scenarios, run_all(scenarios, seed, "full" if watched else "daily"), strict=True
    ):
        measured = outcomes(records)
        values = np.array([measured[name] for name in NAMES])
        found.append(
            Found(values, path(records), counts(records) if watched else None, used(records, scenario))
        )
    return found


def is_small(scenario: Scenario) -> bool:
    """Whether everything that happens in a run can be kept; see `MOST_PERSON_DAYS`."""
    return scenario.community.members * scenario.days <= MOST_PERSON_DAYS


def run_all(scenarios: Sequence[Scenario], seed: int, detail: "Detail" = "daily") -> Iterator[Records]:
    """The records of every plan in one world, in order; plans for the same people share them."""
    from commsim.population.build import build
    from commsim.simulation.run import simulate

    populations: dict[int, Population] = {}
    for scenario in scenarios:
        first = next(k for k, other in enumerate(scenarios) if _same_people(scenario, other))
        if first not in populations:
            populations[first] = build(scenario.community, scenario.behaviour, seed, today=scenario.start)
        yield simulate(scenario, seed, detail=detail, population=populations[first])


def _same_people(one: Scenario, other: Scenario) -> bool:
    return (one.community, one.behaviour, one.start) == (other.community, other.behaviour, other.start)


class Study:
    """The worlds so far.

    scenarios: what is run in each: the plans, and after them those left alone that targets are against.
    """

    def __init__(self, plans: tuple[Scenario, ...], seed: int, metric: str) -> None:
        self._plans, self._seed, self._metric = plans, seed, metric
        self.scenarios, self._alone = with_those_left_alone(plans)
        self._seeds: list[int] = []
        self._values: list[list[Floats]] = [[] for _ in self.scenarios]
        self._paths: list[Floats] = [np.zeros(())] * len(self.scenarios)
        self._counts: list[list[Counts]] = [[] for _ in self.scenarios]
        self._used: list[list[tuple[float, ...]]] = [[] for _ in self.scenarios]
        self._watched = WATCHED if all(map(is_small, plans)) else 0

    def extend(self, pool: Worlds, size: int, tell: Progress) -> None:
        """Run every plan in the worlds that are missing to ``size``."""
        done = len(self._seeds)
        new = [world_seed(self._seed, world) for world in range(done, size)]
        tasks = [(seed, world < self._watched) for world, seed in enumerate(new, start=done)]
        for world in pool.map(tasks, lambda count: tell(done + count, None)):
            for plan, found in enumerate(world):
                self._values[plan].append(found.values)
                self._paths[plan] = self._paths[plan] + found.path
                self._used[plan].append(found.used)
                self._counts[plan] += [] if found.counts is None else [found.counts]
        self._seeds += new

    def metric_values(self) -> Floats:
        """Plans x worlds."""
        return np.array(self._values[: len(self._plans)])[:, :, NAMES.index(self._metric)]

    def half_width(self) -> float:
        """The widest half-width among the differences from the best plan."""
        values = self.metric_values()
        best = int(np.argmax(values.mean(axis=1)))
        return max(interval.half_width for interval in differences(values, best))

    def comparison(self, target: float | None) -> Comparison:
        """All of it, with names and warnings; ``target`` is the half-width that was asked for."""
        return Comparison(
            plans=labels([scenario.name for scenario in self._plans]),
            days=tuple(scenario.days for scenario in self._plans),
            seed=self._seed,
            seeds=tuple(self._seeds),
            metric=self._metric,
            values=np.array(self._values[: len(self._plans)]),
            paths=tuple(path / len(self._seeds) for path in self._paths[: len(self._plans)]),
            target=target,
            warnings=warnings(self._plans),
            targets=tuple(map(self._reached, range(len(self._plans)))),
            limits=tuple(map(self._kept, range(len(self._plans)))),
            counts=tuple(mean_counts(found) for found in self._counts[: len(self._plans)] if found),
            watched=len(self._counts[0]),
        )

    def _kept(self, plan: int) -> tuple[Kept, ...]:
        return kept(self._plans[plan].limits, self._used[plan])

    def _reached(self, plan: int) -> tuple[Reached, ...]:
        def of(run: int, name: str) -> Floats:
            return np.array(self._values[run])[:, NAMES.index(name)]

        return reached(self._plans[plan].target, partial(of, plan), partial(of, self._alone[plan]))


def labels(names: Sequence[str]) -> tuple[str, ...]:
    """Names made unique: the second plan of one name gets a number."""
    return tuple(
        f"{name} ({names[:i].count(name) + 1})" if name in names[:i] else name for i, name in enumerate(names)
    )


def warnings(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """What differs between the scenarios besides the operator's plan, and what is unlawful in them."""
    first, texts = scenarios[0], []
    if any(other.days != first.days for other in scenarios):
        texts.append("The plans run for different numbers of days; sums over the run are not comparable.")
    if any(other.community != first.community for other in scenarios):
        texts.append("The communities differ, so this compares communities and not only plans.")
    if any(other.behaviour != first.behaviour for other in scenarios):
        texts.append("The members' behaviour differs, so this compares assumptions and not only plans.")
    if any(other.products != first.products for other in scenarios):
        texts.append("The products differ in price, cost or kind, so the plans don't sell the same things.")
    return (*texts, *(flag for scenario in scenarios for flag in flags(scenario)))
