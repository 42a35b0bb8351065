"""What each effect of a strategy does in a running world, and where it stops."""

from typing import Any, ClassVar, Literal

import numpy as np
import pytest
from worlds import fen, plan, world

from commsim.core.dials import Dial
from commsim.core.effects import (
    Account,
    Announce,
    AskToInvite,
    Award,
    Content,
    Enforce,
    Nudge,
    Offer,
    Pay,
    Recruit,
    Redeem,
    Spend,
    TeamOffer,
    Work,
)
from commsim.core.mechanisms.check_in import CHECK_IN, CheckIn
from commsim.core.mechanisms.envelopes import ENVELOPES, Envelope
from commsim.core.view import MEMBER
from commsim.records.tables import EVENT_KINDS as KINDS
from commsim.simulation.world import World
from commsim.strategies.base import Strategy

GROUPS = 4


class Scripted(Strategy):
    """Answers every morning with the effects of a function of the view."""

    kind: Literal["scripted"] = "scripted"
    purpose: ClassVar = "activity"
    mechanisms: ClassVar = (CHECK_IN, ENVELOPES)
    does: Any = None

    def act(self, view, memory):
        return self.does(view)


def lived(does=lambda view: (), days=6, **changes):
    """A world of 400 members in four groups (and a spare one) after some days."""
    scenario = plan(**({"members": 400, "group_size": 100, "days": 60} | changes))
    made = world(scenario.model_copy(update={"strategies": (Scripted(does=does),)}), seed=2)
    for _ in range(days):
        made.advance()
    return made


def in_some(view):
    """The first two groups."""
    return np.arange(view.n_groups) < 2


def daily(made, column):
    return made.records().daily[column]


def of(made, kind):
    """Persons of the events of one kind."""
    events = made.records().events
    return events["person"][events["kind"] == KINDS.index(kind)]


@pytest.fixture(scope="module")
def quiet():
    return lived()


@pytest.mark.parametrize(
    ("dial", "column"),
    [
        (Dial.LOOK, "looked"),
        (Dial.BUY, "orders"),
        (Dial.TALK, "messages"),
        (Dial.LEAVE, "left"),
        (Dial.MUTE, "muted_today"),
    ],
)
def test_a_nudge_moves_its_choice_up_and_down(dial, column):
    usual = daily(lived(lambda view: [Announce(9)]), column).sum()
    more, less, never = (
        daily(lived(lambda view, x=x: [Announce(9), Nudge(dial, x)]), column).sum()
        for x in (1.5, -1.5, -20.0)
    )
    assert never == 0 < usual < more
    assert less < usual


def test_a_nudge_of_some_moves_those_alone(quiet):
    chosen = np.arange(0, 400, 2)
    made = lived(lambda view: [Nudge(Dial.LOOK, -20.0, chosen)])
    assert not set(chosen.tolist()) & set(np.flatnonzero(made.people.looks).tolist())
    others = np.arange(1, 400, 2)
    assert (made.people.looks[others] > 0).sum() > 50
    assert np.array_equal(made.people.muted[others], quiet.people.muted[others])


def test_nudges_on_one_choice_add_up():
    one = lived(lambda view: [Nudge(Dial.LOOK, 1.0)])
    two = lived(lambda view: [Nudge(Dial.LOOK, 0.5), Nudge(Dial.LOOK, 0.5)])
    assert daily(one, "looked").tolist() == daily(two, "looked").tolist()


def test_announcements_are_seen_in_their_groups_alone():
    made = lived(
        lambda view: [Announce(20, 2, groups=in_some(view))], behaviour={"spam": {"start": 0, "floor": 0}}
    )
    tired = made.people.fatigue > 0
    assert set(made.people.group[tired].tolist()) == {0, 1}
    assert daily(made, "operator_posts").tolist() == [4] * 6


def test_what_is_done_in_some_groups_leaves_the_others_as_they_are(quiet):
    def busy(view):
        here = in_some(view)
        yield Announce(20, 3, groups=here)
        yield Content(12, 1.0, 0.5, 0.05, groups=here)
        yield Envelope(20, 1000, 20, 0.1, 0.0, here)
        yield Offer(0, 1500, 20, 3.0, groups=here)
        yield Enforce(0.9, here)

    one, other = quiet.records().groups, lived(busy).records().groups
    elsewhere = one["group"] >= 2
    assert elsewhere.any()
    for column, values in one.items():
        assert values[elsewhere].tobytes() == other[column][elsewhere].tobytes(), column
    assert any((values != other[column]).any() for column, values in one.items())


