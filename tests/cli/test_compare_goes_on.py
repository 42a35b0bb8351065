"""``compare`` with one plan, and gone on with from its folder to the same statement and the same bytes."""

import json
import signal
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from commsim import compare
from commsim.cli import app
from commsim.core.errors import Exit, InputError
from commsim.experiments.asked import RUNS
from waiting import PATIENCE, wait_until

PLAN = """
name: sale
days: 10
community: {members: 60, group_size: 30}
products: [{name: coffee, price: 30, unit_cost: 15}]
operator: {wage_per_hour: 46}
strategies: [{kind: flash_sale, price: 25.5}, {kind: red_envelope, total: 10, shares: 20}]
"""
KEPT = f"out/worlds/{RUNS}"
WORLDS = ("--worlds", "9", "--points", "20", "--days", "10,14")


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sale.yaml").write_text(PLAN)
    (tmp_path / "gift.yaml").write_text(PLAN.replace("name: sale", "name: gift").replace("25.5", "29"))
    return tmp_path


def call(*args: str):
    return CliRunner().invoke(app, ["compare", *args, "--workers", "1", "--quiet"])


def results(folder):
    """Name and content of all files but those that say when; a manifest's is compared below."""
    files = (file for file in folder.rglob("*") if file.is_file() and "worlds" not in file.parts)
    return {file.relative_to(folder): file.read_bytes() for file in files if file.name != "manifest.json"}


def test_one_plan_is_held_against_doing_nothing(place):
    told = call("sale.yaml", "--worlds", "4", "--points", "0")
    assert told.exit_code == Exit.OK, told.output
    verdict = told.stdout.splitlines()[-1]
    assert verdict.startswith("Doing nothing earns ")
    assert verdict.count("oing nothing") == 1
    chinese = call("sale.yaml", "--worlds", "4", "--points", "0", "--lang", "zh")
    assert "什么都不做" in chinese.stdout
    assert "doing" not in chinese.stdout
    found = compare("sale.yaml", worlds=4, points=0, workers=1)
    assert found.plans == ("sale", "doing nothing")
    assert (found.values[1] == found.alone[0]).all()


def test_one_plan_needs_something_to_be_held_against(place):
    refused = call("sale.yaml", "--no-baseline")
    assert refused.exit_code == Exit.USAGE
    assert "name a second one" in refused.stderr
    with pytest.raises(InputError, match="leave out --no-baseline"):
        compare(["sale.yaml"], baseline=False)
    (place / "idle.yaml").write_text(PLAN.partition("strategies")[0])
    idle = call("idle.yaml")
    assert idle.exit_code == Exit.INPUT
    assert "the plan does nothing" in idle.stderr


