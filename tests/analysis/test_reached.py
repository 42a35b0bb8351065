"""Whether targets are reached, in whole runs and over worlds."""

import numpy as np
import pytest

from commsim import compare, outcomes, simulate
from commsim.analysis.intervals import share_interval
from commsim.analysis.reached import with_those_left_alone
from commsim.experiments.worlds import world_seed
from commsim.report.data import comparison_csv, comparison_data
from commsim.report.folder import read_comparison, write_comparison
from commsim.report.language import ENGLISH, language
from commsim.report.targets.tables import target_grids
from commsim.report.targets.words import told
from commsim.report.verdict import verdict
from commsim.scenario.schema import Scenario

SALE = {"kind": "flash_sale", "discount": 0.3, "weekdays": ["tue", "fri"]}


def plan(name="sales", strategies=(SALE,), target=None, **more):
    return Scenario.model_validate(
        {
            "name": name,
            "days": 14,
            "community": {"members": 150, "group_size": 50, "outside_per_member": 0},
            "products": [{"name": "tea", "price": 30, "unit_cost": 12}],
            "strategies": list(strategies),
            "target": target or {},
            **more,
        }
    )


TARGET = {"orders": "+5 %", "members": ">= 100", "left": "-1"}


@pytest.fixture(scope="module")
def found():
    return compare([plan(target=TARGET), plan("more", (SALE, {"kind": "content"}))], worlds=5, workers=1)


def test_it_is_against_the_plan_left_alone_in_the_same_worlds(found):
    members, left, orders = found.targets[0]
    assert found.targets[1] == ()
    for world, seed in enumerate(found.seeds):
        alone = outcomes(simulate(plan(strategies=()), seed))
        got = outcomes(simulate(plan(), seed))
        assert orders.needed[world] == alone["orders"] * 1.05 or np.isclose(
            orders.needed[world], alone["orders"] * 1.05
        )
        assert orders.met[world] == (got["orders"] >= orders.needed[world])
        assert (left.needed[world], left.met[world]) == (alone["left"] - 1, got["left"] <= alone["left"] - 1)
        assert (members.needed[world], members.met[world]) == (100.0, got["members"] >= 100)


def test_only_what_is_asked_for_is_told_of_the_plan_left_alone(found):
    assert found.plans == ("sales", "more")
    assert found.values.shape[:2] == (2, 5)
    assert len(found.paths) == len(found.days) == 2


def test_a_plan_that_is_there_left_alone_is_not_run_again():
    asked, idle = plan(target=TARGET), plan("idle", ())
    assert with_those_left_alone([asked, idle]) == ((asked, idle), (1, -1))
    runs, places = with_those_left_alone(
        [asked, plan("b", target=TARGET), idle.model_copy(update={"days": 9})]
    )
    assert places == (3, 3, -1)
    assert (len(runs), runs[3].strategies) == (4, ())
    assert with_those_left_alone([plan(target={"orders": 9})])[1] == (-1,)


def test_targets_change_no_number(found):
    without = compare([plan(), plan("more", (SALE, {"kind": "content"}))], worlds=5, workers=1)
    np.testing.assert_array_equal(found.values, without.values)


def test_tables_sentences_data_and_csv_say_the_same(found):
    (grid,) = target_grids(found)
    met = int(np.logical_and.reduce([goal.met for goal in found.targets[0]]).sum())
    assert [row[0] for row in grid.rows] == ["Members at the end", "Left", "Orders", "All together"]
    assert grid.rows[1][1] == "at least 1 less than doing nothing"
    assert f"sales reaches all of its target in {met} of 5 worlds" in verdict(found)
    data = comparison_data(found)["plans"]
    assert data[1]["target"] is None
    assert data[0]["target"]["all"]["chance"] == met / 5
    rows = comparison_csv(found).splitlines()
    assert '"wanted","chance","chance_low","chance_high","beyond"' in rows[0]
    assert sum("at least 5 % more than doing nothing" in row for row in rows) == 1
    assert sum('"target","worlds"' in row for row in rows) == 1
    assert "比什么都不做至少多 5 %" in str(target_grids(found, language("zh")))
    assert "达到全部目标值" in verdict(found, language("zh"))


def test_a_folder_keeps_them(found, tmp_path):
    from commsim.cli.origin import origin_of

    write_comparison(found, tmp_path, [origin_of(plan(target=TARGET)), origin_of(plan("more"))])
    again = read_comparison(tmp_path)
    assert comparison_data(again) == comparison_data(found)
    np.testing.assert_array_equal(again.targets[0][2].needed, found.targets[0][2].needed)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"), [(10, 20, 0.299, 0.701), (0, 20, 0.0, 0.161), (20, 20, 0.839, 1.0)]
)
def test_wilsons_limits(count, n, low, high):
    got = share_interval(count, n)
    assert (got.mean, round(got.low, 3), round(got.high, 3)) == (count / n, low, high)


def test_a_report_of_one_run_has_the_chance_over_the_worlds_beside_it():
    from commsim.report.case import run_case
    from commsim.report.html.decision import conclusion, targets

    case = run_case(plan(target=TARGET), 3, {}, worlds=4, workers=1)
    seeds = [3, *(world_seed(3, world) for world in range(3))]
    alone = [outcomes(simulate(plan(strategies=()), seed))["orders"] for seed in seeds]
    np.testing.assert_allclose(case.targets[0][2].needed, np.array(alone) * 1.05)
    (grid,) = targets(case, ENGLISH)
    assert grid.header[0] == "Target of sales"
    assert "sales reaches all of its target in" in conclusion(case, ENGLISH)
    assert targets(run_case(plan(), 3, {}, worlds=2, workers=1), ENGLISH) == []


def test_a_report_of_a_comparison_has_that_over_all_its_worlds(found):
    from commsim.report.case import comparison_case
    from commsim.report.html.decision import targets

    plans = [plan(target=TARGET), plan("more", (SALE, {"kind": "content"}))]
    case = comparison_case(found, plans, {}, worlds=2, workers=1)
    assert [grid.rows for grid in targets(case, ENGLISH)] == [grid.rows for grid in target_grids(found)]


def test_points_are_told_without_needless_digits():
    (goal,) = plan(target={"active": "+10 points"}).target.goals
    assert told(goal) == "at least 10 points more than doing nothing"
