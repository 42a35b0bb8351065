"""Flash sales: one product, a low price, a short time."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from commsim.core.effects import Announce, Effect, Offer, Work
from commsim.core.units import Fen, Off, described, param
from commsim.core.view import View
from commsim.core.written import is_off
from commsim.strategies.base import Phase, Purpose
from commsim.strategies.clock import Clocked


class FlashSale(Clocked):
    """Sells one product for a few hours at a lower price, on its weekdays at its hour.

    Members who come at the hour see the price, the time limit and how many were sold.  Stock, if
    limited, goes to the first.  In the warm-up it is announced and sells nothing.
    """

    kind: Literal["flash_sale"] = "flash_sale"
    purpose: ClassVar[Purpose] = "conversion"
    by_hand: ClassVar[bool] = True
    holds_sales: ClassVar[bool] = True
    by_calendar: ClassVar[bool] = True
    product: str = described("", "What is sold; the first product if empty", unit="name")
    price: Fen | None = param(
        None,
        "Price during the sale; give this or the discount",
        unit="yuan",
        low=0.01,
        source="operator's choice",
        grade="D",
    )
    discount: Off | None = param(
        None,
        "Share of the usual price that is taken off; give this or the price",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.05, 0.5),
        source="operator's choice; sales response known up to half price",
        grade="C",
    )
    stock: int | None = param(
        None,
        "Pieces per occasion over all groups; no limit if empty",
        unit="pieces",
        low=0,
        high=100_000_000,
        source="operator's choice",
        grade="D",
    )
    open_hours: float = param(
        2.0,
        "How long it is open",
        unit="hours",
        low=0.25,
        high=24.0,
        plausible=(1.0, 4.0),
        source="flash windows are back to base after one or two hours (vendor)",
        grade="C",
    )
    posts: int = param(
        1, "Announcements per occasion", unit="posts", low=1, high=20, source="operator's choice", grade="D"
    )
    scarce: bool = param(
        True,
        "Whether limited time and supply is part of the message",
        unit="yes/no",
        source="operators' guides: limited time, price and supply",
        grade="D",
    )

    @model_validator(mode="before")
    @classmethod
    def _price_as_a_share(cls, data: Any) -> Any:
        """``price: 8折`` is a discount of a fifth."""
        if isinstance(data, dict) and is_off(data.get("price")) and data.get("discount") is None:
            return {**{key: data[key] for key in data if key != "price"}, "discount": data["price"]}
        return data

    @model_validator(mode="after")
    def _one_price(self) -> Self:
        if (self.price is None) == (self.discount is None):
            raise ValueError("give either a price in yuan or a discount as a share of one")
        return self

    def sale_price(self, usual: int) -> int:
        """Price during the sale in fen, for a usual price in fen."""
        if self.price is not None:
            return self.price
        return max(1, round(usual * (1.0 - (self.discount or 0.0))))

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Announce and open the sale; in the warm-up announce it only."""
        phase = self.phase(view)
        if phase is Phase.WARM_UP:
            yield Announce(self.hour, preview=True, reach=self.reach)
            return
        product = view.product(self.product)
        yield Announce(self.hour, self.posts, worth=1.0, reach=self.reach)
        yield Offer(
            product,
            self.sale_price(view.products[product].price),
            self.hour,
            self.open_hours,
            self.stock,
            self.scarce,
            self.reach,
            self.previewed(view),
            last_call=phase is Phase.CLOSING,
            countdown=self.countdown,
            counter=self.counter,
        )
        yield Work(self.staff_minutes)
