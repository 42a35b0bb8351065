"""Red envelopes against paper: who catches, who sends on."""

import math

import numpy as np
import pytest
from worlds import plan, world

from commsim.core.effects import Account
from commsim.core.mechanisms.envelopes import CAUGHT
from commsim.core.view import MEMBER
from commsim.simulation.clock import HOUR_WEIGHT
from commsim.simulation.mechanisms.opening import LUCKIEST
from commsim.strategies.red_envelope import RESEND


@pytest.fixture(scope="module")
def evening():
    """One evening with an envelope of 20 yuan in 50 shares in each of 20 groups."""
    envelope = {"kind": "red_envelope", "total": 20, "shares": 50, "preset": "social"}
    made = world(plan(envelope, members=4000, group_size=200), seed=5)
    before = made.people.activity.copy()
    return made, made.advance(), before


def test_shares_go_to_lookers_once_each_as_many_as_there_are(evening):
    made, happened, _ = evening
    group = made.people.group
    lookers = np.bincount(group[happened.lookers], minlength=20)[:20]
    caught = np.bincount(group[happened.of(CAUGHT).persons], minlength=20)[:20]
    taken = np.bincount(group[happened.of(CAUGHT).persons], weights=happened.of(CAUGHT).fen, minlength=20)[
        :20
    ]
    assert caught.tolist() == np.minimum(50, lookers).tolist()
    assert len(set(happened.of(CAUGHT).persons.tolist())) == len(happened.of(CAUGHT).persons)
    assert (lookers >= 50).any()
    assert (taken[lookers >= 50] == 2000).all()
    assert taken.max() == 2000


def test_what_nobody_caught_comes_back_the_next_day():
    envelope = {"kind": "red_envelope", "total": 20, "shares": 100, "preset": "commercial", "ends": 4}
    made = world(plan(envelope, members=400, group_size=100, days=10))
    for day in range(10):
        before = made.books.held
        made.advance()
        ledger = made.records().ledger
        envelopes = (ledger["day"] == day) & (ledger["account"] == list(Account).index(Account.ENVELOPES))
        spent = -int(ledger["fen"][envelopes].sum())
        assert made.books.held == (4 * 2000 - spent if day < 5 else 0)
        assert before >= 0
    assert -made.books.cash == -int(made.records().ledger["fen"].sum())


def test_catching_pushes_activity_by_the_stated_rate(evening):
    """1 - (1 - a) e^-s with s = .04 sqrt(2), before the evening's return to rest; nobody else is pushed."""
    made, happened, before = evening
    people = made.people
    value = np.maximum(people.value, 0.0)
    rest = 0.02 + (people.share - 0.02) * value / (value + 1.0)
    pushed = before.astype(float)
    caught = happened.of(CAUGHT).persons
    pushed[caught] = 1 - (1 - pushed[caught]) * math.exp(-0.04 * math.sqrt(2.0))
    expected = pushed + (rest - pushed) * (1 - people.keep)
    members = people.status == MEMBER
    np.testing.assert_allclose(people.activity[members], expected[members], rtol=1e-5)


def test_who_received_more_sends_on_more_often_and_the_luckiest_most(evening):
    """Number sent on within 4.5 sd of the sum of stated chances: p0 + c x yuan, x 1.3 for the luckiest."""
    made, happened, _ = evening
    p0, slope = RESEND["social"]
    yuan = happened.of(CAUGHT).fen / 100
    chance = p0 + slope * yuan
    group = made.people.group[happened.of(CAUGHT).persons]
    for g in range(20):
        mine = np.flatnonzero(group == g)
        chance[mine[np.argmax(yuan[mine])]] *= LUCKIEST
    sent_on = made.records().daily["resent"][0] / 1000
    assert abs(sent_on - chance.sum()) < 4.5 * math.sqrt((chance * (1 - chance)).sum())
    assert sent_on > 10


def test_envelopes_lift_looking_and_wear_off_within_a_week(monkeypatch):
    """A chance of a (1 + .07 x .9^n) after n envelopes in the seven days before."""
    monkeypatch.setitem(RESEND, "commercial", (0.0, 0.0))
    three_a_day = {"kind": "red_envelope", "hours": [8, 12, 20]}
    once_a_week = {"kind": "red_envelope", "weekdays": ["mon"]}
    for envelope, before in (
        (three_a_day, [0, 3, 6, 9, 12, 15, 18, 18]),
        (once_a_week, [0, 1, 1, 1, 1, 1, 1, 0]),
    ):
        made = world(plan(envelope, members=400, group_size=100, muted=0.0))
        for day, worn in enumerate(before):
            (part,) = made.mechanisms.all
            assert (part.sent.sum(axis=0)[:4] == worn).all()
            activity = made.people.activity[:400].astype(float)
            asleep = made.people.muted[:400].copy()
            made.advance()
            lift = 0.07 * 0.9**worn if envelope is three_a_day or day in (0, 7) else 0.0
            stay = (made.people.status[:400] == MEMBER) & ~asleep
            expected = np.minimum(0.97, activity * (1 + lift))
            np.testing.assert_allclose(made._out.chance[:400][stay], expected[stay], rtol=1e-5)


def test_nobody_sends_on_more_than_one_envelope_a_day(monkeypatch):
    """Otherwise each would bring some twenty of the next day, without end."""
    monkeypatch.setitem(RESEND, "social", (1.0, 0.0))
    envelope = {"kind": "red_envelope", "preset": "social", "ends": 0}
    made = world(plan(envelope, members=200, group_size=100))
    for _ in range(6):
        caught = set(made.advance().of(CAUGHT).persons.tolist())
        assert made.records().daily["resent"][-1] == 1000 * len(caught)


def test_talk_rises_in_the_hour_of_an_envelope_and_nowhere_else():
    """Who catches a share while the hour lasts writes four times as much in it; two days later it is over."""
    settings = {"kind": "interest", "members": 4000, "group_size": 100, "days": 9}
    envelope = {"kind": "red_envelope", "shares": 100, "preset": "commercial", "starts": 6, "ends": 6}
    hours = {}
    for name, strategies in (("with", [envelope]), ("without", [])):
        found = [world(plan(*strategies, **settings), seed) for seed in range(4)]
        for made in found:
            for _ in range(9):
                made.advance()
        hours[name] = sum(made.records().hours["messages"].reshape(9, 24) for made in found)
        assert (hours[name].sum(axis=1) == sum(made.records().daily["messages"] for made in found)).all()
    assert (hours["with"][:6] == hours["without"][:6]).all()
    more = hours["with"][6:] / np.maximum(1, hours["without"][6:])
    assert 1.8 < more[0, 20] < 4.0
    others = [hour for hour in range(8, 23) if hour != 20]
    assert hours["with"][6, others].sum() < 1.15 * hours["without"][6, others].sum()
    assert hours["with"][8].sum() < 1.15 * hours["without"][8].sum()


def test_messages_fall_into_the_hours_of_attention():
    """On average over people who favour different parts of the day, and none at night."""
    made = world(plan(members=4000, group_size=100, days=3, behaviour={"talk": {"level": 1.0}}))
    for _ in range(3):
        made.advance()
    share = made.recorder.sums.hours.sum(axis=0) / made.recorder.sums.hours.sum()
    assert share[:8].sum() == share[23] == 0.0
    np.testing.assert_allclose(share, HOUR_WEIGHT, atol=0.025)
