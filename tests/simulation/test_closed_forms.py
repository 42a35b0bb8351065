"""Sub-models against what can be worked out on paper."""

import math

import numpy as np
import pytest
from worlds import LADDER, fen, plan, run, world

from commsim.records.tables import EVENT_KINDS as KINDS

QUIET = {"spam": {"start": 0.0, "floor": 0.0}, "talk": {"topics": 0.0, "reply": 0.0}}
"""Nobody posts anything."""
NO_BUYERS = [{"orders_per_week": 0.0, "talk": 0.0}]


def test_invited_members_and_recruiters_leave_less_by_the_stated_factors():
    """A hazard of one half, so that a day's leavers show the factors .82 and .7 within 4.5 sd."""
    stay = {"leave": 0.5, "leave_message": 0.0}
    for change, factor in ({}, 1.0), ({"inviter": 0}, 0.82), ({"recruits": 1}, 0.7):
        made = world(plan(members=4000, behaviour=QUIET | {"stay": stay}))
        for column, value in change.items():
            getattr(made.people, column)[:] = value
        left = len(made.advance().left)
        chance = 0.5 * factor
        assert abs(left - 4000 * chance) < 4.5 * math.sqrt(4000 * chance * (1 - chance)), change


@pytest.mark.parametrize(("posts", "muted"), [(1, 0.0), (2, 0.0), (6, 0.0), (2, 1.0), (12, 1.0)])
def test_messages_make_members_mute_and_leave_as_stated(posts, muted):
    """Hazards tolerance x n k with k = 1 + .75 (min(n, 4) - 1)+; a quarter heard if muted, leaving halved."""
    stay = {"leave": 0.0, "leave_message": 0.004, "mute_message": 0.006}
    advert = {"kind": "advert", "posts": posts}
    made = world(plan(advert, members=4000, muted=muted, behaviour=QUIET | {"stay": stay}))
    happened = made.advance()
    n = posts * (0.25 if muted else 1.0)
    bother = made.people.tolerance[:4000].astype(float) * n * (1 + 0.75 * max(0.0, min(n, 4.0) - 1))
    leaving = np.minimum(1.0, 0.004 * bother * (0.5 if muted else 1.0))
    muting = np.minimum(1.0 - leaving, 0.0 * bother if muted else 0.006 * bother)
    for rows, chance in ((happened.left, leaving), (happened.muted, muting)):
        assert abs(len(rows) - chance.sum()) <= 4.5 * math.sqrt((chance * (1 - chance)).sum())


def test_an_order_uses_up_need_beyond_what_was_wanted():
    """A fifth off, seen by a fresh reader: need falls by .2 (1 - 1/uplift) and comes back at the buying rate.

    The announcement, which works on the shelf too, uses up none of it.
    """
    alone = {"buying": {"first_buyer": 0.0, "more_buyers": 0.0, "scarcity": 1.0}}
    sale = {"kind": "flash_sale", "discount": 0.2, "warm_up": 0}
    made = world(plan(sale, members=4000, behaviour=QUIET | alone))
    happened = made.advance()
    bought, taken = happened.order_persons, happened.order_cause >= 0
    assert taken.any()
    assert np.isin(bought[~taken], happened.lookers).any()
    uplift = 0.8 ** -(made.people.elasticity[bought].astype(float) + 0.2)
    used = np.where(taken, 0.2 * (1 - 1 / uplift), 0.0)
    rate = made.people.buy_rate[bought].astype(float)
    np.testing.assert_allclose(made.people.need[bought], 1 - used * (1 - rate), rtol=1e-6)


def test_passing_fatigue_halves_in_its_half_life_while_nobody_looks():
    made = world(plan(behaviour={"fatigue": {"half_life": 2.5}}, segments=[{"fluency": 0.0}]))
    made.people.fatigue[:] = 4.0
    made.people.annoyance[:] = 0.1
    for _ in range(5):
        made.advance()
    members = made.people.status == 1
    np.testing.assert_allclose(made.people.fatigue[members], 1.0, rtol=1e-6)
    known = made.people.status != 0
    np.testing.assert_allclose(made.people.annoyance[known], 0.1 * 0.5 ** (5 / 180), rtol=1e-5)


