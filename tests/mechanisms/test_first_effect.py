"""First effects of products: their plain twin, and their laws."""

from pathlib import Path

import numpy as np
import pytest
from plain_bait import draw
from test_equal_bits import ALL, both, differing, of_few
from test_rivals import bytes_of
from worlds import plan, run, world

from commsim.core.dials import Dial
from commsim.core.luck import purpose
from commsim.core.maths import exp, log
from commsim.core.mechanism import load, mechanisms
from commsim.core.mechanisms.first_effect import FIRST_EFFECT
from commsim.core.view import MEMBER
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Product, Scenario
from commsim.simulation.mechanisms.first_effect import _shares_left
from commsim.strategies.distributor_rebate import DistributorRebate
from commsim.testing.promises import check_fields

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "first_effect.md").read_text(encoding="utf-8")
FRIENDS = purpose("first effect, friends unasked")


class PlainFirstEffect:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model, self.b = model, model.p.first_effect
        self.asked, self.due, self.sent = {}, {}, {}
        for person in model.people:
            person.felt, person.felt_on, person.pressed = 0, -1, -1
        for number, product in enumerate(model.plan.products):
            for person in model.people:
                used = product.effect_days is not None and person.buys != 0
                luck = draw(model, "first effect, who had seen it before", person.row, number)
                if used and luck < product.effect_known:
                    person.felt, person.felt_on = 1, -32000

    def morning(self):
        self.new, self.vain, self.unasked = [], 0, 0

    def dial(self):
        model, day = self.model, self.model.day
        turned = {dial: model.nudges.setdefault(dial, [0.0] * len(model.people)) for dial in self._dials()}
        for person in model.people:
            turned[Dial.INVITE][person.row] += log(self.b.asked if person.felt else self.b.asked_before)
            if person.felt_on >= 0:
                turned[Dial.BUY][person.row] += self.b.repeat
            if person.pressed >= day:
                turned[Dial.LEAVE][person.row] += log(self.b.pressed)

    def _dials(self):
        pressed = any(person.pressed >= self.model.day for person in self.model.people)
        return (Dial.INVITE, Dial.BUY, Dial.LEAVE) if pressed else (Dial.INVITE, Dial.BUY)

    def told(self):
        model, day = self.model, self.model.day
        for person in model.people:
            if person.asked != self.asked.get(person, {}) and not person.felt:
                person.pressed = day + self.b.pressed_days
            self.asked[person] = dict(person.asked)
        self.sent[day], ordered = model.orders, day - model.plan.operator.delivery_days
        for order in self.sent.get(ordered, ()):
            wait = model.plan.products[order.product].effect_days
            if wait is not None and order.refunded < 0:
                self.due.setdefault(day + wait, []).append((order, ordered))
        for order, ordered in self.due.pop(day, ()):
            self._show(order, ordered)
        for person in model.people:
            if person.felt_on >= 0 and person.felt_on < day and person.status == MEMBER:
                self._tell(person)
        return {"first_effect": [person.row for person in self.new]}

    def _show(self, order, ordered):
        person = order.person
        if person.felt:
            return
        luck = draw(self.model, "first effect, to whom it shows", person.row, ordered, order.product)
        if luck < self.model.plan.products[order.product].effect_works:
            person.trust += self.b.trust * (1.0 - person.trust)
            person.felt, person.felt_on = 1, self.model.day
            self.new.append(person)
        else:
            person.trust -= self.b.vain * person.trust
            self.vain += 1

    def _tell(self, person):
        age = self.model.day - person.felt_on
        left = exp(-log(2.0) * age / self.b.half_life)
        if draw(self.model, "first effect, who still tells of it", person.row, 0) < left:
            n = person.accepting(self.b.unasked / self.b.asked, -1, self.model.day, FRIENDS)
            person.bring(n, -1, 1.0, self.model.day, salt=FRIENDS)
            self.unasked += n

    def close(self):
        for person in self.new:
            self.model.note("first_effect", person.row)

    def numbers(self):
        felt = sum(person.felt and person.status == MEMBER for person in self.model.people)
        return {
            "first_effects": len(self.new), "in_vain": self.vain, "have_felt": felt, "unasked": self.unasked
        }  # fmt: skip


SHOP = (
    {"name": "course", "price": 30, "unit_cost": 15, "effect_days": 3, "effect_works": 0.6},
    {"name": "cream", "price": 60, "unit_cost": 20, "effect_days": 0, "effect_known": 0.3},
    {"name": "bag", "price": 5, "unit_cost": 1},
)
CAMPAIGN = DistributorRebate(base=0.8, weekdays=("mon", "thu"), asks_again=6)
LIVELY = {"unasked": 0.1, "half_life": 4.0, "pressed": 20.0, "repeat": 0.5}


