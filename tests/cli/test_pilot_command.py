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
    assert data["plans"] == ["=two", "nothing"]
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
