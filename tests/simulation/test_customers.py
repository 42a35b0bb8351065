"""Customers over months: what a sale borrows, what it can't use up, and how prices are forgotten."""

import numpy as np
import pytest
from worlds import plan, run, world

from commsim.simulation.state import BUYER, LAPSED

BEFORE, WEEK = 14, 7
ALONE = {"advert": 1.0, "first_buyer": 0.0, "more_buyers": 0.0, "scarcity": 1.0}
"""A price without any help: no announcement, nobody seen to buy, nothing scarce."""


def sale(**settings):
    return {"kind": "flash_sale", "hour": 8, "open_hours": 15, "scarce": False, **settings}


def lapsed(*strategies):
    """Which of those who were customers at first have lapsed after a quarter, posts doing no harm; orders."""
    calm = {"fatigue": {"to_lapse": 0.0}}
    made = world(plan(*strategies, members=2000, days=90, behaviour=calm), seed=5)
    at_first = made.people.buys == BUYER
    for _ in range(90):
        made.advance()
    return at_first & (made.people.buys == LAPSED), made.records().daily["orders"].sum()


def test_no_sale_uses_up_the_luck_of_staying_a_customer():
    quiet, few = lapsed()
    heavy, many = lapsed(sale(discount=0.5))
    assert many > 1.4 * few
    assert quiet.sum() > 30
    assert (quiet == heavy).all()


def test_who_lapses_does_so_at_the_chance_of_each_order():
    """Undisturbed buyers, an order and .3 lapses at it: within 4.5 standard errors of geometric lifetimes."""
    still = {"buying": {**ALONE, "trust": 0.0, "borrowed": 0.0, "trial": 0.0}}
    made = world(plan(members=4000, days=60, behaviour=still, segments=[{"buyers": 1.0, "lapsed": 0.0}]), 2)
    made.people.lapse[:], made.people.usual[:] = 0.3, 0.1
    made.people.rate[:] = made.people.buy_rate[:] = -np.log(0.9)
    for _ in range(60):
        made.advance()
    members = made.people.joined < 0
    members &= made.people.status != 0
    share = (made.people.buys[members] == BUYER).mean()
    expected = (1 - 0.1 * 0.3) ** 60
    assert abs(share - expected) < 4.5 * np.sqrt(expected * (1 - expected) / members.sum())
    orders = made.people.orders[members & (made.people.buys == LAPSED)]
    assert orders.min() == 1


def test_the_price_in_mind_is_forgotten_without_a_look():
    made = world(plan(members=20, days=30, outside_per_member=0.0, activity=0.0), seed=1)
    made.people.reference[:], made.people.value[:] = -0.3, 0.0
    made.people.fluency[:] = 0.0
    speed = made.scenario.behaviour.buying.reference_speed
    for _ in range(30):
        made.advance()
    assert not made.records().daily["looked"].any()
    assert made.people.reference == pytest.approx(-0.3 * (1 - speed) ** 30, rel=1e-5)


def need_after(*strategies, **buying):
    """The least need after a fortnight in which members look every day; and orders."""
    given = {"buying": {"borrowed": 1.0, "first_buyer": 0.0, "more_buyers": 0.0, "scarcity": 1.0, **buying}}
    made = world(plan(*strategies, members=500, days=14, behaviour=given, activity=0.97, muted=0.0), seed=3)
    lowest = 1.0
    for _ in range(14):
        made.advance()
        lowest = min(lowest, made.people.need.min())
    return lowest, made.records().daily["orders"].sum()


def test_an_advert_borrows_nothing_from_later_orders():
    advert = {"kind": "advert", "posts": 2}
    quiet, few = need_after()
    told, many = need_after(advert, sale(price=30), advert=3.0)
    cheap, _ = need_after(advert, sale(discount=0.3))
    assert (quiet, told) == (1.0, 1.0)
    assert many > 1.3 * few
    assert cheap < 0.7


def dip(weeks, members, seed):
    """Orders missing in so many weeks after one week at 20 % off, over those that it brought."""
    days = BEFORE + WEEK + 7 * max(weeks)
    event = sale(starts=BEFORE, ends=BEFORE + WEEK - 1)
    daily = [
        run(
            plan({**event, "discount": discount}, members=members, days=days, behaviour={"buying": ALONE}),
            seed,
        ).daily["orders"]
        for discount in (0.0, 0.2)
    ]
    more = (daily[1].astype(np.int64) - daily[0]).cumsum()
    start, end = more[BEFORE - 1], more[BEFORE + WEEK - 1]
    assert start == 0
    return end, {w: end - more[BEFORE + WEEK - 1 + 7 * w] for w in weeks}


@pytest.mark.slow
def test_what_a_sale_borrows_is_given_back_and_no_more():
    """After a year as after two months: a share of the bump near what is borrowed, and no loss that grows."""
    found = [dip((8, 24, 48), 20_000, seed) for seed in range(4)]
    bump = sum(end for end, _ in found)
    missing = {weeks: sum(one[weeks] for _, one in found) / bump for weeks in (8, 24, 48)}
    assert 0.08 < missing[8] < 0.30
    assert 0.08 < missing[24] < 0.33
    assert 0.08 < missing[48] < 0.33
