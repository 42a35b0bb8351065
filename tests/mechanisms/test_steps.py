"""Chains of offers: each one for who took the one before; their plain twin, and their laws."""

from pathlib import Path

import numpy as np
import pytest
from test_equal_bits import ALL, both, differing, of_few
from test_membership import PlainMembership
from test_shareholders import PlainShareholders
from test_upgrade import PlainUpgrade
from worlds import plan, run, world

from commsim.core.mechanism import load, mechanisms
from commsim.core.mechanisms.steps import STEPS
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Product
from commsim.strategies.audience import Who
from commsim.strategies.membership import Membership
from commsim.strategies.shareholder import Shareholder
from commsim.strategies.trial import Trial
from commsim.strategies.upgrade import Upgrade

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "steps.md").read_text(encoding="utf-8")
SHOP = (
    {"name": "lesson", "price": 30, "unit_cost": 5},
    {"name": "course", "price": 90, "unit_cost": 20, "shelf": False},
)
CHAIN = (
    Trial(price=1, starts=1, who=None, posts=0),
    Membership(fee=4, term=20, perks=6, who=Who(took="trial"), starts=2),
    Upgrade(of="lesson", product="course", payers_first=0, who=Who(took=("membership",)), starts=3),
    Shareholder(
        seats=9, price=3, profit_share=0.5, who=Who(took="upgrade", not_took="trial second"), starts=4
    ),
    Trial(name="trial second", price=2, product="lesson", starts=9, who=Who(took=("membership", "upgrade"))),
)
KEEN = {"membership": {"notice": 0.7}, "upgrade": {"notice": 0.7}, "shareholders": {"notice": 0.8}}


class PlainSteps:
    """Whose offers each person has taken, from the day's orders and from what other rules tell."""

    def __init__(self, model):
        self.model, self.first = model, 0
        for person in model.people:
            person.took = 0

    def morning(self):
        pass

    def dial(self):
        pass

    def told(self):
        return {}

    def close(self):
        model = self.model
        taken = [(order.person.row, order.cause) for order in model.orders if order.cause < model.shelf_cause]
        for one in model.mechanics:
            if isinstance(one, PlainMembership):
                rows = [row for row, _ in (*one.joined, *one.renewed)]
                taken += [(row, model.people[row].programme) for row in rows]
            if isinstance(one, PlainShareholders):
                taken += [(person.row, one.programme[0]) for person in one.seated]
        before = [person.took for person in model.people]
        for row, cause in taken:
            model.people[row].took |= 1 << cause
        self.first = sum(
            (person.took ^ old).bit_count() for person, old in zip(model.people, before, strict=True)
        )

    def numbers(self):
        return {"first_steps": self.first}


@pytest.mark.parametrize("others", [(), pytest.param(ALL, marks=pytest.mark.slow)], ids=["alone", "with all"])
def test_the_engine_and_the_plain_rules_leave_the_same_bits(others):
    products = tuple(Product.model_validate(one) for one in SHOP)
    plan_ = of_few(
        "unmanaged-group",
        *CHAIN,
        *others,
        behaviour=Behaviour(**KEEN),
        products=products,
        days=24,
        members=150,
    )
    plain = PlainMembership, PlainUpgrade, PlainShareholders, PlainSteps
    engine, twin = both(plan_, *plain)
    assert differing(engine, twin) == []
    took = engine.columns["took"]
    steps = ("trial", "membership", "upgrade", "trial second")
    for name in steps[:2] if others else steps:  # where everybody does all sorts of things few get far
        assert np.count_nonzero(took >> engine.causes.index(name) & 1), name


def chain(*strategies, days=40, members=600, **settings):
    return plan(*strategies, days=days, members=members, products=SHOP, behaviour=KEEN, **settings)


TRIAL = {"kind": "trial", "price": 1, "who": None}
MEMBERS = {"kind": "membership", "fee": 4, "term": 60, "perks": 8, "who": {"took": "trial"}, "starts": 1}
DEARER = {
    "kind": "upgrade",
    "of": "lesson",
    "product": "course",
    "payers_first": 0,
    "who": {"took": "membership"},
}


def test_nobody_takes_a_step_before_the_one_that_opens_it():
    made = world(chain(TRIAL, MEMBERS, DEARER))
    causes = [made.causes.index(name) for name in ("trial", "membership", "upgrade")]
    taken = [np.zeros(900, np.bool_)] * 3
    for _ in range(40):
        made.advance()
        now = [(made.columns["took"] >> cause & 1) == 1 for cause in causes]
        assert not (now[1] & ~taken[0]).any()  # of who had tried by yesterday
        assert not (now[2] & ~taken[1]).any()
        taken = now
    each = [int(np.count_nonzero(one)) for one in taken]
    assert each[0] > each[1] > each[2] > 0
    assert made.records().daily["first_steps"].sum() == sum(each)


def test_who_has_taken_a_step_can_be_left_out():
    offer = {"kind": "trial", "name": "again", "price": 1, "who": {"not_took": "trial"}, "starts": 20}
    records = run(chain(TRIAL, offer))
    orders = records.events["kind"] == 3
    cause = records.events["cause"]
    bought = {
        name: set(records.events["person"][orders & (cause == records.causes.index(name))].tolist())
        for name in ("trial", "again")
    }
    assert bought["trial"]
    assert not bought["trial"] & bought["again"]


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ({"took": "trail"}, "did you mean trial"),
        ({"took": "membership"}, "there is no other strategy"),
        ({"not_took": 7}, "7"),
    ],
)
def test_chains_that_are_none(who, text):
    with pytest.raises(ValueError, match=text):
        chain(TRIAL, MEMBERS | {"who": who})


def test_it_says_what_it_is_and_costs_a_plan_without_chains_nothing():
    assert STEPS in mechanisms()
    assert load(STEPS.engine).declared is STEPS
    assert STEPS in chain(TRIAL, MEMBERS).mechanisms
    assert STEPS not in chain(TRIAL).mechanisms
    assert [one.name for one in (*STEPS.columns, *STEPS.daily) if f"`{one.name}`" not in DOCS] == []
