"""Laws of coupons, in closed form and against the same world without them."""

import numpy as np
import pytest
from worlds import PRODUCTS, fen, plan, run, world

from commsim.core.mechanisms.coupons import COUPON_EXPIRED, HELD, REDEEMED, Issue
from commsim.scenario.lint import findings
from commsim.simulation.cuts import BestOf, Cut
from commsim.strategies.coupon import Coupon
from commsim.testing import FakeView
from commsim.testing.effects import fault

COFFEE = PRODUCTS[:1]
SENT = {"kind": "coupon", "given": "sent"}
PLAIN = {"buying": {"elasticity_spread": 0, "reference_gain": 0, "reference_loss": 0, "borrowed": 0}}


def everybody(persons):
    return np.ones(persons, np.bool_)


def cut(fen=0, share=0.0, *, least=0, products=(True, True), sales=True, persons=3):
    return Cut(0, everybody(persons), fen, share, least, np.array(products), sales)


def off(one, price, product=0, *, sale=False):
    rows, where = np.zeros(1, np.int64), np.array([sale])
    return int(BestOf([one]).choose(rows, np.array([price]), np.array([product]), where)[0][0])


def test_what_comes_off_an_order():
    assert off(cut(500), 3000) == 500
    assert off(cut(500), 400) == 399  # a fen is the least that is paid
    assert off(cut(share=0.15), 2999) == 450  # pays 25.49 of 25.4915
    assert off(cut(500, least=2501), 2500) == 0
    assert off(cut(500, least=2500), 2500) == 500
    assert off(cut(500, products=(False, True)), 3000) == 0
    assert off(cut(500, products=(False, True)), 3000, 1) == 500
    assert [off(cut(500, sales=False), 3000, sale=sale) for sale in (False, True)] == [500, 0]


def test_an_order_takes_the_best_of_several_and_only_one():
    best = BestOf([cut(500), cut(share=0.2), cut(500, least=9000)])
    prices = np.array([1000, 2500, 3000, 11000])
    taken, which = best.choose(*(np.zeros(4, np.int64), prices, np.zeros(4, np.int64), np.zeros(4, np.bool_)))
    assert taken.tolist() == [500, 500, 600, 2200]
    assert which.tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("given", ["sent", "posted"])
def test_what_is_issued_is_redeemed_expired_or_held(given):
    b = {"coupons": {"pass_on": 0.5, "joins": 0.5}}
    coupon = {"kind": "coupon", "face": 8, "given": given, "again": 6, "valid_days": 4, "share": {}}
    daily = run(plan(coupon, members=300, days=40, behaviour=b)).daily
    count = {name: np.cumsum(daily[f"coupons_{name}"]) for name in ("issued", "redeemed", "expired")}
    assert (count["issued"] == count["redeemed"] + count["expired"] + daily["coupons_held"]).all()
    assert all(number[-1] > 20 for number in count.values())
    assert 0 < daily["coupons_passed"].sum() < count["issued"][-1]


@pytest.mark.parametrize(("share", "incremental"), [(0.1, 0.26), (0.17, 0.41), (0.3, 0.63)])
def test_the_share_that_would_have_been_bought_anyway(share, incremental):
    """(1 - f)^elasticity of what is redeemed, where all have the elasticity 2.8."""
    coupon = SENT | {"discount": share}
    daily = run(plan(coupon, members=400, days=10, behaviour=PLAIN, products=COFFEE)).daily
    redeemed, anyway = daily["coupons_redeemed"].sum(), daily["coupons_anyway"].sum()
    assert redeemed > 20
    assert anyway == pytest.approx(redeemed * (1 - share) ** 2.8, rel=1e-6)
    assert 1 - anyway / redeemed == pytest.approx(incremental, abs=0.006)


