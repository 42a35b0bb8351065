"""Strategies that wait for a state, or go up to one: the plain twin, and what the rule says."""

from pathlib import Path

import numpy as np
import pytest
from plain_bait import PlainBait
from test_equal_bits import both, differing, of_few
from test_lottery import PlainLottery
from worlds import plan, run, world

from commsim.core.mechanisms.gates import GATES
from commsim.core.view import MEMBER
from commsim.records.tables import event_kinds
from commsim.scenario.load import dump, loads
from commsim.simulation.state import NEVER
from commsim.strategies.content import Content
from commsim.strategies.flash_sale import FlashSale
from commsim.strategies.lottery import Lottery
from commsim.strategies.red_envelope import RedEnvelope

DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "gates.md"


class PlainGates:
    """The rules once more, strategy by strategy and person by person."""

    def __init__(self, model):
        self.model, self.days = model, []
        self.begun, self.over = set(), set()
        for cause, (name, entries) in enumerate(model.calendar.items()):
            for at, entry in enumerate(entries):
                if entry.when is None:
                    self.begun.add((cause, at))
                else:
                    entries[at] = entry.model_copy(update={"starts": 10**6, "ends": None})
            model.strategies[cause] = model.calendar[name][0]

    def morning(self):
        model, self.counts = self.model, {"begun": 0, "stopped": 0, "gates_waiting": 0}
        plan = {}
        for strategy in sorted(model.plan.strategies, key=lambda one: (one.name, one.starts)):
            plan.setdefault(strategy.name, []).append(strategy)
        for cause, (name, entries) in enumerate(plan.items()):
            for at, entry in enumerate(entries):
                if (cause, at) not in self.begun and self.holds(entry.when, entry, cause):
                    starts = model.day + max(entry.starts, entry.warm_up)
                    ends = None if entry.ends is None else starts + entry.ends - entry.starts
                    dates = {"starts": starts, "ends": ends}
                    self.put(cause, name, at, entry.model_copy(update=dates), "began")
                    self.begun.add((cause, at))
        for cause, (name, entries) in enumerate(plan.items()):
            for at, entry in enumerate(entries):
                there = (cause, at) in self.begun - self.over
                if there and entry.until and self.holds(entry.until, entry, cause):
                    ended = model.calendar[name][at].model_copy(update={"ends": model.day - 1})
                    self.put(cause, name, at, ended, "ended")
                    self.over.add((cause, at))
                self.counts["gates_waiting"] += (cause, at) not in self.begun

    def put(self, cause, name, at, entry, what):
        self.model.calendar[name][at] = entry
        self.model.strategies[cause] = entry
        self.counts["begun" if what == "began" else "stopped"] += 1
        if what == "began":
            self.model.memories[cause] = entry.start(self.model.views[cause])
        self.model.note(what, -1, cause=cause)

    def holds(self, gate, entry, cause):
        groups = [group for group in self.model.groups if group in self.model.for_groups[cause]]
        members = [one for one in self.model.people if one.status == MEMBER and one.home in groups]
        for name in type(gate).model_fields:
            level = getattr(gate, name)
            if name == "who" or level is None:
                continue
            value = self.value(name, gate, groups, members)
            sign, number = (level[:2], level[2:]) if level[1] == "=" else (level[0], level[1:])
            number = float(number[:-1]) / 100 if number.endswith("%") else float(number)
            if value is None or not {">=": value >= number, "<": value < number, ">": value > number}[sign]:
                return False
        return True

    def value(self, name, gate, groups, members):
        week = self.days[-7:]
        if name == "looking":
            there = sum(day[group][2] for day in week for group in groups)
            return sum(day[group][0] for day in week for group in groups) / there if there else None
        if name == "messages":
            open_ = sum(day[group][2] > 0 for day in week for group in groups)
            return sum(day[group][1] for day in week for group in groups) / open_ if open_ else None
        if name in ("day", "members"):
            return self.model.day if name == "day" else len(members)
        if name == "trust":
            return np.array([one.trust for one in members]).mean()
        if name == "bought":
            return sum(one.buys != NEVER or one.orders > 0 for one in members) / len(members)
        chosen = sum(one.muted == gate.who.muted and one.trust > 0.1 for one in members)
        return chosen if name == "number" else chosen / len(members)

    def dial(self):
        pass

    def told(self):
        looked = dict.fromkeys(self.model.groups, 0)
        for person in self.model.people:
            if person.looked:
                looked[person.home] += 1
        self.days.append({g: (looked[g], g.messages, g.size) for g in self.model.groups})
        return {}

    def close(self):
        pass

    def numbers(self):
        return self.counts


