"""Paired differences between plans over the same worlds, with intervals that allow picking the best.

The best plan is picked by the same worlds from which its lead is estimated.  Intervals therefore hold
for all pairs of plans together (Bonferroni over pairs): whichever plan comes out best, its differences
are covered with at least the stated confidence.  With two plans that is the plain paired t interval.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.experiments import effort

CONFIDENCE = effort.CONFIDENCE


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its confidence limits, in the unit of what was measured."""

    mean: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half the distance between the limits."""
        return (self.high - self.low) / 2

    def reversed(self) -> "Interval":
        """The interval of the difference the other way round."""
        return Interval(-self.mean + 0.0, -self.high + 0.0, -self.low + 0.0)

    @property
    def excludes_zero(self) -> bool:
        """Whether the sign is certain at the stated confidence."""
        return self.low > 0 or self.high < 0

    @property
    def is_exact(self) -> bool:
        """Whether every world gave the same, but for the rounding of the mean."""
        return self.high - self.low <= 1e-9 * abs(self.mean)

    @property
    def is_nothing(self) -> bool:
        """Whether every world gave exactly no difference."""
        return self.low == self.mean == self.high == 0


def t_interval(sample: Floats | Ints, confidence: float = CONFIDENCE) -> Interval:
    """Student's t interval of the mean of a sample of at least two independent values."""
    n = len(sample)
    steps, mean = _steps(n, confidence), float(np.mean(sample))
    half = steps * (float(np.std(sample, ddof=1)) / sqrt(n))
    return Interval(mean, mean - half, mean + half)


def _steps(n: int, confidence: float) -> float:
    """Standard errors on either side of the mean of n values."""
    from scipy.special import stdtrit

    if n < 2:
        raise ValueError("an interval needs two worlds or more")
    return float(stdtrit(n - 1, 0.5 + confidence / 2))


def t_intervals(sample: Floats, confidence: float = CONFIDENCE) -> tuple[Floats, Floats, Floats]:
    """Means, lower and upper limits of `t_interval` for every column; rows are independent, two or more."""
    means = np.asarray(sample.mean(axis=0))
    half = _steps(len(sample), confidence) * np.asarray(sample.std(axis=0, ddof=1)) / sqrt(len(sample))
    return means, np.asarray(means - half), np.asarray(means + half)


def next_interval(sample: Floats | Ints, confidence: float = CONFIDENCE) -> Interval:
    """The mean of a sample of two values or more, and the range in which one more value would fall.

    That is the prediction interval for normal values: unlike that of the mean it does not shrink to nothing.
    """
    around = t_interval(sample, confidence)
    half = around.half_width * sqrt(len(sample) + 1)
    return Interval(around.mean, around.mean - half, around.mean + half)


def share_interval(count: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """A share of n worlds with Wilson's limits, which stay between 0 and 1 and say something of 0 of n too.

    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22.
    """
    from scipy.special import ndtri

    z, share = float(ndtri(0.5 + confidence / 2)), count / n
    around = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = max(0.0, around - half), min(1.0, around + half)
    return Interval(share, 0.0 if count == 0 else low, 1.0 if count == n else high)


def joint_confidence(plans: int, confidence: float = CONFIDENCE) -> float:
    """Confidence of each interval for which all pairs of so many plans hold together."""
    return joint_confidence_of(plans * (plans - 1) // 2, confidence)


def joint_confidence_of(intervals: int, confidence: float = CONFIDENCE) -> float:
    """Confidence of each of so many intervals that hold together (Bonferroni)."""
    return 1.0 - (1.0 - confidence) / max(1, intervals)


def differences(values: Floats, best: int, confidence: float = CONFIDENCE) -> list[Interval]:
    """Interval of (plan - best) for each plan; ``values`` is plans x worlds, all on the same worlds."""
    each = joint_confidence(len(values), confidence)
    return [t_interval(row - values[best], each) for row in values]


def shares_best(values: Floats) -> Floats:
    """Share of worlds (columns) in which each plan (row) has the highest value; ties are split."""
    winners = values == values.max(axis=0)
    return np.asarray((winners / winners.sum(axis=0)).mean(axis=1))
