"""Posts that tell of the sales of another strategy: who has read of a sale before it opens."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from commsim.core import effects as e
from commsim.core.arrays import Bools
from commsim.scenario.schema import Scenario
from commsim.simulation.audiences import Audiences
from commsim.strategies.base import Strategy
from commsim.strategies.calendar import by_name, formal_days


class _Post(NamedTuple):
    """A post that announces sales of the strategy ``of``; rows of its audience, as of today and tomorrow."""

    of: int
    hour: int
    audience: int
    later: int
    groups: Bools | None


class Announcements:
    """The announcing posts of today and yesterday."""

    def __init__(self, scenario: Scenario, audiences: Audiences) -> None:
        self._audiences = audiences
        calendar = by_name(scenario.strategies)
        self._cause = {name: cause for cause, name in enumerate(calendar)}
        self._start, self._days = scenario.start, scenario.days
        self._opens: dict[str, dict[int, int]] = {}
        for entries in calendar.values():
            self.know([entry.waiting() for entry in entries])
        self._today: list[_Post] = []
        self.morning(0)

    def know(self, entries: Sequence[Strategy]) -> None:
        """Take the days on which a strategy sells from its entries."""
        if entries[0].holds_sales:
            self._opens[entries[0].name] = {
                day: entry.hour for entry in entries for day in formal_days(entry, self._start, self._days)
            }

    def morning(self, day: int) -> None:
        """What was posted today is yesterday's."""
        self._day = day
        self._yesterday, self._today = self._today, []

    def precedes(self, effect: e.Announce) -> bool:
        """Whether a post comes before a sale of the strategy it announces: later today, or tomorrow."""
        opens = self._opens.get(effect.sale, {})
        return opens.get(self._day, -1) > effect.hour or self._day + 1 in opens

    def post(self, effect: e.Announce, cause: int) -> None:
        """Keep a post that announces sales, if there is such a strategy."""
        if effect.sale in self._cause:
            row = self._audiences.row(cause, effect.reach, posts=True)
            whom = row, self._audiences.kept(row), self._audiences.groups(cause, effect.groups)
            self._today.append(_Post(self._cause[effect.sale], effect.hour, *whom))

    def hints(self, sales: Sequence[tuple[int, int]]) -> list[tuple[tuple[Any, ...], Bools | None]]:
        """What tells of sales (their strategies and hours): each as in `notices.HINT`, and its groups."""
        if not (self._today or self._yesterday):
            return []
        return [
            ((sale, days, post.audience), post.groups)
            for sale, (cause, hour) in enumerate(sales)
            for days, posts in enumerate((self._today, self._yesterday))
            for post in posts
            if post.of == cause and (days or post.hour < hour)
        ]
