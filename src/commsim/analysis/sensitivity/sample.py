"""Points of a block with an outcome: what measures of sensitivity are computed from."""

from dataclasses import dataclass

import numpy as np

from commsim.analysis.intervals import Interval
from commsim.core.arrays import Bools, Floats
from commsim.experiments.design import Block

UNKNOWN = float("nan")
"""Limit of an interval that can't be had: a single world, or a measure without one."""


@dataclass(frozen=True)
class Sample:
    """Points of a block with an outcome: what measures are computed from.

    positions: points x axes.  values: points x worlds (or repetitions) that all points share.  active:
    points x axes, where a parameter is set at all.
    """

    block: Block
    positions: Floats
    values: Floats
    active: Bools

    @property
    def means(self) -> Floats:
        """Mean over the worlds, per point."""
        return np.asarray(self.values.mean(axis=1))


def around(mean: float, half_width: float) -> Interval:
    """An interval of so much on both sides; `UNKNOWN` if there is none."""
    return Interval(float(mean), float(mean - half_width), float(mean + half_width))