def test_limited_reach_is_the_same_people_every_time_and_their_share():
    made = lived(
        lambda view: [Announce(20, reach=0.3)], days=25, behaviour={"spam": {"start": 0, "floor": 0}}
    )
    reached = (made.people.fatigue > 0).sum() / 400
    ever_looked = (made.people.looks > 0)[:400].mean()
    assert 0.7 * 0.3 * ever_looked < reached <= 0.3 * 1.25


def test_content_feeds_topics_trust_and_looking_in_its_groups():
    made = lived(lambda view: [Content(12, 1.0, 0.5, 0.05, groups=in_some(view))], days=10)
    inside = made.people.status == MEMBER
    first = made.people.group < 2
    assert (made.groups.topics[:2] > made.groups.topics[2:4].max()).all()
    for state in (made.people.trust, made.people.value, made.people.activity):
        assert state[inside & first].mean() > state[inside & ~first].mean() + 0.01


def alike(one, other):
    """Whether two strategies' effects leave the same, but for rounding."""
    worlds = [lived(does, days=10) for does in (one, other)]
    assert np.array_equal(*(daily(made, "operator_posts") for made in worlds))
    for state in ("value", "trust", "activity"):
        assert np.allclose(*(getattr(made.people, state) for made in worlds), atol=1e-6), state
    return np.allclose(*(made.groups.topics for made in worlds), atol=1e-6)


def test_ten_posts_add_as_much_whoever_they_come_from():
    assert alike(
        lambda view: [Content(12, 0.3, 0.02, 0.004, posts=10)],
        lambda view: [Content(hour, 0.3, 0.02, 0.004) for hour in range(10, 20)],
    )


def test_a_poor_post_beside_a_good_one_adds_less_than_a_good_one_but_takes_nothing_away():
    def beside(*values):
        return lived(
            lambda view: [Content(12, value, 0.0, 0.0) for value in values], days=10
        ).people.value.sum()

    assert beside(1.0) < beside(1.0, 0.2) < beside(1.0, 1.0) < 2 * beside(1.0)


def test_an_envelope_goes_to_lookers_of_its_groups():
    made = lived(lambda view: [Envelope(20, 1000, 20, 0.0, 0.0, in_some(view))])
    caught = of(made, "payment")
    assert set(made.people.group[caught].tolist()) == {0, 1}
    assert daily(made, "caught").max() <= 2000
    assert fen(made.records(), "envelopes") == -daily(made, "caught").sum()
    assert daily(made, "resent").sum() == 0


def test_envelopes_that_are_sent_on_cost_the_operator_nothing():
    made = lived(lambda view: [Envelope(20, 1000, 20, 0.5, 0.0)] if view.day == 0 else ())
    resent = daily(made, "resent")
    assert resent[0] > 0
    assert fen(made.records(), "envelopes") == -daily(made, "caught")[0] >= -4000
    assert daily(made, "caught")[1] > 0


def test_an_offer_sells_in_its_groups_at_its_price_to_those_it_suits():
    segments = [{"name": "some", "orders_per_week": 2.0}, {"name": "none", "orders_per_week": 2.0}]
    product = {"name": "tea", "price": 20, "unit_cost": 5, "shelf": False, "segments": ["some"]}
    made = lived(
        lambda view: [Offer(0, 1500, 20, 3.0, groups=in_some(view))], products=[product], segments=segments
    )
    buyers = of(made, "order")
    assert len(buyers) > 10
    assert set(made.people.group[buyers].tolist()) == {0, 1}
    assert set(made.people.segment[buyers].tolist()) == {0}
    events = made.records().events
    assert set(events["fen"][events["kind"] == KINDS.index("order")].tolist()) == {1500}


def test_one_order_a_day_whatever_is_on_offer():
    made = lived(
        lambda view: [Offer(0, 1000, hour, 4.0) for hour in (9, 12, 16, 20)],
        days=10,
        segments=[{"orders_per_week": 30}],
    )
    events = made.records().events
    orders = events["kind"] == KINDS.index("order")
    keys = list(zip(events["day"][orders].tolist(), events["person"][orders].tolist(), strict=True))
    assert len(set(keys)) == len(keys) > 200


