"""Contrasts: measures of the plans of a claim, set against each other within one world."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commsim.validation.claims.claim import Contrast, Expectation, Run, Runs, Unit

Measure = Callable[[Run], float]


@dataclass(frozen=True, slots=True)
class Level:
    """A measure of one plan."""

    measure: Measure
    plan: str

    def __call__(self, runs: Runs) -> float:
        return self.measure(runs[self.plan])


@dataclass(frozen=True, slots=True)
class Gain:
    """A measure of one plan minus that of another."""

    measure: Measure
    plan: str
    against: str

    def __call__(self, runs: Runs) -> float:
        return self.measure(runs[self.plan]) - self.measure(runs[self.against])


@dataclass(frozen=True, slots=True)
class Ratio:
    """By what share a measure of one plan is above that of another."""

    measure: Measure
    plan: str
    against: str

    def __call__(self, runs: Runs) -> float:
        return self.measure(runs[self.plan]) / self.measure(runs[self.against]) - 1.0


@dataclass(frozen=True, slots=True)
class Change:
    """By what share one measure of a plan is above another of the same plan."""

    late: Measure
    early: Measure
    plan: str

    def __call__(self, runs: Runs) -> float:
        return self.late(runs[self.plan]) / self.early(runs[self.plan]) - 1.0


@dataclass(frozen=True, slots=True)
class Minus:
    """One contrast minus another."""

    contrast: Contrast
    other: Contrast

    def __call__(self, runs: Runs) -> float:
        return self.contrast(runs) - self.other(runs)


@dataclass(frozen=True, slots=True)
class Per:
    """One contrast divided by another, or by a number."""

    contrast: Contrast
    divisor: Contrast | float

    def __call__(self, runs: Runs) -> float:
        divisor = self.divisor(runs) if callable(self.divisor) else self.divisor
        return self.contrast(runs) / divisor


@dataclass(frozen=True, slots=True)
class Plus:
    """A contrast and a number."""

    contrast: Contrast
    number: float

    def __call__(self, runs: Runs) -> float:
        return self.contrast(runs) + self.number


@dataclass(frozen=True, slots=True)
class Size:
    """How large a contrast is, whatever its sign."""

    contrast: Contrast

    def __call__(self, runs: Runs) -> float:
        return abs(self.contrast(runs))


@dataclass(frozen=True, slots=True)
class Pilot:
    """How often a plan takes in more than another, each tried on other people: pools of so many groups."""

    groups: int
    plan: str
    against: str

    def __call__(self, runs: Runs) -> float:
        one, other = self._pools(runs[self.plan]), self._pools(runs[self.against])
        wins = one[:, None] > other[None, :]
        return float(wins[~np.eye(len(one), dtype=np.bool_)].mean())

    def _pools(self, run: Run) -> NDArray[np.float64]:
        table = run.records.groups
        revenue = np.bincount(table["group"], table["revenue"])
        whole = len(revenue) // self.groups * self.groups
        return np.asarray(revenue[:whole].reshape(-1, self.groups).sum(axis=1))


def more(label: str, measure: Measure, plan: str, against: str, *, by: float = 0.0) -> Expectation:
    """More of a measure under one plan than under another, by more than a share of it."""
    return Expectation(label, Ratio(measure, plan, against), low=by)


def less(label: str, measure: Measure, plan: str, against: str, *, by: float = 0.0) -> Expectation:
    """Less of a measure under one plan than under another, by more than a share of it."""
    return Expectation(label, Ratio(measure, plan, against), high=-by)


def alike(label: str, measure: Measure, plan: str, against: str, *, within: float) -> Expectation:
    """The same of a measure under both plans, within a share of it."""
    return Expectation(label, Ratio(measure, plan, against), -within, within)


def positive(label: str, contrast: Contrast, unit: Unit = "share") -> Expectation:
    """A contrast above nothing."""
    return Expectation(label, contrast, low=0.0, unit=unit)


def negative(label: str, contrast: Contrast, unit: Unit = "share") -> Expectation:
    """A contrast below nothing."""
    return Expectation(label, contrast, high=0.0, unit=unit)


def near(label: str, contrast: Contrast, value: float, within: float, unit: Unit = "share") -> Expectation:
    """A contrast at a value, give or take."""
    return Expectation(label, contrast, value - within, value + within, unit)


def at_least(label: str, contrast: Contrast, value: float, unit: Unit = "share") -> Expectation:
    """A contrast above a value."""
    return Expectation(label, contrast, low=value, unit=unit)


def at_most(label: str, contrast: Contrast, value: float, unit: Unit = "share") -> Expectation:
    """A contrast below a value."""
    return Expectation(label, contrast, high=value, unit=unit)
