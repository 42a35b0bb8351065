"""Bargaining with friends, as strategies see it: enough who help bring the goods for nothing."""

from typing import Annotated

import numpy as np

from commsim.core.columns import Column
from commsim.core.declare import DEPENDS, Effect, effect
from commsim.core.limits import Product, Share, Within
from commsim.core.mechanism import Event, Mechanism
from commsim.core.part import Part
from commsim.core.units import param
from commsim.core.view import View


class BargainBehaviour(Part):
    """What people do when friends can bargain a price down."""

    start: float = param(
        0.2,
        "Chance that who looks in begins a bargain, once per occasion",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.05, 0.5),
        source="assumed",
        grade="D",
    )
    helps: float = param(
        0.2,
        "Chance that a friend who is asked helps within a day",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.1, 0.35),
        source="set so that one in sixteen gets ten helpers among thirty friends: vendors speak of success "
        "under 3 % and under 20 %",
        grade="D",
    )
    joins: float = param(
        0.15,
        "Share of the helpers who join",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.05, 0.3),
        source="assumed",
        grade="D",
    )
    quality: float = param(
        0.5,
        "Factor on the rate of buying of who joins so: put in, not found",
        unit="factor",
        low=0.0,
        high=2.0,
        plausible=(0.2, 0.8),
        source="sign Lewis 2006 (customers won at a third off are worth half), size assumed",
        grade="C",
        neutral=1.0,
    )
    replaces: float = param(
        1.0,
        "Orders of their own that a thing for nothing takes the place of",
        unit="orders",
        low=0.0,
        high=1.0,
        plausible=(0.2, 1.0),
        source="assumed: it is used up like one that is bought",
        grade="D",
        neutral=0.0,
    )


@effect(word="bargain", cost=DEPENDS)
class Haggle(Effect):
    """Members who look today may begin to bargain: with so many friends' help in time the goods cost ``to``.

    product: index.  to: fen, at most its cost.  helpers: how many it takes.  ask: friends whom each asks.
    stock: pieces in all, or None.  again: an occasion lasts so many days, and each bargains once in it.
    """

    product: Product
    to: Annotated[int, Within(0, money=True)]
    helpers: Annotated[int, Within(1, 1000)]
    hours: Annotated[float, Within(0.25, 720)]
    ask: Annotated[int, Within(1, 1000)]
    stock: Annotated[int, Within(0)] | None = None
    again: Annotated[int, Within(1, 3650)] = 30
    reach: Share = 1.0

    def mismatch(self, view: View) -> str | None:
        """A price above cost is no gift."""
        return "to is above the cost" if self.to > view.products[self.product].unit_cost else None


BARGAINED = Event("bargained", "who got the goods of a bargain", kept=True)
BARGAIN = Mechanism(
    "bargain",
    "Bargaining with friends: who gets enough of them to help has the goods for nothing.",
    engine="commsim.simulation.mechanisms.bargain:Bargain",
    columns=(
        Column("helped", np.int16, "friends who helped in their last bargain", range="from 0", kept=True),
    ),
    events=(BARGAINED,),
    daily=(
        Column("bargains", np.int32, "bargains begun"),
        Column("helpers", np.int32, "friends who help in them"),
        Column("given", np.int32, "goods given for a bargain"),
    ),
    behaviour=BargainBehaviour,
    words={
        "pathway.bargain.quality": ("friends won by a bargain buy less", "砍价带来的好友买得少"),
        "pathway.bargain.replaces": ("a thing for nothing replaces an order", "免费得的东西顶替订单"),
        "kind.bargain": ("Bargaining with friends", "砍价"),
        "story.deed.bargain": ("{name} open", "{name}进行中"),
        "field.bargain.product": ("Product", "商品"),
        "field.bargain.to": ("Price when enough have helped", "砍到底价"),
        "field.bargain.helpers": ("Helpers it takes", "需要帮砍人数"),
        "field.bargain.hours": ("Hours for it", "限时（小时）"),
        "field.bargain.ask": ("Friends whom each asks", "每人邀请好友数"),
        "field.bargain.stock": ("Pieces in all", "库存"),
        "field.bargain.again": ("Days until one may again", "再次参与间隔天数"),
        "field.bargain.posts": ("Announcements", "群发条数"),
        "daily.bargains": ("Bargains begun", "发起砍价数"),
        "daily.helpers": ("Friends who help", "帮砍人数"),
        "daily.given": ("Goods given for a bargain", "砍价成功送出件数"),
        "event.bargained": ("Got a thing for a bargain.", "砍价成功，拿到了商品。"),
    },
)
