"""How many posts of the operator a group may get in a day, a week and a month of the calendar."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.core.declare import Effect
from commsim.core.effects import Announce, Content

POSTS: dict[type[Effect], str] = {Announce: "count", Content: "posts"}
"""Effects that post in groups, and the field that says how often."""


class Allowance:
    """What each group may still get; the counts begin anew with the day, on Mondays, and on the first.

    per_day, per_week, per_month: limits, None for none.
    """

    def __init__(self, groups: int, per_day: int | None, per_week: int | None, per_month: int | None) -> None:
        self._limits = [per_day, per_week, per_month]
        self._counts: Ints = np.zeros((len(self._limits), groups), np.int64)

    def morning(self, date: dt.date) -> None:
        """A day begins."""
        for counts, anew in zip(self._counts, (True, date.weekday() == 0, date.day == 1), strict=True):
            if anew:
                counts[:] = 0

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

    def _left(self) -> Ints:
        left = np.full(self._counts.shape[1], np.iinfo(np.int64).max)
        for limit, counts in zip(self._limits, self._counts, strict=True):
            if limit is not None:
                left = np.minimum(left, np.maximum(0, limit - counts))
        return left


def _parts(effect: Effect, field: str, allowed: Ints) -> Iterator[Effect]:
    """The effect for those groups that may get so many of its posts."""
    for number in np.unique(allowed[allowed > 0]).tolist():
        yield replace(effect, **{field: number, "groups": allowed == number})  # type: ignore[type-var]
