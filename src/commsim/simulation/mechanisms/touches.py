"""Limits on posts in a group and on what a member gets: what is beyond is refused, or only counted."""

import datetime as dt
from collections.abc import Iterable

import numpy as np

from commsim.core.declare import Effect
from commsim.core.mechanisms.touches import BEYOND, REFUSED, TOUCHES
from commsim.core.touches import POSTS, OwnAllowance
from commsim.core.view import MEMBER
from commsim.simulation.audiences import EVERYBODY
from commsim.simulation.mechanics import Home, Mechanics


class Touches(Mechanics):
    """What each group has had of the operator's posts; strategies post in the order of their names."""

    declared = TOUCHES
    admits = tuple(POSTS)

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        limits = home.scenario.operator.touches
        assert limits is not None
        self._allowance = limits.allowance(len(home.groups.size))
        self._refuse = limits.beyond == "refuse"
        if limits.member is not None:
            persons = len(home.people.status)
            home.own_limits = OwnAllowance(persons, limits.member.spans(), refuse=self._refuse)

    def morning(self, day: int) -> None:
        """The counts of a day, week or month that is over begin anew."""
        self._allowance.morning(self.home.scenario.start + dt.timedelta(days=day))
        self._beyond = 0

    def admit(self, day: int, effect: Effect, cause: int) -> Iterable[Effect]:
        """Let posts pass as far as they are allowed."""
        if type(effect) not in POSTS:
            return (effect,)
        where = self.home.where(getattr(effect, "groups", None), cause)
        beyond, parts = self._allowance.take(effect, where, refuse=self._refuse)
        self._beyond += beyond
        if self.home.own_limits is None:
            return parts
        passed = tuple(parts)
        for part in passed:
            self._count(part, cause, self.home.own_limits)
        return passed

    def _count(self, post: Effect, cause: int, limits: OwnAllowance) -> None:
        """Count a post for whom it addresses in the groups that get it."""
        people, audiences = self.home.people, self.home.audiences
        where = np.append(self.home.where(getattr(post, "groups", None), cause), False)
        persons = (people.status == MEMBER) & where[people.group]
        row = audiences.row(cause, getattr(post, "reach", 1.0), posts=True)
        if row != EVERYBODY:
            persons &= audiences.table[row]
        limits.posted(persons, getattr(post, POSTS[type(post)]))

    def close(self, day: int) -> dict[str, int]:
        """How many posts were too many."""
        own = self.home.own_limits
        return {BEYOND.name: self._beyond, REFUSED.name: 0 if own is None else own.beyond}
