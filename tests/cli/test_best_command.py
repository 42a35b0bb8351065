"""``best`` as a user runs it."""

import json
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.errors import Exit

PLAN = (
    "name: {0}\ndays: 10\ncommunity: {{members: 60}}\nproducts: [{{name: tea, price: 30, unit_cost: 15}}]\n"
)


@pytest.fixture(autouse=True)
def plans(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nothing.yaml").write_text(PLAN.format("nothing"))
    for yuan, hour in ((5, 9), (5, 20), (200, 20)):
        text = PLAN.format(f"gift {yuan} {hour}")
        text += f"strategies: [{{kind: red_envelope, total: {yuan}, hour: {hour}}}]\n"
        (tmp_path / f"gift-{yuan}-{hour}.yaml").write_text(text)
    return tmp_path


def call(*args: str):
    return CliRunner().invoke(app, ["best", "--workers", "1", "--quiet", *args])


def test_statement_tables_files_and_exit_codes(plans):
    done = call("nothing.yaml", "gift-200-20.yaml", "--out", "runs", "--html", "page.html", "--csv", "b.csv")
    assert done.exit_code == Exit.OK, done.output
    assert "nothing is best of 2 plans (Profit), with 95 % confidence; 20 runs." in done.stdout
    assert re.search(r"gift 200 20 +10 .*dropped", done.stdout)
    kept = json.loads((plans / "runs" / "best.json").read_text())
    assert kept["verdict"] in done.stdout
    worlds = (plans / "runs" / "worlds.csv").read_text().splitlines()
    assert worlds[0] == '"plan","world","seed","profit"'
    assert len(worlds) == 1 + 20
    page = (plans / "page.html").read_text(encoding="utf-8")
    assert kept["verdict"] in page
    assert "<script" not in page
    assert (plans / "b.csv").read_text().splitlines()[1].startswith('"nothing",')


@pytest.mark.slow
def test_an_end_before_the_goal_is_said_with_a_code(plans):
    given = ["gift-5-9.yaml", "gift-5-20.yaml", "--within", "0.001"]
    done = call(*given, "--worlds", "10")
    assert done.exit_code == Exit.IMPRECISE
    assert "or within" in done.stdout
    assert "It ended at the most worlds allowed, 10, before" in done.stdout
    assert "1 more of 2 plans can't be told apart from it." in done.stdout
    assert "runs allowed" in call(*given, "--runs", "25").stdout
    assert json.loads(call(*given, "--seconds", "0", "--json").stdout)["stopped"] == "seconds"
    chinese = call(*given, "--worlds", "10", "--lang", "zh")
    assert "已用完允许的 10 次模拟" in chinese.stdout
    assert not re.search("[A-Za-z]{3,}", re.sub("nothing|gift", "", chinese.stdout))


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        (["nothing.yaml"], Exit.USAGE, "one plan has no other"),
        (["missing.yaml"], Exit.INPUT, "missing.yaml"),
        (["nothing.yaml", "none.yaml"], Exit.INPUT, "none.yaml"),
        (["nothing.yaml", "gift-5-9.yaml", "--within", "much"], Exit.USAGE, "'much' is neither"),
        (["nothing.yaml", "gift-5-9.yaml", "--runs", "5"], Exit.INPUT, "allow 20 or more"),
        (["nothing.yaml", "gift-5-9.yaml", "--json", "--csv", "-"], Exit.USAGE, "--csv"),
        (["red-envelope-size", "--days", "9"], Exit.USAGE, "--days"),
    ],
)
def test_what_can_not_be_done_is_told(arguments, code, what):
    done = call(*arguments)
    assert done.exit_code == code, done.output
    assert what in done.output


@pytest.mark.slow
def test_killed_and_gone_on_with_says_the_same(plans):
    command = [sys.executable, "-m", "commsim", "best", "gift-5-20.yaml", "gift-5-9.yaml", "gift-200-20.yaml"]
    command += ["--within", "0.01", "--worlds", "200", "--quiet", "--json"]
    whole = subprocess.run(command, capture_output=True, text=True, check=False)
    for wait in (3.0, 4.0):
        process = subprocess.Popen([*command, "--out", "runs"], stdout=subprocess.DEVNULL)
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    after = subprocess.run([*command, "--out", "runs"], capture_output=True, text=True, check=False)
    assert after.stdout == whole.stdout
    assert after.returncode == whole.returncode
