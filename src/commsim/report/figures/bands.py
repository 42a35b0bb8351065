"""Curves over the days: the mean of the worlds, and the band in which eight of ten worlds lie.

Of several plans the first is drawn so, and of the others how far they are from it: each world less the same
world of the first, so that luck that both share cancels, with the interval of the mean.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from commsim.analysis.closeup import Closeup
from commsim.analysis.intervals import joint_confidence, t_intervals
from commsim.core.arrays import Floats
from commsim.core.measures import Unit
from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.panels import Figure, Gaps, Lines, Series

WEEK = 7
BAND = (10, 90)
"""Percentiles of the worlds between which a band lies."""


class Curve(NamedTuple):
    """What is drawn over the days: words for it in English, and how it is read of a plan, worlds x days.

    zero: whether the scale begins at 0.
    """

    key: str
    title: str
    unit: Unit
    measured: str
    note: str
    read: Callable[[Closeup], Floats]
    zero: bool = True


def over_days(case: Case, say: Language, *curves: Curve) -> list[Figure]:
    """A figure of all plans of a case for each of the curves."""
    plans = [*enumerate(zip(case.names, case.closeups, strict=True))]
    return [
        of_plans(case, say, curve, [(name, plan, curve.read(closeup)) for plan, (name, closeup) in plans])
        for curve in curves
    ]


def of_plans(
    case: Case, say: Language, curve: Curve, plans: Sequence[tuple[str, int, Floats]]
) -> Lines | Gaps:
    """A figure of some plans, by name, number and worlds x days; the others are held against the first.

    Intervals hold for all pairs of plans that were compared, those of the decision among them, but each day
    by itself.
    """
    told = say, curve.key, say(curve.title), curve.unit, say(curve.measured), say(curve.note)
    level, *others = [band(*one) for one in plans]
    if not others:
        return Lines(*told, (level,), curve.zero)
    compared = case.names if case.comparison is None else case.comparison.plans
    each, best = joint_confidence(len(compared)), plans[0][2]
    gaps = [_gap(name, plan, values, best, each) for name, plan, values in plans[1:]]
    return Gaps(*told, level, tuple(others), tuple(gaps), curve.zero)


def _gap(name: str, plan: int, values: Floats, best: Floats, confidence: float) -> Series:
    """A plan less the best one on the days that both have."""
    days = min(values.shape[1], best.shape[1])
    return Series(name, plan, *t_intervals(values[:, :days] - best[:, :days], confidence))


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
