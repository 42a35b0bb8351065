"""The runs of a trial's arms: both in the same world, as they are or where what nobody knows is otherwise."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from commsim.analysis.beliefs import Beliefs, points_of, unknowns_of
from commsim.analysis.pilot.arms import Arms
from commsim.analysis.pilot.outcomes import by_group, keep
from commsim.analysis.unknowns import Unknown, supposed
from commsim.core.arrays import Floats
from commsim.experiments.asked import Question
from commsim.experiments.results import Result, failure
from commsim.population.build import build
from commsim.population.listed import groups_at_start
from commsim.scenario.schema import Scenario
from commsim.simulation.run import simulate

AS_IT_IS = -1
"""Instead of the number of a point: all is as the plans have it."""


@dataclass(frozen=True)
class Work:
    """What all runs share.  A question is the seed of a world and the number of a point, or `AS_IT_IS`.

    lengths: days of the trial after which it is read.  points: how many there are over the ranges.
    beliefs: of a calibration, whose draws these are.
    """

    arms: Arms
    lengths: tuple[int, ...]
    points: int
    seed: int
    beliefs: Beliefs | None = None

    @property
    def plans(self) -> tuple[Scenario, Scenario]:
        """Both arms."""
        return self.arms.first, self.arms.second


def answer(work: Work, question: Question) -> Result:
    """What is kept of both arms, one after the other; an error in a run is its result."""
    seed, point = question
    try:
        assert isinstance(seed, int)
        assert isinstance(point, int)
        plans = work.plans if point == AS_IT_IS else _supposed(work, point)
        kept = (keep(one, work.arms.before, work.lengths) for one in run_arms(plans, seed))
        return Result(tuple(value for one in kept for value in one.flat()))
    except Exception as error:
        return failure(error)


def run_arms(plans: tuple[Scenario, Scenario], seed: int) -> tuple[Floats, Floats]:
    """Both arms for the same people in a world: outcomes x days x groups."""
    _, second = plans
    people = build(second.community, second.behaviour, seed, today=second.start)
    sizes = groups_at_start(second.community, second.start).astype(np.float64)
    one, other = (by_group(simulate(plan, seed, detail="full", population=people), sizes) for plan in plans)
    return one, other


def _supposed(work: Work, point: int) -> tuple[Scenario, Scenario]:
    known = _unknown(work.plans, work.beliefs)
    values = _points(known, work.points, work.seed, work.beliefs)[point]
    first, second = supposed(work.plans, known, values)
    return first, second


@lru_cache(maxsize=2)
def _unknown(plans: tuple[Scenario, Scenario], beliefs: Beliefs | None) -> tuple[Unknown, ...]:
    return unknowns_of(plans, beliefs)


@lru_cache(maxsize=2)
def _points(
    known: tuple[Unknown, ...], count: int, seed: int, beliefs: Beliefs | None
) -> list[dict[str, float]]:
    return points_of(known, count, seed, beliefs)
