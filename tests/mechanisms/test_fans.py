"""Fans who are not the payers: the plain twin, and the laws."""

from pathlib import Path

import numpy as np
import pytest
from plain_bait import draw
from test_equal_bits import ALL, both, differing, of_few
from worlds import differing as differing_runs
from worlds import fen, plan, run, world

from commsim.core.dials import Dial
from commsim.core.maths import log
from commsim.core.mechanism import load, mechanisms
from commsim.core.mechanisms.fans import FANS
from commsim.scenario.community import Segment
from commsim.strategies.flash_sale import FlashSale
from commsim.testing.promises import check_fields

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "fans.md").read_text(encoding="utf-8")
SALE = FlashSale(discount=0.3, weekdays=("tue", "thu"))


class PlainFans:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model, self.refuses = model, model.p.fans.refuses
        for person in model.people:
            person.given = 0

    def _of(self, person):
        return self.model.plan.community.segments[person.segment]

    def morning(self):
        self.asked = self.refused = self.paid = 0

    def dial(self):
        if any(self._of(person).looking != 1.0 for person in self.model.people):
            looking = self.model.nudges.setdefault(Dial.LOOK, [0.0] * len(self.model.people))
            for person in self.model.people:
                looking[person.row] += log(self._of(person).looking)

    def _luck(self, what, person):
        return draw(self.model, f"fans, {what}", person.row, self.model.day)

    def _is_given(self, person):
        return self._luck("whose order somebody else is to pay for", person) < self._of(person).paid_for

    def checkout(self):
        kept = []
        for order in self.model.orders:
            given = self._is_given(order.person)
            self.asked += given
            if given and self._luck("who refuses to pay", order.person) < self.refuses:
                self.refused += 1
                order.person.orders -= 1
            else:
                kept.append(order)
        self.model.orders = kept

    def told(self):
        return {}

    def close(self):
        for order in self.model.orders:
            if self._is_given(order.person):
                order.person.given += order.fen
                self.paid += order.fen
                self.model.note("paid_for", order.person.row, fen=order.fen)

    def numbers(self):
        return {"asked_to_pay": self.asked, "not_paid_for": self.refused, "paid_by_others": self.paid}


def with_fans(made, **settings):
    """A plan a third of whose people are fans."""
    segments = (Segment(name="all", share=2), Segment(name="fans", **settings))
    return made.model_copy(update={"community": made.community.model_copy(update={"segments": segments})})


@pytest.mark.parametrize(
    "others", [(), pytest.param(ALL, marks=pytest.mark.slow)], ids=["alone", "with everything"]
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(others):
    made = of_few("unmanaged-group", SALE, *others, members=90, days=12)
    made = with_fans(made, looking=2.5, paid_for=0.7, orders_per_week=2.0)
    engine, plain = both(made, PlainFans)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert daily["not_paid_for"].sum() > 0
    assert daily["paid_by_others"].sum() > 0


FAN = {"name": "fans", "orders_per_week": 1.0, "buyers": 1, "lapsed": 0}


def of_fans(refuses=0.3, **settings):
    """Records of a group of fans alone."""
    return run(
        plan(segments=[{**FAN, **settings}], members=400, days=40, behaviour={"fans": {"refuses": refuses}})
    )


def test_what_others_pay_is_what_was_ordered_and_the_books_know_no_difference():
    """All orders are for others to pay, and all do: the same money as if each paid for themselves."""
    own, given = of_fans(), of_fans(refuses=0.0, paid_for=1.0)
    daily = given.daily
    assert daily["asked_to_pay"].tolist() == daily["orders"].tolist()
    assert daily["paid_by_others"].tolist() == daily["revenue"].tolist()
    assert given.members["given"].tolist() == given.members["spent"].tolist()
    assert fen(given, "sales") == fen(own, "sales")
    assert fen(given, "sales", "discount") == daily["paid_by_others"].sum()


def test_who_is_asked_says_no_as_often_as_the_chance_says_and_then_nothing_is_sold():
    made = of_fans(refuses=0.4, paid_for=0.5)
    daily = made.daily
    asked, refused = daily["asked_to_pay"].sum(), daily["not_paid_for"].sum()
    assert asked / (daily["orders"].sum() + refused) == pytest.approx(0.5, abs=0.05)
    assert refused / asked == pytest.approx(0.4, abs=0.06)
    assert of_fans(refuses=1.0, paid_for=1.0).daily["revenue"].sum() == 0
    kinds = made.events["kind"].tolist()
    assert daily["paid_by_others"].sum() > 0
    assert len(set(kinds)) > 1


def test_fans_look_in_at_the_odds_of_the_factor():
    made = world(plan(segments=[{**FAN, "looking": 3.0}], members=300, days=1))
    usual = world(plan(segments=[FAN], members=300, days=1))
    for one in (made, usual):
        one.advance()
    chance, before = (one._out.chance[:300].astype(float) for one in (made, usual))
    some = (before > 0.0) & (before < 0.9)
    odds = chance[some] / (1 - chance[some]) / (before[some] / (1 - before[some]))
    assert odds == pytest.approx(np.full(odds.shape, 3.0), rel=1e-4)


def test_nobody_who_pays_for_themselves_is_loaded_or_changed():
    made = world(plan(days=1))
    assert FANS not in [one.declared for one in made.mechanisms.all]
    plain = [{"name": "all", "looking": 1, "paid_for": 0}]
    assert differing_runs(run(plan()), run(plan(segments=plain))) == []


def test_it_says_what_it_is():
    assert FANS in mechanisms()
    assert load(FANS.engine).declared is FANS
    check_fields(FANS.behaviour, FANS.behaviour)
    named = ["fans.refuses", "looking", "paid_for"]
    named += [column.name for column in (*FANS.columns, *FANS.daily)]
    assert [name for name in named if f"`{name}`" not in DOCS] == []