def test_the_engine_and_the_plain_rules_leave_the_same_bits():
    """Every state, alone and together, with a warm-up, a length, a memory, groups and posts that announce."""
    strategies = (
        Content(when={"members": 120}, until={"day": 17}),
        FlashSale(discount=0.3, when={"looking": "10%"}, warm_up=2, starts=1, ends=9),
        RedEnvelope(
            when={"trust": 0.1, "messages": ">0", "bought": "20%"}, groups={"share": 0.5}, preset="social"
        ),
        RedEnvelope(name="late", until={"members": ">120"}, preset="social"),
        Lottery(
            prizes=({"number": 2, "worth": 30},),
            when={"who": {"muted": True, "trust": ">0.1"}, "share": "5%", "number": 9},
        ),
        Content(name="never", when={"members": 10_000}),
    )
    made = of_few("unmanaged-group", *strategies, members=110, days=20)
    community = made.community.model_copy(update={"arrivals_per_day": 4.0})
    made = made.model_copy(update={"community": community})
    engine, plain = both(made, PlainBait, PlainLottery, PlainGates)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert daily["begun"].sum() == 4
    assert daily["stopped"].sum() == 2
    assert daily["gates_waiting"][-1] == 1


def test_its_page_names_all_of_it():
    text = DOCS.read_text(encoding="utf-8")
    named = [one.name for one in (*GATES.daily, *GATES.events)]
    assert [name for name in named if f"`{name}`" not in text] == []


POST = {"kind": "content", "staff_minutes": 0}
SALE = {
    "kind": "flash_sale",
    "discount": 0.3,
    "staff_minutes": 0,
    "warm_up": 2,
    "ends": 4,
    "weekdays": ["mon"],
}


def test_what_never_begins_leaves_no_byte_and_no_cost():
    idle, nothing = run(plan(POST | {"when": {"members": 10**6}})), run(plan())
    assert (idle.daily["gates_waiting"] == 1).all()
    for name in nothing.daily:
        assert (idle.daily[name] == nothing.daily[name]).all(), name
    assert len(idle.ledger["fen"]) == len(nothing.ledger["fen"])


def test_one_that_is_open_from_the_first_day_is_as_without():
    at_once, plain = run(plan(POST | {"when": {"members": 1}})), run(plan(POST))
    for name in plain.daily:
        assert (at_once.daily[name] == plain.daily[name]).all(), name


def test_it_begins_on_the_morning_on_which_its_group_has_come_so_far():
    records = run(plan(POST | {"when": {"members": 230}}, members=200, days=40, arrivals_per_day=5))
    daily = records.daily
    (began,) = np.flatnonzero(daily["begun"])
    assert daily["members"][began - 2] < 230 <= daily["members"][began] + daily["left"][began]
    assert np.flatnonzero(daily["operator_posts"]).tolist() == list(range(began, 40))
    kinds = records.events["kind"] == event_kinds().index("began")
    assert records.events["day"][kinds].tolist() == [began]
    assert [records.causes[cause] for cause in records.events["cause"][kinds]] == ["content"]


def test_days_count_from_there_with_the_warm_up_before():
    """A sale of five days with two days of warm-up; open on day 9, so formal on days 11 to 15."""
    made = world(
        plan(SALE | {"weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "when": {"day": 9}})
    )
    phases = []
    for _ in range(20):
        made.advance()
        view = made.strategies.views[0]
        phases.append(made.strategies.strategies[0].phase(view))
    assert [str(one) if one else "" for one in phases[9:17]] == ["warm-up"] * 2 + ["formal"] * 5 + [""]


def test_it_ends_for_good_where_the_group_has_come_so_far():
    daily = run(plan(POST | {"until": {"day": 6}})).daily
    assert np.flatnonzero(daily["operator_posts"]).tolist() == list(range(6))
    assert np.flatnonzero(daily["stopped"]).tolist() == [6]


def test_a_plan_keeps_its_gates():
    kept = plan(POST | {"when": {"members": 2000, "bought": "30%"}, "until": {"looking": "<5%"}})
    assert kept.strategies[0].when.members == ">=2000"
    assert loads(dump(kept)) == kept


@pytest.mark.parametrize(
    ("gate", "message"),
    [
        ({}, "says no state"),
        ({"members": "top 5%"}, "ranks members"),
        ({"members": "30%"}, "members is no share"),
        ({"share": "30%"}, "give both"),
        ({"who": {"bought": True}, "members": 5}, "give both"),
        ({"members": "many"}, "is no condition"),
        ({"who": {"segment": "nobody"}, "share": "5%"}, "there is no segment 'nobody'"),
    ],
)
def test_what_says_nothing_is_refused(gate, message):
    with pytest.raises(ValueError, match=message):
        plan(POST | {"when": gate})
