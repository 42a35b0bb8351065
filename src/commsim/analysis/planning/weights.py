"""Which way measures are better, and how two of them are weighed in each search."""

from collections.abc import Sequence

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.measures import find

STEPS = 6
"""Weighings of two measures, from one of them alone to the other alone."""


def signs(metrics: Sequence[str]) -> Floats:
    """1 where more is better, -1 where less is."""
    return np.array([1.0 if find(name).more_is_better else -1.0 for name in metrics])


def weights_of(metrics: Sequence[str], number: int) -> Floats:
    """Of the measures in the search of a number from 0."""
    if len(metrics) == 1:
        return signs(metrics)
    share = (number % STEPS) / (STEPS - 1)
    return np.array([1.0 - share, share]) * signs(metrics)
