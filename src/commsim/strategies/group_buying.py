"""Group buying: the price falls with the size of the team."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from commsim.core.effects import Announce, Effect, TeamOffer, Work
from commsim.core.units import Fen, Probability, described, param
from commsim.core.view import View
from commsim.core.written import pairs
from commsim.strategies.base import Phase, Purpose, Strategy


class Rung(BaseModel):
    """One rung of a price ladder."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    size: int = param(
        ..., "Buyers in the team", unit="persons", low=2, high=100, source="operator's choice", grade="D"
    )
    price: Fen = param(..., "Price for each", unit="yuan", low=0.01, source="operator's choice", grade="D")


Ladder = Annotated[tuple[Rung, ...], BeforeValidator(pairs("size", "price"))]
"""Rungs, also written ``{2: 90, 3: 85}``."""


class GroupBuying(Strategy):
    """Offers a product whose price falls with the team: buyers ask friends, inside and outside.

    A team gathers for some hours; at the end each pays the price of the highest rung that it
    reached, or gets the money back below the first.  Friends from outside who join become members.
    """

    kind: Literal["group_buying"] = "group_buying"
    purpose: ClassVar[Purpose] = "fission"
    by_hand: ClassVar[bool] = True
    holds_sales: ClassVar[bool] = True
    by_calendar: ClassVar[bool] = True
    product: str = described("", "What is sold; the first product if empty", unit="name")
    ladder: Ladder = described(..., "Sizes of teams and their prices, from small to large", unit="pairs")
    open_hours: float = param(
        24.0, "How long a team may gather", unit="hours", low=1.0, high=72.0, source="platform", grade="B"
    )
    asks: int = param(
        6,
        "Friends whom a buyer asks",
        unit="persons",
        low=0,
        high=100,
        plausible=(3, 15),
        source="BeiBei: 7.9 shopping ties",
        grade="C",
        assumed=True,
    )
    accept: Probability = param(
        0.20,
        "Chance that an asked friend joins at once",
        unit="probability",
        plausible=(0.05, 0.3),
        source="BeiBei: 77 % of two-person teams fill, .22 for each of 6 friends asked; less selection",
        grade="C",
        assumed=True,
    )
    accept_late: Probability = param(
        0.30,
        "Chance that they join once the team is safe, those who join at once included",
        unit="probability",
        plausible=(0.2, 0.4),
        source="sign Hu, Man and Winer on tipping; 1.5 x the first chance assumed",
        grade="D",
        assumed=True,
        not_below="accept",
    )
    outside: bool = param(
        True, "Whether friends outside the community are asked", unit="yes/no", source="-", grade="D"
    )
    posts: int = param(
        1, "Announcements per occasion", unit="posts", low=1, high=20, source="operator's choice", grade="D"
    )

    @model_validator(mode="after")
    def _ladder_falls(self) -> Self:
        if not self.ladder:
            raise ValueError("a ladder needs at least one rung, such as {size: 2, price: 90}")
        for low, high in pairwise(self.ladder):
            if high.size <= low.size or high.price >= low.price:
                raise ValueError("each rung needs a larger team and a lower price than the one before")
        if self.accept_late < self.accept:
            raise ValueError("`accept_late` includes those who join at once: it is at least `accept`")
        return self

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Announce and open the ladder; in the warm-up announce it only."""
        phase = self.phase(view)
        if phase is Phase.WARM_UP:
            yield Announce(self.hour, preview=True, reach=self.reach)
            return
        yield Announce(self.hour, self.posts, worth=1.0, reach=self.reach)
        yield TeamOffer(
            view.product(self.product),
            tuple(rung.size for rung in self.ladder),
            tuple(rung.price for rung in self.ladder),
            self.hour,
            self.open_hours,
            self.asks,
            self.accept,
            self.accept_late,
            self.outside,
            self.reach,
            self.previewed(view),
            last_call=phase is Phase.CLOSING,
        )
        yield Work(self.staff_minutes)
