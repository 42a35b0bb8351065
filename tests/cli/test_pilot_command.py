"""``pilot`` as a user runs it."""

import json

import pytest
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.errors import Exit

PLAN = """
name: '=two'
days: 7
community: {members: 60, group_size: 15}
products: [{name: tea, price: 30, unit_cost: 15}]
strategies: [{kind: content}, {kind: red_envelope, total: 90}]
"""
FEW = ("--days", "3,7", "--before", "7", "--worlds", "3", "--points", "2")


def call(*args: str):
    return CliRunner().invoke(app, ["pilot", "--workers", "1", "--quiet", *args])


def read_by(*args: str):
    return CliRunner().invoke(app, ["pilot-read", *args])


@pytest.fixture
def plan(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN)
    return "plan.yaml"


def test_tables_sentences_page_and_files(plan, tmp_path):
    done = call(plan, *FEW, "--out", "runs", "--html", "page.html", "--csv", "u.csv")
    assert done.exit_code == Exit.OK, done.output
    assert "What a trial of 5 groups in each arm can do" in done.stdout
    assert "With 5 groups in each arm a trial by profit" in done.stdout
    assert "Warning: Fewer than 6 groups in each arm" in done.stderr
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "The difference beside the luck of the lots" in page
    assert "<script" not in page
    assert (tmp_path / "u.csv").read_text(encoding="utf-8-sig").startswith('"outcome","unit","days"')
    kept = json.loads((tmp_path / "runs" / "pilot.json").read_text(encoding="utf-8"))
    data = json.loads(call(plan, *FEW, "--out", "runs", "--json").stdout)
    assert data == kept
    assert data["plans"] == ["=two", "doing nothing"]
    assert len(data["readings"]) == 12
    assert data["runs"] == 10


def test_in_chinese(plan):
    done = call(plan, *FEW, "--lang", "zh")
    assert done.exit_code == Exit.OK, done.output
    assert "每组所需群数" in done.stdout
    assert "什么都不做" in done.stdout
    words = done.stdout.replace("=two", "").replace("sd", "")
    assert not [word for word in words.split() if word.isascii() and word.isalpha() and len(word) > 1]


@pytest.mark.parametrize(
    ("args", "what"),
    [
        (("--days", "soon"), "is no list of numbers"),
        (("--before", "5"), "shifts the weekdays"),
        (("--scheduler", "tcp://x:1"), "the cluster has its own workers"),
    ],
)
def test_what_can_not_be_done_is_told(plan, args, what):
    done = call(plan, *args)
    assert done.exit_code in (Exit.INPUT, Exit.USAGE)
    assert what in done.stderr


GROUPS = "group,members\n" + "".join(f"g{k},15\n" for k in range(8))


def test_groups_are_drawn_and_the_outcome_is_read(plan, tmp_path):
    (tmp_path / "groups.csv").write_text(GROUPS)
    chosen = ("--draw", "groups.csv", "--outcome", "orders", "--lasts", "3")
    done = call(plan, *FEW, *chosen, "--seed", "4")
    assert done.exit_code == Exit.OK, done.output
    assert "Drawn by lot (seed 4): 4 groups for =two, 4 for doing nothing" in done.stderr
    listed = (tmp_path / "pilot-list.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(listed) == 9
    assert call(plan, *FEW, *chosen).exit_code == Exit.INPUT  # it would be replaced
    outcomes = "群名,订单\n" + "".join(f"g{k},{k + 3}\n" for k in range(8))
    (tmp_path / "outcomes.csv").write_text(outcomes, encoding="gb18030")
    read = read_by("pilot-list.csv", "outcomes.csv", "--html", "read.html", "--csv", "read.csv")
    assert read.exit_code == Exit.OK, read.output
    assert "in orders over 3 days" in read.stdout
    assert "Model and trial together" in read.stdout
    assert "What a trial has shown" in (tmp_path / "read.html").read_text(encoding="utf-8")
    data = json.loads(read_by("pilot-list.csv", "outcomes.csv", "--json").stdout)
    assert data["groups"] == [4, 4]
    assert (data["planned"]["outcome"], data["planned"]["days"]) == ("orders", 3)
    told = read_by("pilot-list.csv", "outcomes.csv", "--lang", "zh").stdout
    assert "模型与试点合起来看" in told


def test_reading_needs_both_files_and_a_trial_two_plans(plan):
    assert read_by("pilot-list.csv").exit_code == Exit.USAGE
    assert call(plan, plan, "third.csv").exit_code == Exit.USAGE
    assert "there is no such file" in read_by("no.csv", "none.csv").stderr


def test_a_calibration_gives_the_points_and_hears_of_the_trial(plan, tmp_path):
    (tmp_path / "groups.csv").write_text(GROUPS)
    draws = [[0.1 + 0.01 * k] for k in range(12)]
    one = {"name": "content.quality", "identified": True, "estimate": 0.15, "low": 0.1, "high": 0.2}
    told = {"calibration": "two", "evidence": "calibrated on ours", "refused": False, "confidence": 0.9,
            "unknowns": [one], "draws": {"names": ["content.quality"], "values": draws}}  # fmt: skip
    (tmp_path / "mine.json").write_text(json.dumps(told))
    few = (*FEW[:-1], "12", "--behaviour", "mine.json", "--out", "runs")
    chosen = ("--draw", "groups.csv", "--outcome", "looked", "--lasts", "7")
    done = call(plan, *few, *chosen)
    assert done.exit_code == Exit.OK, done.output
    assert "calibrated on ours" in done.stderr
    outcomes = "group,outcome\n" + "".join(f"g{k},{40 * ((7 * k) % 5)}\n" for k in range(8))
    (tmp_path / "outcomes.csv").write_text(outcomes)
    read = ("pilot-list.csv", "outcomes.csv", "--behaviour", "mine.json", "--update", "new")
    assert "needs the calibration" in read_by(*read).stderr
    done = read_by(*read, "--statement", "runs")
    assert done.exit_code == Exit.OK, done.output
    new = json.loads((tmp_path / "new" / "calibration.json").read_text(encoding="utf-8"))
    assert new["evidence"].startswith(
        "calibrated on ours; and on a trial in 8 groups of =two against doing nothing"
    )
    assert len(new["draws"]["values"]) == 12
    assert call(plan, *FEW, "--behaviour", "new").exit_code == Exit.OK
    assert "is no statement of this trial" in read_by(*read, "--statement", "elsewhere").stderr
    (tmp_path / "mine.json").write_text(json.dumps(told | {"draws": {**told["draws"], "values": draws * 2}}))
    too_few = read_by(*read, "--statement", "runs")
    assert too_few.exit_code == Exit.INPUT
    assert "the statement has 12 points, and the calibration 24 draws" in too_few.stderr
