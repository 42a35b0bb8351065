"""Ties with the operator: their plain twin, and their laws."""

from pathlib import Path

import numpy as np
import pytest
from plain_bait import draw
from test_equal_bits import ALL, both, differing, of_few
from test_rivals import CORNER, PlainRivals
from worlds import fen, plan, run, world

from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.mechanisms.tie import TIE
from commsim.core.view import MEMBER
from commsim.population.build import build
from commsim.scenario.behaviour import Behaviour
from commsim.simulation.world import World
from commsim.strategies.audience import Who
from commsim.strategies.persona import Persona
from commsim.strategies.personal_contact import PersonalContact
from commsim.testing import check_mechanism

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "tie.md").read_text(encoding="utf-8")
USUAL = float(np.float32(0.2))
OFTEN = PersonalContact(per_month=12, starts=1, ends=24)
SOME = PersonalContact(name="for buyers", per_month=6, minutes=5, wage=80, who=Who(orders=">=1"))
OWNERS = (
    Persona(posts=2, weekdays=("tue", "sun")),
    Persona(name="for some", starts=4, minutes=5, wage=90, who=Who(orders=">=1"), groups={"share": 0.5}),
)
STRONG = {
    "shown": 0.2, "enough": 5.0, "gain": 0.5, "fading": 0.1, "softens": 0.9, "forgives": 0.9, "buying": 1.0,
    "leaving": 2.0,
}  # fmt: skip


class PlainTies:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model, self.b, self.sent = model, model.p.tie, {}
        for person in model.people:
            person.owner_seen = 0.0
            person.tie, person.native = USUAL, float(person.elasticity)

    def morning(self):
        self.shows, self.talks, self.talked, whole = [], [], 0, 1.0 - self.b.softens * USUAL
        for person in self.model.people:
            person.owner_seen = float(np.float32(person.owner_seen * (6.0 / 7.0)))
            if person.tie != USUAL:
                person.tie = float(np.float32(USUAL + (person.tie - USUAL) * (1.0 - self.b.fading)))
                left = (whole - self.b.softens * (person.tie - USUAL)) / whole
                person.elasticity = float(np.float32(person.native * left))

    def _approach(self, effect, cause):
        self.talks.append((cause, effect))

    def _appear(self, effect, cause):
        self.shows.append((cause, effect))

    def dial(self):
        close = [person for person in self.model.people if person.tie != USUAL]
        for dial, times in ((Dial.BUY, self.b.buying), (Dial.LEAVE, -self.b.leaving)):
            if close:
                turned = self.model.nudges.setdefault(dial, [0.0] * len(self.model.people))
                for person in close:
                    turned[person.row] += (person.tie - USUAL) * times

    def told(self):
        return {}

    def close(self):
        self._forgive()
        for cause, talk in self.talks:
            whom = self.model.audience(cause)
            persons = [one for one in self.model.people if one.row in whom and one.status == MEMBER]
            salt = self.model.salts[cause]
            met = self.model.message([one for one in persons if self._luck(one, salt) < talk.chance])
            for person in met:
                person.tie = float(np.float32(person.tie + self.b.gain * (1.0 - person.tie)))
            wage = self.model.plan.operator.wage_per_hour if talk.wage is None else talk.wage
            cost = round(len(met) * talk.minutes * wage / 60)
            if cost:
                self.model.enter(Account.STAFF, cause, -cost)
            self.talked += len(met)
        for cause, show in self.shows:
            whom, groups = self.model.audience(cause), self.model._open_among(show, cause)
            for one in self.model.people:
                if one.looked and one.status == MEMBER and one.home in groups and one.row in whom:
                    self._see(one, show.posts)

    def _see(self, person, posts):
        tie, seen = person.tie, person.owner_seen
        for _ in range(posts):
            by = self.b.shown * (1.0 - seen / self.b.enough)
            tie += by * (1.0 - tie) if by > 0.0 else max(by, -1.0) * max(tie - USUAL, 0.0)
            seen += 1.0
        person.tie, person.owner_seen = float(np.float32(tie)), float(np.float32(seen))

    def _luck(self, person, salt):
        return draw(self.model, "tie, with whom staff talk", person.row, self.model.day, salt)

    def _forgive(self):
        day, bad = self.model.day, self.model.p.trust.bad
        self.sent[day] = self.model.orders
        for order in self.sent.get(day - self.model.plan.operator.delivery_days, ()):
            person = order.person
            if order.refunded == day and person.tie != USUAL:
                lost = person.trust * (bad / (1.0 - bad))
                person.trust += self.b.forgives * (person.tie - USUAL) * lost

    def numbers(self):
        ties = [np.float32(one.tie) for one in self.model.people if one.status == MEMBER]
        mean = (
            float(np.array(ties).astype(np.float64).mean())
            if any(t != np.float32(0.2) for t in ties)
            else USUAL
        )
        return {"approached": self.talked, "mean_tie": mean}


@pytest.mark.parametrize(
    "others", [(), (SOME, *OWNERS), pytest.param((SOME, *OWNERS, *ALL), marks=pytest.mark.slow)],
    ids=["alone", "two desks and two owners", "with everything"],
)  # fmt: skip
def test_the_engine_and_the_plain_rules_leave_the_same_bits(others):
    plan_ = of_few("unmanaged-group", OFTEN, *others, behaviour=Behaviour(tie=STRONG), days=20)
    engine, plain = both(plan_, PlainTies)
    assert differing(engine, plain) == []
    assert engine.columns["tie"].max() > 0.6