def test_fatigue_adds_up_one_per_message_seen():
    """Everybody looks every day at two posts: f(n) = 2 (1 - r^n) / (1 - r), annoyance within its bounds."""
    wear = {"half_life": 2.5, "annoyance": 0.006, "annoyance_half_life": 10_000.0}
    look = {"look": {"ceiling": 1.0}, "fatigue": wear}
    advert = {"kind": "advert", "posts": 2}
    made = world(plan(advert, behaviour=QUIET | look, activity=1.0, muted=0.0))
    made.people.keep[:] = 1.0
    for _ in range(6):
        made.advance()
    rested = 0.5 ** (1 / 2.5)
    awake = (made.people.status == 1) & ~made.people.muted
    np.testing.assert_allclose(made.people.fatigue[awake], 2 * (1 - rested**6) / (1 - rested), rtol=1e-5)
    most = 6 * 2 * 0.006
    assert (made.people.annoyance[awake] <= most * 1.00001).all()
    assert (made.people.annoyance[awake] >= most * 0.499).all()


def test_need_comes_back_at_the_buying_rate():
    made = world(plan())
    people = made.people
    people.need[:], people.buy_rate[:], people.rate[:] = 0.4, 0.05, 0.0
    for _ in range(12):
        made.advance()
    np.testing.assert_allclose(people.need[people.status == 1], 1 - 0.6 * 0.95**12, rtol=1e-5)


def test_activity_decays_to_its_floor_while_nobody_looks():
    made = world(plan(segments=[{"fluency": 0.0}], activity=0.7))
    keep = made.people.keep.astype(np.float64).copy()
    for _ in range(10):
        made.advance()
    members = made.people.status == 1
    np.testing.assert_allclose(
        made.people.activity[members], 0.02 + (0.7 - 0.02) * keep[members] ** 10, rtol=2e-5
    )


def test_trust_returns_to_a_persons_own_base():
    made = world(plan(behaviour=QUIET, segments=NO_BUYERS))
    made.people.trust[:] = made.people.trust_base + np.float32(0.1)
    made.people.rate[:] = 0.0
    for _ in range(10):
        made.advance()
    members = made.people.status == 1
    lift = (made.people.trust - made.people.trust_base)[members]
    np.testing.assert_allclose(lift, 0.1 * 0.99**10, rtol=1e-4)


def test_the_price_in_mind_moves_to_prices_seen():
    """A sale at 20 % off that everybody sees, but at which nobody buys."""
    sale = {"kind": "flash_sale", "discount": 0.2, "starts": 0}
    made = world(plan(sale, behaviour=QUIET | {"look": {"ceiling": 1.0}}, activity=1.0, muted=0.0))
    made.people.keep[:], made.people.rate[:] = 1.0, 0.0
    for _ in range(8):
        made.advance()
    awake = (made.people.status == 1) & ~made.people.muted
    expected = math.log(0.8) * (1 - (1 - 0.031) ** 8)
    np.testing.assert_allclose(made.people.reference[awake], expected, rtol=1e-5)


def test_scarcity_wears_out_with_each_scarce_offer_of_a_fortnight():
    """ln 1.10 x .85^n, n offers on the 14 days before: every day, so that n grows to 14 and stays."""
    made = world(plan({"kind": "flash_sale", "discount": 0.1, "staff_minutes": 0}, members=40))
    for day in range(18):
        made.advance()
        cue = made._handle.today.sales.rows["cue"]
        np.testing.assert_allclose(cue, math.log(1.10) * 0.85 ** min(day, 14), rtol=1e-9)


@pytest.mark.parametrize(("enforcement", "slope"), [(0.0, 0.099), (1.0, -0.5)])
def test_adverts_of_members_grow_or_shrink_logistically(enforcement, slope):
    rules = {"kind": "group_rules", "enforcement": enforcement}
    made = world(plan(rules, behaviour={"spam": {"start": 0.5, "floor": 0.0, "ceiling": 2.0}}))
    expected = 0.5
    for _ in range(15):
        made.advance()
        held = 1.0 - expected / 2.0 if slope > 0 else 1.0
        expected += slope * expected * held
    open_groups = made.groups.size > 0
    np.testing.assert_allclose(made.groups.spam[open_groups], expected, rtol=1e-4)


