"""Texts, calls and private messages: contact with one person at a time, outside the group."""

from collections.abc import Iterable
from typing import Any, Literal

from commsim.core.effects import Effect
from commsim.core.mechanisms.contacts import Whom
from commsim.core.units import param
from commsim.core.view import View
from commsim.strategies.base import Phase
from commsim.strategies.outside import OneByOne, Way


class Contact(OneByOne):
    """Texts, rings up or writes to people one by one, who remember it for a while.

    That moves who is not in touch with the group; others are bothered for nothing.  Some refuse any more.
    """

    kind: Literal["contact"] = "contact"
    by: Way = param(
        "text",
        "Way: text (a short message), call (by phone), message (private, on WeChat)",
        unit="choice",
        source="operator's choice",
        grade="D",
    )
    to: Literal["members", "left", "everybody"] = param(
        "everybody",
        "Whom: members, who has left, or everybody who ever was one",
        unit="choice",
        source="operator's choice",
        grade="D",
    )
    every: int = param(
        15,
        "Days between two to one person at least",
        unit="days",
        low=1,
        high=3650,
        source="operators' guides: one or two a month",
        grade="C",
    )
    announces_sales: bool = param(
        False,
        "It tells of the sales of the three hours after, and calls who notices it to them",
        unit="yes or no",
        source="operator's choice",
        grade="D",
    )
    staff_minutes: float = param(
        10.0,
        "Staff time on a day on which anybody is got at, for all together, beside that of each",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="assumed",
        grade="D",
    )

    @property
    def addresses_left(self) -> bool:
        """Whether it goes to who has left."""
        return self.to != "members"

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Get at whose turn it is; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        yield self.contact(self.by, Whom(self.to), days=1, every=self.every, calls=self.announces_sales)
