"""The engine against the plain model of the same rules: equal bits in states, tables, events and entries."""

from collections import Counter
from typing import ClassVar, Literal

import numpy as np
import plain_members
import pytest
from plain_community import PlainCommunity
from plain_members import poisson, presence

from commsim.core import effects as e
from commsim.core.dials import Dial
from commsim.core.mechanisms.envelopes import ENVELOPES, Envelope
from commsim.core.view import STRANGER, everyone
from commsim.population.build import build
from commsim.population.newcomers import with_newcomers
from commsim.records.tables import event_kinds
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.load import loads
from commsim.scenario.schema import Operator, Scenario
from commsim.simulation.world import World
from commsim.strategies.advert import Advert
from commsim.strategies.base import Strategy
from commsim.strategies.check_in import CheckIn
from commsim.strategies.content import Content
from commsim.strategies.distributor_rebate import DistributorRebate
from commsim.strategies.flash_sale import FlashSale
from commsim.strategies.group_buying import GroupBuying
from commsim.strategies.group_rules import GroupRules
from commsim.strategies.red_envelope import RedEnvelope

SEED = 7
STATES = (
    "buy_rate", "rate", "usual", "keep", "activity", "trust", "value", "fatigue", "annoyance", "contact",
    "adstock", "reference", "need", "referral", "group", "orders", "messages", "points", "inviter", "partner",
    "joined", "due", "recruits", "status", "buys", "join_cause", "looks", "muted", "spent",
    "sampled", "asked_by",
)  # fmt: skip


class Everything(Strategy):
    """What no built-in strategy does: effects in some groups, on choices, for chosen people."""

    kind: Literal["everything"] = "everything"
    mechanisms: ClassVar = (ENVELOPES,)
    holds_sales: ClassVar = True
    hour: int = 12

    def act(self, view, memory):
        some = np.arange(view.n_groups) % 2 == 0
        members = everyone(view)
        strangers = np.flatnonzero(view.status == STRANGER)[:3]
        for k, dial in enumerate(dial for dial in Dial if dial != Dial.PRICE):
            yield e.Nudge(dial, (0.2, -0.1, 0.3, -0.4)[k % 4], members[k % 3 :: 2 + view.weekday])
        yield e.Nudge(Dial.LOOK, 0.1)
        yield e.Announce(10, 2, reach=0.5, groups=some, sale="everything")
        yield e.Announce(9, reach=0.8, sale="flash_sale")
        yield e.Content(12, 0.2, 0.1, 0.01, posts=2, groups=~some)
        yield e.Content(13, -0.3, 0.1, -0.01)
        yield e.Enforce(0.5, groups=some)
        yield Envelope(11, 900, 7, 0.1, 0.0, groups=some)
        yield e.Spend(e.Account.CONTENT, 700)
        yield e.Recruit(strangers, members[: len(strangers)], np.arange(len(strangers)))
        yield e.Pay(e.Account.GIFTS, members[:2], np.array([100, 250]))
        yield e.Offer(0, 2500, 12, 1.5, reach=0.7, groups=some)


LIVELY = {
    "nothing": (),
    "red_envelope": (RedEnvelope(hours=(12, 21), preset="social", budget=900),),
    "flash_sale": (FlashSale(discount=0.3, stock=3, starts=2, warm_up=2, closing=3),),
    "samples": (
        FlashSale(name="sample", price=1, stock=12, weekdays=("mon", "thu")),
        GroupBuying(
            name="sample teams", ladder=({"size": 2, "price": 4},), accept=0.6, accept_late=0.6,
            weekdays=("tue", "sat"),
        ),
    ),
    "group_buying": (
        GroupBuying(
            ladder=({"size": 2, "price": 27}, {"size": 3, "price": 25}, {"size": 5, "price": 22}),
            accept=0.4, accept_late=0.6, asks=8, open_hours=48, warm_up=1, starts=1,
        ),
    ),
    "distributor_rebate": (
        DistributorRebate(base=1.0, reward=5, gift=3, reward_on="join", reach=0.8),
        DistributorRebate(name="twice a week", base=0.5, weekdays=("mon", "thu"), asks_again=4),
    ),
    "check_in": (
        CheckIn(
            base=0.6, prizes=({"streak": 3, "points": 20, "gift": 2},), redeem_at=20,
            weekdays=("mon", "tue", "thu", "fri", "sun"), ends=14,
        ),
        CheckIn(
            points=9, point_value=2.3, redeem_at=15, redeem_chance=0.4, prizes=({"streak": 2, "gift": 1},),
            starts=16,
        ),
    ),
    "advert": (Advert(posts=2, hours=(10, 20), reach=0.6), Advert(name="second", posts=3)),
    "called": (
        FlashSale(name="evening", discount=0.2, weekdays=("tue", "wed", "sat")),
        RedEnvelope(name="call", weekdays=("wed", "sat"), hours=(18, 19), preset="social"),
        Advert(name="told", posts=2, hours=(9, 18), announces="evening", weekdays=("mon", "wed"), reach=0.7),
    ),
    "content": (Content(cost=5, posts=3, topics=0.3),),
    "group_rules": (GroupRules(enforced=False, starts=5),),
}  # fmt: skip
EXPECTED = {
    "samples": {"orders", "teams"},
    "nothing": {"joined", "left", "muted_today", "orders"},
    "red_envelope": {"caught", "resent"},
    "group_buying": {"teams", "teams_failed", "invited"},
    "distributor_rebate": {"invited"},
    "check_in": {"checked_in", "liability"},
}
"""What happens under one strategy alone, without which equal bits would say little."""


