"""Levels of membership: their plain twin, and their laws."""

from pathlib import Path

import numpy as np
import pytest
from test_equal_bits import ALL, both, differing, of_few
from worlds import differing as differing_runs
from worlds import fen, plan, run, world

from commsim.core.columns import Column
from commsim.core.dials import Dial
from commsim.core.errors import InputError
from commsim.core.maths import exp, log
from commsim.core.mechanisms.levels import FELL, LEVEL, LEVELS, ROSE, Rank
from commsim.core.view import MEMBER
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Scenario
from commsim.simulation.community import Community
from commsim.strategies.advert import Advert
from commsim.strategies.check_in import CheckIn
from commsim.strategies.content import Content
from commsim.strategies.distributor_rebate import DistributorRebate
from commsim.strategies.flash_sale import FlashSale
from commsim.strategies.group_buying import GroupBuying
from commsim.strategies.group_rules import GroupRules
from commsim.strategies.levels import Levels
from commsim.strategies.red_envelope import RedEnvelope
from commsim.testing import FakeView, check_mechanism

LIVELY = Levels(
    window=12,
    at=({"spent": 20, "discount": 0.05}, {"spent": 80, "discount": 0.2, "early_access": True}),
    starts=2,
    ends=26,
)
SALES = (
    {"kind": "flash_sale", "discount": 0.3, "stock": 9},
    {
        "kind": "group_buying",
        "product": "gift pack",
        "ladder": [{"size": 2, "price": 90}],
        "accept": 0.4,
        "accept_late": 0.6,
    },
)


DOCS = Path(__file__).parents[2] / "docs" / "mechanisms" / "levels.md"


class PlainLevels:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model, self.b, self.paid, self.since = model, model.p.levels, [], 0
        rates = sorted(person.buy_rate for person in model.people if person.status == MEMBER)
        for person in model.people:
            person.level, person.lately, person.fallen = 0, 0, np.float32(0)
            person.heavy = person.buy_rate > rates[int(0.9 * len(rates))]

    def morning(self):
        self.ladder, self.rose, self.fell = None, [], []
        for person in self.model.people:
            person.fallen *= np.float32(0.5 ** (1.0 / self.b.fall_half_life))

    def _rank(self, effect, cause):
        self.ladder = cause, effect

    def dial(self):
        if self.ladder is None:
            self._end()
            return
        cause, rank = self.ladder
        self.since = self.model.day - rank.window
        turned = {dial: [0.0] * len(self.model.people) for dial in (Dial.PRICE, Dial.EARLY)}
        buying = self.model.nudges.setdefault(Dial.BUY, [0.0] * len(self.model.people))
        for person in self.model.people:
            person.lately = 0
        for order, day in self.paid:
            if day >= self.model.day - rank.window and order.refunded < 0:
                order.person.lately += order.fen
        for person in self.model.people:
            here = person.status == MEMBER
            self._move(person, sum(person.lately >= sum_ for sum_ in rank.at) if here else 0)
            if here:
                buying[person.row] += self._lift(person, rank.at)
            if person.level:
                turned[Dial.PRICE][person.row] = log(1.0 - rank.discounts[person.level - 1])
                turned[Dial.EARLY][person.row] = float(rank.early[person.level - 1])
        self.model.nudges[Dial.PRICE] = turned[Dial.PRICE]
        early = self.model.nudges.setdefault(Dial.EARLY, [0.0] * len(self.model.people))
        self.model.nudges[Dial.EARLY] = [a + b for a, b in zip(early, turned[Dial.EARLY], strict=True)]
        self.model.prices.append((cause, lambda person: turned[Dial.PRICE][person.row]))

    def _end(self):
        people = self.model.people
        if any(person.level or person.fallen for person in people):
            buying = self.model.nudges.setdefault(Dial.BUY, [0.0] * len(people))
            for person in people:
                self._move(person, 0)
                buying[person.row] += -float(person.fallen) if person.status == MEMBER else 0.0

    def _move(self, person, level):
        if level > person.level:
            self.rose.append(person.row)
        if level < person.level:
            self.fell.append(person.row)
            person.fallen += np.float32(self.b.fall * self.b.status * (person.level - level))
        person.level = level

    def _lift(self, person, at):
        lift = self.b.status * person.level * (self.b.heavy if person.heavy else 1.0) - float(person.fallen)
        if person.level < len(at):
            below = at[person.level - 1] if person.level else 0
            way = (person.lately - below) / (at[person.level] - below)
            lift += log(1.0 + self.b.gradient * way * way) if way > 0.5 else 0.0
        return lift

    def told(self):
        return {"rose": self.rose, "fell": self.fell}

    def close(self):
        for order, day in self.paid:
            if order.refunded == self.model.day and day >= self.since:
                order.person.lately -= order.fen
        for order in self.model.orders:
            order.person.lately += order.fen
            self.paid.append((order, self.model.day))
        for name, rows in self.told().items():
            for row in rows:
                self.model.note(name, row)

    def numbers(self):
        return {"levelled": sum(p.level > 0 and p.status == MEMBER for p in self.model.people)}