@pytest.mark.parametrize(
    "others",
    [(), (CAMPAIGN,), pytest.param((CAMPAIGN, *ALL), marks=pytest.mark.slow)],
    ids=["alone", "with a campaign for friends", "with everything"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(others):
    products = tuple(Product.model_validate(one) for one in SHOP)
    behaviour = Behaviour(first_effect=LIVELY)
    plan_ = of_few("unmanaged-group", *others, behaviour=behaviour, products=products)
    engine, plain = both(plan_.model_copy(update={"days": 20}), PlainFirstEffect)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert daily["first_effects"].sum() > 20
    assert daily["in_vain"].sum() > 5
    assert daily["unasked"].sum() > 5
    assert (engine.columns["pressed"] >= 0).any() == bool(others)


def with_effect(*strategies, days=30, first_effect=None, effect=None, **settings):
    product = {"name": "course", "price": 30, "unit_cost": 15, **(effect or {"effect_days": 5})}
    behaviour = {"first_effect": first_effect or {}}
    return plan(*strategies, days=days, products=[product], behaviour=behaviour, **settings)


NO_CHANGE = {"trust": 0, "vain": 0, "repeat": 0, "asked": 1, "asked_before": 1, "pressed": 1, "unasked": 0}
ASKS = {"kind": "distributor_rebate", "weekdays": ["tue", "fri"]}


def test_an_effect_that_moves_nobody_leaves_every_byte_else():
    own = {column.name for column in (*FIRST_EFFECT.columns, *FIRST_EFFECT.daily)}
    with_it = with_effect(ASKS, first_effect=NO_CHANGE)
    silent = with_it.products[0].model_copy(update={"effect_days": None})
    without = with_it.model_copy(update={"products": (silent,)})
    assert FIRST_EFFECT in with_it.mechanisms
    assert FIRST_EFFECT not in without.mechanisms
    one, other = run(with_it), run(without)
    kinds = len(set(one.events["kind"].tolist()) - set(other.events["kind"].tolist()))
    assert kinds == 1  # the effects themselves
    ours, theirs = (
        {name: column for name, column in bytes_of(records, without=own).items() if "events." not in name}
        for records in (one, other)
    )
    assert ours == theirs


def test_it_shows_on_its_day_to_its_share_of_those_whose_parcel_was_good():
    made = world(with_effect(effect={"effect_days": 5, "effect_works": 0.7, "bad_share": 0.0}, members=2000))
    for _ in range(30):
        made.advance()
    records = made.records()
    orders = records.events["kind"] == 3
    first = {}
    for day, person in zip(records.events["day"][orders], records.events["person"][orders], strict=True):
        first.setdefault(int(person), int(day))
    due = {person for person, day in first.items() if day + 2 + 5 < 30}
    once = [person for person in due if np.count_nonzero(records.events["person"][orders] == person) == 1]
    felt_on = made.columns["felt_on"]
    seen = [person for person in once if felt_on[person] >= 0]
    assert all(felt_on[person] == first[person] + 7 for person in seen)
    assert len(seen) / len(once) == pytest.approx(0.7, abs=4 * (0.21 / len(once)) ** 0.5)
    assert records.daily["first_effects"].sum() == np.count_nonzero(felt_on >= 0)


def test_who_tells_of_it_brings_the_friends_of_the_formula():
    """Everybody of average trust and sociability, all of whom see it on the first morning."""
    made = world(with_effect(days=9, members=2000, first_effect={"unasked": 0.05, "half_life": 3}))
    part = made.mechanisms.all[0]
    part.felt[:2000], part.felt_on[:2000], part._fresh = 1, 0, np.arange(2000)
    part._ready[:] = log(1.6)
    made.people.sociability[:] = 1.0
    made.scenario.behaviour.invite.trust  # noqa: B018  (trust is drawn: its mean effect is near 1)
    for _ in range(9):
        made.advance()
    expected = sum(2000 * 0.05 * 0.5 ** (day / 3) for day in range(9))
    assert made.records().daily["unasked"].sum() == pytest.approx(expected, rel=0.15)


def test_friends_can_be_asked_for_of_those_alone_who_have_seen_it():
    asked = {**ASKS, "who": {"felt": 1}, "base": 1.0}
    records = run(with_effect(asked, days=30, members=400))
    seen = records.events["person"][records.events["kind"] == _kind("first_effect")]
    invites = records.events["kind"] == _kind("invitation")
    by_drive = records.events["cause"][invites] == 0
    assert by_drive.any()
    assert set(records.events["person"][invites][by_drive].tolist()) <= set(seen.tolist())


def _kind(name):
    from commsim.records.tables import event_kinds

    return event_kinds().index(name)


@pytest.mark.parametrize(
    ("product", "text"),
    [({"effect_days": -1}, "effect_days"), ({"effect_days": 3, "effect_works": 2}, "effect_works")],
)
def test_effects_that_are_none(product, text):
    with pytest.raises(ValueError, match=text):
        with_effect(effect=product)


def test_it_says_what_it_is():
    assert FIRST_EFFECT in mechanisms()
    assert load(FIRST_EFFECT.engine).declared is FIRST_EFFECT
    check_fields(FIRST_EFFECT.behaviour, FIRST_EFFECT.behaviour)
    named = [*(f"first_effect.{name}" for name in FIRST_EFFECT.behaviour.model_fields)]
    named += [column.name for column in (*FIRST_EFFECT.columns, *FIRST_EFFECT.daily)]
    named += [name for name in Product.model_fields if name.startswith("effect_")]
    assert [name for name in named if f"`{name}`" not in DOCS] == []
    assert {f"daily.{column.name}" for column in FIRST_EFFECT.daily} <= set(FIRST_EFFECT.words)
    assert Scenario.load("first-effect").products[0].effect_days is not None


@pytest.mark.parametrize("half_life", [1, 7, 30.5])
def test_who_tells_of_it_is_halved_every_half_life_until_one_in_four_thousand_is_left(half_life):
    left = _shares_left(half_life)
    age = np.arange(len(left))
    np.testing.assert_allclose(left, 0.5 ** (age / half_life), rtol=1e-10)
    assert left[-1] < 1.2 / 4096 <= 1.2 * 2 ** (1 / half_life) * left[-1]
