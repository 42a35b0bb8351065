"""Who is where: one place for everybody, bounds of all states, what muted members see."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import EIGHT, plan, run, world

from commsim.core.mechanisms.check_in import CHECKED_IN
from commsim.core.mechanisms.envelopes import CAUGHT
from commsim.core.view import LEFT, MEMBER, STRANGER
from commsim.records.records import Records
from commsim.records.tables import EVENT_KINDS as KINDS

QUICK = settings(max_examples=10)
BUSY = plan(*EIGHT, members=240, days=24, group_size=60, arrivals_per_day=2)


@pytest.fixture(scope="module")
def busy() -> Records:
    return run(BUSY)


def lively(**changes):
    """A plan with everything in it; ``changes`` to the community."""
    return plan(*EIGHT, **({"members": 150, "days": 12, "group_size": 50} | changes))


@QUICK
@given(
    members=st.integers(2, 200), group_size=st.integers(2, 50), room=st.integers(0, 20),
    arrivals=st.sampled_from([0.0, 4.0, 40.0]), seed=st.integers(0, 10**9),
)  # fmt: skip
def test_everybody_is_in_one_place_on_every_evening(members, group_size, room, arrivals, seed):
    cap = min(500, group_size + room)
    scenario = lively(members=members, group_size=group_size, cap=cap, arrivals_per_day=arrivals)
    made = world(scenario, seed)
    people, groups = made.people, made.groups
    before = people.status.copy()
    for _ in range(scenario.days):
        happened = made.advance()
        status, home = people.status, people.group
        inside = status == MEMBER
        assert np.bincount(home[inside], minlength=len(groups.size)).tolist() == groups.size.tolist()
        assert groups.size.max() <= cap
        assert (home[status == STRANGER] == -1).all()
        assert (home[status != STRANGER] >= 0).all()
        # a stranger becomes a member, a member may leave, nothing else happens; each event is counted once
        came, went = set(happened.joined.tolist()), set(happened.left.tolist())
        assert (len(came), len(went)) == (len(happened.joined), len(happened.left))
        assert all(before[row] == STRANGER for row in came)
        assert all(before[row] == MEMBER or row in came for row in went)
        assert (status[list(went)] == LEFT).all()
        changed = set(np.flatnonzero(status != before).tolist())
        assert changed == came | went
        for present in (
            happened.lookers,
            happened.of(CHECKED_IN).persons,
            happened.of(CAUGHT).persons,
            happened.muted,
        ):
            assert (status[present] == MEMBER).all()
        before = status.copy()


@QUICK
@given(seed=st.integers(0, 10**9), order=st.permutations(range(8)))
def test_states_stay_in_their_bounds(seed, order):
    made = world(plan(*(EIGHT[k] for k in order), members=120, days=20, group_size=40), seed)
    people = made.people
    for _ in range(20):
        made.advance()
        for share in (people.activity, people.trust, people.need):
            assert np.isfinite(share).all()
            assert ((share >= 0) & (share <= 1)).all()
        for amount in (people.fatigue, people.annoyance, people.points, people.orders, people.spent):
            assert (amount >= 0).all()
        assert np.isfinite(people.value).all()
        assert ((made.groups.topics >= 0) & (made.groups.topics <= np.float32(1.2))).all()
        assert ((made.groups.spam >= np.float32(0.05)) & (made.groups.spam <= 2)).all()


def test_a_cap_sends_newcomers_to_other_groups_and_opens_new_ones():
    records = run(
        plan(members=100, group_size=50, cap=55, days=10, arrivals_per_day=15, outside_per_member=2.0)
    )
    sizes = {}
    for day, group, members in zip(*(records.groups[c] for c in ("day", "group", "members")), strict=True):
        sizes.setdefault(int(day), {})[int(group)] = int(members)
    assert max(max(day.values()) for day in sizes.values()) == 55
    assert sum(size > 0 for size in sizes[0].values()) in (2, 3)
    assert sum(size > 0 for size in sizes[9].values()) >= 4


def test_invited_friends_come_to_the_inviters_group():
    rebate = {"kind": "distributor_rebate", "base": 2.0, "reward": 10}
    made = world(plan(rebate, members=300, days=15, group_size=50))
    for _ in range(15):
        made.advance()
    people = made.people
    came = np.flatnonzero((people.joined >= 0) & (people.inviter >= 0))
    assert len(came) > 20
    assert (people.group[came] == people.group[people.inviter[came]]).all()
    assert people.recruits.sum() == len(came)
    ties = [set(made.population.friends(int(row)).tolist()) for row in came]
    known = [int(people.inviter[row]) in friends for row, friends in zip(came, ties, strict=True)]
    assert 0.1 < np.mean(known) < 1.0  # the others are strangers at large, of who has no friends outside left
    free = [row for row in np.flatnonzero(people.due < 0) if people.status[row] == STRANGER]
    for row in set(people.inviter[came[~np.array(known)]].tolist()):
        assert not set(made.population.friends(row).tolist()) & set(free)


def test_muted_members_look_a_quarter_as_often_and_no_more():
    """The same people on one day, awake and muted: within 4.5 sd, and no looker who is not one awake."""
    envelope = {"kind": "red_envelope", "total": 20, "shares": 50}
    awake, muted = (world(plan(envelope, members=4000, group_size=500, muted=share)) for share in (0.0, 1.0))
    chance = np.minimum(0.97, awake.people.activity * 1.07)[:4000].astype(float)
    one, other = awake.advance(), muted.advance()
    assert set(other.lookers.tolist()) <= set(one.lookers.tolist()) | set(one.left.tolist())
    for happened, factor in (one, 1.0), (other, 0.25):
        expected = factor * chance.sum()
        assert abs(len(happened.lookers) - expected) < 4.5 * np.sqrt(expected) + len(happened.left)
    assert set(other.of(CAUGHT).persons.tolist()) <= set(other.lookers.tolist())


def test_muted_members_tire_of_what_they_saw_alone():
    """Fatigue counts posts seen, so that of a muted member is at most a post for each of their looks."""
    made = world(plan({"kind": "advert", "posts": 3}, members=400, days=10, muted=1.0))
    looks = np.zeros(len(made.people.status))
    for _ in range(10):
        looks[made.advance().lookers] += 1
        at_most = looks * (3 + made.groups.spam.max() * made.groups.size.max() / 100)
        assert (made.people.fatigue <= at_most * 1.0001).all()
    assert (made.people.annoyance[(looks == 0) & (made.people.status == MEMBER)] == 0).all()
    assert (looks == 0).any()


def test_who_leaves_does_nothing_else_that_day(busy):
    """No check-in, envelope, order or invitation of a member after they left, but what was on its way."""
    events = busy.events
    kind = events["kind"]
    gone = dict(
        zip(*(events[c][kind == KINDS.index("leave")].tolist() for c in ("person", "day")), strict=True)
    )
    for name in ("mute", "invitation"):
        chosen = kind == KINDS.index(name)
        for person, day in zip(
            events["person"][chosen].tolist(), events["day"][chosen].tolist(), strict=True
        ):
            assert day < gone.get(person, busy.days)
    orders = kind == KINDS.index("order")
    shelf = events["cause"] == busy.causes.index("shelf")
    for person, day in zip(*(events[c][orders & ~shelf].tolist() for c in ("person", "day")), strict=True):
        assert day < gone.get(person, busy.days)


def test_the_table_of_members_counts_the_days_on_which_each_looked():
    records = run(plan(days=9), seed=3)
    assert records.members["looked"].sum() == records.daily["looked"].sum() > 0
    assert records.members["looked"].max() <= 9
    assert (records.members["looked"][records.members["messages"] > 0] > 0).all()


def test_who_has_muted_lets_a_group_ring_again_that_is_worth_it():
    """At ``unmute`` x worth of the value, and never where a look is worth nothing."""
    settings = {"stay": {"unmute": 0.2, "mute_message": 0.0, "leave": 0.0, "leave_message": 0.0}}
    made = world(plan(members=400, days=1, behaviour=settings))
    made.people.muted[:] = True
    made.people.value[:] = np.where(np.arange(len(made.people.value)) % 2, 1.0, -1.0)
    happened = made.advance()
    assert (happened.unmuted % 2 == 1).all()
    assert not made.people.muted[happened.unmuted].any()
    members = np.count_nonzero((made.people.status == MEMBER) & (np.arange(len(made.people.status)) % 2 == 1))
    expected = 0.2 * 0.5 * members
    assert abs(len(happened.unmuted) - expected) < 4 * np.sqrt(expected)
    assert made.recorder.daily()["unmuted_today"][0] == len(happened.unmuted)
