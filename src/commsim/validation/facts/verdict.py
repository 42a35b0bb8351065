"""Medians over worlds with their intervals, and what they say about a band."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.core.arrays import Floats
from commsim.validation.facts.fact import Fact, Statistic

Verdict = Literal["holds", "undecided", "fails"]
_WORST: tuple[Verdict, ...] = ("fails", "undecided", "holds")


def median_interval(values: Floats, confidence: float = CONFIDENCE) -> Interval:
    """The median with limits from ranks, which hold whatever the distribution; nan where worlds say nothing.

    The limits are the k-th smallest and the k-th largest value for the largest k whose binomial
    confidence suffices; with fewer than six values the range of all, which covers less.
    """
    from scipy.special import bdtr

    told = np.sort(values[~np.isnan(values)])
    if not len(told):
        return Interval(float("nan"), float("nan"), float("nan"))
    ranks = np.arange(1, len(told) // 2 + 1)
    enough = 2.0 * bdtr(ranks - 1, len(told), 0.5) <= 1.0 - confidence
    k = max(1, int(enough.sum()))
    return Interval(float(np.median(told)), float(told[k - 1]), float(told[-k]))


def judge(found: Interval, statistic: Statistic) -> Verdict:
    """Holds if the whole interval is in the band, fails if none of it is; else more worlds must tell."""
    ends = statistic.holds(found.low), statistic.holds(found.high)
    if all(ends):
        return "holds"
    beside = found.high <= statistic.low or found.low >= statistic.high
    return "fails" if beside and not any(ends) else "undecided"


@dataclass(frozen=True)
class Finding:
    """A fact and what was measured: values as statistics x worlds."""

    fact: Fact
    values: Floats

    @cached_property
    def intervals(self) -> tuple[Interval, ...]:
        """Median over worlds and its limits, statistic by statistic."""
        return tuple(median_interval(row) for row in self.values)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Statistic by statistic."""
        return tuple(map(judge, self.intervals, self.fact.statistics))

    @property
    def verdict(self) -> Verdict:
        """The worst of its statistics."""
        return min(self.verdicts, key=_WORST.index)
