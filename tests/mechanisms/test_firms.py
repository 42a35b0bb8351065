"""Buyers who decide for weeks: the plain twin, and the laws."""

import numpy as np
import pytest
from plain_bait import draw
from test_equal_bits import both, differing, of_few
from worlds import plan, run, world

from commsim.core.dials import Dial
from commsim.core.maths import exp, log
from commsim.core.view import MEMBER, STRANGER
from commsim.scenario.community import Segment
from commsim.simulation.mechanisms.firms import Firms
from commsim.strategies.advert import Advert
from commsim.strategies.content import Content
from commsim.strategies.flash_sale import FlashSale


class PlainFirms:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model = model
        for person in model.people:
            person.deciding = -1

    def morning(self):
        pass

    def dial(self):
        model = self.model
        turned = {}
        for person in model.people:
            segment = model.plan.community.segments[person.segment]
            if segment.decision_days > 0.0:
                turned[person.row] = self._decide(person, segment)
        if turned:
            buying = model.nudges.setdefault(Dial.BUY, [0.0] * len(model.people))
            for row, by in turned.items():
                buying[row] += by

    def _decide(self, person, segment):
        day = self.model.day
        if person.rate <= 0.0 or person.status == STRANGER:
            person.deciding = -1
            return log(segment.impulse)
        if person.deciding > 0:
            person.deciding -= 1
        elif person.deciding < 0:
            wants = (1.0 - segment.impulse) * (person.wants * max(person.shelf))
            b = self.model.p.buying
            touched = log(1.0 + b.touch) * min(1.0, person.contact / b.touch_full)
            hazard = wants * exp(person._trust_effect() + touched)
            if draw(self.model, "firms, who decides to buy", person.row, day) < 1.0 - exp(-hazard):
                u = draw(self.model, "firms, for how long it is under way", person.row, day)
                person.deciding = 1 + int(log(1.0 - u) / log(1.0 - 1.0 / segment.decision_days))
        if person.deciding == 0:
            return 20.0
        return -20.0 if person.deciding > 0 else log(segment.impulse)

    def told(self):
        return {}

    def close(self):
        for order in self.model.orders:
            order.person.deciding = -1

    def numbers(self):
        return {"under_way": sum(person.deciding >= 0 for person in self.model.people)}


def firms(**settings):
    """A segment of firms alone."""
    return [{"name": "firms", "orders_per_week": 1.0, "decision_days": 10, **settings}]


def test_the_engine_and_the_plain_rules_leave_the_same_bits():
    segments = (Segment(name="all"), Segment(name="firms", decision_days=4, orders_per_week=1.5))
    sale = FlashSale(discount=0.3, weekdays=("tue", "thu"))
    made = of_few("unmanaged-group", sale, Content(), Advert(weekdays=("mon",)), members=150, days=20)
    people = made.community.model_copy(update={"segments": segments})
    engine, plain = both(made.model_copy(update={"community": people}), PlainFirms)
    assert differing(engine, plain) == []
    assert engine.records().daily["under_way"].max() > 5


def test_one_decision_is_under_way_at_a_time():
    """In closed form: of a rate a day, a decision of ten days leaves rate / (1 + 10 rate)."""
    steady = {"buying": {"touch": 0.0, "trust": 0.0, "lapse_a": 0.01, "lapse_b": 50.0}}
    of = {"members": 3000, "days": 120, "behaviour": steady}
    people = {"orders_per_week": 0.1, "buyers": 1, "lapsed": 0, "impulse": 0}
    at_once, later = (world(plan(segments=firms(**people, decision_days=days), **of)) for days in (0, 10))
    rate = later.people.buy_rate[later.people.status == MEMBER].astype(float)
    for made in (at_once, later):
        for _ in range(120):
            made.advance()
    late, now = (made.records().daily["orders"][60:].sum() for made in (later, at_once))
    assert late / now == pytest.approx((rate / (1 + 10 * rate)).sum() / rate.sum(), rel=0.1)
    assert later.records().daily["orders"][0] == 0


def test_a_decision_takes_a_geometric_number_of_days():
    made = world(plan(segments=firms(impulse=0, buyers=1, lapsed=0), members=3000, days=2))
    made.advance()
    days = made.columns["deciding"][made.columns["deciding"] >= 0]
    assert days.min() >= 1
    assert days.mean() == pytest.approx(10, rel=0.2)


def test_a_sale_moves_firms_by_their_impulses_only():
    sale = {"kind": "flash_sale", "discount": 0.2, "weekdays": ["mon", "tue", "wed", "thu"]}

    def lift(**settings):
        of = {"members": 4000, "days": 60, "segments": firms(orders_per_week=0.1, **settings)}
        with_it, without = (run(plan(*some, **of)).daily["orders"].sum() for some in ([sale], []))
        return with_it / without - 1.0

    people, some, none = lift(decision_days=0), lift(impulse=0.2), lift(impulse=0.0)
    assert none < some < people
    assert abs(none) < 0.02


def test_nobody_who_decides_at_once_is_loaded_or_changed():
    made = world(plan(days=1))
    assert [one.declared.name for one in made.mechanisms.all] == []
    assert np.array_equal(
        run(plan()).daily["orders"],
        run(plan(segments=firms(decision_days=0, orders_per_week=0.25))).daily["orders"],
    )


def test_a_firm_that_a_friend_brought_decides_as_much_more_often_as_others_order():
    made = world(plan(members=60, days=5, segments=firms(impulse=0.2)))
    (part,) = [one for one in made.mechanisms.all if isinstance(one, Firms)]
    rows, considered = np.arange(60), np.full(60, 0.8)
    made.people.referral[:] = 1.0
    usual = part._chance(rows, considered)
    made.people.referral[30:] = 1.16
    brought = part._chance(rows, considered)
    assert usual.max() > 0.0
    assert brought[:30].tolist() == usual[:30].tolist()
    np.testing.assert_allclose(np.log1p(-brought[30:]), 1.16 * np.log1p(-usual[30:]), rtol=1e-5)
