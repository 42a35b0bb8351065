"""A trial: one product for next to nothing, for who has never bought."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from commsim.core.effects import Announce, Effect, Offer, Work
from commsim.core.units import Fen, Hour, described, param
from commsim.core.view import View
from commsim.strategies.audience import Who
from commsim.strategies.base import Phase, Purpose, Strategy

NEW = Who(bought=False)


class Trial(Strategy):
    """Sells one product for next to nothing to members who have never bought, once to each.

    It is a sample: who is there takes it by its price alone, some become customers by it, and these are
    worth less than who comes unprompted.  What was lost on it comes back only from those who would not have
    begun by themselves.
    """

    kind: Literal["trial"] = "trial"
    purpose: ClassVar[Purpose] = "conversion"
    by_hand: ClassVar[bool] = True
    holds_sales: ClassVar[bool] = True
    by_calendar: ClassVar[bool] = True
    product: str = described("", "What is sold; the first product if empty", unit="name")
    price: Fen = param(
        1,
        "Price; above buying.sample_price of the usual one it is a sale like any other",
        unit="yuan",
        low=0.01,
        source="operators' guides: one yuan",
        grade="C",
    )
    hour: Hour = param(8, "Hour at which it opens", unit="hour", source="operator's choice", grade="D")
    open_hours: float = param(
        15.0,
        "How long it is open on a day",
        unit="hours",
        low=0.25,
        high=24.0,
        source="operator's choice",
        grade="D",
    )
    stock: int | None = param(
        None,
        "Pieces a day over all groups; no limit if empty",
        unit="pieces",
        low=0,
        high=100_000_000,
        source="operator's choice",
        grade="D",
    )
    posts: int = param(
        1, "Announcements a day", unit="posts", low=0, high=20, source="operator's choice", grade="D"
    )
    who: Who | None = described(NEW, "Members whom it addresses; all if empty", unit="section")

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Announce it and let it be tried; in the warm-up announce it only."""
        phase = self.phase(view)
        if phase is Phase.WARM_UP:
            yield Announce(self.hour, preview=True, reach=self.reach)
            return
        if self.posts:
            yield Announce(self.hour, self.posts, worth=1.0, reach=self.reach)
        yield Offer(
            view.product(self.product),
            self.price,
            self.hour,
            self.open_hours,
            self.stock,
            scarce=False,
            reach=self.reach,
            previewed=self.previewed(view),
            last_call=phase is Phase.CLOSING,
        )
        yield Work(self.staff_minutes)
