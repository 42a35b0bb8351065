"""What must not matter: order, processes, what comes later, people and products that nobody reaches."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import EIGHT, PRODUCTS, differing, fingerprint, plan, run

from commsim.population.build import build
from commsim.records.records import Records
from commsim.simulation.run import simulate

QUICK = settings(max_examples=10)
BUSY = plan(*EIGHT, members=240, days=24, group_size=60, arrivals_per_day=2)


@pytest.fixture(scope="module")
def busy() -> Records:
    return run(BUSY)


def lively(**changes):
    """A plan with everything in it; ``changes`` to the community."""
    return plan(*EIGHT, **({"members": 150, "days": 12, "group_size": 50} | changes))


@QUICK
@given(order=st.permutations(EIGHT), seed=st.integers(0, 10**9))
def test_the_order_of_strategies_does_not_matter(order, seed):
    scenario = lively()
    turned = scenario.model_copy(update={"strategies": plan(*order).strategies})
    assert differing(run(scenario, seed), run(turned, seed)) == []


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(busy):
    assert differing(busy, run(BUSY)) == []
    assert "daily.looked" in differing(busy, run(BUSY, seed=2))


@pytest.mark.slow
def test_one_process_or_four_give_the_same_bytes():
    here = [fingerprint(BUSY, seed) for seed in range(4)]
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(fingerprint, [BUSY] * 4, range(4))) == here


def test_a_population_may_be_shared_between_runs(busy):
    people = build(BUSY.community, BUSY.behaviour, 1, today=BUSY.start)
    for _ in range(2):
        assert differing(busy, simulate(BUSY, 1, detail="full", population=people)) == []


def test_a_run_that_is_stopped_leaves_the_days_so_far(busy):
    heard: list[int] = []
    stopped = simulate(BUSY, 1, detail="full", progress=lambda done: heard.append(done) or done == 9)
    assert heard == list(range(1, 10))
    assert stopped.days == 9
    assert differing(stopped, busy, until=9) == []


def test_detail_changes_no_number(busy):
    short = simulate(BUSY, 1)
    assert (short.events, short.members, short.entries) == ({}, {}, {})
    for name in ("daily", "groups", "ledger"):
        for column, values in getattr(busy, name).items():
            assert np.array_equal(values, getattr(short, name)[column]), column


@pytest.mark.parametrize("days", [3, 9, 23])
def test_a_longer_run_begins_as_a_shorter_one(days):
    """But for closing days, which count from the end."""
    open_ended = [{k: v for k, v in s.items() if k != "closing"} for s in EIGHT]
    long, short = (run(plan(*open_ended, members=150, days=n)) for n in (24, days))
    assert differing(short, long, until=days) == []


WITHOUT_EFFECT = {
    "asks for no friends": {"kind": "distributor_rebate", "base": 0.0, "reward": 0, "levels": [], "posts": 0},
    "worthless check-in": {"kind": "check_in", "base": 0.0, "points": 0},
    "empty content": {"kind": "content", "quality": 0.0, "topics": 0.0, "trust": 0.0, "themes": "nothing"},
    "an advert that reaches nobody": {"kind": "advert", "reach": 0.0},
    "a sale that reaches nobody": {"kind": "flash_sale", "discount": 0.0, "scarce": False, "reach": 0.0},
    "one day too late": {"kind": "red_envelope", "starts": 11, "weekdays": ["tue"]},
    "no budget": {"kind": "red_envelope", "budget": 0},
}


@pytest.mark.parametrize("idle", WITHOUT_EFFECT.values(), ids=WITHOUT_EFFECT)
def test_a_strategy_without_effect_changes_no_byte(idle):
    """Beside seven others and alone; what counts posts is left out of the comparison."""
    idle = idle | {"name": "a idle one", "staff_minutes": 0.0}
    for others in ([s for s in EIGHT if s["kind"] not in ("check_in",)], []):
        base = {"members": 150, "days": 12, "group_size": 50}
        changed = differing(run(plan(*others, **base)), run(plan(idle, *others, **base)))
        assert set(changed) <= {"daily.operator_posts", "daily.operator_messages", "daily.worn"}


@pytest.mark.parametrize("late", EIGHT, ids=lambda s: s["kind"])
def test_plans_are_the_same_until_they_differ(late):
    """A strategy from day 8 on leaves days 0 to 7 as they are, and changes something afterwards."""
    late = late | {"starts": 8, "warm_up": 0, "name": "late one"}
    others = [s for s in EIGHT if s["kind"] != late["kind"]]
    base = {"members": 240, "days": 16, "group_size": 60}
    without, with_it = run(plan(*others, **base)), run(plan(*others, late, **base))
    assert differing(without, with_it, until=8) == []
    assert differing(without, with_it) != []


def test_a_warm_up_reaches_back_as_far_as_it_says():
    sale = {"kind": "flash_sale", "discount": 0.3, "starts": 8, "warm_up": 3}
    base = {"members": 240, "days": 16, "group_size": 60}
    without, with_it = run(plan(**base)), run(plan(sale, **base))
    assert differing(without, with_it, until=5) == []
    assert "daily.operator_posts" in differing(without, with_it, until=6)


def test_people_outside_matter_only_where_somebody_invites_them():
    keeping = [s for s in EIGHT if s["kind"] not in ("distributor_rebate", "group_buying")]
    base = {"members": 150, "days": 12, "group_size": 50}
    alone, beside = (run(plan(*keeping, outside_per_member=share, **base)) for share in (0.0, 2.0))
    assert differing(alone, beside) == []


def test_other_groups_do_not_matter_to_a_group():
    """Two groups more leave the first three as they are, byte for byte, but for the stock that all share."""
    keeping = [s | {"stock": None} if "stock" in s else s for s in EIGHT]
    keeping = [s for s in keeping if s["kind"] not in ("distributor_rebate", "group_buying")]
    few, more = (run(plan(*keeping, members=50 * n, days=12, group_size=50)) for n in (3, 5))
    inside = more.groups["group"] < 3
    for column, values in few.groups.items():
        assert values.tobytes() == more.groups[column][inside].tobytes(), column
    assert len(set(more.groups["group"].tolist())) == 5


def test_a_product_that_nobody_offers_does_not_matter():
    # at the mean price of the others: what an inviter expects of a newcomer is reckoned from all products
    hidden = {"name": "umbrella", "price": 70, "unit_cost": 20, "shelf": False}
    base = {"members": 150, "days": 12, "group_size": 50}
    one, other = (run(plan(*EIGHT, products=p, **base)) for p in (PRODUCTS, (*PRODUCTS, hidden)))
    assert differing(one, other) == []


def test_costs_move_money_and_nobody():
    """Wages and the cost of goods are no business of the members'."""
    dear = tuple(product | {"unit_cost": product["unit_cost"] + 5} for product in PRODUCTS)
    base = {"members": 150, "days": 12, "group_size": 50}
    one = run(plan(*EIGHT, **base))
    other = run(plan(*EIGHT, **base, products=dear, operator={"wage_per_hour": 90}))
    changed = {name.split(".")[0] for name in differing(one, other)}
    assert changed == {"ledger", "entries"}
    orders = int(one.daily["orders"].sum())
    goods = [-r.ledger["fen"][r.ledger["account"] == r.accounts.index("goods")].sum() for r in (one, other)]
    assert goods[1] - goods[0] == orders * 500
