"""A plan that was kept is told as it was written, not with all that it left to defaults."""

import json

import pytest
from typer.testing import CliRunner

from commsim.cli import app
from commsim.records.store import SCENARIO
from commsim.report.case import _kept
from commsim.report.plan import plan_rows
from commsim.scenario.given import as_given, given
from commsim.scenario.load import dump, from_plain, load, plain
from commsim.scenario.shipped import shipped

PLAN = """
name: kept
days: 3
products: [{name: tea, price: 30, unit_cost: 15}]
community: {members: 30}
strategies:
  - {kind: check_in, points: 5, prizes: [{streak: 7, gift: 3}], who: {level: ">=1"}}
  - {kind: levels, at: [{spent: 150, discount: 8折}]}
"""


@pytest.mark.parametrize("name", shipped())
def test_what_was_written_comes_back_from_what_was_kept(name):
    plan = load(name)
    kept = from_plain(json.loads(json.dumps(plain(plan))), "here")
    again = as_given(kept, json.loads(json.dumps(given(plan))))
    assert again == plan
    assert plan_rows(again) == plan_rows(plan)


def test_a_folder_says_what_its_plan_gave(tmp_path):
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    done = CliRunner().invoke(
        app, ["run", str(tmp_path / "plan.yaml"), "--out", str(tmp_path / "out"), "--quiet"]
    )
    assert done.exit_code == 0, done.output
    told = json.loads((tmp_path / "out" / "manifest.json").read_text())["given"]
    plan = load(tmp_path / "plan.yaml")
    assert plan_rows(_kept(tmp_path / "out" / SCENARIO, told)) == plan_rows(plan)
    assert plan_rows(load(tmp_path / "out" / SCENARIO)) != plan_rows(plan)
    check_in = plan_rows(plan)[0]["plan"]
    assert "points 5" in check_in
    assert "redeem" not in check_in
    assert dump(load(tmp_path / "out" / SCENARIO)) == dump(plan)
