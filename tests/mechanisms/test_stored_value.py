"""Stored value: its plain twin, and its laws."""

from pathlib import Path

import numpy as np
import pytest
from plain_deciding import chance_of_yes, fen_a_day
from test_equal_bits import ALL, both, differing, of_few
from worlds import fen, plan, world

from commsim.core import luck
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.maths import log
from commsim.core.mechanisms.stored_value import STORED_VALUE
from commsim.core.view import MEMBER
from commsim.scenario.behaviour import Behaviour
from commsim.strategies.stored_value import StoredValue
from commsim.testing import check_mechanism

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "stored_value.md"
LIVELY = StoredValue(
    top_ups=({"pay": 20, "bonus": 15}, {"pay": 55, "bonus": 40}), valid_days=6, starts=1, ends=24
)
EAGER = {"stored_value": {"notice": 0.5, "impatience": 0.001}}


class PlainStoredValue:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model, self.b, self.cause, self.paid = model, model.p.stored_value, 0, []
        for person in model.people:
            person.balance, person.card_price, person.valid_until = 0, 0.0, -1

    def morning(self):
        self.offer, self.lost, self.paid = None, [], []
        for person in self.model.people:
            if 0 <= person.valid_until < self.model.day and person.balance > 0:
                self.lost.append((person.row, person.balance))
                self.model.prepaid -= person.balance
                self.model.enter(Account.BREAKAGE, self.cause, person.balance, person)
                person.balance, person.card_price = 0, 0.0

    def _topup(self, effect, cause):
        self.offer, self.cause, self.whom = effect, cause, self.model.audience(cause)

    def dial(self):
        ratios = {person.row: person.card_price for person in self.model.people if person.balance > 0}
        if ratios:
            price = self.model.nudges.setdefault(Dial.PRICE, [0.0] * len(self.model.people))
            for row, ratio in ratios.items():
                price[row] += ratio
            self.model.prices.append((self.cause, lambda person: ratios.get(person.row, 0.0)))

    def evening(self):
        ordered = {order.person for order in self.model.orders}
        for person in self.model.people if self.offer else ():
            looked = person.status == MEMBER and person.looked
            if person.balance or person.row not in self.whom:
                continue
            if person.card_price < 0.0 and (looked or person in ordered):
                person.card_price = 0.0
                self._ask(person, 1.0)
            elif person.card_price == 0.0 and looked:
                self._ask(person, self.b.notice)

    def _ask(self, person, notice):
        spends = max(fen_a_day(self.model, person), 1e-9)
        waits = [
            self.b.impatience * pay * (pay + bonus) / (2.0 * spends)
            for pay, bonus in zip(self.offer.pay, self.offer.bonus, strict=True)
        ]
        best = max(range(len(waits)), key=lambda k: self.offer.bonus[k] - waits[k])
        pay, bonus = self.offer.pay[best], self.offer.bonus[best]
        key = luck.key(self.model.seed, luck.purpose("stored value, who pays ahead"), self.model.day)
        if luck.uniform(key, person.row) < notice * chance_of_yes(person, self.b, bonus, waits[best]):
            person.balance, person.card_price = pay, log(pay / (pay + bonus))
            person.valid_until = -1 if self.offer.valid is None else self.model.day + self.offer.valid
            self.model.prepaid += pay
            self.paid.append((person.row, pay))

    def told(self):
        return {"topped_up": [row for row, _ in self.paid], "card_expired": [row for row, _ in self.lost]}

    def close(self):
        self.used, today = 0, {row for row, _ in self.paid}
        for order in self.model.orders:
            person = order.person
            used = 0 if person.row in today else min(order.fen, person.balance)
            person.balance -= used
            self.model.prepaid -= used
            self.used += used
        for name, rows in (("topped_up", self.paid), ("card_expired", self.lost)):
            for row, amount in rows:
                self.model.note(name, row, fen=amount)

    def numbers(self):
        return {
            "cards": sum(person.balance > 0 for person in self.model.people),
            "paid_in": sum(amount for _, amount in self.paid),
            "card_spent": self.used,
            "card_lost": sum(amount for _, amount in self.lost),
            "balances": sum(person.balance for person in self.model.people),
        }


