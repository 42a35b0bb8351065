"""Plans where what nobody knows is otherwise: points spread over all ranges at once, and what they say.

Points are a Latin hypercube (McKay, Beckman and Conover 1979) over the ranges of `commsim.analysis.unknowns`,
the same for all plans that are compared.  Ranges are no distributions: the share of points in which a plan
is ahead is a share of the ranges, no probability.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from commsim.analysis.intervals import CONFIDENCE, Interval, share_interval
from commsim.analysis.unknowns import Unknown, supposed, unknowns
from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.experiments.design.samples import latin_hypercube
from commsim.scenario.schema import Scenario

MIDDLE = 0.9
"""Share of the points that the range of leads holds; a twentieth is below and a twentieth above."""
FEWEST = 20
"""Points for a range of so many of them to be worth telling."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What becomes of a lead over the ranges of what nobody knows, in the unit of what was measured.

    low, high: between them lie nine in ten of the points.  ahead: share of the points with a lead above 0,
    with Wilson's limits for as many points drawn by lot.  even: share in which it is exactly 0.
    """

    points: int
    low: float
    high: float
    ahead: Interval
    even: float

    @property
    def range(self) -> Interval:
        """Of nine in ten points, around the middle of the two ends."""
        return Interval((self.low + self.high) / 2, self.low, self.high)


def points(plans: Sequence[Scenario], count: int, seed: int = 0) -> Iterator[tuple[Scenario, ...]]:
    """The plans at so many points of the ranges of all that is unknown of them.

    Another seed is another choice of points.  Every plan is changed alike, and all ranges are covered evenly
    by any number of points.  Raises `InputError` for less than one point.
    """
    known = unknowns(plans)
    for row in positions(known, count, seed):
        yield supposed(plans, known, at(known, row))


def positions(known: Sequence[Unknown], count: int, seed: int) -> Floats:
    """Where the points lie: points x unknowns, from 0 to 1 of each range."""
    if count < 1:
        raise InputError("the ranges can't be covered by less than one point", remedy="ask for 40 or more")
    return latin_hypercube([one.name for one in known], count, seed)


def at(known: Sequence[Unknown], row: Floats) -> dict[str, float]:
    """Values by name at a row of positions."""
    return {one.name: one.at(float(position)) for one, position in zip(known, row, strict=True)}


def doubt(leads: Floats, confidence: float = CONFIDENCE) -> Doubt:
    """What leads at some points say together, at least one."""
    rest = (1.0 - MIDDLE) / 2
    low, high = np.quantile(leads, [rest, 1.0 - rest]).tolist()
    ahead = share_interval(int(np.count_nonzero(leads > 0)), len(leads), confidence)
    return Doubt(len(leads), low, high, ahead, float(np.mean(leads == 0)))


def steadied(leads: Floats, usual: Floats, mean: float) -> Floats:
    """Leads at points, less what the luck of their worlds has added to them.

    leads: one world each.  usual: the lead of the plans as they are in these same worlds.  mean: that lead
    over all worlds.  What a lead of a point has in common with the usual one in its world is luck (a control
    variate, with the slope of the regression of the one on the other, between 0 and 1).
    """
    apart = usual - usual.mean()
    spread = float(apart @ apart)
    slope = 0.0 if spread == 0.0 else min(1.0, max(0.0, float(apart @ leads) / spread))
    return np.asarray(leads - slope * (usual - mean))