LONGER = Levels(window=25, at=({"spent": 50, "discount": 0.1},), starts=15, ends=26)


@pytest.mark.parametrize(
    "others",
    [(), (LONGER,), pytest.param(ALL, marks=pytest.mark.slow)],
    ids=["alone", "with another window from a day on", "with everything"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(others):
    first = LIVELY if LONGER not in others else LIVELY.model_copy(update={"ends": 14})
    engine, plain = both(of_few("unmanaged-group", first, *others), PlainLevels)
    assert differing(engine, plain) == []
    events = engine.records().events
    assert {"rose", "fell"} <= {event[0] for event in plain.events}
    assert len(events["kind"]) == len(plain.events)


YEAR_ROUND = (
    LIVELY,
    FlashSale(name="evening", discount=0.2, weekdays=("tue", "thu", "sat"), hour=20, stock=12),
    FlashSale(name="sample", price=1, stock=12, weekdays=("mon", "fri")),
    RedEnvelope(weekdays=("tue", "sat"), hours=(19,), preset="social"),
    Advert(posts=2, hours=(9, 18), announces="evening", weekdays=("mon", "tue", "sat"), reach=0.7),
    GroupBuying(ladder=({"size": 2, "price": 27}, {"size": 3, "price": 4}), accept=0.5, accept_late=0.6),
    Content(fresh=0.0, posts=2, themes=("tips", "stories", "tips"), staff_minutes=4),
    Content(name="of another kind", starts=9, themes="shows", topics=0.3),
    DistributorRebate(base=1.0, reward=5, weekdays=("mon", "thu"), asks_again=4, levels=(0.1, 0.05)),
    GroupRules(enforced=False, starts=5),
    CheckIn(base=0.6, prizes=({"streak": 3, "points": 20, "gift": 2},), redeem_at=20),
)


def test_all_that_lasts_a_year_at_once_in_a_service_group():
    """Announced sales, envelopes before them, samples, teams, levels, answers, content that wears."""
    talk, stay = {"level": 0.3, "answered": 0.7}, {"unmute": 0.1, "mute_message": 0.03, "leave_message": 0.02}
    behaviour = Behaviour(talk=talk, stay=stay, habit={"transfer": 0.5}, invite={"fade": 5.0})
    engine, plain = both(
        of_few("unmanaged-group", *YEAR_ROUND, members=150, days=24, behaviour=behaviour), PlainLevels
    )
    assert differing(engine, plain) == []
    records = engine.records()
    happened = ("unmuted_today", "left", "orders", "teams", "caught", "invited", "checked_in", "levelled")
    assert {name for name in happened if not records.daily[name].any()} == set()
    moved = ("sampled", "annoyance", "adstock", "referral", "contact")
    assert {name for name in moved if not getattr(engine.people, name).any()} == set()


def test_it_keeps_the_promises_of_mechanisms():
    check_mechanism(
        LEVELS,
        Levels,
        twin=lambda plan: differing(*both(plan, PlainLevels)),
        docs=DOCS.read_text(encoding="utf-8"),
        at=[{"spent": 20, "discount": 0.1}],
    )


def rich(discount=0.0, behaviour=None, **levels):
    """A community with one level that everybody has from their first order on."""
    one = {"kind": "levels", "at": [{"spent": 0.01, "discount": discount}], "window": 300, **levels}
    return plan(one, *SALES, members=300, days=40, behaviour=behaviour or {})


OFF = {"levels": {"status": 0.0, "gradient": 0.0, "fall": 0.0}}


def test_levels_that_give_nothing_change_no_byte_of_what_members_do():
    """No discount, no status, no gradient: only the level itself is new."""
    without = plan(*SALES, members=300, days=40, behaviour=OFF)
    found = differing_runs(run(without), run(rich(behaviour=OFF)))
    new = {"daily.levelled", "members.level", "members.lately", "events.kind"}
    assert {name for name in found if not name.startswith("events.")} <= new


def test_members_pay_their_own_price_to_the_fen_and_the_levels_bear_the_rest():
    made = world(rich(discount=0.1))
    for _ in range(40):
        level = made.columns["level"].copy()
        happened = made.advance()
        held = level[happened.order_persons] > 0
        if made.day > 1:
            held = made.columns["level"][happened.order_persons] > 0
        from_shelf = (happened.order_cause < 0) & (happened.order_products == 0)
        assert set(happened.order_fen[held & from_shelf].tolist()) <= {2700}
        assert set(happened.order_fen[~held & from_shelf].tolist()) <= {3000}
    records = made.records()
    entries, causes = records.entries, records.causes
    own = (entries["cause"] == causes.index("levels")) & (entries["fen"] != 0)
    assert own.sum() > 20
    assert entries["fen"][own].sum() == fen(records, "discount", cause="levels") < 0
    assert made.people.spent.sum() == records.daily["revenue"].sum()


def test_buying_follows_status_near_levels_and_loss():
    """Against the equations, from the dial that was turned."""
    b = {"levels": {"status": 0.1, "gradient": 0.4, "fall": 2.0, "heavy": 1.0, "fall_half_life": 10}}
    at = [{"spent": 100}, {"spent": 200}]
    made = world(plan({"kind": "levels", "at": at}, members=50, behaviour=b))
    made.columns["lately"][:6] = [0, 7500, 10_000, 17_500, 20_000, 4_000]
    made.columns["level"][5] = 2
    made.advance()
    turned = made._handle.today.dials.turned[made._handle.today.dials.at[list(Dial).index(Dial.BUY)]]
    near = log(1 + 0.4 * 0.75**2)
    assert turned[:6].tolist() == pytest.approx([0, near, 0.1, 0.1 + near, 0.2, -2 * 2.0 * 0.1], rel=1e-6)
    made.columns["lately"][5] = 0
    made.advance()
    turned = made._handle.today.dials.turned[made._handle.today.dials.at[list(Dial).index(Dial.BUY)]]
    assert turned[5] == pytest.approx(-0.4 * 0.5**0.1, rel=1e-6)


def test_early_access_comes_first_to_a_short_sale():
    """A quarter of the members get the few pieces of a day more often than without it, in the same world."""
    share, first = {}, np.arange(0, 2000, 4)
    for early in (True, False):
        levels = {"kind": "levels", "at": [{"spent": 50, "early_access": early}]}
        sale = {"kind": "flash_sale", "discount": 0.4, "stock": 3}
        made = world(plan(levels, sale, members=2000, days=30, behaviour=OFF))
        made.columns["lately"][first] = 1_000_000
        happened = [made.advance() for _ in range(30)]
        buyers = np.concatenate([day.order_persons[day.order_cause >= 0] for day in happened])
        share[early] = np.isin(buyers, first).mean()
    assert share[False] < 0.4
    assert share[True] > share[False] + 0.15


def test_what_was_refunded_gives_no_level():
    """Every parcel is bad: two days later nobody has paid anything."""
    shop = ({"name": "coffee", "price": 30, "unit_cost": 15, "bad_share": 1.0},)
    made = world(plan({"kind": "levels", "at": [{"spent": 20}]}, members=300, days=20, products=shop))
    for day in range(20):
        happened = made.advance()
        orders = made.records().events["kind"] == 3
        recent = orders & (made.records().events["day"] > day - 2)
        assert made.columns["lately"].sum() == made.records().events["fen"][recent].sum()
    assert happened.of(FELL).persons.size > 0


def test_two_ladders_on_a_day_are_refused():
    two = [{"kind": "levels", "name": "one", "ends": 5}, {"kind": "levels", "name": "two", "starts": 5}]
    text = "'two' gives levels of membership on day 5, when 'one' gives them already"
    with pytest.raises(ValueError, match=text):
        plan(*two)
    with pytest.raises(ValueError, match=text):  # it may have stopped by then, but nobody knows
        plan(two[0] | {"budget": 1000}, two[1])


def test_ladders_that_meet_in_a_run_are_refused_by_name():
    two = [{"kind": "levels", "name": "one", "ends": 5}, {"kind": "levels", "name": "two", "starts": 6}]
    made = world(plan(*two))
    (part,) = [one for one in made.mechanisms.all if one.declared is LEVELS]
    part.morning(0)
    ladder = Rank(window=30, at=(1,), discounts=(0.1,), early=(False,))
    part.rank(ladder, 0)
    with pytest.raises(InputError, match=r"strategies 'one' and 'two'.*two strategies give levels"):
        part.rank(ladder, 1)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"at": []}, "give at least one"),
        ({"at": [{"spent": 5}, {"spent": 5}]}, "more spending than the one before"),
        ({"at": [{"spent": k} for k in range(1, 129)]}, "give at most 99"),
        ({"weekdays": ["sat"]}, "levels hold every day and for everybody"),
        ({"reach": 0.5}, "levels hold every day and for everybody"),
    ],
)
def test_ladders_that_are_none(settings, text):
    with pytest.raises(ValueError, match=text):
        Levels(**settings)