@pytest.mark.parametrize("share", [0.1, 0.17, 0.3])
def test_the_share_that_was_bought_anyway_in_the_same_worlds(share):
    """Everybody has a fresh coupon each day; orders of the first day, with and without, in 60,000 members."""
    coupon = SENT | {"discount": share, "valid_days": 1, "again": 1}
    redeemed = anyway = 0
    for seed in range(3):
        with_it, without = (
            run(plan(*of, members=20_000, days=1, behaviour=PLAIN, products=COFFEE), seed).daily
            for of in ((coupon,), ())
        )
        redeemed += with_it["coupons_redeemed"].sum()
        anyway += (without["orders"] - with_it["orders"] + with_it["coupons_redeemed"]).sum()
    assert anyway / redeemed == pytest.approx((1 - share) ** 2.8, abs=4 * np.sqrt(0.25 / redeemed))


@pytest.mark.parametrize("remind", [False, True])
def test_there_are_two_peaks_after_issue_and_before_expiry(remind):
    coupon = SENT | {"face": 8, "valid_days": 14, "remind": remind}
    redeemed = run(plan(coupon, members=2000, days=14, products=COFFEE)).daily["coupons_redeemed"]
    first, middle, last = redeemed[:3].sum(), redeemed[8:11].sum(), redeemed[12:].sum() * 1.5
    assert first > 2 * middle
    assert last > 2 * middle


def test_coupons_from_friends_are_redeemed_less_and_those_made_together_more():
    """The same coupons, passed on by the same people, in the same world."""
    b = {"pass_on": 1.0, "take": 1.0, "shareable": 0.0}
    redeemed = {}
    for name, factor, together in (("like own", 1.0, False), ("friends'", 0.7, False), ("made", 0.7, True)):
        share = {"friends": 4, "together": together}
        coupon = {"kind": "coupon", "face": 10, "share": share, "valid_days": 9}
        behaviour = {"coupons": b | {"shared": factor}}
        daily = run(plan(coupon, members=1000, days=12, behaviour=behaviour, products=COFFEE)).daily
        redeemed[name] = daily["coupons_passed_redeemed"].sum()
    assert redeemed["friends'"] < redeemed["like own"] < redeemed["made"]


def test_holding_one_sells_more_or_less_as_it_is_put_in():
    """Nobody ever remembers it: what is left is exposure."""
    forgotten = {"memory": 0.1, "last_days": 0.0}
    orders = []
    for exposure in (-0.5, 0.0, 0.5):
        b = {"coupons": forgotten | {"exposure": exposure}}
        coupon = SENT | {"face": 0.01, "valid_days": 30}
        orders.append(run(plan(coupon, members=500, days=30, behaviour=b)).daily["orders"].sum())
    assert orders[0] < 0.8 * orders[1] < 0.64 * orders[2]


@pytest.mark.slow
def test_members_pay_to_the_fen_with_levels_at_sales_and_teams():
    """A level of 10 %, then 5 yuan from 25 on; 15 % off at a sale, 90 or 85 yuan in a team."""
    levels = {"kind": "levels", "at": [{"spent": 0.01, "discount": 0.1}], "window": 300}
    sale = {"kind": "flash_sale", "discount": 0.15}
    teams = {
        "kind": "group_buying", "product": "gift pack", "accept": 0.5, "accept_late": 0.6,
        "ladder": [{"size": 2, "price": 90}, {"size": 3, "price": 85}],
    }  # fmt: skip
    coupon = SENT | {"face": 5, "minimum": 25, "with_sales": True, "again": 1, "valid_days": 3}
    made = world(plan(levels, sale, teams, coupon, members=400, days=30))
    shelf, at_sale, in_team = set(), set(), set()
    for _ in range(30):
        day = made.advance()
        redeemed = day.of(REDEEMED)
        assert set(redeemed.fen.tolist()) <= {500}
        assert set(redeemed.persons.tolist()) <= set(day.order_persons.tolist())
        for cause, product, paid in zip(day.order_cause, day.order_products, day.order_fen, strict=True):
            (shelf if cause < 0 else in_team if product else at_sale).add(int(paid))
    assert shelf == {3000, 2500, 2700, 2200}
    assert at_sale == {2550, 2050, 2295}  # 22.95 yuan is below the minimum
    assert in_team <= {9000, 8500, 8100, 7650, 8000, 7600, 7150}
    assert len(in_team) > 4
    records = made.records()
    assert fen(records, "discount", cause="coupon") == -500 * records.daily["coupons_redeemed"].sum()
    assert made.people.spent.sum() == records.daily["revenue"].sum()


