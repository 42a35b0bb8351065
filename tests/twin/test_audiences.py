"""Strategies for some members and some groups: the engine against the plain model, in equal bits."""

from typing import ClassVar, Literal

import numpy as np
import pytest
from test_equal_bits import ALL, both, differing, of_few

from commsim.core import effects as e
from commsim.core.dials import Dial
from commsim.core.mechanisms.envelopes import ENVELOPES, Envelope
from commsim.strategies.advert import Advert
from commsim.strategies.base import Strategy
from commsim.strategies.check_in import CheckIn
from commsim.strategies.content import Content
from commsim.strategies.distributor_rebate import DistributorRebate
from commsim.strategies.flash_sale import FlashSale
from commsim.strategies.group_buying import GroupBuying
from commsim.strategies.group_rules import GroupRules
from commsim.strategies.red_envelope import RedEnvelope


class Aimed(Strategy):
    """Every effect of the core that goes to whom the strategy addresses."""

    kind: Literal["aimed"] = "aimed"
    mechanisms: ClassVar = (ENVELOPES,)
    holds_sales: ClassVar = True
    hour: int = 12

    def act(self, view, memory):
        even = np.arange(view.n_groups) % 2 == 0
        yield e.Nudge(Dial.LOOK, 0.3)
        yield e.Nudge(Dial.BUY, view.activity.astype(np.float64))
        aimed = np.flatnonzero(view.audience)
        yield e.Nudge(Dial.TALK, np.linspace(0, 1, len(aimed)), aimed)
        yield e.Announce(10, 2, reach=0.5, groups=even, sale="aimed")
        yield e.Announce(9, preview=True, sale="flash_sale")
        yield e.Content(12, 0.5, 0.3, 0.02, posts=2)
        yield e.Content(13, -0.3, 0.1, -0.01, groups=even)
        yield e.Enforce(0.5, groups=even)
        yield Envelope(11, 900, 7, 0.1, 0.0)
        yield e.AskToInvite(0.2, reach=0.8)
        yield e.Work(4.0, groups=even)
        yield e.Offer(0, 2500, 12, 1.5, reach=0.7)


BUYERS = {"orders": ">=1", "activity": ">0.05"}
AIMED = {
    "conditions": Aimed(who=BUYERS),
    "a share of the groups": Aimed(groups={"share": 0.5}),
    "both": Aimed(who={"spent": "bottom 60%", "lot": 0.7}, groups=[1, 3]),
}
TOGETHER = (
    FlashSale(discount=0.3, stock=9, starts=2, warm_up=2, who={"spent": "top 40%"}, reach=0.9),
    FlashSale(name="others", discount=0.1, starts=3, hour=21, who={"spent": "bottom 60%"}),
    Advert(name="told", posts=2, hours=(9, 18), announces="others", who={"joined": ">3", "muted": False}),
    RedEnvelope(hours=(18, 19), preset="social", who={"activity": "top 70%"}, budget=600),
    CheckIn(base=0.6, prizes=({"streak": 3, "points": 20, "gift": 2},), redeem_at=20, who={"lot": "<=0.5"}),
    Content(cost=5, posts=3, topics=0.3, who={"per_order": ">=20 <40", "segment": "all"}),
    Content(name="to the rest", groups={"without": [2]}, who={"trust": "top 50%", "points": 0}),
    DistributorRebate(
        base=1.0, reward=5, gift=3, reward_on="join", who={"recruits": 0}, groups={"share": 0.6}
    ),
    GroupBuying(
        ladder=({"size": 2, "price": 27}, {"size": 3, "price": 22}), accept=0.4, accept_late=0.6, asks=8,
        groups={"other_than": "distributor_rebate"}, who={"orders": ">=1 <5"},
    ),
    GroupRules(groups={"only": [1]}),
)  # fmt: skip


@pytest.mark.parametrize("aimed", AIMED)
def test_every_effect_goes_to_whom_the_strategy_addresses(aimed):
    assert differing(*both(of_few("unmanaged-group", AIMED[aimed], *ALL[:4], days=20))) == []


def test_all_kinds_with_audiences_of_their_own():
    engine, plain = both(of_few("unmanaged-group", *TOGETHER, days=25))
    assert differing(engine, plain) == []
    daily = engine.records().daily
    happened = ("caught", "checked_in", "teams", "joined", "muted_today")
    assert {name for name in happened if daily[name].sum() == 0} == set()


def test_audiences_that_change_with_the_settings():
    first = FlashSale(discount=0.2, who={"orders": 0}, ends=9)
    second = FlashSale(discount=0.2, groups=[2], starts=10)
    assert differing(*both(of_few("unmanaged-group", first, second, days=20))) == []


def test_who_was_told_yesterday_is_the_audience_of_yesterday():
    """The post is read on the day before the sale, by those whom it addressed then."""
    sale = FlashSale(discount=0.3, weekdays=("tue", "thu", "sat"), warm_up=0)
    told = Advert(
        weekdays=("mon", "wed", "fri"),
        hour=21,
        announces="flash_sale",
        who={"orders": ">=1", "activity": ">5%"},
    )
    often = Content(posts=3)
    engine, plain = both(of_few("unmanaged-group", sale, told, often, days=20))
    assert differing(engine, plain) == []
    assert engine.records().daily["orders"].sum() > 20