def test_a_window_of_a_day_counts_yesterday():
    made = world(rich(window=1))
    yesterday: set[int] = set()
    for _ in range(10):
        members = set(np.flatnonzero(made.people.status == MEMBER).tolist())
        happened = made.advance()
        held = set(np.flatnonzero(made.columns["level"]).tolist())
        assert yesterday & members <= held <= yesterday  # a team mate may have joined this morning
        yesterday = set(happened.order_persons.tolist())
    assert yesterday


def test_nothing_costs_less_than_a_fen():
    """A price of a fen stays one; half a fen is rounded up."""
    shop = (
        {"name": "tea", "price": 0.15, "unit_cost": 0.01},
        {"name": "cup", "price": 0.01, "unit_cost": 0.01},
    )
    levels = {"kind": "levels", "at": [{"spent": 0.01, "discount": 0.1}]}
    made = world(plan(levels, members=300, days=20, products=shop))
    paid = np.concatenate([made.advance().order_fen for _ in range(20)])
    assert set(paid.tolist()) == {1, 14, 15}


def test_nobody_holds_a_level_when_the_programme_is_over():
    made = world(rich(ends=19, discount=0.2))
    for _ in range(20):
        happened = made.advance()
    assert made.columns["level"].sum() > 10
    happened = made.advance()
    lost = happened.of(FELL).persons
    assert lost.size > 10
    assert made.columns["level"].sum() == made.records().daily["levelled"][-1] == 0
    assert made.columns["fallen"][lost].min() > 0
    cause = made.records().causes.index("levels")
    assert made.records().ledger["day"][made.records().ledger["cause"] == cause].max() <= 19


