"""Agents: their plain twin, and their laws."""

from pathlib import Path

import numpy as np
import pytest
from plain_bait import draw
from test_equal_bits import ALL, both, differing, of_few
from worlds import fen, plan, run

from commsim.core import luck
from commsim.core.dials import Dial
from commsim.core.effects import Account, Announce
from commsim.core.maths import exp, log
from commsim.core.mechanisms.agents import AGENTS
from commsim.core.view import MEMBER, STRANGER
from commsim.population import quantiles
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Scenario
from commsim.strategies.agents import Agents
from commsim.strategies.audience import SomeGroups, Who
from commsim.strategies.flash_sale import FlashSale
from commsim.testing import check_mechanism

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "agents.md").read_text(encoding="utf-8")
LIVELY = Agents(number=2, margin=0.25, material=7, who=Who(bought=True), starts=1)
SOME = Agents(number=1, margin=0.4, groups=SomeGroups(without=(1,)), who=Who(muted=False), ends=30)
KEEN = Agents(
    number=3,
    margin=0.25,
    entry=200,
    passed_on=0.4,
    brings=6,
    posts_per_week=3,
    starts=6,
    who=Who(bought=True),
)
RETAIL = FlashSale(discount=0.3, weekdays=("tue", "sat"))
RESTLESS = {"enough": 1000, "quits": 0.6, "customers_go": 0.5, "selling": 1.0, "active": 0.7}


