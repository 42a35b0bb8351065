"""Shills: their plain twin, their laws, and that no plan holds them unseen."""

from pathlib import Path

import numpy as np
import pytest
from test_equal_bits import both, differing, of_few
from worlds import differing as differing_runs
from worlds import fen, plan, run, world

from commsim.analysis.unlawful import flags
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniform, uniform_pair
from commsim.core.maths import log
from commsim.core.mechanisms.shills import LEARNED, SHILLS
from commsim.core.view import STRANGER
from commsim.scenario.schema import Scenario
from commsim.strategies.content import Content
from commsim.strategies.flash_sale import FlashSale
from commsim.strategies.group_buying import GroupBuying
from commsim.strategies.shills import Shills
from commsim.testing import check_mechanism

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "shills.md"
RISKY = {"shills": {"detect": 0.02, "told": 0.3, "fined": 0.5, "leaving": 30.0, "leaving_days": 5}}
SALES = (
    FlashSale(discount=0.2, weekdays=("tue", "sat"), starts=1),
    GroupBuying(ladder=({"size": 2, "price": 27},), accept=0.5, accept_late=0.6, weekdays=("wed",)),
    Content(),
)
SALE = {"kind": "flash_sale", "discount": 0.2, "starts": 1}


class PlainShills:
    """The rules once more, group by group and person by person."""

    def __init__(self, model):
        self.model, self.b = model, model.p.shills
        self.found_on = {}
        for person in model.people:
            person.learned = -1

    def draw(self, what, number, other=None):
        stream = key(self.model.seed, purpose(f"shills, {what}"), self.model.day)
        return uniform(stream, number) if other is None else uniform_pair(stream, number, other)

    def morning(self):
        self.planted, self.found_today, self.staff = [], 0, 0

    def _plant(self, effect, cause):
        for group in self.model._addressed(effect, cause):
            if group.number not in self.found_on:
                number = int(effect.per_100 * group.size / 100 + 0.5)
                self.planted.append((cause, effect, group, number))

    def dial(self):
        for group in self.model.groups:
            self._perhaps_found_out(group)
        kept = [one for one in self.planted if one[2].number not in self.found_on]
        for cause in {one[0] for one in kept}:
            terms = next(one[1] for one in kept if one[0] == cause)
            number = sum(one[3] for one in kept if one[0] == cause)
            wage = self.model.plan.operator.wage_per_hour
            if cost := number * terms.pay + round(number * terms.minutes * wage / 60):
                self.model.enter(Account.STAFF, cause, -cost)
        for _, terms, group, number in kept:
            group.shown += min(terms.buyers, number)
            group.said += terms.messages * number
        self.staff = sum(number for *_, number in kept)
        self.pretended = sum(group.shown for sale in self.model.sales for group in sale.groups)
        for person in self.model.people:
            if person.learned >= 0 and self.model.day - person.learned <= self.b.leaving_days:
                turned = self.model.nudges.setdefault(Dial.LEAVE, [0.0] * len(self.model.people))
                turned[person.row] += log(self.b.leaving)

    def _perhaps_found_out(self, group):
        dark = 1.0
        for _, terms, of, number in self.planted:
            kept, chance = 1.0, self.b.detect * (self.b.rotated if terms.rotate else 1.0)
            for _ in range(number if of is group else 0):
                kept *= 1.0 - chance
            dark *= kept
        if dark == 1.0 or self.draw("which group finds out", group.number) < dark:
            return
        self.found_on[group.number] = self.model.day
        self.found_today += 1
        group.topics *= np.float32(self.b.topics)
        if self.draw("whether the shop is fined", group.number) < self.b.fined:
            causes = [cause for cause, _, of, number in self.planted if of is group and number]
            self.model.enter(Account.FINES, causes[0], -self.b.fine)

    def told(self):
        day, people = self.model.day, self.model.people
        tellers = [person for person in people if person.learned == day - 1 >= 0]
        hears = {
            int(friend)
            for person in tellers
            for friend in self.model.population.friends(person.row)
            if self.draw("whom a friend tells", person.row, int(friend)) < self.b.told
            and people[friend].status != STRANGER
        }
        for person in people:
            found = self.found_on.get(person.group, -99) if person.looked else -99
            if found >= 0 and day < found + self.b.open_days:
                hears.add(person.row)
        self.rows = sorted(row for row in hears if people[row].learned < 0)
        for row in self.rows:
            people[row].learned = day
            people[row].trust *= np.float32(self.b.trust)
        return {"learned": self.rows}

    def close(self):
        for row in self.rows:
            self.model.note("learned", row)

    def numbers(self):
        return {
            "shills": self.staff,
            "pretended": self.pretended,
            "found_out": self.found_today,
            "learned_today": len(self.rows),
        }


def risky(**changed):
    return Scenario.model_validate({"name": "x", "products": PRODUCT, "behaviour": RISKY | changed}).behaviour


PRODUCT = [{"name": "tea", "price": 9, "unit_cost": 3}]


