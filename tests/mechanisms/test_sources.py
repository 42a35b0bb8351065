"""Where members come from: a plain twin, the laws of its steps, and what a plan may say of it."""

from pathlib import Path

import numpy as np
import pytest
from plain_service import PlainService
from plain_sources import PlainSources
from pydantic import ValidationError
from scipy import stats
from test_equal_bits import ALL, both, differing, of_few
from worlds import EIGHT, plan, run

from commsim.analysis.channels import channels_counted, with_shares
from commsim.core.luck import key
from commsim.core.mechanisms.sources import SOURCES
from commsim.population.build import build
from commsim.population.newcomers import with_newcomers
from commsim.scenario.accounts import Accounts
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.channel_kinds import USUAL
from commsim.scenario.channels import Channel, Steps, Wave
from commsim.scenario.schema import Scenario
from commsim.simulation.kernels.streams import binomial
from commsim.simulation.mechanisms.accounts import Register
from commsim.simulation.mechanisms.sources import Flow
from commsim.strategies.content import Content
from commsim.strategies.service import Service
from commsim.testing.promises import check_fields

DOCS = (Path(__file__).parents[2] / "docs" / "mechanisms" / "sources.md").read_text(encoding="utf-8")
STORE = Channel(kind="store", per_day=2.5, per_contact=0.5, staff_minutes=20, weekdays=("mon", "thu", "sat"))
WAVE = Channel(
    name="wave", kind="bought", waves=(Wave(starts=3, days=4, people=90), Wave(starts=9, people=30))
)
FANS = Channel(kind="official", fans=4000, tilt=0.75, rise=2.0, steps={"reach": 0.4, "scan": 0.3})
PRIZE = Channel(kind="prize", per_day=3, budget=40, ends=9)
TO_SOME = Content(name="to some", who={"channel": ["official", "friends", "unasked"]})


@pytest.mark.parametrize(
    ("sources", "strategies", "few"),
    [
        ((STORE, WAVE, FANS), (TO_SOME,), {"days": 16}),
        pytest.param((PRIZE, FANS), (*ALL, TO_SOME), {"days": 9, "members": 90}, marks=pytest.mark.slow),
    ],
    ids=["some", "with everything else"],
)
def test_the_engine_and_the_plain_rules_leave_the_same_bits(sources, strategies, few):
    engine, plain = both(of_few("unmanaged-group", *strategies, sources=sources, **few), PlainSources)
    assert differing(engine, plain) == []
    assert engine.records().daily["sourced"].sum() > 5


def small(*sources, days=10, accounts=None, **settings):
    """Few members beside whom many come."""
    few = plan(members=60, days=days, outside_per_member=0.5, **settings)
    return Scenario.model_validate(few.model_dump(mode="json") | {"sources": sources, "accounts": accounts})


def sums(records):
    return {name: int(records.daily[name].sum()) for name in ("reached", "scanned", "added", "sourced")}


def test_as_many_pass_as_the_binomial_law_says():
    """Of small numbers every count with its chance; of millions mean and spread."""
    few = np.array([binomial(key(k, 1), 0, 5, 0.3) for k in range(4000)])
    expected = stats.binom.pmf(np.arange(6), 5, 0.3) * len(few)
    assert stats.chisquare(np.bincount(few, minlength=6), expected).pvalue > 1e-4
    for n, p in ((1_800_000, 0.0004), (5000, 0.7), (300, 0.4)):
        many = np.array([binomial(key(k, 2), 0, n, p) for k in range(400)])
        assert abs(many.mean() - n * p) < 4 * np.sqrt(n * p * (1 - p) / len(many))
        assert many.var() == pytest.approx(n * p * (1 - p), rel=0.3)
    assert [binomial(key(1, 1), 0, n, p) for n, p in ((0, 0.5), (7, 0.0), (7, 1.0))] == [0, 0, 7]


