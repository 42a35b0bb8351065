"""Figures of rows: bars, intervals, steps, ends of ranges."""

from dataclasses import dataclass

import numpy as np

from commsim.analysis.intervals import Interval
from commsim.report.numbers import cell, difference
from commsim.report.panels.panel import Panel, Series
from commsim.report.tables import Grid


@dataclass(frozen=True, slots=True)
class Whiskers(Panel):
    """Differences with their intervals, one row each, around zero.

    span: what the scale holds besides, so that panels that are compared have the same.  told: what stands
    above each bar in place of the difference, where it is a place on a scale and no gain or loss.  marks:
    of each row another place, such as what was thought before.
    """

    rows: tuple[tuple[str, Interval], ...]
    plan: int = 0
    span: tuple[float, float] | None = None
    told: tuple[str, ...] = ()
    marks: tuple[float, ...] = ()

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most that the scale has to hold."""
        span = self.span or ()
        return (
            min((*span, *(interval.low for _, interval in self.rows))),
            max((*span, *(interval.high for _, interval in self.rows))),
        )

    def kind(self, interval: Interval) -> str:
        """``gain``, ``loss`` or ``open`` for a difference; ``place`` for what is none."""
        if self.told:
            return "place"
        return "gain" if interval.low > 0 else "loss" if interval.high < 0 else "open"

    def text(self, row: int) -> str:
        """What stands above a bar."""
        return self.told[row] if self.told else difference(self.rows[row][1], self.unit, self.say)

    def grid(self) -> Grid:
        """Name and difference with limits."""
        rows = tuple((name, self.text(row)) for row, (name, _) in enumerate(self.rows))
        return Grid(self.title, ("", self.measured), rows)


@dataclass(frozen=True, slots=True)
class Bars(Panel):
    """Horizontal bars, a group per label, one bar per plan."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    notes: tuple[tuple[str, ...], ...] = ()

    def grid(self) -> Grid:
        """One row per label, one column per plan."""
        rows = [
            (label, *(self.told(at, k) for at in range(len(self.series))))
            for k, label in enumerate(self.labels)
        ]
        return Grid(self.title, ("", *(one.name for one in self.series)), tuple(rows))

    def told(self, series: int, label: int) -> str:
        """The value beside a bar, with its note."""
        note = self.notes[series][label] if self.notes else ""
        return f"{cell(float(self.series[series].values[label]), self.unit)} {note}".strip()


@dataclass(frozen=True, slots=True)
class Waterfall(Panel):
    """Steps from sales to profit: label, amount, and whether it is the sum of all before.

    low, high: what the scale holds, the same for all plans.
    """

    steps: tuple[tuple[str, float, bool], ...]
    low: float
    high: float
    plan: int = 0

    def grid(self) -> Grid:
        """One row per step."""
        rows = tuple((label, cell(amount, self.unit)) for label, amount, _ in self.steps)
        return Grid(self.title, ("", self.measured), rows)

    def spans(self) -> list[tuple[float, float]]:
        """Where each bar begins and ends: sums at zero, steps where the one before ended."""
        return spans(self.steps)


def spans(steps: tuple[tuple[str, float, bool], ...]) -> list[tuple[float, float]]:
    """Begin and end of each step of a waterfall."""
    found, so_far = [], 0.0
    for _, amount, is_sum in steps:
        found.append((0.0, amount) if is_sum else (so_far, so_far + amount))
        so_far = found[-1][1]
    return found


@dataclass(frozen=True, slots=True)
class Tornado(Panel):
    """What a difference becomes at both ends of the range of each of several things, the others as they are.

    rows: name, value at the low end, at the high end, and these ends in words.  usual: the difference
    as all is.  low, high: what the ends are called.
    """

    rows: tuple[tuple[str, float, float, str, str], ...]
    usual: float
    low: str
    high: str

    def grid(self) -> Grid:
        """Name, ends, and the difference at both."""
        rows = tuple(
            (name, low_end, cell(at_low, self.unit), high_end, cell(at_high, self.unit))
            for name, at_low, at_high, low_end, high_end in self.rows
        )
        return Grid(self.title, ("", self.low, self.measured, self.high, self.measured), rows)


@dataclass(frozen=True, slots=True)
class Flow(Panel):
    """How many get from each step to the next: stage, label, number, and its share of an earlier step or nan.

    above: rows that come out of the row above.  loop: rows between which who was brought flows back, from the
    first to the second, and how many; or None.  most: what the scale holds at least, the same for all plans.
    """

    steps: tuple[tuple[str, str, float, float], ...]
    above: frozenset[int] = frozenset()
    plan: int = 0
    loop: tuple[int, int, float] | None = None
    most: float = 1.0

    def grid(self) -> Grid:
        """One row per step."""
        rows = tuple((stage, label, *self.told(row)) for row, (stage, label, _, _) in enumerate(self.steps))
        header = (self.say("Stage"), self.say("Step"), self.say("Number"), self.say("Of the step before"))
        return Grid(self.title, header, rows, fixed=2)

    def told(self, row: int) -> tuple[str, str]:
        """The number of a step, and its share."""
        _, _, number, share = self.steps[row]
        return cell(round(number, 1), self.unit), "" if np.isnan(share) else cell(share, "share")
