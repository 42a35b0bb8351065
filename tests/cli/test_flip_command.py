"""``flip`` as a user runs it."""

import json

import pytest
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.errors import Exit

FEW = ("--only", "buying.touch", "--worlds", "4", "--points", "4")


def call(*args: str):
    return CliRunner().invoke(app, ["flip", "--workers", "1", "--quiet", *args])


@pytest.fixture
def plan(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(
        "name: '=two'\ndays: 7\ncommunity: {members: 60}\nproducts: [{name: tea, price: 30, unit_cost: 15}]\n"
        "strategies: [{kind: content}, {kind: red_envelope, total: 90}]\n"
    )
    return "plan.yaml"


def test_tables_sentences_page_figures_and_files(plan, tmp_path):
    done = call(plan, *FEW, "--out", "runs", "--html", "page.html", "--figures", "f.png", "--csv", "u.csv")
    assert done.exit_code == Exit.OK, done.output
    assert "behind doing nothing over 7 days" in done.stdout
    assert "Of 1 things that nobody knows" in done.stdout
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "What would turn it round" in page
    assert "<script" not in page
    assert (tmp_path / "f-tornado.png").stat().st_size > 1000
    assert (tmp_path / "u.csv").read_text(encoding="utf-8-sig").startswith('"unknown","grade"')
    kept = json.loads((tmp_path / "runs" / "flip.json").read_text(encoding="utf-8"))
    data = json.loads(call(plan, *FEW, "--out", "runs", "--json").stdout)
    assert data == kept
    assert data["unknowns"][0]["unknown"] == "buying.touch"
    assert data["ranges"]["points"] == 4


def test_doing_nothing_is_no_first_plan(plan):
    done = call("nothing", plan)
    assert done.exit_code == Exit.INPUT
    assert "'nothing' is the second plan: the first one left alone" in done.stderr


@pytest.mark.slow
def test_in_chinese(plan):
    done = call(
        plan, "nothing", "--only", "content.quality", "--worlds", "4", "--points", "4", "--lang", "zh"
    )
    assert "每条内容" in done.stdout or "内容：" in done.stdout
    assert "会使结论反转" in done.stdout
    assert "什么都不做" in done.stdout
    assert "nothing" not in done.stdout


@pytest.mark.parametrize(
    ("args", "what"),
    [
        (("--only", "buying.tuch"), "did you mean buying.touch?"),
        (("--metric", "left"), "can't be ranked by 'left'"),
        (("--scheduler", "tcp://x:1"), "the cluster has its own workers"),
        (("--figures", "f.gif"), "can't write figures as .gif"),
        (("plan.yaml",), "the two plans come to the same whatever is true"),
    ],
)
def test_what_can_not_be_done_is_told(plan, args, what):
    done = call(plan, *args)
    assert done.exit_code in (Exit.INPUT, Exit.USAGE)
    assert what in done.stderr
