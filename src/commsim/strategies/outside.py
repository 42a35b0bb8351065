"""What contact with one person at a time, outside the group, has in common: what it costs, and when it is."""

from typing import Any, ClassVar, Literal

from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.contacts import CONTACTS, Channel, Contact, Whom
from commsim.core.units import Fen, Hour, param
from commsim.strategies.base import Purpose, Strategy

Way = Literal["text", "call", "message"]
COST: dict[str, int] = {"text": 5, "call": 20, "message": 0}
"""Fen of one: texts in bulk and minutes of a call at the prices of carriers; WeChat takes nothing."""
MINUTES: dict[str, float] = {"text": 0.0, "call": 2.0, "message": 0.2}
"""Of staff, for one: calls are tried and made by hand, private messages sent by a template."""


class OneByOne(Strategy):
    """Strategies that get at people one by one, by text, by phone or by private message."""

    purpose: ClassVar[Purpose] = "retention"
    by_hand: ClassVar[bool] = True
    takes_part: ClassVar[bool] = False
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (CONTACTS,)
    by_calendar: ClassVar[bool] = True
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
    hour: Hour = param(18, "Hour of the day", unit="hour", source="operator's choice", grade="D")

    def contact(self, by: Way, whom: Whom, **how: Any) -> Contact:
        """One round of it: to whom, at what cost."""
        return Contact(
            Channel(by),
            whom,
            self.hour,
            fen=COST[by] if self.cost is None else self.cost,
            minutes=MINUTES[by] if self.minutes is None else self.minutes,
            writing=self.staff_minutes,
            reach=self.reach,
            **how,
        )