@pytest.mark.parametrize(
    "shills",
    [
        (Shills(buyers=3, messages=0.4, pay_per_day=3, starts=2),),
        (Shills(rotate=False), Shills(name="more", per_100=2, buyers=1, starts=5, groups={"share": 0.5})),
    ],
    ids=["one", "two at once, without rotation"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(shills):
    engine, plain = both(
        of_few("unmanaged-group", *shills, *SALES, members=300, days=30, behaviour=risky()), PlainShills
    )
    assert differing(engine, plain) == []
    daily = engine.records().daily
    happened = ("shills", "pretended", "found_out", "learned_today", "left", "teams")
    assert {name for name in happened if not daily[name].any()} == set()
    assert fen(engine.records(), "fines") < 0


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        SHILLS,
        Shills,
        twin=lambda scenario: differing(*both(scenario, PlainShills)),
        docs=DOCS.read_text(encoding="utf-8"),
    )


def with_shills(*others, behaviour=None, days=20, members=300, group_size=100, **shills):
    """A small community with shills, who are given in yuan as in a plan."""
    made = plan(*others, members=members, days=days, behaviour=behaviour or {}, group_size=group_size)
    both_of_them = (Shills.model_validate(shills), *made.strategies)
    return made.model_copy(update={"strategies": both_of_them, "allow_unlawful": ("shills",)})


NOBODY_FINDS_OUT = {"shills": {"detect": 0.0}}


def test_shills_who_do_nothing_and_cost_nothing_change_no_byte_of_what_members_do():
    idle = {"buyers": 0, "messages": 0, "pay_per_day": 0, "rotate": False, "staff_minutes": 0}
    without = run(plan(SALE, members=300, days=20))
    found = differing_runs(without, run(with_shills(SALE, behaviour=NOBODY_FINDS_OUT, **idle)))
    assert {name for name in found if not name.startswith("events.")} <= {"daily.shills", "members.learned"}
    assert {name for name in found if name.startswith("events.")} <= {"events.kind"}


def test_so_many_for_each_hundred_and_paid_to_the_fen():
    terms = {"per_100": 5, "pay_per_day": 2.5, "rotate": False, "staff_minutes": 0}
    made = world(with_shills(behaviour=NOBODY_FINDS_OUT, **terms))
    sizes = []
    for _ in range(20):
        sizes.append(made.groups.size.copy())
        made.advance()
    records = made.records()
    # newcomers of a day are in their group before its shills are counted, leavers still are
    assert records.daily["shills"].tolist() == [
        sum(int(0.05 * size + 0.5) for size in day.tolist()) for day in sizes
    ]
    assert fen(records, "staff", cause="shills") == -250 * records.daily["shills"].sum()
    assert records.daily["found_out"].sum() == records.daily["learned_today"].sum() == 0


def test_members_see_them_among_the_buyers_of_every_sale():
    """Buyers see at least two others from the first on; who is alone in a group sees as many."""
    kernel = {"buying": {"first_buyer": 2.0, "more_buyers": 0.0}}
    sold = {}
    for buyers in (0, 2):
        made = run(with_shills(SALE, buyers=buyers, messages=0, behaviour=kernel | NOBODY_FINDS_OUT, days=3))
        sold[buyers] = int((made.events["minute"] >= 0).sum())
        assert made.daily["pretended"].tolist() == [0, 3 * buyers, 3 * buyers]
    assert sold[2] > sold[0] > 0  # in the first minutes of each group nobody had bought yet


def test_members_read_what_they_say_and_answer_it():
    said = {}
    for messages in (0, 20):
        made = run(with_shills(behaviour=NOBODY_FINDS_OUT, messages=messages, days=20))
        said[messages] = made.daily["messages"].sum(), made.daily["activity"][-1]
    assert said[20][0] > 1.1 * said[0][0]
    assert said[20][1] > said[0][1]


@pytest.mark.slow
def test_groups_find_out_as_often_as_the_chances_say():
    """A hundred groups of ten, one shill each, a day at a time: the first day on which each finds out."""
    found, detect = 0, 0.02
    settings = {"per_100": 10, "rotate": False, "messages": 0, "buyers": 0}
    for seed in range(4):
        made = world(
            with_shills(
                members=1000,
                days=30,
                group_size=10,
                behaviour={"shills": {"detect": detect}, "stay": {"leave": 0.0}},
                **settings,
            ),
            seed,
        )
        for _ in range(30):
            made.advance()
        found += int(made.records().daily["found_out"].sum())
    chance = 1 - (1 - detect) ** 30
    assert abs(found / 400 - chance) < 3 * np.sqrt(chance * (1 - chance) / 400)


def test_trust_falls_at_once_and_no_shill_comes_back():
    soon = {"shills": {"detect": 1.0, "told": 0.0, "open_days": 3}}
    made = world(with_shills(SALE, rotate=False, behaviour=soon, days=10))
    before = made.people.trust.copy()
    happened = made.advance()
    rows = happened.of(LEARNED).persons
    assert rows.size > 20
    assert made.columns["learned"][rows].tolist() == [0] * rows.size
    # beside what a day does to trust anyway
    assert (made.people.trust[rows] / before[rows]).mean() == pytest.approx(0.7, abs=0.02)
    for _ in range(9):
        made.advance()
    daily = made.records().daily
    assert daily["shills"].sum() == daily["pretended"].sum() == 0
    assert daily["learned_today"][3:].sum() == 0
    assert 0 < daily["learned_today"][1] < daily["learned_today"][0]


UNLAWFUL = """
name: x
products: [{name: tea, price: 9, unit_cost: 3}]
strategies: [{kind: shills}]
"""


def test_a_plan_that_does_not_allow_them_is_refused_with_the_law_and_the_word(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text(UNLAWFUL, encoding="utf-8")
    with pytest.raises(Exception, match="E-Commerce Law, article 17") as error:
        Scenario.load(file)
    assert "plan.yaml:4:" in str(error.value)
    assert "allow_unlawful: [shills]" in str(error.value)
    file.write_text(UNLAWFUL + "allow_unlawful: [shills]\n", encoding="utf-8")
    (said,) = flags(Scenario.load(file))
    assert said.startswith("x breaks the law: shills pose as members")
