"""Curves over the days: the mean of the worlds, and the band in which eight of ten worlds lie."""

from collections.abc import Callable

import numpy as np

from commsim.analysis.closeup import Closeup
from commsim.core.arrays import Floats
from commsim.report.case import Case
from commsim.report.panels import Series

WEEK = 7
BAND = (10, 90)
"""Percentiles of the worlds between which a band lies."""


def bands(case: Case, read: Callable[[Closeup], Floats]) -> tuple[Series, ...]:
    """One series per plan from what ``read`` gives of it: worlds x days."""
    return tuple(
        band(name, plan, read(closeup))
        for plan, (name, closeup) in enumerate(zip(case.names, case.closeups, strict=True))
    )


def band(name: str, plan: int, values: Floats) -> Series:
    """The mean over worlds (rows), with the band around it."""
    low, high = np.percentile(values, BAND, axis=0)
    return Series(name, plan, values.mean(axis=0), low, high)


def weekly(values: Floats) -> Floats:
    """Mean of the last seven days (of fewer at the beginning), day by day, so that weekdays cancel."""
    days = values.shape[1]
    sums = np.concatenate([np.zeros((len(values), 1)), values.cumsum(axis=1)], axis=1)
    first = np.maximum(np.arange(1, days + 1) - WEEK, 0)
    last = np.arange(1, days + 1)
    return np.asarray((sums[:, last] - sums[:, first]) / (last - first))


def share(closeup: Closeup, of: str) -> Floats:
    """A count of members as a share of all: worlds x days."""
    return np.asarray(closeup.curve(of) / np.maximum(1.0, closeup.curve("members")))
