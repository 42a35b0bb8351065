"""Win-back: who has left or fallen silent is asked to come back."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core.effects import Effect
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.contacts import CONTACTS, LONGEST_SILENCE, Channel, Contact, Whom
from commsim.core.units import Fen, Hour, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy
from commsim.strategies.contact import COST, MINUTES, Way


class WinBack(Strategy):
    """Asks who is lost to come back, some times: by text, by phone or by private message.

    Some do, more of those who trusted the shop, fewer of those who left annoyed; the others are bothered.
    """

    kind: Literal["win_back"] = "win_back"
    purpose: ClassVar[Purpose] = "retention"
    by_hand: ClassVar[bool] = True
    takes_part: ClassVar[bool] = False
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (CONTACTS,)
    by_calendar: ClassVar[bool] = True
    by: Way = param(
        "message",
        "Way: text (a short message), call (by phone), message (private, on WeChat)",
        unit="choice",
        source="operator's choice",
        grade="D",
    )
    to: Literal["left", "silent", "lost"] = param(
        "lost",
        "Whom: who has left, members who have fallen silent, or both (lost)",
        unit="choice",
        source="operator's choice",
        grade="D",
    )
    after: int = param(
        14,
        "Days since they left, or without a look, after which they count as lost",
        unit="days",
        low=1,
        high=LONGEST_SILENCE,
        source="operator's choice",
        grade="D",
    )
    attempts: int = param(
        2, "Attempts for one person", unit="attempts", low=1, high=20, source="operator's choice", grade="D"
    )
    every: int = param(
        14, "Days between attempts", unit="days", low=1, high=3650, source="operator's choice", grade="D"
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
    hour: Hour = param(18, "Hour of the day", unit="hour", source="operator's choice", grade="D")
    staff_minutes: float = param(
        0.0,
        "Staff time on a day on which anybody is got at, for all together, beside that of each",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="operator's choice",
        grade="D",
    )

    @property
    def addresses_left(self) -> bool:
        """Whether it goes to who has left."""
        return self.to != "silent"

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Ask whose turn it is; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        yield Contact(
            Channel(self.by),
            Whom(self.to),
            self.hour,
            fen=COST[self.by] if self.cost is None else self.cost,
            minutes=MINUTES[self.by] if self.minutes is None else self.minutes,
            writing=self.staff_minutes,
            reach=self.reach,
            days=self.after,
            every=self.every,
            most=self.attempts,
            back=True,
        )
