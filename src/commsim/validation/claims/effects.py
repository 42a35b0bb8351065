"""Effects: measures of the plans of a claim, set against each other within one world."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commsim.validation.claims.claim import Effect, Expectation, Run, Runs, Unit

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
    """One effect minus another."""

    effect: Effect
    other: Effect

    def __call__(self, runs: Runs) -> float:
        return self.effect(runs) - self.other(runs)


@dataclass(frozen=True, slots=True)
class Per:
    """One effect divided by another, or by a number."""

    effect: Effect
    divisor: Effect | float

    def __call__(self, runs: Runs) -> float:
        divisor = self.divisor(runs) if callable(self.divisor) else self.divisor
        return self.effect(runs) / divisor


@dataclass(frozen=True, slots=True)
class Plus:
    """An effect and a number."""

    effect: Effect
    number: float

    def __call__(self, runs: Runs) -> float:
        return self.effect(runs) + self.number


@dataclass(frozen=True, slots=True)
class Size:
    """How large an effect is, whatever its sign."""

    effect: Effect

    def __call__(self, runs: Runs) -> float:
        return abs(self.effect(runs))


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


def positive(label: str, effect: Effect, unit: Unit = "share") -> Expectation:
    """An effect above nothing."""
    return Expectation(label, effect, low=0.0, unit=unit)


def negative(label: str, effect: Effect, unit: Unit = "share") -> Expectation:
    """An effect below nothing."""
    return Expectation(label, effect, high=0.0, unit=unit)


def near(label: str, effect: Effect, value: float, within: float, unit: Unit = "share") -> Expectation:
    """An effect at a value, give or take."""
    return Expectation(label, effect, value - within, value + within, unit)


def at_least(label: str, effect: Effect, value: float, unit: Unit = "share") -> Expectation:
    """An effect above a value."""
    return Expectation(label, effect, low=value, unit=unit)


def at_most(label: str, effect: Effect, value: float, unit: Unit = "share") -> Expectation:
    """An effect below a value."""
    return Expectation(label, effect, high=value, unit=unit)