@pytest.mark.slow
def test_from_half_of_its_runs_it_comes_to_the_same(place):
    whole = call("sale.yaml", "gift.yaml", *WORLDS, "--out", "out")
    assert whole.exit_code == Exit.OK, whole.output
    before, lines = results(place / "out"), (place / KEPT).read_bytes().splitlines(keepends=True)
    manifest = json.loads((place / "out/manifest.json").read_text())
    assert "worlds/asked.jsonl" not in manifest["files"]
    (place / KEPT).write_bytes(b"".join(lines[: len(lines) // 2]) + lines[-1][:40])
    (place / "out/manifest.json").unlink()  # as after a kill
    after = call("sale.yaml", "gift.yaml", *WORLDS, "--out", "out")
    assert after.stdout == whole.stdout == call("sale.yaml", "gift.yaml", *WORLDS).stdout
    assert results(place / "out") == before
    assert sorted((place / KEPT).read_bytes().splitlines(keepends=True)) == sorted(lines)
    again = json.loads((place / "out/manifest.json").read_text())
    assert again["files"] == manifest["files"]


def test_more_worlds_are_added_to_those_that_are_there(place):
    few, many = (("gift.yaml", "--points", "0", "--worlds", worlds, "--out", "out") for worlds in "35")
    assert call(*few).exit_code == Exit.OK
    before = (place / KEPT).read_bytes()
    told = call(*many, "--json")
    assert (place / KEPT).read_bytes().startswith(before)
    assert json.loads(told.stdout)["worlds"] == 5


def test_what_a_plan_only_says_of_itself_makes_no_run_again(place):
    assert call("sale.yaml", "--worlds", "3", "--points", "0", "--out", "out").exit_code == Exit.OK
    kept = (place / KEPT).read_bytes()
    said = PLAN.replace("name: sale", "name: fire sale\nabout: In another word.").replace(
        "price: 25.5", "price: 25.5, goal: sell"
    )
    (place / "sale.yaml").write_text(said)
    again = call("sale.yaml", "--worlds", "3", "--points", "0", "--out", "out")
    assert again.exit_code == Exit.OK, again.output
    assert "fire sale" in again.stdout
    assert (place / KEPT).read_bytes() == kept


def test_what_was_begun_with_something_else_is_refused_or_gives_way(place):
    few = ("--worlds", "2", "--points", "0")
    assert call("sale.yaml", *few, "--out", "out").exit_code == Exit.OK
    before = (place / KEPT).read_bytes()
    other = call("gift.yaml", *few, "--out", "out")
    assert other.exit_code == Exit.RESUME_REFUSED
    assert "begun with something else" in other.stderr
    assert call("sale.yaml", *few, "--out", "out", "--force").exit_code == Exit.OK
    assert (place / KEPT).read_bytes() == before
    assert call("gift.yaml", *few, "--out", "out", "--force").exit_code == Exit.OK
    assert (place / KEPT).read_bytes() != before
    (place / "out/letter.txt").write_text("dear")
    kept = call("sale.yaml", *few, "--out", "out", "--force")
    assert kept.exit_code == Exit.INPUT
    assert "other things than results" in kept.stderr
    (place / "full").mkdir()
    (place / "full/letter.txt").write_text("dear")
    full = call("sale.yaml", *few, "--out", "full")
    assert full.exit_code == Exit.INPUT
    assert "not empty" in full.stderr


def test_runs_of_other_people_in_the_same_file_are_not_gone_on_with(place):
    (place / "members.csv").write_text("id\n" + "".join(f"m{k}\n" for k in range(40)))
    roster = PLAN.replace("{members: 60, group_size: 30}", "{group_size: 30, roster: {file: members.csv}}")
    (place / "ours.yaml").write_text(roster)
    asked = ("ours.yaml", "--worlds", "2", "--points", "0", "--out", "out")
    assert call(*asked).exit_code == Exit.OK
    assert call(*asked).exit_code == Exit.OK
    (place / "members.csv").write_text("id\n" + "".join(f"m{k}\n" for k in range(50)))
    refused = call(*asked)
    assert refused.exit_code == Exit.RESUME_REFUSED
    assert "begun with something else" in refused.stderr


@pytest.mark.slow
def test_killed_and_gone_on_with_says_the_same(place):
    command = [sys.executable, "-m", "commsim", "compare", "sale.yaml", "--worlds", "200", "--quiet"]
    command += ["--points", "20", "--json", "--workers", "2"]
    whole = subprocess.run([*command, "--out", "whole"], capture_output=True, text=True, check=False)
    assert whole.returncode == Exit.OK, whole.stderr
    for lines in (5, 150):
        process = subprocess.Popen([*command, "--out", "out"], stdout=subprocess.DEVNULL)
        kept = place / KEPT
        wait_until(lambda n=lines, k=kept: k.exists() and k.read_bytes().count(b"\n") >= n, "some runs")
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
        assert not (place / "out/manifest.json").exists()
    after = subprocess.run([*command, "--out", "out"], capture_output=True, text=True, check=False)
    assert after.stdout == whole.stdout
    assert results(place / "out") == results(place / "whole")
