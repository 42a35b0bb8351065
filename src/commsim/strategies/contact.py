"""Texts, calls and private messages: contact with one person at a time, outside the group."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core.effects import Effect
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms import contacts
from commsim.core.mechanisms.contacts import CONTACTS, Channel, Whom
from commsim.core.units import Fen, Hour, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy

Way = Literal["text", "call", "message"]
COST: dict[str, int] = {"text": 5, "call": 20, "message": 0}
"""Fen of one: texts in bulk and minutes of a call at the prices of carriers; WeChat takes nothing."""
MINUTES: dict[str, float] = {"text": 0.0, "call": 2.0, "message": 0.2}
"""Of staff, for one: calls are tried and made by hand, private messages sent by a template."""


class Contact(Strategy):
    """Texts, rings up or writes to people one by one, who remember it for a while.

    That moves who is not in touch with the group; others are bothered for nothing.  Some refuse any more.
    """

    kind: Literal["contact"] = "contact"
    purpose: ClassVar[Purpose] = "retention"
    by_hand: ClassVar[bool] = True
    takes_part: ClassVar[bool] = False
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (CONTACTS,)
    by_calendar: ClassVar[bool] = True
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
    cost: Fen | None = param(
        None,
        "Cost of each; if empty 0.05 for a text, 0.2 for a call, nothing for a message",
        unit="yuan",
        low=0,
        source="assumed: prices of carriers in bulk",
        grade="D",
    )
    minutes: float | None = param(
        None,
        "Staff time of each; if empty 2 for a call, 0.2 for a message, nothing for a text",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="assumed",
        grade="D",
    )
    announces_sales: bool = param(
        False,
        "It tells of the sales of the three hours after, and calls who notices it to them",
        unit="yes or no",
        source="operator's choice",
        grade="D",
    )
    hour: Hour = param(18, "Hour of the day", unit="hour", source="operator's choice", grade="D")
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
        yield contacts.Contact(
            Channel(self.by),
            Whom(self.to),
            self.hour,
            fen=COST[self.by] if self.cost is None else self.cost,
            minutes=MINUTES[self.by] if self.minutes is None else self.minutes,
            writing=self.staff_minutes,
            reach=self.reach,
            days=1,
            every=self.every,
            calls=self.announces_sales,
        )
