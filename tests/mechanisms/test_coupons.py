"""Coupons: their plain twin, and their laws."""

from pathlib import Path

import numpy as np
import pytest
from plain_coupons import PlainCoupons
from test_aim import PlainAim
from test_equal_bits import ALL, both, differing, of_few
from test_levels import PlainLevels

from commsim.core.mechanisms.coupons import COUPONS
from commsim.scenario.behaviour import Behaviour
from commsim.strategies.coupon import Coupon
from commsim.strategies.levels import Levels
from commsim.testing import check_mechanism

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "coupons.md"
LIVELY = {"coupons": {"pass_on": 0.4, "take": 0.9, "exposure": 0.1, "joins": 0.5}}
POSTED = Coupon(
    face=5,
    minimum=25,
    weekdays=("mon", "thu"),
    again=5,
    remind=True,
    share={"friends": 2},
    reach=0.8,
    ends=20,
)
SENT = Coupon(
    name="sent", discount=0.3, given="sent", with_sales=True, valid_days=4, again=9, starts=3,
    products=("coffee",), share={"friends": 3, "together": True},
)  # fmt: skip
LEVELS = Levels(at=({"spent": 20, "discount": 0.05}, {"spent": 80, "discount": 0.2}))


@pytest.mark.parametrize(
    "plan",
    [
        of_few("unmanaged-group", POSTED, SENT, days=24, behaviour=Behaviour(**LIVELY)),
        of_few(
            "unmanaged-group", POSTED, SENT, LEVELS, *ALL, members=180, days=14, behaviour=Behaviour(**LIVELY)
        ),
    ],
    ids=["alone", "with everything"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(plan):
    mechanics = (PlainLevels, PlainCoupons) if LEVELS in plan.strategies else (PlainCoupons,)
    engine, plain = both(plan, *mechanics)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert {name.name for name in COUPONS.daily if not daily[name.name].any()} == set()
    assert {"redeemed", "coupon_expired"} <= {event[0] for event in plain.events}
    if LEVELS in plan.strategies:
        sent = engine.causes.index("sent")
        on_sale = {e[3] for e in plain.entries if e[1] == "discount" and e[2] == sent}
        assert on_sale & {e[3] for e in plain.entries if e[1] == "sales" and e[2] != engine.shelf}


WIN_BACK = Coupon(
    name="win-back", face=8, given="sent", again=9, who={"last_order": ">8", "orders": ">=1"}, groups=[1, 2]
)
WELCOME = Coupon(
    name="welcome",
    discount=0.4,
    given="sent",
    share={"friends": 3},
    who={"orders": 0, "joined": "<9"},
    reach=0.9,
)


def test_coupons_go_to_whom_the_strategy_addresses():
    plan = of_few("unmanaged-group", WIN_BACK, WELCOME, *ALL[:3], members=300, behaviour=Behaviour(**LIVELY))
    engine, plain = both(plan, PlainCoupons, PlainAim)
    assert differing(engine, plain) == []
    coupons = next(one for one in engine.mechanisms.all if one.declared is COUPONS)
    had = {engine.causes[one.cause]: np.flatnonzero(one.got >= 0) for one in coupons._campaigns.values()}
    assert min(map(len, had.values())) > 5
    assert set(engine.people.group[had["win-back"]].tolist()) == {0, 1}


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        COUPONS,
        Coupon,
        twin=lambda plan: differing(*both(plan, PlainCoupons)),
        docs=DOCS.read_text(encoding="utf-8"),
        face=5,
    )
