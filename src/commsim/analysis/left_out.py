"""A plan without one of its strategies at a time: which one costs more than it brings.

All are tried in a few worlds; those without which the plan did better there, up to `MOST`, are measured in
others.  So what is told was not picked by the worlds that it is told from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from commsim.analysis.intervals import Interval, joint_confidence_of, t_interval
from commsim.core.arrays import Floats

TRIED = 4
"""Worlds, the first ones, in which every strategy is left out."""
MEASURED = 20
"""The world before which measuring ends: it takes those after the ones tried."""
FEWEST = 8
"""Worlds of a comparison from which on it is done."""
MOST = 3
"""Strategies that are measured."""


@dataclass(frozen=True)
class Gain:
    """What a plan gains in the metric without a strategy; an interval where that was measured, else None."""

    strategy: str
    mean: float
    interval: Interval | None
    worlds: int

    @property
    def is_sure(self) -> bool:
        """Whether the plan does better without it beyond luck."""
        return self.interval is not None and self.interval.low > 0


@dataclass(frozen=True)
class LeftOut:
    """One plan of a comparison, run without parts of it in the comparison's worlds.

    plan: its number.  strategies: names, then those of its sources of newcomers; kinds: of each.
    values: per strategy, worlds x measures of the plan without it: `TRIED` worlds, and up to `MEASURED` of
    one that was measured.  together: the same without all that surely cost, if these are two or more, in
    the worlds after the ones tried; else no rows.
    """

    plan: int
    strategies: tuple[str, ...]
    kinds: tuple[str, ...]
    sources: int
    values: tuple[Floats, ...] = field(repr=False)
    together: Floats = field(repr=False)

    def gains(self, of_plan: Floats, column: int, plans: int) -> list[Gain]:
        """What each leaving out brings, most first.

        of_plan: the plan's value in every world.  column: the metric's, among the measures.  plans: that
        could have come out best; the intervals hold for all that could have been measured together.
        """
        found = []
        for name, values in zip(self.strategies, self.values, strict=True):
            gaps = values[:, column] - of_plan[: len(values)]
            if len(gaps) > TRIED:
                interval = t_interval(gaps[TRIED:], joint_confidence_of(MOST * plans))
                found.append(Gain(name, interval.mean, interval, len(gaps) - TRIED))
            else:
                found.append(Gain(name, float(gaps.mean()), None, len(gaps)))
        return sorted(found, key=lambda gain: -gain.mean)

    def gain_together(self, of_plan: Floats, column: int, plans: int) -> Interval | None:
        """What the plan gains without all that surely cost, if that was run."""
        if not len(self.together):
            return None
        gaps = self.together[:, column] - of_plan[TRIED : TRIED + len(self.together)]
        return t_interval(gaps, joint_confidence_of(MOST * plans))


def to_measure(tried: Sequence[Floats], of_plan: Floats, column: int) -> list[int]:
    """Numbers of the strategies without which the plan did better where all were tried, the dearest first."""
    means = [float(np.mean(values[:, column] - of_plan[: len(values)])) for values in tried]
    return sorted((k for k, mean in enumerate(means) if mean > 0), key=lambda k: -means[k])[:MOST]
