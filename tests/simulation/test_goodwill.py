"""What a run group and its posts do to buying, for days and for months."""

import numpy as np
import pytest
from worlds import plan, world

from commsim.core.view import LEFT, MEMBER

LOOKING = {"look": {"ceiling": 1.0}, "stay": {"leave": 0.0, "leave_message": 0.0, "mute_message": 0.0}}
EVERY_DAY = {"activity": 1.0, "muted": 0.0, "outside_per_member": 0.0}
CONTENT = {"kind": "content"}


def lived(days, *strategies, seed=3, **settings):
    """A world after so many days, with one to come."""
    made = world(plan(*strategies, days=days + 1, **settings), seed)
    made.people.keep[:] = 1.0
    for _ in range(days):
        made.advance()
    return made


def test_who_never_looks_is_never_in_touch():
    asleep = {"fluency": 0.0, "share": 1.0, "name": "asleep"}
    awake = {"fluency": 1.0, "share": 1.0, "name": "awake"}
    made = lived(30, CONTENT, segments=[asleep, awake], **EVERY_DAY)
    contact, kind = made.people.contact, made.people.segment
    assert (contact[kind == 0] == 0.0).all()
    assert contact[kind == 1].mean() > 0.5


def test_contact_grows_by_content_and_deals_only_and_fades():
    """1 - .9^n after n days of looks at content, nothing by adverts; .9^n left of it in who left."""
    ended = {**CONTENT, "ends": 9}
    made = lived(10, ended, behaviour=LOOKING, **EVERY_DAY)
    assert made.people.contact == pytest.approx(1 - 0.9**10, rel=1e-5)
    empty = lived(10, {"kind": "advert"}, behaviour=LOOKING, **EVERY_DAY)
    assert (empty.people.contact == 0.0).all()
    made.people.status[:] = LEFT
    made.advance()
    assert made.people.contact == pytest.approx((1 - 0.9**10) * 0.9, rel=1e-5)


def orders_in_touch(touch, contact):
    """Orders on the first day of people who are all so much in touch, at a tenth of an order a day."""
    made = world(plan(members=20_000, behaviour={"buying": {"touch": touch, "trust": 0.0}}), seed=2)
    made.people.rate[:], made.people.contact[:] = 0.1, contact
    return len(made.advance().order_persons)


def test_touch_adds_what_it_says_from_half_contact_on():
    none = orders_in_touch(0.5, 0.0)
    assert none == orders_in_touch(0.0, 1.0)
    full = -np.log(1 - orders_in_touch(0.5, 0.5) / 20_000) / -np.log(1 - none / 20_000)
    assert full == pytest.approx(1.5, rel=0.04)
    assert orders_in_touch(0.5, 1.0) == orders_in_touch(0.5, 0.5) > orders_in_touch(0.5, 0.25) > none
    assert orders_in_touch(-0.3, 1.0) < none


def test_an_advert_works_for_a_quarter_of_its_effect_in_the_week_after():
    """Orders of the same people, told once and never: on the day, and over seven days after it."""
    fresh = {**LOOKING, "fatigue": {"to_lapse": 0.0, "to_trust": 0.0}, "trust": {"advert": 0.0}}
    told, quiet = (
        lived(8, *advert, members=60_000, behaviour=fresh, **EVERY_DAY)
        for advert in ([{"kind": "advert", "ends": 0}], [])
    )
    expected = 0.25 * (1 - 0.5**0.5) * 0.25 * 0.5 ** (7 / 2)
    assert told.people.adstock == pytest.approx(expected, rel=1e-4)
    more = told.records().daily["orders"].astype(float) - quiet.records().daily["orders"]
    usual = quiet.records().daily["orders"].astype(float)
    assert more[0] / usual[0] == pytest.approx(0.25, abs=0.06)
    assert more[1:].sum() / more[0] == pytest.approx(0.23, abs=0.12)


def test_empty_posts_annoy_most_and_members_adverts_not_at_all():
    """Two posts a day seen by who finds the group worthless: .006 for an empty one, a quarter with worth."""
    kept = 0.5 ** (1 / 180)
    sums = sum(kept**day for day in range(5))
    for worth, each in ((0.0, 0.006), (0.5, 0.0015)):
        behaviour = {**LOOKING, "activity": {"learning": 0.0}}
        made = lived(5, {"kind": "advert", "posts": 2, "worth": worth}, behaviour=behaviour, **EVERY_DAY)
        assert made.people.annoyance == pytest.approx(2 * each * sums, rel=1e-4)
    spammed = lived(5, behaviour={**LOOKING, "spam": {"start": 2.0, "floor": 2.0}}, **EVERY_DAY)
    assert (spammed.people.annoyance == 0.0).all()
    assert spammed.people.fatigue.min() > 4


