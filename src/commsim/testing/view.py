"""A community on paper that a test sets by hand, and a day on which nothing happens."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from commsim.core.events import Happened
from commsim.core.mechanism import Event, Occurred
from commsim.core.paper import PaperView

_MONDAY = dt.date(2027, 2, 1)


@dataclass(frozen=True, slots=True)
class FakeProduct:
    """A product; money in fen."""

    name: str = "coffee"
    price: int = 3000
    unit_cost: int = 1500
    shelf: bool = True


class FakeView(PaperView):
    """A community on paper, small enough to read: `PaperView` with one product.

    Every attribute can be set: ``view.inviter[3] = 1`` before a strategy sees it.  Day 0 is a Monday, the
    first of a month.
    """

    def __init__(
        self, members: int = 8, strangers: int = 4, groups: int = 2, *, day: int = 0, days: int = 60
    ) -> None:
        """Make a community of so many people; ``day`` of a run of ``days``."""
        super().__init__(
            members, strangers, groups, products=(FakeProduct(),), start=_MONDAY, day=day, days=days
        )

    @property
    def day_of_month(self) -> int:
        """Months have 28 days here."""
        return self.day % 28 + 1

    @property
    def month_ends(self) -> bool:
        """On the 28th."""
        return self.day_of_month == 28


def nothing_happened(day: int = 0, told: Mapping[Event, Occurred] | None = None, **events: Any) -> Happened:
    """A day without events, but for those that are given: ``joined=[3], join_cause=[0]``.

    told: of mechanisms, ``{CHECKED_IN: occurred([3])}``.
    """
    none = np.zeros(0, dtype=np.int64)
    names = [name for name in Happened.__dataclass_fields__ if name not in ("day", "more")]
    given = {name: np.asarray(rows, dtype=np.int64) for name, rows in events.items()}
    more = {event.name: occurred for event, occurred in (told or {}).items()}
    return Happened(day, **(dict.fromkeys(names, none) | given), more=more)


def occurred(persons: Any, fen: Any = 0) -> Occurred:
    """To whom an event happened; ``fen``: one amount, or one for each."""
    rows = np.array(persons, dtype=np.int64)
    return Occurred(rows, np.broadcast_to(fen, rows.shape).astype(np.int64))
