"""Bargaining with friends: its plain twin, and its laws."""

import math
from pathlib import Path

import numpy as np
import pytest
from plain_bait import PlainBait, draw
from scipy.stats import binom
from test_equal_bits import ALL, both, differing, of_few
from worlds import fen, plan, world

from commsim.core import luck
from commsim.core.effects import Account
from commsim.core.maths import exp, log
from commsim.core.mechanisms.bargain import BARGAIN, BARGAINED, Haggle
from commsim.core.view import MEMBER
from commsim.scenario.behaviour import Behaviour
from commsim.simulation.state import BUYER, NEVER
from commsim.strategies.bargain import Bargain
from commsim.testing import FakeView, check_mechanism

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "bargain.md"
LIVELY = Bargain(helpers=6, hours=30, ask=25, stock=40, again=9, to=2, starts=1, ends=24, reach=0.9)


class PlainBargain:
    """The rules of bargaining once more, person by person."""

    def __init__(self, model):
        self.model, self.b = model, model.p.bargain
        self.since, self.left, self.occasions, self.open = {}, {}, {}, []
        for person in model.people:
            person.helped = 0

    def morning(self):
        self.today, self.got, self.counts = [], [], {"bargains": 0, "helpers": 0, "given": 0}

    def _haggle(self, effect, cause):
        self.today.append((cause, effect))

    def dial(self):
        pass

    def _bargain(self):
        due, self.open = (
            [one for one in self.open if one[0] <= self.model.day],
            [one for one in self.open if one[0] > self.model.day],
        )
        for _, cause, terms, persons in due:
            self._hand_out(cause, terms, persons)
        for cause, terms in self.today:
            self.since.setdefault(cause, self.model.day)
            begun = [person for person in self.model.people if self._begins(person, cause, terms)]
            lucky = [person for person in begun if self._asks(person, cause, terms) >= terms.helpers]
            self.open.append((self.model.day + math.ceil(terms.hours / 24), cause, terms, lucky))

    def _begins(self, person, cause, terms):
        salt, occasion = self.model.salts[cause], (self.model.day - self.since[cause]) // terms.again
        if person.status != MEMBER or not person.looked:
            return False
        if self.occasions.get((cause, person.row), -1) >= occasion:
            return False
        if not person.addressed(cause, terms.reach):
            return False
        begins = draw(self.model, "bargain, who begins", person.row, occasion, salt) < self.b.start
        if begins:
            self.occasions[cause, person.row] = occasion
        return begins

    def _asks(self, person, cause, terms):
        """Ask friend by friend; who helps may join."""
        helps = 1.0 - exp(log(1.0 - self.b.helps) * terms.hours / 24.0)
        asked = range(terms.ask)
        helpers = [k for k in asked if self._friend("which friends help", person, k, cause) < helps]
        joined = [k for k in helpers if self._friend("which helpers join", person, k, cause) < self.b.joins]
        day = self.model.day
        person.bring(len(joined), cause, self.b.quality, day, day + 1)
        person.helped = len(helpers)
        self.counts["bargains"] += 1
        self.counts["helpers"] += len(helpers)
        return len(helpers)

    def _friend(self, decision, person, friend, cause):
        model = self.model
        stream = luck.key(model.seed, luck.purpose(f"bargain, {decision}"), model.day, model.salts[cause])
        return luck.uniform_pair(stream, person.row, friend)

    def _hand_out(self, cause, terms, persons):
        model, salt = self.model, self.model.salts[cause]
        first = sorted(
            (draw(model, "bargain, who is served first", person.row, model.day, salt), person.row)
            for person in persons
            if person.status == MEMBER
        )
        left = self.left.setdefault(cause, terms.stock)
        for served, (_, row) in enumerate(first):
            person = model.people[row]
            if left is not None and served >= left:
                person.trust = max(0.0, person.trust - model.p.buying.regret)
                continue
            self._give(person)
            each = model.plan.products[terms.product].unit_cost - terms.to
            model.enter(Account.GIFTS, cause, -each, person)
            self.got.append(row)
            self.counts["given"] += 1
            if left is not None:
                self.left[cause] -= 1

    def _give(self, person):
        if not person.sampled and person.try_sample():
            person.buys, person.rate = BUYER, person.buy_rate
        person.need = max(0.0, person.need - self.b.replaces)

    def told(self):
        self._bargain()
        return {"bargained": self.got}

    def close(self):
        for row in self.got:
            self.model.note("bargained", row)

    def numbers(self):
        return self.counts


@pytest.mark.parametrize(
    "others", [(), pytest.param(ALL, marks=pytest.mark.slow)], ids=["alone", "with everything"]
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(others):
    lively = {"bargain": {"start": 0.5, "helps": 0.25}, "buying": {"sample_convert": 0.5}}
    strategies = LIVELY, Bargain(name="another", helpers=5, starts=4, stock=None)
    people = of_few("unmanaged-group", *strategies, *others, behaviour=Behaviour(**lively))
    engine, plain = both(people, PlainBait, PlainBargain)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    happened = ("bargains", "helpers", "given", *(() if others else ("baited",)))
    assert {name for name in happened if not daily[name].any()} == set()


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        BARGAIN,
        Bargain,
        twin=lambda plan: differing(*both(plan, PlainBait, PlainBargain)),
        docs=DOCS.read_text(encoding="utf-8"),
        helpers=6,
    )