def test_who_joins_is_the_product_of_the_steps():
    shares = {"reach": 0.5, "scan": 0.4, "add": 0.8, "join": 0.5}
    fans = {"kind": "official", "fans": 20_000, "steps": shares, "lag": 0}
    store = {"kind": "store", "per_day": 1500, "steps": shares}
    for source, people in ((fans, 20_000), (store, 15_000)):
        told, left = sums(run(small(source, days=11, cap=500) if source is fans else small(store))), people
        for step, passed in zip(shares.values(), told.values(), strict=True):
            late = 0.1 * left if source is store else 0.0  # who passes on the last day joins after the end
            assert abs(passed - left * step) < 4 * np.sqrt(left * step) + (late if step == 0.5 else 0.0)
            left = passed


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("shape", [0.35, 0.05])  # of the second, one draw in thirty can't be divided by
def test_the_steps_let_through_who_buys_more_often_in_the_gamma_law(shape):
    """With an exponent b the mean rate of who joins is (shape + b) / shape of that of all."""
    for tilt in (0.0, 0.75, 2.0):
        source = {"kind": "parcel", "fans": 40_000, "tilt": tilt, "steps": {"reach": 1.0, "scan": 1.0}}
        scenario = small(source, behaviour={"buying": {"shape": shape}})
        people = build(scenario.community, scenario.behaviour, 3, today=scenario.start)
        people = with_newcomers(people, scenario, 3)
        rates = people.traits["buy_rate"][people.seats[0] :].astype(np.float64)
        usual = scenario.community.segments[0].orders_per_week / 7.0
        error = np.sqrt((shape + tilt) / shape**2 / len(rates))
        assert rates.mean() / usual == pytest.approx((shape + tilt) / shape, abs=4 * error)


def test_nobody_else_is_moved_before_the_first_comes():
    """Rows that are kept for newcomers change no byte of what others do."""
    late = {"kind": "outdoor", "per_day": 400, "starts": 12}
    quiet = plan(*EIGHT, members=150, days=16, arrivals_per_day=1.0)
    with_rows = Scenario.model_validate(quiet.model_dump(mode="json") | {"sources": (late,)})
    before, after = run(quiet).first(12), run(with_rows).first(12)
    for table in ("daily", "groups", "events", "hours"):
        for name, column in getattr(before, table).items():
            assert name == "cause" or column.tolist() == getattr(after, table)[name].tolist(), (table, name)


def test_each_channel_pays_its_own_way_and_stops_when_its_budget_is_spent():
    store = {"kind": "store", "per_day": 100, "per_join": 5, "per_contact": 0.2, "staff_minutes": 60}
    prize = {"kind": "prize", "per_day": 40, "budget": 300, "per_join": 6}
    records = run(small(store, prize, operator={"wage_per_hour": 46, "acquisition": 20}))
    fen, causes = records.ledger["fen"], [records.causes[k] for k in records.ledger["cause"]]
    spent = {name: -fen[[cause == name for cause in causes]].sum() for name in ("store", "prize")}
    joined = {name: int((records.members["channel"] == records.causes.index(name)).sum()) for name in spent}
    assert spent["store"] == 500 * joined["store"] + 10 * (100 * 20 + 4600)
    assert spent["prize"] == 600 * joined["prize"]
    assert 30_000 <= spent["prize"] < 30_000 + 2 * 40 * 600  # those on their way still come
    assert "operator" not in {cause for cause, one in zip(causes, fen, strict=True) if one < 0}


def test_who_came_for_a_prize_is_gone_sooner_and_counted_by_channel():
    gone = {}
    for leave in (0.05, 20.0):
        behaviour = {"sources": {"prize_leave": leave}, "stay": {"leave": 0.01}}
        records = run(small({"kind": "prize", "per_day": 100}, behaviour=behaviour))
        row = with_shares(channels_counted(records)).loc["prize"]
        gone[leave] = 1.0 - row["stayed"]
        assert row["share"] == 1.0
    assert gone[0.05] < 0.02 < 0.3 < gone[20.0]


