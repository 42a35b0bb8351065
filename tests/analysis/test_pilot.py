"""Trials of two plans on the engine: the arms, what is kept of them, and what nothing depends on."""

import json
from math import isfinite

import numpy as np
import pytest

from commsim import Pilot, Scenario, pilot
from commsim.analysis.measures import outcomes
from commsim.analysis.pilot.arms import arms
from commsim.analysis.pilot.outcomes import NAMES, by_group
from commsim.analysis.pilot.power import groups_for
from commsim.analysis.pilot.work import run_arms
from commsim.core.errors import InputError
from commsim.experiments.begin import ResumeRefused
from commsim.experiments.worlds import world_seed
from commsim.report.pilot.data import pilot_csv, pilot_data
from commsim.report.pilot.verdict import pilot_verdict
from commsim.simulation.run import simulate

BASE = {
    "days": 10,
    "community": {"members": 60, "group_size": 15},
    "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
}
FEW = {"days": (3, 7), "before": 7, "worlds": 4, "points": 3, "groups": 6, "workers": 1}


def plan(name, *strategies, **more):
    return Scenario.model_validate({**BASE, **more, "name": name, "strategies": strategies})


RULES = {"kind": "group_rules", "enforcement": 0.8}
NOW = plan("now", RULES, {"kind": "content", "starts": 2})
GIFT = plan("gift", RULES, {"kind": "red_envelope", "total": 60, "weeks": [1]})


def told(found: Pilot) -> str:
    return json.dumps(pilot_data(found), allow_nan=False)


@pytest.fixture(scope="module")
def found():
    return pilot(GIFT, NOW, **FEW)


def test_both_arms_are_alike_before_and_then_each_does_its_own():
    both = arms(GIFT, NOW, 14, 10)
    calendar = {
        arm.name: {one.kind: (one.starts, one.ends) for one in arm.strategies}
        for arm in (both.first, both.second)
    }
    assert calendar["gift"] == {"group_rules": (0, None), "red_envelope": (14, None)}
    assert calendar["now"] == {"group_rules": (0, None), "content": (16, None)}
    assert both.first.strategies[1].weeks == (3,)
    assert (both.first.start, both.first.days) == (NOW.start.replace(month=2, day=16), 24)
    first, second = run_arms((both.first, both.second), 5)
    assert (first[:, :14] == second[:, :14]).all()
    assert (first[:, 14:] != second[:, 14:]).any()


def test_what_was_done_before_ends_with_the_trial_unless_the_plan_does_it_too():
    tuned = plan("tuned", {"kind": "group_rules", "enforcement": 0.2})
    both = arms(tuned, NOW, 7, 7)
    entries = [(one.enforcement, one.starts, one.ends) for one in both.first.strategies]
    assert sorted(entries) == [(0.2, 7, None), (0.8, 0, 6)]
    without = arms(tuned, NOW, 0, 7)
    assert [(one.starts, one.ends) for one in without.first.strategies] == [(0, None)]


def test_days_of_the_plan_are_counted_from_the_first_day_of_the_trial():
    product = {"name": "tea", "price": 30, "unit_cost": 15, "launched": 3}
    rival = {"name": "other", "sales": [{"starts": 0, "discount": 0.1}, {"starts": 4, "discount": 0.1}]}
    late = plan("late", products=[product], rivals=[rival], goods={})
    first = arms(late, late.model_copy(update={"name": "same"}), 7, 10).first
    assert first.products[0].launched == 10
    assert [one.starts for one in first.rivals[0].sales] == [0, 11]


def test_outcomes_of_groups_add_up_to_those_of_the_run():
    records = simulate(GIFT, 3, detail="full")
    sizes = np.full(4, 15.0)
    found = by_group(records, sizes)
    totals = dict(zip(NAMES, found.sum((1, 2)), strict=True))
    measured = outcomes(records)
    assert totals["profit"] == pytest.approx(measured["profit"])
    assert totals["left"] == measured["left"]
    assert totals["orders"] == pytest.approx(records.groups["orders"].sum())
    halves = by_group(records, np.array([10.0, 20.0, 10.0, 20.0]))
    assert halves[0, :, 0] == pytest.approx(1.5 * found[0, :, 0])


def test_the_difference_is_the_paired_one_and_the_spread_that_of_groups_in_a_world(found):
    both = arms(GIFT, NOW, 7, 7)
    seeds = [world_seed(0, world) for world in range(4)]
    assert found.seeds == tuple(seeds)
    runs = [run_arms((both.first, both.second), seed) for seed in seeds]
    profit = np.array([[arm[0, 7:].sum(0) for arm in run] for run in runs])  # worlds x arms x groups
    one = found.of("profit", 7)
    assert one.gap.mean == pytest.approx((profit[:, 0] - profit[:, 1]).mean())
    assert one.sd == pytest.approx(np.sqrt(profit.var(axis=2, ddof=1).mean()))
    assert one.gap.mean < -30
    assert found.needed(one, adjust=False) == groups_for(one.gap.mean, one.sd)
    assert found.needed(one, 0.05) >= found.needed(one)
    assert found.better(one) == 1
    assert len(one.leads) == 3
    assert isfinite(one.prior[1])


def test_it_shows_itself_in_a_notebook_and_as_tables(found):
    assert "Pilot of gift against now" in repr(found)
    assert "<table>" in found._repr_html_()
    frame = found.frame()
    assert len(frame) == len(NAMES) * 2
    assert pilot_csv(found).count("\n") == len(frame) + 1
    assert {"groups", "groups_likeness_0.05", "wrong", "smallest", "assurance"} <= set(frame.columns)
    assert len(found.plot().axes) >= 1
    assert "groups in each arm inside the model" in pilot_verdict(found)


def test_runs_are_kept_and_the_same_call_takes_them_up(found, tmp_path):
    heard = []

    def killed(done):
        heard.append(done)
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pilot(GIFT, NOW, **FEW, out=tmp_path / "runs", progress=killed)
    again = pilot(GIFT, NOW, **FEW, out=tmp_path / "runs", progress=heard.append)
    assert told(again) == told(found)
    assert heard == [1, 2, 3, 4, 5, 6, 7]
    with pytest.raises(ResumeRefused, match="begun with something else"):
        pilot(GIFT, NOW, **{**FEW, "before": 14}, out=tmp_path / "runs")


def test_it_does_not_depend_on_processes(found):
    assert told(pilot(GIFT, NOW, **{**FEW, "workers": 2})) == told(found)


@pytest.mark.parametrize(
    ("plans", "settings", "what"),
    [
        ((NOW, plan("big", community={"members": 90})), {}, "the communities of the two plans differ"),
        ((GIFT, NOW), {"before": 10}, "shifts the weekdays"),
        ((GIFT, NOW), {"days": ()}, "lasts a day or longer"),
        ((GIFT, NOW), {"days": (3650,)}, "are too long"),
        ((GIFT, NOW), {"likeness": (1.5,)}, "is none of these"),
        ((GIFT, NOW), {"groups": 1}, "1 groups in each arm show nothing"),
        ((GIFT, NOW), {"worlds": 1}, "two worlds"),
        (
            (plan("wait", {"kind": "content", "when": {"day": 2}}), NOW),
            {},
            "waits for a state",
        ),
    ],
)
def test_what_can_not_be_done_is_told(plans, settings, what):
    with pytest.raises(InputError, match=what):
        pilot(*plans, **{**FEW, **settings})
