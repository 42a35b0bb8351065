"""One run of a search: a plan of a space in a world, or several where what nobody knows is otherwise."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from commsim.analysis.beliefs import Beliefs, points_of, unknowns_of
from commsim.analysis.measures import outcomes
from commsim.analysis.unknowns import Unknown, supposed
from commsim.analysis.within import detail_of, used
from commsim.experiments.asked import Question
from commsim.experiments.results import Result, failure
from commsim.experiments.space import NOTHING, Choices, Space
from commsim.population.people import Population
from commsim.scenario.schema import Scenario

AS_IT_IS = -1
"""Instead of the number of an uncertain point: all is as the plan has it."""
MOST_KEPT = 100_000
"""Persons whose communities are kept between runs of one process."""


@dataclass(frozen=True)
class Work:
    """What all runs of a search share.

    metrics: measures that decide.  doubts: points at which the winner is tried where all is otherwise;
    beliefs: of a calibration, whose draws these are.
    A question is a plan, the seed of its world, and the number of a point or `AS_IT_IS`.
    """

    space: Space
    metrics: tuple[str, ...]
    doubts: int
    seed: int
    beliefs: Beliefs | None = None


def answer(work: Work, question: Question) -> Result:
    """Measures, then what is used by the limits; at an uncertain point the first measure of three plans.

    These are the plan, the base and the base left alone.
    An error in a run is its result.
    """
    plan, seed, point = question
    try:
        assert isinstance(plan, tuple)
        assert isinstance(seed, int)
        if point == AS_IT_IS:
            return Result(_measured(work, work.space.scenario(plan), seed))
        assert isinstance(point, int)
        plans = supposed(*_unknown(work.space, plan, work.beliefs), _at(work, plan, point))
        return Result(tuple(_measured(work, one, seed)[0] for one in plans))
    except Exception as error:
        return failure(error)


def _measured(work: Work, scenario: Scenario, seed: int) -> tuple[float, ...]:
    from commsim.simulation.run import simulate

    marked = _marked(scenario)
    found = simulate(marked, seed, detail=detail_of(marked), population=_PEOPLE.of(marked, seed))
    measured = outcomes(found)
    return (*(measured[name] for name in work.metrics), *used(found, marked))


def _marked(scenario: Scenario) -> Scenario:
    """The same, run also where it breaks its limits: the base may."""
    limits = scenario.limits
    if limits is None or limits.beyond == "mark":
        return scenario
    return scenario.model_copy(update={"limits": limits.model_copy(update={"beyond": "mark"})})


@lru_cache(maxsize=2)
def _unknown(
    space: Space, plan: Choices, beliefs: Beliefs | None
) -> tuple[tuple[Scenario, ...], tuple[Unknown, ...]]:
    plans = tuple(space.scenario(one) for one in (plan, space.start, NOTHING))
    return plans, unknowns_of(plans, beliefs)


def _at(work: Work, plan: Choices, point: int) -> dict[str, float]:
    known = _unknown(work.space, plan, work.beliefs)[1]
    return _points(known, work.doubts, work.seed, work.beliefs)[point]


@lru_cache(maxsize=2)
def _points(
    known: tuple[Unknown, ...], count: int, seed: int, beliefs: Beliefs | None
) -> list[dict[str, float]]:
    return points_of(known, count, seed, beliefs)


class _People:
    """The communities of the last worlds, which plans that differ in their strategies share."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[tuple[Any, ...], Population]] = OrderedDict()

    def of(self, scenario: Scenario, seed: int) -> Population:
        """The people of a scenario in a world."""
        from commsim.population.build import build

        parts = (scenario.start, scenario.community, scenario.behaviour)
        found = self._kept.get(seed)
        if found is not None and found[0] == parts:
            self._kept.move_to_end(seed)
            return found[1]
        self._kept.pop(seed, None)
        made = build(scenario.community, scenario.behaviour, seed, today=scenario.start)
        while self._kept and (len(self._kept) + 1) * made.n_persons > MOST_KEPT:
            self._kept.popitem(last=False)
        self._kept[seed] = parts, made
        return made


_PEOPLE = _People()