def test_a_team_offer_without_outsiders_brings_nobody_in():
    def ladder(outside):
        return lambda view: [TeamOffer(1, (2, 3), (9000, 8000), 20, 24.0, 9, 0.5, 0.6, outside)]

    inside, open_to_all = (lived(ladder(outside), days=15) for outside in (False, True))
    assert daily(inside, "teams").sum() > 0
    assert daily(inside, "joined").sum() == 0
    assert daily(open_to_all, "joined").sum() > 0


def test_asked_members_bring_friends_who_buy_as_stated():
    made = lived(lambda view: [AskToInvite(3.0, quality=0.5)], days=20)
    came = np.flatnonzero(made.people.joined >= 0)
    assert len(came) > 30
    before = World(made.scenario, made.population, made.seed).people.buy_rate
    np.testing.assert_allclose(made.people.buy_rate[came], before[came] * 0.5, rtol=1e-6)
    assert (made.people.join_cause[came] == 0).all()


def test_recruits_come_on_their_day_to_their_inviters_group():
    rows, inviters, delays = np.array([500, 501, 502, 5]), np.array([350, 20, -1, 7]), np.array([0, 2, 4, 0])
    made = lived(lambda view: [Recruit(rows, inviters, delays)] if view.day == 1 else (), days=9)
    people = made.people
    assert people.joined[rows].tolist() == [2, 4, 6, -1]
    assert (people.inviter[500], people.inviter[502], people.inviter[5]) == (350, -1, -1)
    assert people.group[[500, 501]].tolist() == people.group[[350, 20]].tolist()
    assert people.recruits[[350, 20, 7]].tolist() == [1, 1, 0]
    assert made.records().daily["joined"].tolist() == [0, 0, 1, 0, 1, 0, 1, 0, 0]


def test_rules_hold_spam_down_where_they_are_enforced():
    made = lived(lambda view: [Enforce(0.9, in_some(view))], days=10)
    assert made.groups.spam[:2].max() < 0.2 < made.groups.spam[2:4].min()


def test_rules_last_until_others_are_announced():
    made = lived(lambda view: [Enforce(0.9)] if view.day == 0 else (), days=10)
    assert made.groups.spam[:4].max() < 0.2


def test_a_check_in_pulls_as_told():
    none, some, pulled, pushed = (
        daily(
            lived(lambda view, b=b, p=p: [CheckIn(b, np.full(view.n_persons, p))], days=3), "checked_in"
        ).sum()
        for b, p in ((0.0, 0.0), (0.3, 0.0), (0.3, 1.0), (0.3, -20.0))
    )
    assert none == 0
    assert pushed == 0
    assert 0 < some < pulled


def test_minutes_are_paid_per_group_that_is_open():
    made = lived(lambda view: [Work(6.0), Work(6.0, in_some(view))], operator={"wage_per_hour": 60})
    assert fen(made.records(), "staff") == -6 * (4 + 2) * 600


def test_spending_and_paying_come_out_of_their_accounts():
    def does(view):
        return [Spend(Account.TOOLS, 700), Pay(Account.GIFTS, np.array([3, 3, 9]), np.array([10, 20, 30]))]

    made = lived(does, days=2)
    records = made.records()
    assert fen(records, "tools", cause="scripted") == -1400
    assert fen(records, "gifts", cause="scripted") == -120
    assert sorted(of(made, "payment").tolist()) == [3, 3, 3, 3, 9, 9]


def test_points_are_a_cost_when_given_and_a_debt_until_used():
    def does(view):
        if view.day == 0:
            return [Award(np.array([3, 3, 9]), np.array([10, 20, 30]), 2.0)]
        return [Redeem(np.array([3]), np.array([25]), 2.0)] if view.day == 1 else ()

    made = lived(does, days=3)
    assert made.people.points[[3, 9]].tolist() == [5, 30]
    assert daily(made, "liability").tolist() == [120, 70, 70]
    assert fen(made.records(), "points") == -120


def test_effects_of_strategies_that_do_the_same_add_up():
    """Two posts by one strategy or one post each by two: the same for everybody but for the cause."""
    both = plan(
        {"kind": "advert", "name": "one"}, {"kind": "advert", "name": "two"}, members=400, group_size=100
    )
    double = plan({"kind": "advert", "posts": 2, "staff_minutes": 6}, members=400, group_size=100)
    worlds = [world(scenario, 2) for scenario in (both, double)]
    for _ in range(10):
        for made in worlds:
            made.advance()
    for column, values in worlds[0].records().daily.items():
        assert np.array_equal(values, worlds[1].records().daily[column]), column
