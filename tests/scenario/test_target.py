"""Targets of plans: how they are written, and what they mean."""

import numpy as np
import pytest

from commsim.core.measures import NAMES
from commsim.scenario.errors import ScenarioError
from commsim.scenario.lint import findings
from commsim.scenario.load import dump, loads, scenario_hash
from commsim.scenario.target import Target


def with_target(written: str, extends: str = "active-group"):
    return loads(f"extends: {extends}\nname: tried\ntarget: {written}")


def goal(measure: str, written):
    (found,) = Target.model_validate({measure: written}).goals
    return found


@pytest.mark.parametrize(
    ("measure", "written", "meant"),
    [
        ("profit", 20000, (True, "amount", 20000.0)),
        ("profit", ">= 20,000 yuan", (True, "amount", 20000.0)),
        ("profit", ">= -500", (True, "amount", -500.0)),
        ("members", "≥ 2,100", (True, "amount", 2100.0)),
        ("members", "至多 2100", (False, "amount", 2100.0)),
        ("left", 90, (False, "amount", 90.0)),
        ("cost_staff", 5000, (False, "amount", 5000.0)),
        ("orders", "+5 %", (True, "share", 0.05)),
        ("orders", "＋５％", (True, "share", 0.05)),
        ("orders", "-2%", (True, "share", -0.02)),
        ("orders", "+200", (True, "more", 200.0)),
        ("orders", "<= +10 %", (False, "share", 0.1)),
        ("left", "-10 %", (False, "share", -0.1)),
        ("active", 0.15, (True, "amount", 0.15)),
        ("active", "15 %", (True, "amount", 0.15)),
        ("active", "+2 points", (True, "more", 0.02)),
        ("muted", "-2 百分点", (False, "more", -0.02)),
    ],
)
def test_a_goal_is_read_as_it_is_meant(measure, written, meant):
    found = goal(measure, written)
    assert (found.at_least, found.basis, found.value) == meant
    assert found.relative == (meant[1] != "amount")


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("{order: 3}", "did you mean orders? allowed here: members, active"),
        ("{orders: 5 %}", "5 % of what is not said; write 20000"),
        ("{orders: many}", "'many' is no target; write 20000"),
        ("{orders: yes please}", "is no target"),
        ("{orders: [1]}", "a target is a number or a text"),
        ("{orders: true}", "is no target"),
        ("{orders: +2 points}", "points are what a share differs by"),
        ("{active: 15}", 'a share is between 0 and 1; write "15 %"'),
        ("{profit: .nan}", "is no target"),
        ("{profit: 1e20}", "is no target"),
        ("{profit: 99999999999999}", "is beyond all outcomes"),
        ("[1]", "must be a mapping"),
    ],
)
def test_what_is_no_goal_is_refused_with_what_would_be_one(written, what):
    with pytest.raises(ScenarioError) as refused:
        with_target(written)
    assert what in str(refused.value)
    assert "scenario:3:" in str(refused.value)


def test_every_measure_can_be_wanted():
    assert [found.measure for found in Target.model_validate(dict.fromkeys(NAMES, 0)).goals] == list(NAMES)


def test_a_plus_sign_means_more_although_yaml_drops_it():
    assert with_target("{orders: +200}").target.goals == with_target("{orders: '+200'}").target.goals
    assert loads("extends: active-group\nname: a\ndays: +30").days == 30


def test_a_share_of_a_loss_is_less_of_a_loss():
    found = goal("profit", "+10 %")
    np.testing.assert_allclose(found.needed(np.array([1000.0, -1000.0, 0.0])), [1100.0, -900.0, 0.0])
    assert found.met(np.array([1100.0, -950.0, 0.0]), np.array([1000.0, -1000.0, 0.0])).tolist() == [
        True,
        False,
        True,
    ]


def test_it_is_inherited_changed_and_taken_out():
    base = "extends: active-group\nname: a\ntarget: {orders: +5 %, left: 90}\n"
    changed = loads("extends: active-group\nname: b\ntarget: {orders: +5 %, left: 90}")
    assert [one.measure for one in changed.target.goals] == ["left", "orders"]
    assert loads(base.replace("left: 90", "left: null")).target.goals == changed.target.goals[1:]
    assert with_target("null").target.goals == ()


def test_it_is_kept_with_a_plan_and_a_plan_without_keeps_its_hash():
    plan, without = with_target("{orders: +5 %, profit: +200}"), with_target("null")
    assert loads(dump(plan)) == plan
    assert "target" not in dump(without)
    assert scenario_hash(plan) != scenario_hash(without) == scenario_hash(loads(dump(without)))


def test_a_target_that_doing_nothing_can_never_reach_is_warned_of():
    warned = [found.path for found in findings(with_target("{orders: +5 %}", "unmanaged-group"))]
    assert ("target",) in warned
    assert ("target",) not in [
        found.path for found in findings(with_target("{orders: 5}", "unmanaged-group"))
    ]
