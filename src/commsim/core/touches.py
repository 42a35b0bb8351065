"""How many posts of the operator a group may get in a day, a week and a month of the calendar."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.core.declare import Effect
from commsim.core.effects import Announce, Content

POSTS: dict[type[Effect], str] = {Announce: "count", Content: "posts"}
"""Effects that post in groups, and the field that says how often."""


class Spans(NamedTuple):
    """Limits of a day, a week and a month of the calendar; None for none."""

    per_day: int | None
    per_week: int | None
    per_month: int | None


class _Counted:
    """How often each of many had something; counts begin anew with the day, on Mondays, and on the first."""

    def __init__(self, number: int, limits: Spans) -> None:
        self._limits = limits
        self._counts: Ints = np.zeros((len(limits), number), np.int32)

    def morning(self, date: dt.date) -> None:
        """A day begins."""
        for counts, anew in zip(self._counts, (True, date.weekday() == 0, date.day == 1), strict=True):
            if anew:
                counts[:] = 0

    def _left(self) -> Ints:
        left = np.full(self._counts.shape[1], np.iinfo(np.int64).max)
        for limit, counts in zip(self._limits, self._counts, strict=True):
            if limit is not None:
                left = np.minimum(left, np.maximum(0, limit - counts))
        return left


class OwnAllowance(_Counted):
    """What every person may still get: posts that are for them count, and messages beyond are refused.

    refuse: else these are only counted.  beyond: messages of today that were too many.
    """

    def __init__(self, persons: int, limits: Spans, *, refuse: bool) -> None:
        super().__init__(persons, limits)
        self._refuse, self.beyond = refuse, 0

    def morning(self, date: dt.date) -> None:
        """A day begins."""
        super().morning(date)
        self.beyond = 0

    def posted(self, persons: Bools, number: int) -> None:
        """Posts stand in the group, whatever those who are meant have had."""
        self._counts += np.where(persons, np.int32(number), np.int32(0))

    def free(self, rows: Ints) -> Ints:
        """Those whom one message more may still get at."""
        return rows[self._left()[rows] > 0] if self._refuse else rows

    def message(self, rows: Ints) -> Ints:
        """Send each a message as far as it is allowed; returns to whom."""
        within = rows[self._left()[rows] > 0]
        self.beyond += len(rows) - len(within)
        sent = within if self._refuse else rows
        self._counts[:, sent] += 1
        return sent


class Allowance(_Counted):
    """What posts each group may still get."""

    def take(self, effect: Effect, where: Bools, *, refuse: bool) -> tuple[int, Iterator[Effect]]:
        """Count a post; returns how many posts are beyond a limit, and what is to be carried out instead.

        where: groups that get it.  refuse: what is beyond is left out, group by group.
        """
        field = POSTS[type(effect)]
        number = getattr(effect, field)
        allowed = np.where(where, np.minimum(number, self._left()), 0)
        beyond = int(number * np.count_nonzero(where) - allowed.sum())
        if not beyond or not refuse:
            self._counts += np.where(where, number, 0)
            return beyond, iter((effect,))
        self._counts += allowed
        return beyond, _parts(effect, field, allowed)


def _parts(effect: Effect, field: str, allowed: Ints) -> Iterator[Effect]:
    """The effect for those groups that may get so many of its posts."""
    for number in np.unique(allowed[allowed > 0]).tolist():
        yield replace(effect, **{field: number, "groups": allowed == number})  # type: ignore[type-var]