class PlainAgents:
    """The rules once more, person by person and group by group."""

    def __init__(self, model):
        self.model, self.b = model, model.p.agents
        for person in model.people:
            person.agent, person.effort, person.margin_earned, person.agent_since = 0, 0.0, 0, -1
        self.runs, self.had, self.since, self.until, self.week = {}, set(), {}, {}, {}
        self.going, self.sent, self.cause = set(), {}, None
        self.agreed = None

    def morning(self):
        self.terms, self.orders, self.paid, self.quit = None, 0, 0, []
        self.fresh, self.theirs = [], set()

    def _appoint(self, effect, cause):
        model = self.model
        self.cause, self.terms = cause, effect
        self.agreed = model.day, effect
        missing = effect.number - len(self.runs)
        if missing > 0:
            self._choose(cause, missing, effect.entry)
        due = sum((model.day - self.since[group]) % 30 == 0 for group in self.runs)
        if due and effect.material:
            model.enter(Account.CONTENT, cause, -effect.material * due)

    def _choose(self, cause, missing, entry):
        model, salt, found = self.model, self.model.salts[cause], {}
        pays = self._chance_to_pay(entry) if entry else 1.0
        whom = model.audience(cause)
        for person in model.people:
            fit = person.status == MEMBER and person.agent == 0 and person.row in whom
            fit = fit and (
                not entry or draw(model, "agents, who would pay for it", person.row, 0, salt) < pays
            )
            if fit and person.home in model.open and person.home not in self.had:
                lot = draw(model, "agents, who of a group", person.row, 0, salt)
                found[person.home] = min(
                    found.get(person.home, (2.0, None)), (lot, person), key=lambda x: x[0]
                )
        order = sorted(found, key=lambda g: draw(model, "agents, which groups", g.number, 0, salt))
        for group in order[:missing]:
            agent = found[group][1]
            self.runs[group], self.since[group], self.week[group] = agent, model.day, 0
            self.had.add(group)
            agent.agent, agent.agent_since = 1, model.day
            self.fresh.append(agent)
            if entry:
                model.enter(Account.ENTRY_FEES, cause, entry, agent)
            if draw(model, "agents, who does anything", agent.row, 0, salt) < self.b.active:
                stream = luck.key(model.seed, luck.purpose("agents, effort"), 0, salt)
                normal = float(quantiles.draw(stream, np.array([agent.row]), quantiles.normal())[0])
                s = self.b.spread
                agent.effort = float(np.float32(exp(s * normal - s * s / 2)))

    def _chance_to_pay(self, entry):
        model = self.model
        taken = sum(
            yuan
            for day, account, *_, yuan in model.entries
            if account in ("sales", "discount", "refunds") and model.day - 30 <= day < model.day
        )
        days, groups = min(30, model.day), len(model.open)
        if taken <= 0 or not days or not groups:
            return 0.0
        kept = self.terms.margin * (1.0 - self.terms.passed_on) * self.b.horizon
        worth = taken / days / groups * kept
        return 1.0 / (1.0 + exp(-self.b.steepness * log(worth / entry))) if worth > 0.0 else 0.0

    def _effort(self, group):
        resents = self.until.get(group, -1) >= self.model.day
        return self.runs[group].effort * (self.b.conflict if resents else 1.0)

    def postponed(self):
        model, terms, posts = self.model, self.terms, np.zeros(len(self.model.groups), bool)
        for group, agent in self.runs.items() if terms and terms.posts else ():
            luck_ = draw(model, "agents, who posts", agent.row, model.day)
            posts[group.number] = luck_ < min(1.0, self._effort(group)) * (terms.posts / 7)
        if posts.any():
            yield self.cause, Announce(terms.hour, worth=float(terms.passed_on > 0), groups=posts)

    def midday(self):
        model, terms = self.model, self.terms
        if not terms:
            return
        taken = set()
        for agent in self.fresh if terms.brings else ():
            self._bring(agent, terms.brings * min(1.0, agent.effort), taken)
        if terms.passed_on and terms.margin:
            for person in model.people:
                agent = self._agent_of(person)
                if agent and agent.effort > 0.0 and person.status == MEMBER:
                    self.theirs.add(person.row)
            model.cuts.append(self.cut)

    def _bring(self, agent, expected, taken):
        """Friends from outside first, by lot, then strangers at large, by theirs."""
        model, salt = self.model, self.model.salts[self.cause]
        number = int(expected + draw(model, "agents, how many they bring", agent.row, 0, salt))
        to = luck.key(model.seed, luck.purpose("agents, which friends"), 0, salt)
        free = {p.row for p in model.people if p.status == STRANGER and p.due < 0} - taken
        near = sorted(free & set(agent.friends), key=lambda row: luck.uniform_pair(to, agent.row, row))
        far = sorted(
            free - set(near[:number]), key=lambda row: draw(model, "agents, which strangers", row, 0, salt)
        )
        for row in [*near[:number], *far[: number - len(near[:number])]]:
            model.people[row].bind(model.day + 1, agent.row, self.cause)
            taken.add(row)

    def cut(self, person, fen, product, on_sale):
        """What a customer pays less from the shelf, to the next fen; a fen is the least."""
        if on_sale or person.row not in self.theirs:
            return 0, self.cause
        share = self.terms.margin * self.terms.passed_on
        share /= 1.0 + share
        return min(fen - int(np.floor(fen * (1.0 - share) + 0.500001)), fen - 1), self.cause

    def _note_what_was_passed_on(self, order):
        fen, order.passed = order.before_cuts, 0
        for cut in () if order.added else self.model.cuts:
            off, _ = cut(order.person, fen, order.product, order.cause != self.model.shelf_cause)
            order.passed, fen = (off if cut == self.cut else order.passed), fen - off

    def dial(self):
        model = self.model
        if self.runs and self.terms:
            buying = model.nudges.setdefault(Dial.BUY, [0.0] * len(model.people))
            for person in model.people:
                agent = self._agent_of(person)
                if agent and person.status == MEMBER:
                    buying[person.row] += log(1.0 + self.b.selling * min(1.0, self._effort(person.home)))
        if self.going:
            leaving = model.nudges.setdefault(Dial.LEAVE, [0.0] * len(model.people))
            for row in self.going:
                leaving[row] += 20.0

    def _agent_of(self, person):
        return self.runs.get(person.home) if person.home and person.agent != 1 else None

    def told(self):
        model, day = self.model, self.model.day
        self.sent[day] = model.orders
        for order in model.orders:
            self._note_what_was_passed_on(order)
        for order in self.sent.get(day - model.plan.operator.delivery_days, ()):
            agent = self._agent_of(order.person)
            paid = (
                self.agreed and not model.shut and day <= self.agreed[0] + model.plan.operator.delivery_days
            )
            if paid and agent and order.refunded < 0 and not self._retail(order):
                part = int(np.rint(order.fen * self.agreed[1].margin))
                passed = min(part, order.passed)
                agent.margin_earned += part - passed
                self.week[order.person.home] += part - passed
                if passed:
                    model.enter(Account.PASSED_ON, self.cause, passed, agent)
                model.enter(Account.MARGIN, self.cause, -part, agent)
                model.note("payment", agent.row, fen=part, cause=self.cause)
                self.orders, self.paid = self.orders + 1, self.paid + part
        for order in model.orders:
            if self._retail(order) and self._agent_of(order.person):
                self.until[order.person.home] = day + self.b.conflict_days
        gone = [group for group in self.runs if day % 7 == 6 and self._gives_up(group)]
        gone += [group for group, one in self.runs.items() if one.status != MEMBER and group not in gone]
        for group in gone:
            self._release(group)
        self.week = dict.fromkeys(self.week, 0) if day % 7 == 6 else self.week
        return {"agent_quit": [one.row for one in self.quit]}

    def _retail(self, order):
        return order.cause not in (self.model.shelf_cause, self.cause)

    def _gives_up(self, group):
        poor = self.week[group] < self.b.enough
        luck_ = draw(self.model, "agents, who gives up", self.runs[group].row, self.model.day)
        return poor and luck_ < self.b.quits

    def _release(self, group):
        agent = self.runs.pop(group)
        agent.agent = 2
        self.quit.append(agent)
        for person in self.model.people:
            luck_ = draw(self.model, "agents, which customers go", person.row, 0)
            if person.status == MEMBER and person.home is group and luck_ < self.b.customers_go:
                self.going.add(person.row)

    def close(self):
        for one in self.quit:
            self.model.note("agent_quit", one.row)

    def numbers(self):
        active = sum(one.effort > 0.0 for one in self.runs.values())
        return {
            "agents": len(self.runs), "active_agents": active, "agent_orders": self.orders,
            "agent_margin": self.paid,
        }  # fmt: skip