def test_the_price_of_a_pool_rises_as_it_is_used_up_and_by_the_year():
    flow = Flow(Channel(kind="bought", fans=1000, per_day=9, rise=0.33), 0, range(9), 1)
    flow.met = 750
    assert flow.dearer(365) == pytest.approx(1.33 * 2.0)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ({"kind": "store"}, "reaches nobody"),
        ({"kind": "store", "per_day": 3, "waves": [{"starts": 1, "people": 3}]}, "both per_day and waves"),
        ({"kind": "store", "per_day": 3, "name": "shelf"}, "another meaning"),
        ({"kind": "store", "per_day": 3, "segment": "elder"}, "there is no segment"),
        ({"kind": "store", "per_day": 3, "starts": 99}, "no day of the run"),
        ({"kind": "shop", "per_day": 3}, "store"),
    ],
)
def test_what_can_not_be_is_refused_with_its_remedy(source, told):
    with pytest.raises(ValidationError, match=told):
        small(source)


def test_who_is_addressed_by_channel_must_come_by_one_that_there_is():
    with pytest.raises(ValidationError, match="no channel 'shop'"):
        plan({"kind": "content", "who": {"channel": "shop"}})


def test_the_docs_and_cards_speak_of_everything():
    check_fields(SOURCES.behaviour, SOURCES.behaviour)
    for part in (Channel, Steps, Wave, Accounts):
        check_fields(part, part)
    named = [column.name for column in (*SOURCES.columns, *SOURCES.daily)]
    for name in (*named, *(f"sources.{name}" for name in SOURCES.behaviour.model_fields), *USUAL):
        assert f"`{name}`" in DOCS, name


BATCH = Channel(kind="batch", per_day=130, steps={"add": 0.6, "join": 0.1})
REGISTER = Accounts(number=3, cap=120, safe=20, replaced_after=2, cost=30)
DESK = Service(questions=(), welcome=1, starts=4)


def test_accounts_and_a_welcome_leave_the_same_bits():
    """Accounts are filled, blocked and replaced; a desk that welcomes brings more of them to join."""
    sources = {"sources": (FANS, BATCH), "accounts": REGISTER}
    behaviour = Behaviour(sources={"block": 0.4})
    plan_ = of_few("unmanaged-group", DESK, days=14, members=90, behaviour=behaviour, **sources)
    engine, plain = both(plan_, PlainService, PlainSources)
    assert differing(engine, plain) == []
    daily = engine.records().daily
    assert daily["blocked"].sum() > 1
    assert daily["friends_lost"].sum() > 50


def test_expected_adds_until_an_account_is_blocked():
    """n a day with a chance p a day: n (1 - (1 - p)^T) / p in T days."""
    n, days, worlds = 100, 12, 400
    p = 1.0 - np.exp(-0.1 * (n - 50) / 50)
    sums = []
    for seed in range(worlds):
        register = Register(Accounts(), 0.1, seed)
        added = 0
        for day in range(days):
            register.morning(day)
            register.asked = n
            added += register.add(n)
            register.evening(day)
        sums.append(added)
    expected = n * (1 - (1 - p) ** days) / p
    assert np.mean(sums) == pytest.approx(expected, abs=4 * np.std(sums) / np.sqrt(worlds))


def test_the_shop_reaches_no_more_friends_than_its_accounts_hold():
    friends = []
    for number in (1, 2, 8):
        records = run(
            small({"kind": "store", "per_day": 1000}, accounts={"number": number, "cap": 500, "cost": 365})
        )
        friends.append(int(records.daily["friends"][-1]))
        tools = records.ledger["fen"][records.ledger["account"] == records.accounts.index("tools")]
        assert -tools.sum() == round(number * 36_500 * 12 / 365 * 10)
    assert friends[:2] == [500, 1000]
    assert 1000 < friends[2] < 4000


def test_accounts_without_anybody_to_add_are_refused():
    with pytest.raises(ValidationError, match="nobody comes whom they could add"):
        small(accounts={"number": 1})


@pytest.mark.parametrize(("budget", "came"), [(17.99, 3), (18, 3), (18.01, 4), (5.99, 1), (0, 0)])
def test_prizes_end_with_the_newcomer_who_uses_up_their_budget(budget, came):
    every = {"reach": 1, "scan": 1, "add": 1, "join": 1}
    prize = {"kind": "prize", "per_day": 1, "per_join": 6, "steps": every, "budget": budget}
    records = run(small(prize))
    assert records.daily["sourced"].sum() == came
