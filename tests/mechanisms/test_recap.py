"""Recaps of sales: their plain twin, and their laws."""

from pathlib import Path

import numpy as np
from test_equal_bits import both, differing, of_few
from worlds import plan, run, world

from commsim.core.dials import Dial
from commsim.core.effects import Announce, Work
from commsim.core.mechanisms.recap import RECAP
from commsim.scenario.schema import Scenario
from commsim.strategies.flash_sale import FlashSale
from commsim.strategies.group_buying import GroupBuying
from commsim.strategies.recap import Recap
from commsim.testing import check_mechanism

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "recap.md"
SALES = (
    FlashSale(discount=0.3, weekdays=("tue", "sat"), starts=1),
    GroupBuying(ladder=({"size": 2, "price": 27},), accept=0.5, accept_late=0.6, weekdays=("wed",)),
)
SALE = {"kind": "flash_sale", "discount": 0.2, "weekdays": ["tue", "thu", "sat"], "staff_minutes": 0}


class PlainRecaps:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model, self.b, self.sold = model, model.p.recap, {}
        for person in model.people:
            person.in_mind = np.float32(0.0)

    def morning(self):
        self.tells, self.read, self.silent = [], 0, set()
        for person in self.model.people:
            person.in_mind *= np.float32(0.5 ** (1.0 / self.b.half_life))

    def _tell(self, effect, cause):
        if self.sold:
            self.tells.append((effect, cause))
        else:
            self.silent.add(cause)

    def admit(self, effect, cause):
        posts = isinstance(effect, Announce | Work)
        return () if posts and cause in self.silent else (effect,)

    def dial(self):
        for person in self.model.people:
            if person.in_mind >= 1.0:
                seen = self.model.nudges.setdefault(Dial.SEEN, [0.0] * len(self.model.people))
                seen[person.row] += int(person.in_mind)

    def told(self):
        for effect, cause in self.tells:
            some, groups = self.model._to_some(cause, effect.reach), self.model._open_among(effect, cause)
            for person in self.model.people:
                if person.looked and person.home in groups and (some is None or person.row in some):
                    told = np.float32(self.b.counts * self.sold.get(person.home, 0))
                    person.in_mind = max(person.in_mind, told)
                    self.read += 1
        self.sold = {}
        for order in self.model.orders:
            if order.cause != self.model.shelf_cause and order.person.home:
                self.sold[order.person.home] = self.sold.get(order.person.home, 0) + 1
        return {}

    def close(self):
        pass

    def numbers(self):
        return {"told_sold": self.read}


def test_the_engine_and_the_plain_rules_leave_the_same_bits():
    recaps = Recap(reach=0.8), Recap(name="more", groups={"share": 0.5}, who={"bought": True})
    shop = [{"name": "tea", "price": 9, "unit_cost": 3}]
    told = {"name": "x", "products": shop, "behaviour": {"recap": {"counts": 1}}}
    keen = Scenario.model_validate(told).behaviour
    engine, plain = both(of_few("unmanaged-group", *SALES, *recaps, behaviour=keen), PlainRecaps)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert daily["told_sold"].any()
    assert daily["teams"].any()
    assert (engine.columns["in_mind"] >= 1).any()


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        RECAP,
        Recap,
        twin=lambda scenario: differing(*both(scenario, PlainRecaps)),
        docs=DOCS.read_text("utf-8"),
    )


def recap(**settings):
    return {"kind": "recap", "staff_minutes": 0, **settings}


def test_it_posts_on_days_after_sales_alone():
    made = world(plan(SALE, recap(), members=300, days=21))
    posts, sold = [], []
    for _ in range(21):
        happened = made.advance()
        sold.append(bool((happened.order_cause >= 0).any()))
        posts.append(made.records().daily["told_sold"][-1] > 0)
    assert posts == [False, *sold[:-1]]
    assert any(posts)


def test_who_has_read_it_has_the_buyers_in_mind_and_forgets_half_a_day():
    behaviour = {"recap": {"counts": 1, "half_life": 1}}
    made = world(plan(SALE, recap(), members=300, days=21, behaviour=behaviour))
    groups, most = len(made.groups.size), 0
    sold, before = np.zeros(groups, np.int64), made.columns["in_mind"].copy()
    for _ in range(21):
        happened = made.advance()
        now, read = made.columns["in_mind"], np.zeros(len(before), np.bool_)
        if made.records().daily["told_sold"][-1]:
            read[happened.lookers] = True
        assert now[~read].tolist() == (before * np.float32(0.5))[~read].tolist()
        told = sold[made.people.group[read]]
        assert now[read].tolist() == np.maximum(before[read] * np.float32(0.5), told).tolist()
        most, before = max(most, int(told.max(initial=0))), now.copy()
        buyers = happened.order_persons[happened.order_cause >= 0]
        sold = np.bincount(made.people.group[buyers], minlength=groups)
    assert most >= 2


def test_what_counts_nothing_moves_nobody_at_sales_and_what_counts_sells():
    sold = [
        int((run(plan(SALE, recap(), members=600, days=28, behaviour=b)).events["minute"] >= 0).sum())
        for b in ({"recap": {"counts": 0}}, {"recap": {"counts": 1}, "buying": {"more_buyers": 0.6}})
    ]
    strong = run(plan(SALE, members=600, days=28, behaviour={"buying": {"more_buyers": 0.6}}))
    assert sold[1] > int((strong.events["minute"] >= 0).sum()) > 0
    assert sold[0] > 0
