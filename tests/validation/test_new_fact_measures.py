"""Facts about coupons, levels, samples and cards, measured on records made up by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from commsim.core.view import LEFT, MEMBER
from commsim.records.tables import event_kinds
from commsim.scenario.load import load
from commsim.validation.facts import channels, coupons, draws, purses, rights, texts
from commsim.validation.facts.observed import observe_all
from commsim.validation.facts.plans import bare, fewer, sized


def happenings(*rows):
    """Events as (kind, person, day) or with fen and cause."""
    full = [(*row, *(0, -1)[len(row) - 3 :]) for row in rows]
    kind, person, day, fen, cause = (np.array(column) for column in zip(*full, strict=True))
    codes = np.array([event_kinds().index(name) for name in kind])
    return {"kind": codes, "person": person, "day": day, "fen": fen, "cause": cause}


def run(
    *, n=5, days=400, events=None, causes=(), accounts=(), daily=None, members=None, entries=None, **people
):
    tables = {"events": events, "daily": daily, "members": members, "entries": entries}
    records = SimpleNamespace(days=days, causes=causes, accounts=accounts, **tables)
    columns = {"status": np.full(n, MEMBER), "joined": np.full(n, -1)} | people
    return SimpleNamespace(
        days=days, records=records, world=SimpleNamespace(people=SimpleNamespace(**columns))
    )


def test_coupons_are_counted_by_the_days_since_they_were_sent():
    day = coupons.SENT
    used = [
        0,
        0,
        0,
        2,
        3,
        6,
        7,
        10,
        11,
        12,
        13,
        13,
        14,
    ]  # the middle: 6, 7, 10; the last two days: 12, 13, 13
    rows = [("redeemed", k, day + age) for k, age in enumerate(used)] + [("order", 0, day)]
    found = coupons._peaks({"15%": run(n=20, events=happenings(*rows))})
    assert found == (pytest.approx((4 / 3) / (3 / 5)), pytest.approx((3 / 2) / (3 / 5)))


def test_who_had_ordered_is_compared_with_others_at_both_faces():
    before = [("order", 0, 3), ("order", 1, 27), ("order", 2, 28)]
    small = [("redeemed", who, 30) for who in (0, 1, 2, 3)]
    large = [("redeemed", who, 30) for who in (0, 0, 0, 1, 2, 3, 3)]
    runs = {
        "none": run(events=happenings(*before)),
        "15%": run(events=happenings(*before, *small)),
        "30%": run(events=happenings(*before, *large)),
    }
    assert coupons._alike(runs) == ((4 / 2) / (3 / 2),)


def test_near_is_the_last_quarter_of_the_way_to_the_next_level():
    paid = np.zeros((2, 7))
    paid[0, 1], paid[0, 4], paid[0, 6] = 80, 30, 5  # of 100: near on days 2 to 4, then on the first rung
    paid[1, 0] = 74
    assert rights.near_and_ordered(paid, (100.0, 300.0), 1) == (1, 0)
    assert rights.near_and_ordered(paid, (100.0, 300.0), 3) == (2, 1)  # on the mornings of days 3 and 4


def test_what_membership_causes_is_set_against_how_far_members_are_above_others():
    orders = [("order", 0, 9)] * 6 + [("order", who, 9) for who in (1, 2)]
    paid = run(n=3, events=happenings(("enrolled", 0, 1), *orders))
    runs = {"paid": paid, "none": run(n=3, events=happenings(*orders[1:]))}
    assert rights._caused(runs) == (pytest.approx((6 / 5 - 1) / (6 / 1 - 1)),)
    alone = run(n=3, events=happenings(*[("order", 0, 9)] * 11))
    most = run(n=3, events=happenings(("enrolled", 0, 1), *[("order", 0, 9)] * 15))
    assert rights._by_price({**runs, "paid": most, "price alone": alone}) == ((11 - 5) / (15 - 5),)


def test_who_was_won_is_followed_from_their_first_order():
    day = draws.TRIED
    won = happenings(
        ("order", 0, day, 100, 0), ("order", 0, day + 9), ("order", 0, day + 130),
        ("order", 1, day, 100, 0), ("order", 2, day), ("order", 2, day + 1),
    )  # fmt: skip
    others = happenings(("order", 3, 5), ("order", 3, 6), ("order", 3, 125), ("order", 4, 5))
    runs = {"trial": run(events=won, causes=("trial",)), "none": run(events=others)}
    assert draws._won(runs) == (1 / 2,)  # the second of the others has no other order and counts for neither


def test_newcomers_are_told_apart_by_who_brought_them():
    # 0 was there; 1 by a friend; 2 by an advert, leaves; 3 by a friend, late; 4 by an advert, leaves late
    events = happenings(
        ("join", 1, 3, 0, 1), ("join", 2, 3, 0, 0), ("join", 4, 3, 0, 0), ("leave", 2, 50), ("leave", 4, 190)
    )
    entries = {
        "account": np.array([0, 1, 0, 2, 0]),
        "person": np.array([1, 1, 2, -1, 4]),
        "day": np.array([10, 10, 9, 9, 183]),
        "fen": np.array([3000, -1500, 500, -2000, 9900]),
    }
    accounts = ("sales", "goods", "commission", "discount", "refunds")
    found = run(
        events=events, entries=entries, causes=("adverts", "rebate"), accounts=accounts,
        status=np.array([MEMBER, MEMBER, LEFT, MEMBER, LEFT]),
        joined=np.array([-1, 3, 3, 40, 3]), inviter=np.array([-1, 0, -1, 0, -1]),
    )  # fmt: skip
    assert channels._worth({"both": found}) == (15.0 / 2.5, 1 / 2)


def test_a_card_is_idle_when_its_owner_has_not_ordered_for_four_months():
    last = purses.YEAR - purses.IDLE
    members = {"person": np.array([0, 2, 1]), "balance": np.array([500, 300, 9900])}
    events = happenings(("order", 0, last - 1), ("order", 1, last))
    daily = {"paid_in": np.array([6000, 2000])}
    cards = run(n=3, days=purses.YEAR, events=events, members=members, daily=daily)
    assert purses._idle({"cards": cards}) == (0.1,)


def test_a_basket_is_all_that_somebody_takes_on_a_day():
    rows = [
        ("order", 0, 1, 30),
        ("basket", 0, 1, 10),
        ("order", 0, 2, 40),
        ("order", 1, 1, 100),
        ("leave", 1, 1, 9),
    ]
    assert purses._spread({"shop": run(events=happenings(*rows))}) == (np.std([40, 40, 100]) / 60,)


def test_who_is_lost_and_comes_back_is_a_share_of_who_was_lost():
    looks = np.array([1, 1 << 13, 1 << 14, 0, 0], np.uint32)
    before = run(looks=looks)
    back = run(events=happenings(("came_back", 2, 70), ("came_back", 0, 90), ("came_back", 2, 80)))
    assert texts._back({"before": before, "asked back": back}) == (1 / 3,)


def test_an_eighth_of_the_groups_is_enough_and_people_from_channels_are_observed():
    base = sized(load("unmanaged-group"), 8)
    assert fewer(base).community.members == base.community.members / 8
    adverts = {"name": "adverts", "kind": "bought", "per_day": 60}
    (found,) = observe_all({"a": bare(fewer(base), 12, sources=[adverts])}, 0, events=False).values()
    assert len(found.world.looked) == len(found.world.silenced) == len(found.world.people.status)
    assert found.world.looked.sum() == found.records.daily["looked"].sum()