def bargained(days=2, behaviour=None, members=3000, buyers=0.8, **bargain):
    """A world some days after everybody who looks on the first day has begun to bargain."""
    one = {"kind": "bargain", "starts": 0, "ends": 0, **bargain}
    people = {"segments": [{"buyers": buyers}], "arrivals_per_day": 0.0, "outside_per_member": 2.0}
    made = world(
        plan(
            one, days=60, members=members, behaviour={"bargain": {"start": 1.0}} | (behaviour or {}), **people
        )
    )
    happened = [made.advance() for _ in range(days)]
    return made, happened


@pytest.mark.parametrize(("ask", "helpers", "hours"), [(30, 10, 24), (30, 6, 24), (30, 10, 48), (10, 3, 12)])
def test_success_is_a_tail_of_a_binomial(ask, helpers, hours):
    """Of thirty friends who help with .2 within a day, ten or more: one in sixteen bargains."""
    made, happened = bargained(3, ask=ask, helpers=helpers, hours=hours)
    begun = made.records().daily["bargains"].sum()
    won = sum(len(day.of(BARGAINED).persons) for day in happened)
    chance = binom.sf(helpers - 1, ask, 1 - 0.8 ** (hours / 24))
    assert begun > 500
    assert abs(won - begun * chance) < 4.5 * np.sqrt(begun * chance * (1 - chance)) + 2


def test_one_in_sixteen_succeeds_as_shipped():
    assert binom.sf(9, 30, 0.2) == pytest.approx(0.061, abs=5e-4)


def test_helpers_join_and_are_half_as_good():
    made, _ = bargained(1)
    daily = made.records().daily
    came = made.people.join_cause == 0
    expected = 0.15 * daily["helpers"].sum()
    assert abs(came.sum() - expected) < 4.5 * np.sqrt(expected)
    fresh = world(made.scenario).people.buy_rate
    assert np.allclose(made.people.buy_rate[came], 0.5 * fresh[came], rtol=1e-5)
    assert set(made.people.due[came].tolist()) == {1}


def test_goods_cost_what_they_cost_less_what_is_paid():
    for to in (0, 4):
        made, happened = bargained(to=to)
        given = len(happened[1].of(BARGAINED).persons)
        assert given > 20
        records = made.records()
        assert fen(records, "gifts", cause="bargain") == -given * (1500 - 100 * to)
        entries = records.entries["account"] == records.accounts.index("gifts")
        assert sorted(records.entries["person"][entries]) == sorted(happened[1].of(BARGAINED).persons)


def test_pieces_end_and_who_comes_late_trusts_less():
    made, happened = bargained(stock=7)
    assert len(happened[1].of(BARGAINED).persons) == 7
    longer, _ = bargained()
    enough = (longer.columns["helped"] >= 10) & (longer.people.status == MEMBER)
    worse = made.people.trust[enough] < longer.people.trust[enough]
    assert 0 <= enough.sum() - 7 - worse.sum() <= 2


def test_what_is_given_takes_the_place_of_an_order():
    """Need comes back at the rate of buying, so that one order of each buyer is lost in the end."""
    for replaces in (0.0, 1.0):
        made, happened = bargained(behaviour={"bargain": {"start": 1.0, "replaces": replaces}}, buyers=1.0)
        got = happened[1].of(BARGAINED).persons
        assert np.allclose(made.people.need[got], 1.0 - replaces)


def test_some_who_never_bought_are_won_by_what_they_got_and_worth_less():
    made, happened = bargained(buyers=0.0, members=6000, helpers=5)
    fresh, people, got = world(made.scenario).people, made.people, happened[1].of(BARGAINED).persons
    customers = got[(people.buys[got] == BUYER) & (people.orders[got] == 0)]
    tried = got[people.orders[got] == 0]
    expected = 0.25 * len(tried)
    assert (people.sampled[got] == 1).all()
    assert abs(len(customers) - expected) < 4.5 * np.sqrt(0.75 * expected)
    assert np.allclose(people.buy_rate[customers], 0.45 * fresh.buy_rate[customers], rtol=1e-4)
    assert (people.buys[np.setdiff1d(tried, customers)] == NEVER).all()


def test_each_bargains_once_in_an_occasion():
    made, _ = bargained(20, ends=19, again=10, members=300)
    begun = made.records().daily["bargains"]
    assert begun[:10].sum() <= 300 + made.records().daily["joined"][:10].sum()
    assert begun[10] > begun[9] + 20


def test_a_longer_time_needs_no_fewer_days():
    """Two days and a half are decided on the third evening."""
    _, happened = bargained(5, hours=60)
    assert [bool(len(day.of(BARGAINED).persons)) for day in happened] == [False, False, False, True, False]


def test_a_bargain_above_cost_is_none():
    view = FakeView()
    cost = view.products[0].unit_cost
    for to, text in ((cost, None), (cost + 1, "to is above the cost")):
        assert Haggle(0, to, 10, 24.0, 30).mismatch(view) == text
    with pytest.raises(ValueError, match="above the cost of coffee"):
        plan({"kind": "bargain", "to": 16})
