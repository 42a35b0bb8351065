"""A comparison's second interval: over the ranges of what nobody knows."""

import numpy as np
import pytest

from commsim.analysis.compare import compare
from commsim.analysis.over_ranges import Ranges
from commsim.analysis.uncertainty import points
from commsim.cli.origin import origin_of
from commsim.core.errors import InputError
from commsim.report.beyond import beyond_grids
from commsim.report.data import comparison_data
from commsim.report.folder import read_comparison, write_comparison
from commsim.report.language import language
from commsim.report.verdict import verdict
from commsim.scenario.schema import Scenario
from commsim.simulation.run import simulate

BASE = {"days": 7, "community": {"members": 60}, "products": [{"name": "tea", "price": 30, "unit_cost": 15}]}


def plan(name, *strategies):
    return Scenario.model_validate({**BASE, "name": name, "strategies": strategies})


PLANS = [plan("a", {"kind": "content"}), plan("b", {"kind": "red_envelope", "total": 20})]


@pytest.fixture(scope="module")
def found():
    return compare(PLANS, worlds=4, points=20, workers=1)


def test_the_points_are_those_of_the_ranges_and_the_worlds_those_of_the_comparison(found):
    assert found.ranges.values.shape == (2, 20)
    for number, at in enumerate(points(PLANS, 20, 0)):
        if number in (0, 5):
            seed = found.seeds[number % 4]
            profits = [simulate(one, seed).ledger["fen"].sum() / 100 for one in at]
            assert found.ranges.values[:, number].tolist() == pytest.approx(profits)


def test_it_is_told_beside_the_interval_of_luck(found):
    best, other = found.best, 1 - found.best
    doubt = found.doubt(best, other)
    assert doubt.low < doubt.high
    assert f"{found.ranges.unknowns} numbers about people, 20 points" in verdict(found)
    assert "未知数" not in verdict(found, language("zh")) or "取值点" in verdict(found, language("zh"))
    grid = beyond_grids(found)[-1]
    assert grid.rows[0][:2] == (found.plans[best], found.plans[other])
    assert {row[1] for row in grid.rows} == {found.plans[other], "doing nothing"}
    data = comparison_data(found)["ranges"]
    assert data["points"] == 20
    assert data["leads"][0]["low"] == doubt.low
    assert {lead["against"] for lead in data["leads"]} == {found.plans[other], None}


def test_it_is_kept_with_the_comparison(found, tmp_path):
    write_comparison(found, tmp_path, [origin_of(one) for one in PLANS])
    again = read_comparison(tmp_path)
    assert again.ranges.values.tolist() == found.ranges.values.tolist()
    assert again.ranges.alone.tolist() == found.ranges.alone.tolist()
    assert verdict(again) == verdict(found)


def test_with_few_worlds_nobody_asks_for_it_and_too_few_points_are_refused():
    none = compare(PLANS, worlds=2, workers=1)
    assert none.ranges is None
    assert none.doubt(0, 1) is None
    assert "nobody knows" not in verdict(none)
    assert comparison_data(none)["ranges"] is None
    with pytest.raises(InputError, match="5 points say nothing"):
        compare(PLANS, worlds=2, points=5)


def test_points_that_a_plan_can_not_be_at_are_left_out():
    values = np.array([np.arange(60.0), np.zeros(60)])
    values[0, 7] = np.nan
    ranges = Ranges(3, values, np.zeros((0, 0)))
    told = ranges.doubt(values[0], values[1], np.array([1.0, 2.0]))
    assert told.points == 59
    values[0, 15:] = np.nan
    assert ranges.doubt(values[0], values[1], np.array([1.0, 2.0])) is None
