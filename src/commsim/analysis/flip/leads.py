"""Leads under suppositions, measured by what they differ from the usual lead in the same worlds.

Both have the same luck, so that the difference is known from few worlds where the usual lead is known from
many (control variates).  Degrees of freedom are Welch and Satterthwaite's.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from commsim.core.arrays import Floats


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean lead with its standard error and the degrees of freedom of that."""

    mean: float
    error: float
    freedom: float

    def half(self, level: float) -> float:
        """Half-width of the interval that the lead is beyond, at one end, with this chance."""
        from scipy.special import stdtrit

        return float(stdtrit(self.freedom, 1.0 - level)) * self.error if self.error else 0.0

    def sign(self, level: float) -> int:
        """1 where the lead is surely above 0, -1 below, 0 where that is open.

        level: chance at most that it says so though the lead is at the other side or 0.
        """
        half = self.half(level)
        return int(self.mean - half > 0) - int(self.mean + half < 0)

    @property
    def is_nothing(self) -> bool:
        """Whether both plans came to the same in every world."""
        return self.mean == 0.0 and self.error == 0.0


def usual_estimate(usual: Floats) -> Estimate:
    """The lead as the plans are, from two worlds or more."""
    return Estimate(float(usual.mean()), float(usual.std(ddof=1)) / sqrt(len(usual)), len(usual) - 1.0)


def estimate(usual: Floats, moved: Floats) -> Estimate:
    """The lead under a supposition.

    usual: leads as the plans are, world by world.  moved: leads in the first of these worlds, two or more.
    """
    first = usual[: len(moved)]
    by = moved - first
    if not by.any():
        return usual_estimate(usual)
    ours = float(by.var(ddof=1)) / len(by)
    others = float(usual.var(ddof=1)) / len(usual)
    both = 2.0 * float(np.cov(by, first)[0, 1]) / len(usual)
    variance = max(0.0, ours + others + both)
    parts = ours**2 / (len(by) - 1) + others**2 / (len(usual) - 1)
    freedom = (ours + others) ** 2 / parts if parts else len(usual) - 1.0
    return Estimate(float(usual.mean() + by.mean()), sqrt(variance), freedom)
