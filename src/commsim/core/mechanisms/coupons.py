"""Coupons, as strategies see them."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import Share, Within
from commsim.core.mechanism import Event, Mechanism
from commsim.core.mechanisms.coupon_behaviour import SOURCES, CouponBehaviour
from commsim.core.view import View

LONGEST = 365
"""Days for which a coupon can be valid."""
MOST_FRIENDS = 20
"""Friends to whom a holder can pass a coupon on."""


@effect(word="coupon", cost=DEPENDS)
class Issue(Effect):
    """Coupons are to be had today, each good for one order.

    fen or share: what a coupon takes off an order; one of the two is 0.  least: smallest order, in fen.
    days: for which it is valid, today the first.  posted: taken by who looks in, else sent to all whom the
    strategy reaches.  again: days after which a person can have it again, 0 for never.  remind: holders are
    told before it expires.  sales: holds at sales and teams too.  products: it holds for, none for all.
    friends: to whom a holder who passes it on does so, 0 if it can't be.  together: it is made together.
    """

    fen: Annotated[int, Within(0, 100_000_000, money=True)]
    share: Annotated[float, Within(0, 0.9)]
    least: Annotated[int, Within(0, money=True)]
    days: Annotated[int, Within(1, LONGEST)]
    posted: bool
    reach: Share
    again: Annotated[int, Within(0, 3650)]
    remind: bool
    sales: bool
    products: Annotated[tuple[int, ...], Within(0)]
    friends: Annotated[int, Within(0, MOST_FRIENDS)]
    together: bool

    def mismatch(self, view: View) -> str | None:
        """Worth nothing, or two things at once; for what is not sold."""
        if (self.fen > 0) == (self.share > 0):
            return "a coupon is worth either so many fen or a share of the price"
        unknown = [product for product in self.products if product >= len(view.products)]
        return f"products: {unknown[0]} is not sold" if unknown else None


HELD = Column("coupons", np.int8, "coupons in hand", range="from 0", seen=True, agent=True, kept=True)
REDEEMED = Event("redeemed", "who redeemed a coupon, and what it took off", kept=True)
COUPON_EXPIRED = Event("coupon_expired", "whose coupon was no longer valid this morning", kept=True)
COUPONS = Mechanism(
    "coupons",
    "Coupons: issued, forgotten and remembered, passed on, redeemed with an order, expired.",
    engine="commsim.simulation.mechanisms.coupons:Coupons",
    columns=(HELD,),
    events=(REDEEMED, COUPON_EXPIRED),
    daily=(
        Column("coupons_issued", np.int32, "coupons that came into hands, those passed on included"),
        Column("coupons_passed", np.int32, "of those issued, passed on by friends"),
        Column("coupons_redeemed", np.int32, "coupons redeemed with an order"),
        Column(
            "coupons_anyway", np.float64, "of those redeemed, how many would be expected without the coupon"
        ),
        Column("coupons_passed_redeemed", np.int32, "of those redeemed, passed on by friends"),
        Column("coupons_expired", np.int32, "coupons whose time was over"),
        Column("coupons_held", np.int32, "coupons in hand in the evening"),
    ),
    behaviour=CouponBehaviour,
    sources=SOURCES,
    words={
        "pathway.coupons.exposure": ("holding a coupon moves buying by itself", "手里有券本身影响购买"),
        "pathway.coupons.shareable": ("a coupon to pass on makes buy less", "可转赠的券让自己少买"),
        "pathway.coupons.pass_on": ("coupons are passed on", "券会转赠好友"),
        "pathway.coupons.friends": ("a friend's coupon comes to mind otherwise", "好友给的券记得不一样"),
        "kind.coupon": ("Coupon", "优惠券"),
        "story.deed.coupon": ("{name} to be had", "{name}发放"),
        "field.coupon.face": ("Face value", "面额"),
        "field.coupon.discount": ("Share off", "优惠比例"),
        "field.coupon.minimum": ("Smallest order", "使用门槛（满额）"),
        "field.coupon.products": ("Holds for", "适用商品"),
        "field.coupon.valid_days": ("Valid for days", "有效天数"),
        "field.coupon.given": ("Given", "发放方式"),
        "field.coupon.again": ("Again after days", "再次领取间隔（天）"),
        "field.coupon.remind": ("Reminded before it expires", "到期提醒"),
        "field.coupon.with_sales": ("Also at sales and teams", "可与活动价叠加"),
        "field.coupon.share": ("Passing on", "转赠"),
        "field.coupon.friends": ("To friends", "转赠好友数"),
        "field.coupon.together": ("Made together", "好友助力合成"),
        "daily.coupons_issued": ("Coupons issued", "发券数"),
        "daily.coupons_passed": ("Coupons passed on by friends", "好友转赠券数"),
        "daily.coupons_redeemed": ("Coupons redeemed", "核销券数"),
        "daily.coupons_anyway": ("Redeemed for what would be bought anyway", "核销中本来就会买的"),
        "daily.coupons_passed_redeemed": ("Passed-on coupons redeemed", "转赠券核销数"),
        "daily.coupons_expired": ("Coupons expired", "过期券数"),
        "daily.coupons_held": ("Coupons in hand", "未使用券数"),
        "event.redeemed": ("Redeemed a coupon.", "用了一张优惠券。"),
        "event.coupon_expired": ("Let a coupon expire.", "一张优惠券过期未用。"),
    },
)
