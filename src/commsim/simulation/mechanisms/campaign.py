"""The coupons of one strategy: who holds one, since when, and how it comes to mind."""

import numpy as np

from commsim.core import maths
from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.mechanisms.coupon_behaviour import CouponBehaviour
from commsim.core.mechanisms.coupons import Issue
from commsim.simulation.cuts import Cut

LAST = 2
"""Days at the end of which holders are reminded, or remember by themselves."""
_NEVER = -1
_NOBODY: Ints = np.zeros(0, np.int64)


class Campaign:
    """Coupons of one kind, at most one a person at a time.

    got: day on which a person got theirs last, -1 for never.  held: whether they hold it.  keen: factor on
    how often it comes to mind.  passed: whether it came from a friend.  in_hand: how many are held.
    """

    def __init__(
        self, cause: int, terms: Issue, persons: int, products: Bools, behaviour: CouponBehaviour
    ) -> None:
        self.cause, self.terms, self._products, self._b = cause, terms, products, behaviour
        self.got = np.full(persons, _NEVER, np.int16)
        self.held, self.passed = np.zeros((2, persons), np.bool_)
        self.keen = np.zeros(persons, np.float32)
        self.in_hand, self._reminders = 0, terms.remind and terms.days > LAST
        self._days: set[int] = set()  # on which some were given
        self._mind = mind(terms, behaviour)

    def may_have(self, day: int) -> Bools:
        """Who holds none and has not had theirs, or not lately."""
        again = self.terms.again
        new = self.got == _NEVER
        may: Bools = ~self.held & (new | (day - self.got >= again)) if again else new
        return may

    def give(self, rows: Ints, day: int, *, passed: bool = False) -> None:
        """Give one to persons who may have it."""
        self.got[rows], self.held[rows], self.passed[rows] = day, True, passed
        alone = self._b.shared if passed else 1.0
        self.keen[rows] = self._b.together if passed and self.terms.together else alone
        self.in_hand += len(rows)
        self._days.add(day)

    def expire(self, day: int) -> Ints:
        """Take away those whose last day is over; returns whose."""
        if day - self.terms.days not in self._days:
            return _NOBODY
        rows = np.flatnonzero(self.held & (self.got == day - self.terms.days))
        self.held[rows] = False
        self.in_hand -= len(rows)
        return rows

    def redeem(self, rows: Ints) -> int:
        """Take away those that are redeemed; returns how many of them came from friends."""
        self.held[rows] = False
        self.in_hand -= len(rows)
        return int(np.count_nonzero(self.passed[rows]))

    def due_for_reminder(self, day: int) -> Ints:
        """Who is reminded today."""
        given = day + LAST - self.terms.days
        if not self._reminders or given not in self._days:
            return _NOBODY
        return np.flatnonzero(self.held & (self.got == given))

    def chance(self, rows: Ints, day: int) -> Floats:
        """That theirs comes to the mind of holders today; above 1 it does for sure."""
        return np.asarray(self.keen[rows] * self._mind[day - self.got[rows]])

    def cut(self, rows: Ints) -> Cut:
        """What it takes off an order of those who have it in mind."""
        persons = np.zeros(len(self.held), np.bool_)
        persons[rows] = True
        terms = self.terms
        return Cut(self.cause, persons, terms.fen, terms.share, terms.least, self._products, terms.sales)


def mind(terms: Issue, b: CouponBehaviour) -> Floats:
    """Chance that a coupon comes to mind, by days since it was got."""
    chances = np.array([maths.exp(-age / b.memory) for age in range(terms.days)])
    last = chances[-LAST:]
    last[:] = np.maximum(last, b.reminded if terms.remind else b.last_days)
    return chances
