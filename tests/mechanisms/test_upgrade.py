"""Upgrades: their plain twin, and their laws."""

from pathlib import Path

import numpy as np
import pytest
from plain_deciding import chance_of_yes, fen_a_day
from test_equal_bits import ALL, both, differing, of_few
from worlds import fen, plan, world

from commsim.core import luck
from commsim.core.mechanisms.upgrade import UPGRADE
from commsim.core.view import MEMBER
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Product
from commsim.strategies.upgrade import Upgrade
from commsim.testing import check_mechanism

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "upgrade.md"
SHOP = (
    {"name": "starter", "price": 30, "unit_cost": 15},
    {"name": "full", "price": 60, "unit_cost": 25, "shelf": False},
    {"name": "gold", "price": 90, "unit_cost": 30, "shelf": False},
)
LIVELY = Upgrade(of="starter", product="full", payers_first=8, starts=1, ends=24)
SECOND = Upgrade(
    name="gold too",
    of="full",
    product="gold",
    payers_first=4,
    weekdays=("mon", "wed", "sat"),
    who={"lot": 0.7},
)
STEPS = "open_to", "considered", "upgraded"


class PlainUpgrade:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model, self.b, self.steps = model, model.p.upgrade, {}
        for person in model.people:
            person.versions = 0

    def morning(self):
        self.open, self.upgraded = [], []
        self.counts = {name: 0 for step in STEPS for name in (step, f"{step}_payers")}

    def _upgrade(self, effect, cause):
        self.open.append((cause, effect))

    def dial(self):
        pass

    def midday(self):
        for cause, upgrade in self.open:
            whom = self.model.audience(cause)
            for person in self.model.people:
                paid, owns = (person.versions >> k & 1 for k in (upgrade.of, upgrade.product))
                if (
                    person.row in whom
                    and person.status == MEMBER
                    and not owns
                    and (paid or not upgrade.payers_only)
                ):
                    self._step(cause, 0, person, paid)
                    if person.looked and not person.bought:
                        self._consider(cause, upgrade.product, person, paid)

    def _consider(self, cause, product, person, paid):
        keys = [
            luck.key(
                self.model.seed,
                luck.purpose(f"upgrade, who {does} it"),
                self.model.day,
                self.model.salts[cause],
            )
            for does in ("considers", "buys")
        ]
        if not luck.uniform(keys[0], person.row) < self.b.notice:
            return
        self._step(cause, 1, person, paid)
        price = self.model.plan.products[product].price
        chance = chance_of_yes(person, self.b, fen_a_day(self.model, person) * self.b.horizon, price)
        odds = self.b.payers if paid else 1.0
        if luck.uniform(keys[1], person.row) < chance * odds / (1.0 - chance + chance * odds):
            self._step(cause, 2, person, paid)
            person.order(product, price, cause, 0.0)
            self.upgraded.append(person.row)

    def _step(self, cause, step, person, paid):
        if (cause, step, person) not in self.steps:
            self.steps[cause, step, person] = True
            self.counts[STEPS[step]] += 1
            self.counts[f"{STEPS[step]}_payers"] += paid

    def evening(self):
        for order in self.model.orders:
            order.person.versions |= 1 << order.product

    def told(self):
        return {"upgraded": self.upgraded}

    def close(self):
        for row in self.upgraded:
            self.model.note("upgraded", row)

    def numbers(self):
        return self.counts


@pytest.mark.parametrize(
    "others",
    [(), (SECOND,), pytest.param((SECOND, *ALL), marks=pytest.mark.slow)],
    ids=["alone", "a chain", "with everything"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(others):
    behaviour = Behaviour(upgrade={"notice": 0.4, "payers": 5.0})
    products = tuple(Product(**one) for one in SHOP)
    engine, plain = both(
        of_few("unmanaged-group", LIVELY, *others, behaviour=behaviour, products=products), PlainUpgrade
    )
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert daily["upgraded"].sum() > daily["upgraded_payers"].sum() > 0


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        UPGRADE,
        Upgrade,
        twin=lambda plan: differing(*both(plan, PlainUpgrade)),
        docs=DOCS.read_text(encoding="utf-8"),
        of="coffee",
        product="cup",
    )


OPEN = {"kind": "upgrade", "of": "starter", "product": "full", "payers_first": 0}


def shop(strategies=(OPEN,), members=1000, days=40, **upgrade):
    return plan(*strategies, members=members, days=days, products=SHOP, behaviour={"upgrade": upgrade})


def test_the_dearer_version_is_sold_once_to_each_in_the_books_of_the_strategy():
    made = world(shop(notice=1.0))
    for _ in range(40):
        made.advance()
    records = made.records()
    sold = records.daily["upgraded"].sum()
    assert sold > 30
    assert fen(records, "sales", cause="upgrade") == 6000 * sold
    assert fen(records, "goods", cause="upgrade") == -2500 * sold
    buyers = records.events["person"][(records.events["kind"] == 3) & (records.events["fen"] == 6000)]
    assert len(np.unique(buyers)) == len(buyers) == sold == np.count_nonzero(made.columns["versions"] & 2)
    assert records.daily["revenue"].sum() == made.people.spent.sum()


def test_earlier_payers_come_first():
    made = world(shop([OPEN | {"payers_first": 15}], notice=1.0))
    for _ in range(40):
        made.advance()
    daily = made.records().daily
    for step in STEPS:
        assert (daily[step] == daily[f"{step}_payers"])[:15].all()
        assert daily[step][15:].sum() > daily[f"{step}_payers"][15:].sum()
        assert daily[step].sum() <= 1000 + daily["joined"].sum()


@pytest.mark.parametrize("factor", [1.0, 4.0])
def test_the_odds_of_earlier_payers_are_multiplied(factor):
    """Even odds for everybody but them: 4 to 1 is four in five."""
    made = world(shop(members=4000, days=1, notice=1.0, steepness=0.0, trust=0.0, payers=factor))
    made.columns["versions"][:4000:2] = 1
    made.people.rate[:] = 0.1  # worth something to everybody
    made.advance()
    daily, share = made.records().daily, factor / (1 + factor)
    paid, considered = daily["upgraded_payers"][0], daily["considered_payers"][0]
    others = daily["upgraded"][0] - paid, daily["considered"][0] - considered
    assert considered > 100
    assert paid / considered == pytest.approx(share, abs=4 * (share * (1 - share) / considered) ** 0.5)
    assert others[0] / others[1] == pytest.approx(0.5, abs=4 * 0.5 / others[1] ** 0.5)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"of": "full"}, "can't be its own dearer version"),
        ({"of": "none"}, "there is no product 'none'"),
        ({"of": "gold"}, "'full' is not dearer than 'gold'"),
        ({"product": "none"}, "there is no product 'none'"),
        ({"reach": 0.5}, "leave out reach"),
    ],
)
def test_upgrades_that_are_none(settings, text):
    with pytest.raises(ValueError, match=text):
        shop([OPEN | settings])
