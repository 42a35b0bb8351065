"""Shareholders: members pay in for a seat and share the profit."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core.effects import Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.shareholders import LONGEST_TERM, MONTH, SHAREHOLDERS, Seats
from commsim.core.units import Fen, Portion, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy


class Shareholder(Strategy):
    """Lets members become shareholders: they pay in, get a part of each month's profit, and promote the shop.

    On its days the seats that are left stand open to who looks in.  Members judge a seat by the profit of
    the last month.  What is paid in is no income: it is owed to the end of the term, or earned day by day
    where it is not paid back.
    """

    kind: Literal["shareholder"] = "shareholder"
    purpose: ClassVar[Purpose] = "fission"
    open_to_all: ClassVar[bool] = True
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (SHAREHOLDERS,)
    by_calendar: ClassVar[bool] = True
    seats: int = param(30, "Seats", unit="seats", low=1, high=100_000, source="operator's choice", grade="D")
    price: Fen = param(
        500,
        "Paid in for a seat",
        unit="yuan",
        low=0.01,
        high=10_000_000,
        source="operator's choice",
        grade="D",
    )
    profit_share: Portion = param(
        0.1,
        "Part of a month's profit that all seats together get; that of seats without a holder stays",
        unit="share",
        low=0.0001,
        high=1.0,
        source="operator's choice",
        grade="D",
    )
    term: int = param(
        365,
        "Days of a seat",
        unit="days",
        low=MONTH,
        high=LONGEST_TERM,
        source="operator's choice",
        grade="D",
    )
    returned: bool = param(
        True,
        "Whether what was paid in goes back at the end",
        unit="yes/no",
        source="operator's choice",
        grade="D",
    )
    staff_minutes: float = param(
        0.0,
        "Staff time per group and day",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="assumed",
        grade="D",
    )

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Open the seats; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        yield Seats(self.seats, self.price, self.profit_share, self.term, self.returned)
        if self.staff_minutes:
            yield Work(self.staff_minutes)