def test_annoyance_lowers_the_trust_that_people_tend_to_and_passes():
    made = world(plan(behaviour={"trust": {"recovery": 0.5}, "spam": {"start": 0.0, "floor": 0.0}}), 1)
    people = made.people
    people.buys[:], people.rate[:], people.annoyance[:] = 0, 0.0, 0.4
    for _ in range(20):
        made.advance()
    known = people.status == MEMBER
    now = 0.4 * 0.5 ** (20 / 180)
    assert people.annoyance[known] == pytest.approx(now, rel=1e-4)
    assert people.trust[known] == pytest.approx(people.trust_base[known] * np.exp(-now), rel=0.01)


def test_annoyance_makes_lapses_likelier():
    """Chance lapse x e^(.5 A) at each usual order: within 4.5 standard errors."""
    for annoyance in (0.0, 1.0):
        made = world(plan(members=20_000, behaviour={"fatigue": {"annoyance_half_life": 10_000.0}}), 4)
        people = made.people
        people.buys[:], people.lapse[:], people.usual[:], people.annoyance[:] = 1, 0.2, 0.1, annoyance
        made.advance()
        chance = 0.1 * 0.2 * np.exp(0.5 * annoyance)
        members = people.group >= 0
        lapsed, n = (people.buys[members] == 2).sum(), members.sum()
        assert abs(lapsed - n * chance) < 4.5 * np.sqrt(n * chance)


def orders_of_leavers(days, **stay):
    """Orders after everybody has left on the first day; and what annoys them."""
    behaviour = {"stay": {"leave": 0.0, "leave_message": 0.0, "mute_message": 0.0, **stay}}
    behaviour["spam"] = {"start": 0.0, "floor": 0.0}
    advert = {"kind": "advert", "ends": 0}
    people = {"members": 20_000, "outside_per_member": 0.0, "muted": 0.0}
    made = world(plan(advert, days=days, behaviour=behaviour, **people), 6)
    made.people.tolerance[:] = 1.0
    for _ in range(days):
        made.advance()
    assert (made.people.status == LEFT).all()
    return made.records().daily["orders"].sum(), made.people.annoyance.mean()


def test_who_leaves_in_anger_buys_less_than_who_never_joined():
    """Half a year: a tenth fewer orders, no more than a sixth; and half of the anger is gone by then."""
    calm, nothing = orders_of_leavers(180, leave=1.0)
    angry, annoyance = orders_of_leavers(180, leave_message=1.0)
    assert nothing == 0.0
    assert annoyance == pytest.approx(0.125, rel=0.02)
    assert 0.83 < angry / calm < 0.97


@pytest.mark.parametrize(("adverts", "blame"), [((), 0.0), (({"kind": "advert"},), 1 / 1.5)])
def test_nobody_blames_the_shop_for_what_members_advertise(adverts, blame):
    """Two adverts by members count half a message; with a post of the shop two thirds leave in anger."""
    behaviour = {"stay": {"leave": 0.0, "leave_message": 0.1}, "spam": {"start": 2.0, "floor": 2.0}}
    made = world(plan(*adverts, members=20_000, muted=0.0, behaviour=behaviour), 6)
    gone = made.advance().left
    assert len(gone) > 500
    angry = (made.people.annoyance[gone] > 0).mean()
    assert abs(angry - blame) <= 4.5 * np.sqrt(blame * (1 - blame) / len(gone))


@pytest.mark.slow
def test_a_dead_group_sells_less_than_silence_over_a_year():
    """Three empty adverts a day beside doing nothing, the same people: what it sells by each horizon."""
    adverts = {"kind": "advert", "posts": 3, "hours": [10, 15, 20]}
    sold = [np.zeros(365), np.zeros(365)]
    for seed in range(4):
        for strategies, so_far in zip(((), (adverts,)), sold, strict=True):
            made = world(plan(*strategies, members=4000, days=365), seed)
            for _ in range(365):
                made.advance()
            so_far += made.records().daily["orders"]
    silence, dead = (np.cumsum(one) for one in sold)
    lead = {days: dead[days - 1] / silence[days - 1] - 1 for days in (7, 30, 60, 90, 180, 365)}
    last = (dead[-1] - dead[-92]) / (silence[-1] - silence[-92]) - 1
    print({days: f"{share:+.1%}" for days, share in lead.items()}, f"last quarter {last:+.1%}")
    assert lead[365] < -0.01
    assert last < lead[365] < lead[30]
