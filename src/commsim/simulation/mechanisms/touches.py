"""Limits of a platform on posts: what is beyond is refused, or only counted."""

import datetime as dt
from collections.abc import Iterable

from commsim.core.declare import Effect
from commsim.core.mechanisms.touches import BEYOND, TOUCHES
from commsim.core.touches import POSTS
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
        return parts

    def close(self, day: int) -> dict[str, int]:
        """How many posts were too many."""
        return {BEYOND.name: self._beyond}