@pytest.mark.parametrize(
    ("who", "others"),
    [(None, ()), ({"lot": 0.6}, ()), pytest.param(None, ALL, marks=pytest.mark.slow)],
    ids=["alone", "for some", "with everything"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(who, others):
    behaviour, cards = Behaviour(**EAGER), StoredValue.model_validate(LIVELY.model_dump() | {"who": who})
    engine, plain = both(of_few("unmanaged-group", cards, *others, behaviour=behaviour), PlainStoredValue)
    assert differing(engine, plain) == []
    assert {"topped_up", "card_expired"} <= {event[0] for event in plain.events}
    assert engine.records().daily["card_spent"].sum() > 0


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        STORED_VALUE,
        StoredValue,
        twin=lambda plan: differing(*both(plan, PlainStoredValue)),
        docs=DOCS.read_text(encoding="utf-8"),
        top_ups=[{"pay": 40, "bonus": 20}],
        valid_days=5,
    )


CARD = {"kind": "stored_value", "top_ups": [{"pay": 100, "bonus": 25}]}
SURE = {"stored_value": {"notice": 1.0, "impatience": 0.00001, "steepness": 20.0}}


@pytest.mark.parametrize("valid", [None, 20])
def test_what_is_paid_in_is_spent_owed_or_lost_to_the_fen(valid):
    made = world(plan(CARD | {"valid_days": valid, "ends": 30}, members=500, days=60, behaviour=SURE))
    for _ in range(60):
        made.advance()
        daily = made.records().daily
        spent, lost = daily["card_spent"].sum(), daily["card_lost"].sum()
        assert daily["paid_in"].sum() == spent + lost + daily["balances"][-1]
        assert made.books.owed == made.columns["balance"].sum()
    records = made.records()
    assert fen(records, "breakage", cause="stored_value") == records.daily["card_lost"].sum()
    assert (records.daily["card_lost"].sum() > 0) == (valid is not None)
    assert records.daily["card_spent"].sum() > 10_000


def test_an_order_with_a_card_costs_what_the_bonus_makes_of_it():
    """Pay 100, spend 125: a coffee of 30 yuan takes 24 off the card; the rest is a discount."""
    made = world(plan(CARD, members=500, days=40, behaviour=SURE))
    with_card = 0
    for _ in range(40):
        held = made.columns["balance"].copy()
        happened = made.advance()
        rich = held[happened.order_persons] > 0
        shelf = happened.order_cause < 0
        assert set(happened.order_fen[rich & shelf].tolist()) <= {2400}
        assert set(happened.order_fen[~rich & shelf].tolist()) <= {3000}
        with_card += np.count_nonzero(rich)
    assert with_card > 20
    assert fen(made.records(), "discount", cause="stored_value") == -600 * with_card


def test_who_has_emptied_the_card_is_asked_once():
    """With even odds half of them pay again when they next come by, and the others wait to notice it."""
    even = {"stored_value": {"notice": 0.0, "steepness": 0.0, "trust": 0.0}}
    made = world(plan(CARD, members=400, days=30, behaviour=even, activity=0.9))
    made.columns["card_price"][:400] = -0.1
    made.advance()
    looked = made.people.looks[:400] & 1 == 1
    marked = made.columns["card_price"][:400] < 0
    again = made.columns["balance"][:400] > 0
    assert not (looked & marked & ~again).any()
    assert again.sum() == pytest.approx(looked.sum() / 2, abs=4 * looked.sum() ** 0.5 / 2)
    before = made.columns["balance"].sum() // 10_000
    refused = int(np.count_nonzero(~marked & ~again))
    for _ in range(3):
        made.advance()
    assert refused > 20
    assert (made.columns["balance"][:400][~marked & ~again] == 0).all()
    assert before == again.sum()


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"top_ups": []}, "give at least one"),
        ({"top_ups": [{"pay": 5, "bonus": 1}, {"pay": 5, "bonus": 2}]}, "a higher sum than the one before"),
        ({"top_ups": [{"pay": 5, "bonus": 0}]}, "greater than or equal to 1"),
        ({"reach": 0.5}, "leave out reach"),
    ],
)
def test_top_ups_that_are_none(settings, text):
    with pytest.raises(ValueError, match=text):
        StoredValue(**settings)


def test_two_cards_on_a_day_are_refused():
    two = CARD | {"name": "one", "ends": 5}, CARD | {"name": "two", "starts": 5}
    with pytest.raises(ValueError, match="'two' sells top-ups on day 5, when 'one' sells them already"):
        plan(*two)
    with pytest.raises(ValueError, match="'two' sells top-ups on day 5, when 'one' sells them already"):
        plan(two[0] | {"budget": 1000}, two[1])