def test_strategies_see_the_level():
    made = world(rich())
    for _ in range(20):
        happened = made.advance()
    view = made.strategies.views[0]
    assert view.of(LEVEL).max() == 1
    assert not view.of(LEVEL).flags.writeable
    assert (
        view.of(Column("unknown", np.int8, "of a mechanism that no plan uses")).tolist()
        == [0] * view.n_persons
    )
    assert set(happened.of(ROSE).persons.tolist()) <= set(np.flatnonzero(view.of(LEVEL)).tolist())
    assert view.of(Column("lapse", np.float32, "what no strategy may see")).max() == 0
    assert FakeView().of(LEVEL).tolist() == [0] * 12


def test_members_of_a_mesa_model_have_a_level():
    community = Community(rich(), seed=1)
    for _ in range(20):
        community.step()
    levels = community.agents.get("level")
    assert {type(level) for level in levels} == {int}
    assert 0 < sum(levels) == community.world.records().daily["levelled"][-1]
    without = Community(plan(members=9))  # kept: its agents go with it
    with pytest.raises(KeyError, match="level"):
        next(iter(without.agents)).level  # noqa: B018


def test_behaviour_of_mechanisms_stands_in_a_plan():
    loaded = Scenario.model_validate(
        {
            "name": "tea",
            "products": [{"name": "tea", "price": 9, "unit_cost": 3}],
            "behaviour": {"levels": {"status": 0.1}},
        }
    )
    assert loaded.behaviour.levels.status == 0.1
    assert loaded.behaviour == Behaviour(levels={"status": 0.1})
    assert exp(Behaviour().levels.status) == pytest.approx(1.05, rel=1e-4)
