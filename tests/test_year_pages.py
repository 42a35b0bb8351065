"""Pages about a year: runs read on the way, margins without another run, and signs that turn."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from commsim import Scenario, outcomes, simulate
from commsim.analysis.intervals import Interval
from commsim.scenario.length import with_days
from commsim.validation.facts.plans import changed

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
SMALL = {"members": 60, "group_size": 30, "groups": None}


def parts():
    """The script of the parts, which takes names from that of the horizons."""
    sys.modules["horizons"] = script("horizons")
    return script("parts")


def script(name):
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_a_run_read_on_the_way_is_a_shorter_run():
    plan = changed(Scenario.load("active-group"), {"community": SMALL})
    long, short = (simulate(with_days(plan, days), 3, detail="full") for days in (20, 12))
    early = long.first(12)
    assert outcomes(early) == outcomes(short)
    assert early.days == 12
    for table in ("daily", "ledger", "groups", "hours", "events", "entries"):
        for name, column in getattr(short, table).items():
            np.testing.assert_array_equal(getattr(early, table)[name], column, err_msg=f"{table}.{name}")


def test_a_run_is_not_read_beyond_its_end():
    plan = changed(Scenario.load("unmanaged-group"), {"community": SMALL, "days": 3})
    run = simulate(plan, 0)
    assert run.first(9).days == 3
    assert outcomes(run.first(9)) == outcomes(run)


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        ([(1, 2), (1, 2), (1, 2), (1, 2), (1, 2)], "x: ahead at every horizon."),
        (
            [(1, 2), (1, 2), (-1, 2), (-2, -1), (-2, -1)],
            "x: ahead at 30, 60, open at 90, behind at 180, 365 days. The sign turns.",
        ),
        ([(-1, 2), (1, 2), (1, 2), (1, 2), (1, 2)], "x: open at 30, ahead at 60, 90, 180, 365 days."),
    ],
)
def test_a_sign_turns_where_intervals_lie_on_both_sides(bounds, told):
    intervals = [Interval((low + high) / 2, low, high) for low, high in bounds]
    assert script("horizons").sentence("x", intervals) == told


def test_margins_and_wages_follow_from_the_books():
    """Against runs with another cost of goods and another wage."""
    tending = script("tending")
    tending.MEMBERS, tending.DAYS = 60, 10
    plan = Scenario.load(tending.PLAN)
    parts = tending.books(None, ((30, 1.0), 5))
    found = tending.Map(np.broadcast_to(parts, (1, 1, 2, 3)), 0.3, plan)
    changes = {"products": [{**plan.products[0].model_dump(mode="json"), "unit_cost": 0.7 * 30}]}
    changes["operator"] = {"wage_per_hour": 92}
    tended, silence = (
        outcomes(simulate(changed(one, changes), 5))["profit"] for one in tending.pair(30, 1.0)
    )
    per = tending.MONTHS * 60 / 30
    assert plan.products[0].price == 3000
    assert found.lead(92)[0, 0] == pytest.approx((tended - silence) / per, abs=0.02)
    assert found.most()[0, 0] == 0.0 or found.lead(found.most()[0, 0])[0, 0] == pytest.approx(0.0, abs=1e-9)


def test_a_part_goes_with_the_posts_that_announce_it():
    plan = Scenario.load("active-group")
    lesser = parts().without(plan)
    assert list(lesser) == [strategy.name for strategy in plan.strategies]
    left = {name: [one.name for one in other.strategies] for name, other in lesser.items()}
    assert left["content"] == ["group_rules", "flash_sale", "advert", "red_envelope"]
    assert left["flash_sale"] == ["group_rules", "content", "red_envelope"]
