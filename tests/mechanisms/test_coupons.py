"""Coupons: their plain twin, and their laws."""

from pathlib import Path

import pytest
from plain_coupons import PlainCoupons
from test_equal_bits import ALL, both, differing, of_300
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
        of_300("unmanaged-group", POSTED, SENT, days=24, behaviour=Behaviour(**LIVELY)),
        of_300("unmanaged-group", POSTED, SENT, LEVELS, *ALL, days=20, behaviour=Behaviour(**LIVELY)),
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


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        COUPONS,
        Coupon,
        twin=lambda plan: differing(*both(plan, PlainCoupons)),
        docs=DOCS.read_text(encoding="utf-8"),
        face=5,
    )