def of_few(name, *strategies, members=240, days=24, **settings):
    """A shipped plan for few people, in groups that fill up; with its own strategies if none are given."""
    plan = Scenario.load(name)
    few = {"members": members, "group_size": members // 3, "cap": members // 3 + 4, "arrivals_per_day": 0.5}
    settings["community"] = plan.community.model_copy(update=few)
    settings["strategies"] = strategies or plan.strategies
    return plan.model_copy(update={"days": days, **settings})


def both(scenario, *mechanics, people=None):
    """The same days lived by the engine and by the plain model, with plain ``mechanics`` of mechanisms."""
    people = people or build(scenario.community, scenario.behaviour, SEED, today=scenario.start)
    people = with_newcomers(people, scenario, SEED)
    engine, plain = (
        World(scenario, people, SEED, full=True),
        PlainCommunity(scenario, people, SEED, mechanics),
    )
    for _ in range(scenario.days):
        engine.advance()
        plain.step()
    return engine, plain


def same(ours, column):
    """Whether numbers are those of a column, to the last bit."""
    return np.asarray(ours, column.dtype).tobytes() == column.tobytes()


def differing(engine, plain):
    """Names of all that the two have not in common."""
    records = engine.records()
    return [*_states(engine, plain), *_tables(records, plain), *_lists(records, plain)]


def _states(engine, plain):
    for name in STATES:
        if not same([getattr(person, name) for person in plain.people], getattr(engine.people, name)):
            yield f"people.{name}"
    for name, column in engine.mechanisms.columns().items():
        if not same([getattr(person, name) for person in plain.people], column):
            yield f"columns.{name}"
    asked = engine._today.campaigns.asked
    if not same([[p.asked.get(cause, -1) for p in plain.people] for cause in plain.campaigns], asked):
        yield "campaigns.asked"
    for name in ("topics", "spam", "rules", "size", "heard"):
        if not same([getattr(group, name) for group in plain.groups], getattr(engine.groups, name)):
            yield f"groups.{name}"


def _tables(records, plain):
    for name, column in records.daily.items():
        if not same([day[name] for day in plain.daily], column):
            yield f"daily.{name}"
    if not same(plain.by_hour, records.hours["messages"]):
        yield "hours.messages"
    places = list(zip(records.groups["day"].tolist(), records.groups["group"].tolist(), strict=True))
    for name in records.groups.keys() - {"day", "group"}:
        if not same([plain.by_group[place][name] for place in places], records.groups[name]):
            yield f"by_group.{name}"
    looked = [plain.people[row].days_looked for row in records.members["person"]]
    if not same(looked, records.members["looked"]):
        yield "members.looked"


def _lists(records, plain):
    """Events and entries: the same rows, whatever their order within a day; and the ledger is their sum."""
    if sorted(rows(records.events, EVENT, kind=event_kinds())) != sorted(plain.events):
        yield "events"
    if sorted(rows(records.entries, ENTRY, account=records.accounts)) != sorted(plain.entries):
        yield "entries"
    sums = Counter()
    for day, account, cause, *_, fen in plain.entries:
        sums[day, account, cause] += fen
    ledger = {row[:3]: row[3] for row in rows(records.ledger, LEDGER, account=records.accounts)}
    if ledger != {place: fen for place, fen in sums.items() if fen}:
        yield "ledger"


EVENT = "kind", "day", "person", "other", "fen", "cause", "minute"
ENTRY = "day", "account", "cause", "person", "group", "fen"
LEDGER = "day", "account", "cause", "fen"


def rows(table, order, **names):
    """A table row by row, its columns in an order, with the names of its codes."""
    columns = {name: table[name].tolist() for name in order}
    columns |= {name: [of[code] for code in columns[name]] for name, of in names.items()}
    return list(zip(*columns.values(), strict=True))


@pytest.mark.parametrize("name", LIVELY)
def test_each_strategy_alone(name):
    engine, plain = both(of_few("unmanaged-group", *LIVELY[name]))
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert {column for column in EXPECTED.get(name, ()) if daily[column].sum() == 0} == set()


@pytest.mark.parametrize("plan", ["active-group", "beauty-welfare-group"])
def test_whole_plans(plan):
    """The active group, and one with segments, several products and every way to sell."""
    assert differing(*both(of_few(plan))) == []


ALL = (*(strategy for some in LIVELY.values() for strategy in some), Everything())


def test_all_at_once_under_other_settings():
    operator = Operator(
        minutes_per_group=7, tools_per_group=0.5, acquisition=3, acquisition_rise=5.0, delivery_days=1
    )
    trust, stay, talk = {"recovery": 0.05}, {"leave": 0.01}, {"level": 1.0}
    behaviour = Behaviour(invite={"delay": 1}, stay=stay, trust=trust, talk=talk)
    settings = {"operator": operator, "behaviour": behaviour, "days": 20}
    engine, plain = both(of_few("unmanaged-group", *ALL, **settings))
    assert differing(engine, plain) == []
    assert (engine.groups.size > 0).sum() > 3  # newcomers have opened a group


@pytest.mark.parametrize("share", [0.4, 1.0])
def test_strangers_whom_one_friend_does_not_move(share):
    campaign = DistributorRebate(base=0.6, weekdays=("mon", "thu"), asks_again=3)
    behaviour = Behaviour(invite={"doubtful": share, "delay": 1.0})
    engine, plain = both(of_few("unmanaged-group", campaign, members=90, days=15, behaviour=behaviour))
    assert differing(engine, plain) == []
    assert engine.records().daily["invited"].sum() > 5
    assert (engine.people.asked_by[engine.people.status == STRANGER] >= 0).any()


OWN_GROUPS = """\
extends: beauty-welfare-group
name: own groups
days: 20
operator: {minutes_per_group: 5}
community:
  cap: 110
  groups:
    - {name: one, members: 100, kind: interest, taste: {gift pack: 2.5, mask: 0}, elasticity: 1.5}
    - {name: two, members: 90, kind: service, segments: {devoted: 80%, everyday: 20%}}
    - {name: three, members: 110, taste: {essence: 3}, segments: {everyday: 1}}
"""


def test_groups_of_own_kinds_tastes_and_mixes():
    engine, plain = both(loads(OWN_GROUPS))
    assert differing(engine, plain) == []
    assert len({group.level for group in plain.groups}) > 1
    assert engine.records().daily["orders"].sum() > 0


def test_a_service_group_whose_muted_members_come_back():
    """Answers are given, counted and paid, by staff of a strategy or of every day."""
    plan = of_few("unmanaged-group", Content(staff_minutes=5, weekdays=("mon", "wed")), days=20)
    talk = {"level": 0.3, "answered": 0.7}
    behaviour = Behaviour(talk=talk, stay={"unmute": 0.3, "mute_message": 0.05})
    for minutes in (0, 7):
        operator = Operator(minutes_per_group=minutes)
        engine, plain = both(plan.model_copy(update={"behaviour": behaviour, "operator": operator}))
        assert differing(engine, plain) == []
        daily = engine.records().daily
        answers = daily["operator_messages"] - 3 * daily["operator_posts"]
        assert 0 < answers.sum() <= 0.7 * daily["messages"].sum()
        assert daily["unmuted_today"].sum() > 0


SLIPS = {
    "a rule": ("worth", lambda value: value / (value + 1.001) if value > 0.0 else 0.0),
    "a rounding": ("single", float),
    "an hour": (
        "presence",
        lambda look, slot, hour, *rest, **more: presence(look, slot, hour - 1, *rest, **more),
    ),
    "a number": ("poisson", lambda u, rate: poisson(u, 1.1 * rate)),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_noticed(slip, monkeypatch):
    monkeypatch.setattr(plain_members, *SLIPS[slip], raising=False)
    talkative = {"behaviour": Behaviour(talk={"level": 1.0}), "members": 60, "days": 8}
    assert differing(*both(of_few("unmanaged-group", *ALL, **talkative))) != []
