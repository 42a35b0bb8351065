"""The close look: what it adds up to, and that what a strategy caused is the run without it."""

import numpy as np
import pytest

from commsim.analysis.closeup import ALL, gather, parts, without
from commsim.analysis.measures import outcomes
from commsim.scenario.schema import Scenario
from commsim.simulation.run import simulate

SALE = {"kind": "flash_sale", "discount": 0.2}
NOTHING = {"kind": "group_rules", "name": "idle", "enforcement": 0.0, "staff_minutes": 0.0}
SEEDS = (3, 4, 5)


@pytest.fixture(scope="module")
def plan():
    return Scenario.model_validate(
        {
            "name": "plan",
            "days": 15,
            "community": {"members": 120, "group_size": 40, "arrivals_per_day": 1.0},
            "products": [{"name": "coffee", "price": 30, "unit_cost": 15}],
            "strategies": [SALE, NOTHING],
        }
    )


@pytest.fixture(scope="module")
def found(plan):
    return gather([plan], SEEDS, typical=4, workers=1)[0]


def test_what_a_strategy_caused_is_the_difference_from_the_same_world_without_it(plan, found):
    bare = plan.model_copy(update={"strategies": tuple(s for s in plan.strategies if s.name == "idle")})
    gaps = [
        outcomes(simulate(plan, seed))["orders"] - outcomes(simulate(bare, seed))["orders"] for seed in SEEDS
    ]
    assert found.caused("flash_sale", "orders").mean == pytest.approx(np.mean(gaps))
    assert np.mean(gaps) > 0


def test_a_strategy_without_effect_caused_exactly_nothing(found):
    assert found.caused("idle", "profit").is_nothing
    assert found.caused(ALL, "profit") == found.caused("flash_sale", "profit")
    table = found.causes()
    assert set(table["strategy"]) == {"flash_sale", "idle", ALL}
    assert (table["low"] <= table["mean"]).all()


def test_means_over_the_worlds_add_up(found):
    profit = found.outcome("profit")
    assert len(profit) == found.worlds == 3
    assert found.economics.loc["total", "profit"] == pytest.approx(profit.mean())
    assert found.curve("profit").sum(axis=1) == pytest.approx(profit)
    assert found.curve("before_staff").sum() > found.curve("profit").sum()
    assert found.funnel["persons"][0] >= 120
    assert found.funnel["share_of_all"][0] == 1.0
    assert found.generations["brought"].sum() == found.generations["persons"][1:].sum()
    assert [found.economics.columns[0], *found.economics.columns[-2:]] == ["sales", "staff", "profit"]


def test_everything_is_kept_of_the_typical_world(plan, found):
    assert found.typical.seed == 4
    assert len(found.typical.members["person"]) >= 120
    assert found.outcome("profit")[1] == outcomes(found.typical)["profit"]


def test_parts_of_a_plan(plan):
    assert parts(plan) == ("flash_sale", "idle", ALL)
    assert without(plan, ALL).strategies == ()
    assert parts(without(plan, "idle")) == ("flash_sale",)
