"""Observed groups as matrices of members x days, of which everything is summed."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.records.observed import Days, Observed

MOST_SPANS = 6
DAYS_PER_SPAN = 5


@dataclass(frozen=True)
class Panel:
    """What is seen of some groups over some days.

    there: members x days, whether they were in a group in the evening, or left on that day.
    """

    seen: Observed
    there: Bools

    @cached_property
    def staff(self) -> Floats:
        """Members who were there, by day."""
        return np.asarray(self.there.sum(axis=0), np.float64)

    @cached_property
    def spans(self) -> Ints:
        """First days of up to six parts of the time, of equal length."""
        count = max(1, min(MOST_SPANS, self.seen.days // DAYS_PER_SPAN))
        return np.linspace(0, self.seen.days, count + 1)[:-1].astype(np.int64)

    @cached_property
    def weekdays(self) -> Ints:
        """Weekday by day, Monday 0."""
        return (self.seen.start.weekday() + np.arange(self.seen.days)) % 7

    @cached_property
    def leaves(self) -> Floats:
        """Who left, by day."""
        left = self.seen.left[self.seen.left < self.seen.days]
        return np.bincount(left, minlength=self.seen.days).astype(np.float64)

    @cached_property
    def joins(self) -> Floats:
        """Who joined, by day."""
        joined = self.seen.joined[self.seen.joined >= 0]
        return np.bincount(joined, minlength=self.seen.days).astype(np.float64)

    def table(self, name: str) -> Floats | None:
        """A table of events as a matrix: how often, or how much money; None where there is none."""
        rows: Days | None = getattr(self.seen, name)
        if rows is None:
            return None
        made = np.zeros(self.there.shape)
        amount = rows.columns().get("count", rows.columns().get("fen", 1))
        made[rows.member, rows.day] = np.maximum(amount, 1)  # who got something for nothing, got it
        made[~self.there] = 0.0
        return made


def panel(seen: Observed) -> Panel:
    """The matrices of what is seen."""
    day = np.arange(seen.days)
    return Panel(seen, (seen.joined[:, None] <= day) & (day <= seen.left[:, None]))