def profit_of_a_team(rung, cost):
    """Fen that the books keep of each filled team, where all teams have one size; cost in yuan."""
    pack = {"name": "gift pack", "price": 110, "unit_cost": cost, "shelf": False}
    buying = {"kind": "group_buying", "ladder": [rung], "accept": 0.5, "accept_late": 0.6, "asks": 9}
    records = run(plan(buying, members=200, days=12, products=[pack]))
    filled = int((records.daily["teams"] - records.daily["teams_failed"]).sum())
    assert filled >= 4
    profit, rest = divmod(fen(records, "sales", "discount", "goods", cause="group_buying"), filled)
    assert rest == 0
    return profit


@pytest.mark.parametrize("rung", LADDER, ids=lambda rung: str(rung["size"]))
def test_a_team_earns_its_size_times_the_margin(rung):
    assert profit_of_a_team(rung, 45) == rung["size"] * (rung["price"] - 45) * 100


@pytest.mark.parametrize(("small", "large", "even"), [(0, 1, 75), (0, 2, 65), (1, 2, 60)])
def test_a_larger_team_earns_more_below_its_break_even_cost(small, large, even):
    """2 at 90, 3 at 85, 5 at 75 yuan: 3 beats 2 below a cost of 75, 5 beats 2 below 65 and 3 below 60."""
    gains = [
        profit_of_a_team(LADDER[large], cost) - profit_of_a_team(LADDER[small], cost)
        for cost in (f"{even - 0.01:.2f}", even, f"{even + 0.01:.2f}")
    ]
    more = LADDER[large]["size"] - LADDER[small]["size"]
    assert gains == [more, 0, -more]


def test_without_ties_or_rewards_nobody_is_invited():
    rebate = {"kind": "distributor_rebate", "base": 2.0, "reward": 10}
    nothing = {"kind": "distributor_rebate", "base": 2.0, "reward": 0, "levels": []}
    base = {"members": 300, "days": 15}
    assert run(plan(rebate, **base)).daily["invited"].sum() > 20
    assert run(plan(nothing, **base)).daily["invited"].sum() == 0
    assert run(plan(rebate, **base, graph={"kind": "none"})).daily["invited"].sum() == 0
    assert run(plan(rebate, **base, outside_per_member=0.0)).daily["invited"].sum() == 0


def test_friends_who_were_asked_wait_four_days_on_average():
    """Geometric from one day on: mean within 4.5 standard errors, and at least a day."""
    rebate = {"kind": "distributor_rebate", "base": 2.0, "reward": 10}
    records = run(plan(rebate, members=1000, days=60))
    kinds, events = records.events["kind"], records.events
    asked, came = (kinds == KINDS.index(kind) for kind in ("invitation", "join"))
    day = dict(zip(events["other"][asked].tolist(), events["day"][asked].tolist(), strict=True))
    early = {person: d for person, d in day.items() if d < 20}
    waits = [
        d - early[person]
        for person, d in zip(events["person"][came].tolist(), events["day"][came].tolist(), strict=True)
        if person in early
    ]
    assert len(waits) == len(early) > 100
    assert min(waits) == 1
    assert abs(np.mean(waits) - 4.0) < 4.5 * math.sqrt(4.0 * 3.0 / len(waits))


def test_without_rates_nobody_buys_or_talks():
    behaviour = {"buying": {"trial": 0.0}}
    sale = {"kind": "flash_sale", "discount": 0.5}
    records = run(plan(sale, members=300, days=20, behaviour=behaviour, segments=NO_BUYERS))
    for column in ("orders", "messages", "wrote", "revenue"):
        assert not records.daily[column].any()
    assert records.daily["looked"].sum() > 500
    assert fen(records, "sales") == fen(records, "goods") == 0


def test_a_shop_without_members_talking_sells_at_its_buyers_rates():
    """Orders at usual trust, out of touch: Poisson with the sum of propensities, within 4.5 sd."""
    behaviour = QUIET | {
        "buying": {"touch": 0.0, "trust": 0.0, "borrowed": 0.0},
        "stay": {"leave": 0.0},
    }
    made = world(plan(members=4000, days=10, behaviour=behaviour), seed=3)
    made.people.lapse[:] = 0.0
    expected = 0.0
    for _ in range(10):
        rate = made.people.rate[made.people.status == 1].astype(np.float64)
        expected += (1 - np.exp(-rate)).sum()
        made.advance()
    orders = made.records().daily["orders"].sum()
    assert abs(orders - expected) < 4.5 * math.sqrt(expected)
