"""Figures over the days: curves, and how far curves are from one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commsim.analysis.intervals import Interval
from commsim.report.numbers import cell, difference, limits, mark_text, number
from commsim.report.panels.panel import Panel, Series
from commsim.report.tables import Grid

WEEK = 7


@dataclass(frozen=True, slots=True)
class Lines(Panel):
    """Curves over days from 0; ``zero``: whether the scale begins there."""

    series: tuple[Series, ...]
    zero: bool = True

    def grid(self) -> Grid:
        """The values at the end of each week, with their bands; every second, third ... of many weeks."""
        rows = [
            (str(day + 1), *(_level(self, one, day) for one in self.series)) for day in _weeks(self.series)
        ]
        return Grid(self.title, (self.say("Day"), *(one.name for one in self.series)), tuple(rows))


STRIPS = 3
"""Plans whose gaps are drawn; the table behind a figure holds those of all."""


@dataclass(frozen=True, slots=True)
class Gaps(Panel):
    """How far plans are from one of them, day by day: the way to see plans that lie near each other.

    level: the plan that the others are held against, with the band of its worlds.  others: the levels of
    the others.  gaps: these less that plan's, world by world; low and high limit the mean's interval.
    zero: whether the scale of the level begins at 0.  All gaps have one scale.
    """

    level: Series
    others: tuple[Series, ...]
    gaps: tuple[Series, ...]
    zero: bool = True

    @property
    def drawn(self) -> tuple[Series, ...]:
        """The gaps that have a strip: those of the next best plans."""
        return self.gaps[:STRIPS]

    @property
    def against(self) -> str:
        """What the gaps are, to stand above them."""
        if self.unit == "share":
            return self.say("less {plan}, in the same worlds; in points", plan=self.level.name)
        return self.say("less {plan}, in the same worlds", plan=self.level.name)

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the most that the scale of the gaps has to hold, 0 among them."""
        parts = [part for one in self.drawn for part in (one.values, one.low, one.high) if part is not None]
        low, high = (
            min(0.0, *(float(part.min()) for part in parts)),
            max(0.0, *(float(part.max()) for part in parts)),
        )
        return (low, high) if high - low > 1e-9 else (-1.0, 1.0)

    def told(self, one: Series, day: int = -1) -> str:
        """A gap on a day: ``+120 (80 to 160)``."""
        return difference(_band(one, day), self.unit, self.say)

    def gap_at(self, one: Series, day: int = -1) -> str:
        """The same without its limits: ``+120``."""
        mean = number(float(one.values[day]), self.unit)
        return f"+{mean}" if one.values[day] > 0 and mean.strip("0.") else mean

    def mark(self, value: float, step: float) -> str:
        """A mark of the scale of gaps, whose marks lie a step apart: ``+2,000``; of shares in points."""
        told = mark_text(value, self.unit, step).removesuffix(" %")
        return f"+{told}" if value > 0 else told

    def grid(self) -> Grid:
        """At the end of each week the level of every plan, and of the others how far they are from it."""
        pairs = [*zip(self.others, self.gaps, strict=True)]
        rows = [
            (
                str(day + 1),
                _level(self, self.level, day),
                *(self._at(other, gap, day) for other, gap in pairs),
            )
            for day in _weeks((self.level, *self.others))
        ]
        names = self.level.name, *(one.name for one in self.others)
        return Grid(self.title, (self.say("Day"), *names), tuple(rows))

    def _at(self, other: Series, gap: Series, day: int) -> str:
        if day >= len(other.values):
            return ""
        told = cell(float(other.values[day]), self.unit)
        return f"{told}{self.say('; ')}{self.told(gap, day)}" if day < len(gap.values) else told


def sure(one: Series) -> Sequence[tuple[int, int]]:
    """The stretches of days, first and last, on which the interval of a gap leaves out 0."""
    assert one.low is not None
    assert one.high is not None
    there = np.concatenate([[False], (one.low > 0) | (one.high < 0), [False]])
    changes = np.flatnonzero(there[1:] != there[:-1])
    return [(int(first), int(after) - 1) for first, after in changes.reshape(-1, 2)]


def _weeks(series: Sequence[Series]) -> range:
    """The last days of weeks; of every second, third ... where they are many."""
    days = max(len(one.values) for one in series)
    return range(WEEK - 1, days, WEEK * max(1, days // WEEK // 13)) if days >= WEEK else range(days)


def _level(panel: Panel, one: Series, day: int) -> str:
    """A value with its band; nothing after the last day."""
    if day >= len(one.values):
        return ""
    told = cell(float(one.values[day]), panel.unit)
    if one.low is None:
        return told
    return panel.say("{name} ({told})", name=told, told=limits(_band(one, day), panel.unit, panel.say))


def _band(one: Series, day: int) -> Interval:
    """A day's value with the ends of its band."""
    assert one.low is not None
    assert one.high is not None
    return Interval(float(one.values[day]), float(one.low[day]), float(one.high[day]))
