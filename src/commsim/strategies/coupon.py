"""Coupons: money off one order, for a time, taken from a post or sent to everybody."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from commsim.core.effects import Announce, Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.coupons import COUPONS, LONGEST, MOST_FRIENDS, Issue
from commsim.core.part import Part
from commsim.core.units import Fen, Off, described, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy


class Passing(Part):
    """How a holder passes a coupon on."""

    friends: int = param(
        2,
        "Friends who get one too",
        unit="persons",
        low=1,
        high=MOST_FRIENDS,
        source="operator's choice",
        grade="D",
    )
    together: bool = param(
        False,
        "Friends make the coupon together, and each gets one",
        unit="yes or no",
        source="operator's choice",
        grade="D",
    )


class Coupon(Strategy):
    """Gives members coupons, each good for one order until it expires.

    One from a post is taken by who looks in on a day of the calendar; one that is sent goes straight to the
    account of everybody whom the strategy addresses, members of today and those who join later.
    """

    kind: Literal["coupon"] = "coupon"
    purpose: ClassVar[Purpose] = "conversion"
    by_hand: ClassVar[bool] = True
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (COUPONS,)
    by_calendar: ClassVar[bool] = True
    face: Fen | None = param(
        None,
        "Money off an order; give this or the discount",
        unit="yuan",
        low=0.01,
        source="operator's choice",
        grade="D",
    )
    discount: Off | None = param(
        None,
        "Share off an order; give this or the face",
        unit="share",
        low=0.01,
        high=0.9,
        plausible=(0.05, 0.5),
        source="operator's choice; response to prices known up to half price",
        grade="C",
    )
    minimum: Fen = param(
        0, "Smallest order that it holds for", unit="yuan", low=0, source="operator's choice", grade="D"
    )
    products: tuple[str, ...] = described((), "Products that it holds for; all if empty", unit="list")
    valid_days: int = param(
        7,
        "Days for which it is valid, that of issue included",
        unit="days",
        low=1,
        high=LONGEST,
        source="operator's choice",
        grade="D",
    )
    given: Literal["posted", "sent"] = param(
        "posted",
        "Taken from a post by who looks in, or sent to every account",
        unit="choice",
        source="operators' practice: both",
        grade="D",
    )
    again: int | None = param(
        None,
        "Days after which who has had one can have it again; once only if empty",
        unit="days",
        low=1,
        high=3650,
        source="operator's choice",
        grade="D",
    )
    remind: bool = param(
        False,
        "Whether holders get a message two days before it expires",
        unit="yes or no",
        source="operator's choice",
        grade="D",
    )
    with_sales: bool = param(
        False,
        "Whether it also holds at sales and teams, off their price",
        unit="yes or no",
        source="operator's choice",
        grade="D",
    )
    share: Passing | None = described(None, "Passing on to friends; not possible if empty", unit="section")
    staff_minutes: float = param(
        3.0,
        "Staff time per group and post; what is sent, the shop's system sends",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="job adverts: 8,000 yuan a month, for 50 groups and a day's tasks",
        grade="C",
    )

    @model_validator(mode="after")
    def _one_worth(self) -> Self:
        if (self.face is None) == (self.discount is None):
            raise ValueError("give either a face in yuan or a discount as a share of one")
        if self.face is not None and 0 < self.minimum <= self.face:
            raise ValueError("the smallest order must cost more than the coupon takes off; raise the minimum")
        return self

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Post coupons, or send them; in the warm-up tell of those to come."""
        if self.phase(view) is Phase.WARM_UP:
            yield Announce(self.hour, preview=True, reach=self.reach)
            return
        posted = self.given == "posted"
        if posted:
            yield Announce(self.hour, worth=1.0, reach=self.reach)
            yield Work(self.staff_minutes)
        yield Issue(
            self.face or 0,
            self.discount or 0.0,
            self.minimum,
            self.valid_days,
            posted,
            self.reach,
            self.again or 0,
            self.remind,
            self.with_sales,
            tuple(sorted({view.product(name) for name in self.products})),
            self.share.friends if self.share else 0,
            self.share.together if self.share else False,
        )
