"""Other shops that sell the same: their plain twin, the laws of sharing, and what a plan may say of them."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import plain_members
import pytest
from plain_members import BUYER, STRANGER
from test_equal_bits import ALL, both, differing, of_few
from worlds import plan, run, world

from commsim.core.dials import Dial
from commsim.core.luck import key, purpose
from commsim.core.maths import exp, log
from commsim.core.mechanism import load, mechanisms
from commsim.core.mechanisms.rivals import RIVALS
from commsim.core.units import WEEKDAYS
from commsim.population import quantiles
from commsim.scenario.load import dump, loads, scenario_hash
from commsim.scenario.rivals import Rival, RivalSale
from commsim.scenario.schema import Scenario
from commsim.simulation.dials import ROW
from commsim.simulation.kernels.uplifts import elsewhere
from commsim.strategies.flash_sale import FlashSale
from commsim.testing.promises import check_fields

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "rivals.md").read_text(encoding="utf-8")


class PlainRivals:
    """The rules once more, person by person."""

    def __init__(self, model):
        self.model, self.rivals = model, model.plan.rivals
        segments = [segment.name for segment in model.plan.community.segments]
        self.parts = [[rival.part(name) for rival in self.rivals] for name in segments]
        stream = key(model.seed, purpose("rivals, rate of buying there"))
        for number in range(len(segments)):
            self._draw([person for person in model.people if person.segment == number], stream, number)
        self.started = self._customers()

    def _draw(self, people, stream, segment):
        share = sum(self.parts[segment])
        mean = np.array([person.buy_rate for person in people], np.float64).mean() if people else 0.0
        for person in people:
            person.away = np.float32(0)
            if share > 0.0:
                times = share / (1.0 - share)
                table = quantiles.gamma(self.model.p.buying.shape * times)
                there = float(quantiles.draw(stream, np.array([person.row]), table)[0])
                there = float(np.float32(there) * (mean * times))
                person.away = np.float32(there / (there + person.buy_rate))

    def _customers(self):
        return max(1, sum(person.buys == BUYER and person.status != STRANGER for person in self.model.people))

    def morning(self):
        pass

    def dial(self):
        model = self.model
        away = model.nudges.setdefault(Dial.AWAY, [0.0] * len(model.people))
        draws = [self._draw_of(rival) for rival in self.rivals]
        for person in model.people:
            away[person.row] += float(person.away)
            customer = person.buys == BUYER and person.status != STRANGER
            person.offered, person.wanted = -1e30, person.wants if customer else 0.0
        if any(number for draw in draws for number in draw):
            pull = model.nudges.setdefault(Dial.PULL, [0.0] * len(model.people))
            for person in model.people:
                pull[person.row] += self._pull(person, draws)

    def _draw_of(self, rival):
        model = self.model
        on = [sale for sale in rival.sales if self._holds(sale)]
        off = max((sale.discount for sale in on), default=0.0)
        price = log(max(model.p.buying.sample_price, 1.0 - off)) if off else 0.0
        grown = log(self._customers() / self.started)
        return price, model.p.rivals.pool * (log(1.0 + rival.growth) * (model.day / 30.0) - grown)

    def _holds(self, sale):
        date = self.model.plan.start + dt.timedelta(days=self.model.day)
        begun = self.model.day - sale.starts
        weekday = WEEKDAYS[date.weekday()]
        last = (date + dt.timedelta(days=1)).day == 1 and -1 in sale.month_days
        due = not sale.month_days or date.day in sale.month_days or last
        return begun >= 0 and (sale.days is None or begun < sale.days) and weekday in sale.weekdays and due

    def _pull(self, person, draws):
        parts = self.parts[person.segment]
        total, all_parts = 0.0, np.array(parts).sum()
        for part, (price, pool) in zip(parts, draws, strict=True):
            total += part / all_parts * exp(pool - person.elasticity * price) if all_parts else 0.0
        return log(total) if total > 0.0 else 0.0

    def told(self):
        return {}

    def close(self):
        pass

    def numbers(self):
        theirs = lost = won = 0.0
        for person in self.model.people:
            away, pull = min(1.0, max(0.0, person.dial(Dial.AWAY))), person.dial(Dial.PULL) or 0.0
            h = float(np.float32(person.wanted)) * max(person.shelf)
            if h > 0.0 and away > 0.0:
                there = self._there(h, away, person.offered, pull)
                theirs += there
                won += self._there(h, away, 0.0, pull) - there
                gap = self._here(h, away, person.offered, 0.0) - self._here(h, away, person.offered, pull)
                lost, won = lost + max(0.0, gap), won + max(0.0, -gap)
        ours = len(self.model.orders)
        share = ours / (ours + theirs) if ours else 0.0
        return {
            "rival_orders": theirs, "lost_to_rivals": lost, "won_from_rivals": won, "share_of_need": share
        }  # fmt: skip

    def _here(self, h, away, u, v):
        of_all = (1.0 - away) * exp(u) + away * exp(v)
        return 1.0 - exp(-h * min(self.model.p.buying.cap, exp((1.0 + (1.0 - away)) * u) / of_all))

    def _there(self, h, away, u, v):
        of_all = max(1e-9, 1.0 - away) * exp(u) + away * exp(v)
        times = min(self.model.p.buying.cap, exp((1.0 + away) * v) / of_all)
        return 1.0 - exp(-h * away / max(1e-9, 1.0 - away) * times)


CORNER = Rival(
    name="corner shop", share=0.4, growth=0.1,
    sales=(
        RivalSale(starts=3, days=9, discount=0.2),
        RivalSale(starts=5, discount=0.3, weekdays=("sat", "sun")),
        RivalSale(starts=14, discount=-0.1),
    ),
)  # fmt: skip
APP = Rival(name="app", share=0.2, sales=(RivalSale(discount=0.8, month_days=(8, 18, 28, -1)),))
SALE = FlashSale(discount=0.2, weekdays=("tue", "sat"))


@pytest.mark.parametrize(
    ("rivals", "strategies", "few"),
    [((CORNER,), (SALE,), {"days": 20}), ((CORNER, APP), ALL, {"days": 11, "members": 150})],
    ids=["one", "two, with everything else"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(rivals, strategies, few):
    engine, plain = both(of_few("unmanaged-group", *strategies, rivals=rivals, **few), PlainRivals)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert daily["lost_to_rivals"].max() > 0.1
    assert daily["lost_to_rivals"].min() >= 0.0
    assert daily["won_from_rivals"].max() > 0.01


def test_a_sale_of_theirs_holds_on_days_of_the_month_and_the_last_of_it():
    start, (sale,) = dt.date(2026, 2, 1), APP.sales
    on = [
        str(start + dt.timedelta(days=day))
        for day in range(60)
        if sale.holds(day, start + dt.timedelta(days=day))
    ]
    assert on == [
        "2026-02-08",
        "2026-02-18",
        "2026-02-28",
        "2026-03-08",
        "2026-03-18",
        "2026-03-28",
        "2026-03-31",
    ]


def test_a_plan_with_segments_and_several_products_leaves_the_same_bits():
    plan_ = of_few("beauty-welfare-group", days=12, rivals=(CORNER, APP))
    segments = {segment.name: 0.1 * k for k, segment in enumerate(plan_.community.segments)}
    differs = APP.model_copy(update={"segments": segments})
    engine, plain = both(plan_.model_copy(update={"rivals": (CORNER, differs)}), PlainRivals)
    assert differing(engine, plain) == []


def test_a_slip_in_sharing_is_noticed(monkeypatch):
    monkeypatch.setattr(plain_members.Person, "elsewhere", lambda self, uplift: 0.0)
    assert differing(*both(of_few("unmanaged-group", SALE, rivals=(CORNER,), days=12), PlainRivals)) != []


def beside(rivals, *strategies, **settings):
    """A small plan with rivals."""
    made = plan(*strategies, **settings).model_dump(mode="json")
    return Scenario.model_validate({**made, "rivals": rivals})


SHOP = {"kind": "flash_sale", "discount": 0.3, "stock": 9}
TEAMS = {"kind": "group_buying", "ladder": [{"size": 2, "price": 25}], "accept": 0.4, "accept_late": 0.6}


def bytes_of(records, *, without=()):
    tables = {name: getattr(records, name) for name in ("daily", "ledger", "groups", "events", "members")}
    return {
        f"{table}.{name}": column.tolist()
        for table, columns in tables.items()
        for name, column in columns.items()
        if name not in without
    }


def test_rivals_who_fill_nothing_leave_every_byte():
    own = {column.name for column in (*RIVALS.columns, *RIVALS.daily)}
    nobody = [{"share": 0, "growth": 0.2, "sales": [{"discount": 0.5}]}]
    without = run(plan(SHOP, TEAMS, members=300, days=30))
    idle = run(beside(nobody, SHOP, TEAMS, members=300, days=30))
    assert bytes_of(idle, without=own) == bytes_of(without, without=own)
    assert own <= set(idle.daily) | set(idle.members)
    assert not own & (set(without.daily) | set(without.members))
    assert idle.daily["rival_orders"].sum() == idle.daily["lost_to_rivals"].sum() == 0.0


def test_a_plan_without_rivals_loads_nothing_of_them_and_is_kept_as_before():
    alone = plan(SHOP)
    assert RIVALS not in alone.mechanisms
    assert not any(one.declared is RIVALS for one in world(alone).mechanisms.all)
    assert "\nrivals:" not in dump(alone)
    two = alone.model_copy(update={"rivals": (CORNER, APP)})
    assert RIVALS in two.mechanisms
    assert scenario_hash(two) != scenario_hash(alone)
    assert loads(dump(two)) == two


def shared(h, away, u, v):
    """Orders here and there by the equations, for one person, without a cap."""
    s = 1 - away
    of_all = s * np.exp(u) + away * np.exp(v)
    return h * np.exp((1 + s) * u) / of_all, h * away / s * np.exp((1 + away) * v) / of_all


def test_the_log_uplift_is_that_of_the_equation():
    """From the kernel's own numbers, for people who share differently beside a rival's sale."""
    rivals = [{"share": 0.5, "sales": [{"discount": 0.2}]}]
    made = world(beside(rivals, {"kind": "flash_sale", "discount": 0.3, "weekdays": ["mon"]}, members=400))
    made.advance()
    dials, people = made._handle.today.dials, made.people
    away, pull = (dials.turned[dials.at[ROW[dial]]] for dial in (Dial.AWAY, Dial.PULL))
    assert away.tolist() == made.columns["away"].tolist()
    assert pull == pytest.approx(-people.elasticity.astype(float) * log(0.8))
    home = made._home
    daily = made.records().daily
    here = there = usual = 0.0
    for i in np.flatnonzero(made.mechanisms.all[-1]._wants):
        h, u = float(made.mechanisms.all[-1]._wants[i]), float(home.out.offered[i])
        here += 1 - exp(-shared(h, away[i], u, pull[i])[0])
        usual += 1 - exp(-shared(h, away[i], u, 0.0)[0])
        there += 1 - exp(-shared(h, away[i], u, pull[i])[1])
    assert daily["rival_orders"][0] == pytest.approx(there, rel=1e-6)
    assert daily["lost_to_rivals"][0] == pytest.approx(usual - here, rel=1e-6)


def here(away, u, v):
    """The log uplift that is left of one, by the kernel."""
    turned = np.array([[away], [v]])
    dials = SimpleNamespace(at={ROW[Dial.AWAY]: 0, ROW[Dial.PULL]: 1}, turned=turned)
    return u - elsewhere.py_func(u, dials, 0)


@pytest.mark.parametrize("away", [0.0, 0.2, 0.7, 1.0])
def test_whatever_the_share_a_small_uplift_acts_in_full_and_none_not_at_all(away):
    assert here(away, 0.0, 0.0) == 0.0
    assert (here(away, 1e-5, 0.0) - here(away, -1e-5, 0.0)) / 2e-5 == pytest.approx(1.0, rel=1e-4)
    assert here(away, 0.0, 1e-5) / 1e-5 == pytest.approx(-away, abs=1e-4)


@pytest.mark.parametrize("away", [0.0, 0.45, 0.7])
def test_what_is_left_of_an_uplift_is_as_the_equation_says(away):
    for u, v in ((0.6, 0.0), (0.6, 0.5), (-0.4, 0.3), (2.0, -1.0)):
        assert here(away, u, v) == pytest.approx(np.log(shared(1.0, away, u, v)[0]), abs=1e-9)
        assert here(away, u, v) <= here(away, u, v - 0.1)
        assert here(away, u, v) < here(away, u + 0.1, v)


def test_shares_are_those_of_the_plan_by_orders_and_differ_between_people():
    made = world(beside([{"share": 0.7}], members=20_000))
    people, away = made.people, made.columns["away"].astype(float)
    here = people.buy_rate.astype(float)
    there = here * away / np.maximum(1 - away, 1e-9)
    sound = away < 1
    assert there[sound].sum() / (there[sound].sum() + here[sound].sum()) == pytest.approx(0.7, abs=0.03)
    assert 0.2 < away.std() < 0.45
    heavy = here > np.quantile(here, 0.9)
    assert away[heavy].mean() < away[~heavy].mean() - 0.2  # who buys much here buys less of it elsewhere


def test_a_segment_may_have_another_share_and_no_rival_at_all():
    segments = [{"name": "payers", "share": 1}, {"name": "others", "share": 1}]
    rivals = [{"share": 0.5, "segments": {"payers": 0}}]
    made = world(beside(rivals, segments=segments, members=4000))
    payers = made.people.segment == 0
    assert not made.columns["away"][payers].any()
    assert made.columns["away"][~payers].min() > 0


def test_a_rival_draws_on_its_days_alone_and_most_where_it_is_cheapest():
    start = dt.date(2026, 3, 2)
    on = {day: CORNER.discount(day, start + dt.timedelta(days=day)) for day in range(20)}
    assert [on[day] for day in (0, 3, 5, 6, 7, 11, 12, 14, 19)] == [
        0,
        0.2,
        0.3,
        0.3,
        0.2,
        0.2,
        0.3,
        -0.1,
        0.3,
    ]
    first = [day for day in range(31) if APP.discount(day, start + dt.timedelta(days=day))]
    assert first == [6, 16, 26, 29]


def test_our_pool_that_grows_weakens_a_rival_and_theirs_strengthens_it():
    """In the pull, as the equation says; at the start it is 0."""
    made = world(beside([{"share": 0.5, "growth": 0.2}], members=400, days=40))
    part = made.mechanisms.all[-1]
    assert part._draws(0, 0.0)[0].tolist() == [0.0, 0.0]
    assert part._draws(30, 0.0)[0, 1] == pytest.approx(0.1 * np.log(1.2))
    assert part._draws(0, log(2.0))[0, 1] == pytest.approx(-0.1 * np.log(2))
    still = {"rivals": {"pool": 0.0}}
    made = world(beside([{"share": 0.5, "growth": 0.2}], members=400, days=40, behaviour=still))
    assert not made.mechanisms.all[-1]._draws(30, log(2.0)).any()


@pytest.mark.parametrize(
    ("rivals", "text"),
    [
        ([{"name": "a"}, {"name": "b"}], "let them add up to less than 1"),
        ([{"share": 1}], "nothing is left to buy from us"),
        ([{"name": "a", "share": 0.2}, {"name": "a", "share": 0.1}], "the name 'a' is taken by number 1"),
        ([{"segments": {"nobody": 0.2}}], "there is no segment 'nobody'"),
        ([{"sales": [{"discount": 0.2, "starts": 99}]}], "day 99 is after the run"),
        ([{"sales": [{"discount": 0.2, "weekdays": []}]}], "is empty: the sale would never be"),
        ([{"sales": [{"discount": 0.2, "month_days": [32]}]}], "month_days"),
        ([{"sales": [{}]}], "discount"),
    ],
)
def test_rivals_who_are_none(rivals, text):
    with pytest.raises(ValueError, match=text):
        beside(rivals, days=30)


def test_it_says_what_it_is():
    """The promises of mechanisms that are no strategy's; bytes and bits stand above."""
    assert RIVALS in mechanisms()
    assert load(RIVALS.engine).declared is RIVALS
    for cards in (RIVALS.behaviour, Rival, RivalSale):
        check_fields(cards, cards)
    named = [*(f"rivals.{name}" for name in (*RIVALS.behaviour.model_fields, *Rival.model_fields))]
    named += [column.name for column in (*RIVALS.columns, *RIVALS.daily)]
    assert [name for name in named if f"`{name}`" not in DOCS] == []
    assert {*(f"daily.{column.name}" for column in RIVALS.daily), "pathway.rivals.pool"} == set(RIVALS.words)
    assert Scenario.model_fields["rivals"].description in DOCS
