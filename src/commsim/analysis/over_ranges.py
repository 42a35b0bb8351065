"""A comparison over the ranges of what nobody knows: the second interval, beside that of luck."""

from dataclasses import dataclass, field

import numpy as np

from commsim.analysis.uncertainty import FEWEST, Doubt, doubt, steadied
from commsim.core.arrays import Floats

POINTS = 40
"""Points over the ranges, where nobody says how many."""


@dataclass(frozen=True)
class Ranges:
    """Plans at points over all ranges at once; point k is in world k, modulo the worlds of the comparison.

    unknowns: so many things are moved.  values: plans x points, the metric; not a number at points that a
    plan can't be at.  alone: the plans left alone there, no plans where that was not run.  drawn: whether
    what was calibrated is at each point as a draw of the calibration has it.
    """

    unknowns: int
    values: Floats = field(repr=False)
    alone: Floats = field(repr=False)
    drawn: bool = False

    @property
    def points(self) -> int:
        """How many."""
        return int(self.values.shape[1])

    def doubt(self, plan: Floats, other: Floats, usual: Floats) -> Doubt | None:
        """What becomes of a lead over the ranges; None with too few points to tell.

        plan, other: values at the points.  usual: the lead as the plans are, in all worlds.
        """
        leads, same = plan - other, usual[np.arange(self.points) % len(usual)]
        there = np.isfinite(leads)
        if np.count_nonzero(there) < FEWEST:
            return None
        return doubt(steadied(leads[there], same[there], float(usual.mean())))
