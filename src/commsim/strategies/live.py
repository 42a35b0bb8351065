"""Live selling: a host sells one product in a stream for all groups."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from commsim.core.effects import Account, Announce, Effect, Offer, Spend, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.live import LIVE, Stream
from commsim.core.units import WEEKDAYS, Fen, Portion, described, param
from commsim.core.view import View
from commsim.core.written import LAST
from commsim.strategies.base import Phase, Purpose
from commsim.strategies.clock import Clocked


class Live(Clocked):
    """Sells one product in a stream on its weekdays at its hour, and tells of it on the day before.

    Members who come see how many have bought in all groups, and the host moves them to buy, with a coupon or
    without one.  Of what is bought so, more comes back.  The stream goes on outside the groups; it is
    announced in them.
    """

    kind: Literal["live"] = "live"
    purpose: ClassVar[Purpose] = "conversion"
    by_hand: ClassVar[bool] = True
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (LIVE,)
    holds_sales: ClassVar[bool] = True
    product: str = described("", "What is sold; the first product if empty", unit="name")
    price: Fen | None = param(
        None,
        "Price during the stream; the usual one if empty",
        unit="yuan",
        low=0.01,
        source="operator's choice",
        grade="D",
    )
    coupon: Fen | None = param(
        None,
        "Coupon that holds in the stream alone: it comes off that price; none if empty",
        unit="yuan",
        low=0.01,
        source="operator's choice",
        grade="D",
    )
    stock: int | None = param(
        None,
        "Pieces per stream; no limit if empty",
        unit="pieces",
        low=0,
        high=100_000_000,
        source="operator's choice",
        grade="D",
    )
    open_hours: float = param(
        2.0,
        "How long it goes on",
        unit="hours",
        low=0.25,
        high=24.0,
        plausible=(1.0, 4.0),
        source="operators' practice",
        grade="D",
    )
    posts: int = param(
        1, "Announcements on the day", unit="posts", low=1, high=20, source="operator's choice", grade="D"
    )
    notice: bool = param(
        True,
        "Whether a post tells of it on the day before",
        unit="yes/no",
        source="operators' guides: preview every stream",
        grade="D",
    )
    scarce: bool = param(
        False,
        "Whether limited time and supply is part of the message",
        unit="yes/no",
        source="operator's choice",
        grade="D",
    )
    host_cost: Fen = param(
        150,
        "Host and studio per hour of the stream, booked as content",
        unit="yuan",
        low=0,
        plausible=(0, 1000),
        source="operator's choice",
        grade="D",
    )
    resold: Portion = param(
        0.9,
        "Share of the cost of goods that come back that is not lost",
        unit="share",
        low=0.0,
        high=1.0,
        source="operator's choice",
        grade="D",
    )
    return_cost: Fen = param(
        6, "Handling of each that comes back", unit="yuan", low=0, source="operator's choice", grade="D"
    )

    @model_validator(mode="after")
    def _day_before_is_known(self) -> Self:
        if self.notice and LAST in self.month_days:
            raise ValueError("what day comes before the last of a month? Give its number, or notice: false")
        return self

    def phase(self, view: View) -> Phase | None:
        """As any, and WARM_UP on the day before a stream if a post tells of it then."""
        found = super().phase(view)
        if found is None and self.notice and self._is_tomorrow(view):
            return Phase.WARM_UP
        return found

    def _is_tomorrow(self, view: View) -> bool:
        day = view.day + 1
        if not self.starts <= day <= self.last_day(view.days):
            return False
        if self.budget is not None and view.spent() >= self.budget:
            return False
        month_day = 1 if view.month_ends else view.day_of_month + 1
        return self.is_on(day, (view.weekday + 1) % len(WEEKDAYS), month_day, month_ends=False)

    def sale_price(self, usual: int) -> int:
        """Price in the stream in fen, with its coupon, for a usual price in fen."""
        price = usual if self.price is None else self.price
        return max(1, price - (self.coupon or 0))

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Tell of the stream, or hold it and pay for it."""
        if self.phase(view) is Phase.WARM_UP:
            yield Announce(self.hour, preview=True, sale=self.name, reach=self.reach)
            return
        yield Announce(self.hour, self.posts, worth=1.0, reach=self.reach)
        if self._is_tomorrow(view) and self.notice:
            yield Announce(self.hour, preview=True, sale=self.name, reach=self.reach)
        product = view.product(self.product)
        yield Offer(
            product,
            self.sale_price(view.products[product].price),
            self.hour,
            self.open_hours,
            self.stock,
            self.scarce,
            self.reach,
            self.previewed(view),
            last_call=self.phase(view) is Phase.CLOSING,
            countdown=self.countdown,
            counter=self.counter,
        )
        yield Stream(self.coupon is not None, self.resold, self.return_cost)
        if self.host_cost:
            yield Spend(Account.CONTENT, round(self.host_cost * self.open_hours))
        yield Work(self.staff_minutes, in_all=True)