@pytest.mark.parametrize(
    ("strategies", "changed"),
    [
        ((LIVELY, RETAIL), RESTLESS),
        pytest.param(
            (KEEN, RETAIL), RESTLESS | {"horizon": 90, "active": 1.0, "quits": 0.2}, marks=pytest.mark.slow
        ),
        pytest.param((SOME, RETAIL), {"active": 1.0}, marks=pytest.mark.slow),
        pytest.param((LIVELY, *ALL), RESTLESS, marks=pytest.mark.slow),
    ],
    ids=["beside a sale", "with all of their own", "in some groups", "with everything"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(strategies, changed):
    plan_ = of_few("unmanaged-group", *strategies, behaviour=Behaviour(agents=changed), days=40, members=150)
    engine, plain = both(plan_, PlainAgents)
    assert differing(engine, plain) == []
    records = engine.records()
    assert records.daily["agent_margin"].sum() > 0
    if KEEN in strategies:
        assert fen(records, "entry_fees") > 0 < fen(records, "passed_on")
        assert records.daily["operator_posts"].sum() > 20
        assert records.daily["invited"].sum() > 5


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        AGENTS, Agents, twin=lambda plan: differing(*both(plan, PlainAgents)), docs=DOCS, number=2
    )


def shop(*others, days=40, agents=None, **settings):
    offer = {"kind": "agents", "number": 4, "staff_minutes": 0, **settings}
    behaviour = {"agents": {"active": 1.0, "quits": 0.0, **(agents or {})}}
    return plan(offer, *others, days=days, members=400, group_size=100, behaviour=behaviour)


def test_the_shop_keeps_what_agents_do_not_to_the_fen():
    records = run(shop(margin=0.3, material=0))
    margin = -fen(records, "margin")
    good = records.events["kind"] == 3
    delivered = good & (records.events["day"] + 2 < 40)
    assert 0 < margin <= 0.3 * records.events["fen"][delivered].sum() + len(records.events["day"])
    assert margin == records.daily["agent_margin"].sum() == records.members["margin_earned"].sum()


def test_no_margin_is_due_on_what_the_shop_sells_itself():
    everything = {"kind": "flash_sale", "discount": 0.05}
    alone, mixed = run(shop(days=25)), run(shop(everything, days=25))
    assert mixed.daily["agent_margin"].sum() < alone.daily["agent_margin"].sum()


@pytest.mark.parametrize(
    ("settings", "text"),
    [({"weekdays": ["mon"]}, "leave out weekdays"), ({"margin": 1.0}, "margin"), ({"number": 0}, "number")],
)
def test_agents_that_are_none(settings, text):
    with pytest.raises(ValueError, match=text):
        shop(**settings)


def test_who_is_not_paid_any_more_sells_no_more():
    """What was ordered before the end is paid for when it arrives; then nothing is sold nor paid."""
    keen = {"active": 1.0, "selling": 1.0, "quits": 0.0, "spread": 0.01}
    idle = keen | {"selling": 0.0}
    sold = {}
    for name, ends in (("ended", 9), ("on", None)):
        for strength, of_agents in (("keen", keen), ("idle", idle)):
            one = Agents(number=9, margin=0.3, ends=ends)
            made = run(plan(one, days=60, members=900, behaviour={"agents": of_agents}))
            sold[name, strength] = made.daily["orders"][20:].sum()
            if name == "ended":
                delay = Scenario.load("unmanaged-group").operator.delivery_days
                assert made.daily["agent_margin"][9 + delay] > 0
                assert made.daily["agent_margin"][10 + delay :].sum() == 0
    assert sold["on", "keen"] > 1.3 * sold["on", "idle"]
    assert sold["ended", "keen"] < 1.1 * sold["ended", "idle"]
