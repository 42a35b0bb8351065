"""``plan`` as a user runs it."""

import html
import json
import re

import pytest
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.errors import Exit

PLAN = """
name: tiny
days: 10
community: {members: 60}
products: [{name: tea, price: 30, unit_cost: 15}]
strategies:
  - {kind: red_envelope, total: 150, shares: 10, weekdays: [tue, thu]}
"""
SPACE = """
name: gifts
levers:
  red_envelope total: {path: strategies.red_envelope.total, values: [5, 150]}
  red_envelope on: {path: strategies.red_envelope.on, values: [true, false]}
"""


@pytest.fixture(autouse=True)
def files(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny.yaml").write_text(PLAN)
    (tmp_path / "gifts.yaml").write_text(SPACE)
    return tmp_path


def call(*args: str):
    common = ("--runs", "220", "--doubts", "2", "--workers", "1", "--quiet")
    return CliRunner().invoke(app, ["plan", "tiny.yaml", *args, *common])


def test_statement_tables_plan_page_and_folder(files):
    done = call(
        *("--space", "gifts.yaml", "--budget", "200", "--out", "runs", "--write", "found.yaml"),
        *("--html", "page.html", "--csv", "c.csv"),
    )
    assert done.exit_code == Exit.OK, done.output
    assert re.search(r"The plan that was found is \d+ yuan ahead of tiny", done.stdout)
    assert "Undoing it costs" in done.stdout
    assert re.search(r"Budget +at most 200 yuan", done.stdout)
    kept = json.loads((files / "runs" / "plan.json").read_text())
    assert kept["verdict"] in done.stdout
    page = re.sub(r"<[^>]+>", " ", (files / "page.html").read_text(encoding="utf-8"))
    assert kept["verdict"] in html.unescape(" ".join(page.split()))
    text = (files / "found.yaml").read_text()
    assert text == (files / "runs" / "plan.yaml").read_text()
    assert CliRunner().invoke(app, ["check", "found.yaml"]).exit_code == Exit.OK
    assert (files / "c.csv").read_text(encoding="utf-8-sig").startswith('"lever","before","after"')
    again = call("--space", "gifts.yaml", "--budget", "200", "--out", "runs", "--json")
    assert json.loads(again.stdout) == kept
    other = call("--space", "gifts.yaml", "--budget", "100", "--out", "runs")
    assert other.exit_code == Exit.RESUME_REFUSED
    assert "limits.budget: 200.0 -> 100.0" in other.output


def test_what_may_be_chosen_is_written_and_chinese_is_chinese(files):
    assert call("--write-space", "space.yaml", "--budget", "300").exit_code == Exit.OK
    text = (files / "space.yaml").read_text()
    assert "red_envelope.weekdays.mon" in text
    assert "budget: 300" in text
    done = call("--space", "gifts.yaml", "--lang", "zh")
    assert done.exit_code == Exit.OK, done.output
    assert "找到的方案比 tiny 多" in done.stdout
    assert re.search(r"红包 +做 +不做|红包 每个红包金额", done.stdout)
    assert not re.search("[A-Za-z]{3,}", re.sub("tiny|planned|plan", "", done.stdout))


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        (["--space", "none.yaml"], Exit.INPUT, "none.yaml"),
        (["--margin", "much"], Exit.INPUT, "limits.margin: must be a number, is 'much'"),
        (["--budget", "inf"], Exit.INPUT, "limits.budget: inf yuan is not an amount between"),
        (["--budget", "1.234"], Exit.INPUT, "limits.budget: 1.234 yuan has a part of a fen; use"),
        (
            ["--budget", "inf", "--lang", "zh"],
            Exit.INPUT,
            "limits.budget：inf 元不在正负十亿之间；可以是：至少 0（元）",
        ),
        (["--objective", "gain"], Exit.INPUT, "no measure 'gain'"),
        (["--json", "--csv", "-"], Exit.USAGE, "--csv"),
        (["--scheduler", "tcp://x:1"], Exit.USAGE, "--workers"),
        (["--write", "gifts.yaml"], Exit.INPUT, "exists already"),
    ],
)
def test_what_can_not_be_done_is_told(arguments, code, what):
    done = call(*arguments)
    assert done.exit_code == code, done.output
    assert what in done.output


@pytest.mark.slow
def test_a_front_of_two_measures_is_written_plan_by_plan(files):
    done = call("--space", "gifts.yaml", "--objective", "profit,leave", "--out", "runs")
    assert done.exit_code == Exit.OK, done.output
    assert "Plans none of which is beaten in both" in done.stdout
    assert "Left, ahead of tiny" in done.stdout
    assert (files / "runs" / "front-1.yaml").exists()