def test_without_sales_it_holds_on_the_shelf_only():
    coupon, sale = SENT | {"face": 5, "again": 1}, {"kind": "flash_sale", "discount": 0.15}
    made = world(plan(coupon, sale, members=400, days=15))
    days = [made.advance() for _ in range(15)]
    paid = {int(fen) for day in days for fen in day.order_fen[day.order_cause >= 0]}
    assert paid == {2550}


def test_a_coupon_for_one_product_sells_that_one_more_and_no_other_less():
    shop = (*COFFEE, {"name": "cup", "price": 30, "unit_cost": 15})
    coupon = SENT | {"discount": 0.4, "products": ["cup"]}
    with_it, without = (
        world(plan(*of, members=3000, days=1, products=shop)).advance() for of in ((coupon,), ())
    )
    bought = [
        [set(day.order_persons[day.order_products == product].tolist()) for day in (with_it, without)]
        for product in (0, 1)
    ]
    assert bought[0][0] == bought[0][1]
    assert bought[1][0] > bought[1][1]
    assert len(bought[1][0]) > 2 * len(bought[1][1])


def test_those_in_hand_stay_good_when_no_more_are_issued():
    for stop in ({"ends": 2}, {"budget": 20}):
        made = world(plan(SENT | {"face": 8, "again": 1, "valid_days": 20} | stop, members=500, days=20))
        days = [made.advance() for _ in range(20)]
        daily = made.records().daily
        assert daily["coupons_issued"][10:].sum() == 0
        assert daily["coupons_redeemed"][10:].sum() > 0
        assert sum(len(day.of(COUPON_EXPIRED).persons) for day in days) == 0
        assert made.strategies.views[0].of(HELD).sum() == daily["coupons_held"][-1]


def test_a_coupon_that_is_sent_bothers_like_a_post():
    made, plain = (world(plan(*of, members=100, days=1)) for of in ((SENT | {"face": 5},), ()))
    made.advance(), plain.advance()
    there = made.people.group >= 0
    assert np.allclose((made.people.fatigue - plain.people.fatigue)[there], 1.0)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({}, "give either a face in yuan or a discount"),
        ({"face": 5, "discount": 0.1}, "give either a face in yuan or a discount"),
        ({"face": 30, "minimum": 20}, "raise the minimum"),
        ({"face": 5, "share": {"friends": 0}}, "greater than or equal to 1"),
    ],
)
def test_coupons_that_are_none(settings, text):
    with pytest.raises(ValueError, match=text):
        Coupon(**settings)


def test_a_product_that_is_not_sold():
    with pytest.raises(ValueError, match="there is no product 'tea'; there are: coffee, gift pack"):
        plan(SENT | {"face": 5, "products": ["coffee", "tea"]})
    issue = (500, 0.0, 0, 7, False, 1.0, 0, False, False, (4,), 0, False)
    assert fault(Issue(*issue), FakeView()) == "Issue: products: 4 is not sold"
    assert "either so many fen or a share" in (fault(Issue(500, 0.1, *issue[2:]), FakeView()) or "")


def test_warnings_of_coupons_that_hold_for_nothing_or_sell_under_cost():
    def warned(**settings):
        found = findings(plan(SENT | settings, products=COFFEE))
        return [finding.what for finding in found if finding.path[:2] == ("strategies", 0)]

    assert warned(face=5) == []
    assert warned(face=5, minimum=31) == [
        "no product that it holds for costs so much; the dearest is 30 yuan"
    ]
    assert warned(face=16) == ["sells coffee under its cost of 15 yuan: 1 yuan lost on each"]