def test_it_leaves_the_same_bits_beside_a_rival():
    plan_ = of_few("unmanaged-group", OFTEN, behaviour=Behaviour(tie=STRONG), days=12, rivals=(CORNER,))
    assert differing(*both(plan_, PlainRivals, PlainTies)) == []


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        TIE, PersonalContact, twin=lambda plan: differing(*both(plan, PlainTies)), docs=DOCS, per_month=9
    )


def test_the_strategy_of_the_owner_keeps_them_too():
    check_mechanism(TIE, Persona, twin=lambda plan: differing(*both(plan, PlainTies)), docs=DOCS, posts=2)


def seen(days=10, tie=None, members=300, **settings):
    owner = {"kind": "persona", "staff_minutes": 0, **settings}
    made = world(plan(owner, days=days, members=members, behaviour={"tie": tie or {}}))
    for _ in range(days):
        made.advance()
    return made


def test_who_sees_the_owner_comes_closer_by_each_post():
    made = seen(posts=2, tie={"shown": 0.1, "fading": 0.0, "enough": 1000})
    here = made.people.status == MEMBER
    days = made.recorder.looked[here]
    assert days.min() == 0 < days.max()
    often = made.columns["tie"][here]
    assert often == pytest.approx(1.0 - 0.8 * 0.9 ** (2 * days), abs=0.01)  # a little less: they saw some
    assert (often[days == 0] == np.float32(0.2)).all()


def test_enough_of_the_owner_is_enough():
    ties = {
        posts: float(seen(posts=posts, days=30, tie={"shown": 0.02, "enough": 10}).columns["tie"].mean())
        for posts in (1, 2, 20)
    }
    assert ties[2] > ties[1] > ties[20]


def test_posts_cost_the_owners_time_at_the_owners_wage():
    records = seen(days=10, posts=2, minutes=30, wage=120).records()
    assert fen(records, "staff", cause="persona") == -10 * 2 * 30 * 12000 // 60


def test_there_is_no_warm_up_for_the_owner():
    made = seen(days=6, starts=4, warm_up=3)
    assert (made.records().daily["operator_messages"] > 0).tolist() == [False] * 4 + [True] * 2


def contacted(days=20, members=300, tie=None, **settings):
    talks = {"kind": "personal_contact", "per_month": 30, **settings}
    return plan(talks, days=days, members=members, behaviour={"tie": tie or {}})


def test_a_tie_grows_by_the_formula_and_staff_are_paid():
    made = world(contacted(days=10, tie={"gain": 0.1, "fading": 0.0}))
    for _ in range(10):
        made.advance()
    members = made.people.status == MEMBER
    expected = 1.0 - 0.8 * 0.9**10
    assert made.columns["tie"][members & (made.people.joined < 0)] == pytest.approx(expected, abs=1e-5)
    records = made.records()
    talked = records.daily["approached"]
    assert fen(records, "staff", cause="personal_contact") == -sum(round(n * 2 * 4600 / 60) for n in talked)


def test_what_was_gained_fades_to_the_usual():
    made = world(contacted(days=60, ends=9, tie={"fading": 0.05}))
    for _ in range(60):
        made.advance()
    mean = made.records().daily["mean_tie"]
    assert mean[0] > USUAL
    assert (mean[40] - USUAL) / (mean[20] - USUAL) == pytest.approx(0.95**20, rel=0.02)


def test_a_full_tie_takes_its_share_off_price_elasticity():
    made = world(contacted(days=2, tie={"gain": 1.0, "fading": 0.0, "softens": 0.5}))
    before = made.people.elasticity.astype(np.float64)
    made.advance()
    made.advance()
    close = made.columns["tie"] == 1.0
    assert close.sum() > 200
    assert made.people.elasticity[close] == pytest.approx(before[close] * 0.5 / 0.9, rel=1e-6)
    assert (made.people.elasticity[~close] == before[~close].astype(np.float32)).all()


def test_other_worlds_of_these_people_mind_prices_as_before():
    plan_ = contacted(days=3, tie={"gain": 1.0})
    people = build(plan_.community, plan_.behaviour, 1, today=plan_.start)
    before = people.traits["elasticity"].copy()
    made = World(plan_, people, 1)
    for _ in range(3):
        made.advance()
    assert (made.people.elasticity < before).any()
    assert (people.traits["elasticity"] == before).all()


def test_who_is_close_forgives_a_bad_parcel_in_part():
    shop = [{"name": "coffee", "price": 30, "unit_cost": 15, "bad_share": 1.0}]
    talks = {"kind": "personal_contact", "per_month": 30, "starts": 0}
    lost = {}
    for forgives in (0.0, 1.0):
        still = {"gain": 1.0, "forgives": forgives, "buying": 0, "leaving": 0, "fading": 0}
        records = run(plan(talks, days=12, members=300, products=shop, behaviour={"tie": still}))
        lost[forgives] = records.members["trust"][records.members["orders"] > 0].mean()
    assert lost[1.0] > lost[0.0] + 0.05


@pytest.mark.parametrize(
    ("settings", "text"),
    [({"reach": 0.5}, "leave out reach"), ({"per_month": 31}, "per_month"), ({"minutes": -1}, "minutes")],
)
def test_contacts_that_are_none(settings, text):
    with pytest.raises(ValueError, match=text):
        contacted(**settings)
