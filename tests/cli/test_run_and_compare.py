"""``run`` and ``compare`` as a user runs them, with the real engine."""

import json
import os
import re
import signal
import subprocess
import sys

import pandas as pd
import pytest
from typer.testing import CliRunner

from commsim.analysis.measures import account_sums
from commsim.cli import app
from commsim.cli.progress import load_engine
from commsim.core.errors import Exit, InputError
from commsim.records.store import read_run
from waiting import PATIENCE, wait_until

PLAIN = """
name: plain
days: 14
community: {members: 300, group_size: 100}
products: [{name: coffee, price: 30, unit_cost: 15}]
"""
ENVELOPE = PLAIN.replace("plain", "envelope") + "strategies: [{kind: red_envelope, total: 10, shares: 20}]\n"
SALE = PLAIN.replace("plain", "sale") + "strategies: [{kind: flash_sale, price: 25.5}]\n"


@pytest.fixture
def plans(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plain.yaml").write_text(PLAIN)
    (tmp_path / "envelope.yaml").write_text(ENVELOPE)
    (tmp_path / "sale.yaml").write_text(SALE)
    return tmp_path


def call(*args: str):
    return CliRunner().invoke(app, list(args))


def test_run_prints_a_summary_and_keeps_nothing_unasked(plans):
    result = call("run", "plain.yaml", "--seed", "7")
    assert result.exit_code == Exit.OK, result.output
    assert "plain, 14 days, seed 7" in result.stdout
    assert "Profit per member at the start (yuan)" in result.stdout
    assert sorted(file.name for file in plans.iterdir()) == ["envelope.yaml", "plain.yaml", "sale.yaml"]


def test_run_and_compare_speak_chinese(plans):
    (plans / "longer.yaml").write_text(SALE.replace("days: 14", "days: 21").replace("300", "301"))
    told = call("run", "plain.yaml", "--lang", "zh")
    compared = call("compare", "plain.yaml", "envelope.yaml", "longer.yaml", "--worlds", "2", "--lang", "zh")
    for result in (told, compared):
        assert result.exit_code == Exit.OK, result.output
        words = set(re.findall("[A-Za-z]+", result.stdout + result.stderr))
        assert words <= {"plain", "envelope", "sale"}
    assert "利润（元）" in told.stdout
    assert "与最优的差距" in compared.stdout
    assert "注意：社群不同" in compared.stderr


def test_run_keeps_everything_in_its_folder(plans):
    result = call("run", "envelope.yaml", "--seed", "7", "--out", "run", "--json")
    assert result.exit_code == Exit.OK, result.output
    summary = json.loads(result.stdout)
    records = read_run(plans / "run")
    assert summary["complete"] is True
    assert summary["measures"]["profit"]["value"] == records.ledger["fen"].sum() / 100
    assert summary["measures"]["revenue"]["value"] == records.daily["revenue"].sum() / 100
    assert records.entries["fen"].sum() == records.ledger["fen"].sum()
    assert len(records.members["person"]) >= 300
    again = call("run", "run/scenario.yaml", "--seed", "7", "--out", "again", "--daily-only")
    assert again.exit_code == Exit.OK, again.output
    assert (plans / "run/daily.parquet").read_bytes() == (plans / "again/daily.parquet").read_bytes()
    assert not (plans / "again/events.parquet").exists()


def test_revenue_is_what_customers_paid(plans):
    result = call("run", "sale.yaml", "--out", "run")
    assert result.exit_code == Exit.OK, result.output
    records = read_run(plans / "run")
    sums = account_sums(records)
    assert sums["discount"] < 0
    assert sums["sales"] + sums["discount"] == records.daily["revenue"].sum()
    assert sums["sales"] + sums["discount"] == records.members["spent"].sum()


def test_run_replaces_results_only_if_forced(plans):
    assert call("run", "plain.yaml", "--days", "2", "--out", "run").exit_code == Exit.OK
    refused = call("run", "plain.yaml", "--days", "3", "--out", "run")
    assert refused.exit_code == Exit.INPUT
    assert "not empty" in refused.stderr
    assert read_run(plans / "run").days == 2
    assert call("run", "plain.yaml", "--days", "3", "--out", "run", "--force").exit_code == Exit.OK
    assert read_run(plans / "run").days == 3


def test_a_shorter_run_drops_what_would_start_later(plans):
    text = PLAIN + "strategies: [{kind: advert, starts: 5, ends: 9}, {kind: content, ends: 13}]\n"
    (plans / "late.yaml").write_text(text)
    result = call("run", "late.yaml", "--days", "4", "--out", "run")
    assert result.exit_code == Exit.OK, result.output
    assert "kind: advert" not in (plans / "run/scenario.yaml").read_text()
    assert call("check", "run/scenario.yaml").exit_code == Exit.OK


MARKING = """
from pathlib import Path
from typing import ClassVar, Literal

from commsim.strategies.base import Strategy


class Marking(Strategy):
    kind: Literal["marking"] = "marking"
    purpose: ClassVar = "retention"

    def act(self, view, memory):
        Path("under-way").touch()
        return ()
"""


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_ctrl_c_keeps_the_days_so_far(plans):
    (plans / "marking.py").write_text(MARKING)
    long = PLAIN.replace("days: 14", "days: 3650").replace("300", "20000") + "strategies: [{kind: marking}]\n"
    (plans / "long.yaml").write_text(long)
    command = [sys.executable, "-m", "commsim", "run", "long.yaml", "--out", "run", "--daily-only"]
    process = subprocess.Popen([*command, "--strategies", "marking.py"], stderr=subprocess.PIPE, text=True)
    wait_until(lambda: (plans / "under-way").exists() or process.poll() is not None, "a run under way")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == Exit.INTERRUPTED, errors
    assert "Traceback" not in errors
    manifest = json.loads((plans / "run/manifest.json").read_text())
    assert manifest["complete"] is False
    assert 0 < manifest["days_done"] == read_run(plans / "run").days < 3650


def test_compare_prints_the_table_and_the_verdict(plans):
    result = call("compare", "plain.yaml", "envelope.yaml", "--worlds", "6")
    assert result.exit_code == Exit.OK, result.output
    assert "6 worlds, 14 days" in result.stdout
    assert "Cost: envelopes (yuan)" in result.stdout
    assert "plain earns" in result.stdout
    assert "is best in 100 % of 6 worlds." in result.stdout


def test_compare_over_another_time_than_the_plans_say(plans):
    given = call("compare", "plain.yaml", "sale.yaml", "--days", "20", "--worlds", "2", "--json")
    for file in ("plain.yaml", "sale.yaml"):
        (plans / file).write_text((plans / file).read_text().replace("days: 14", "days: 20"))
    written = call("compare", "plain.yaml", "sale.yaml", "--worlds", "2", "--json")
    assert given.exit_code == written.exit_code == Exit.OK, given.output
    assert json.loads(given.stdout) == json.loads(written.stdout)


def test_compare_looks_at_later_days_and_at_doing_nothing(plans):
    asked = ["compare", "envelope.yaml", "sale.yaml", "--worlds", "3", "--days", "14,20"]
    told = call(*asked)
    assert told.exit_code == Exit.OK, told.output
    assert "After 20 days" in told.stdout
    assert "Beyond doing nothing (95 %)" in told.stdout
    less = json.loads(call(*asked, "--no-baseline", "--json").stdout)
    assert (less["baseline"], [look["days"] for look in less["looks"]]) == (False, [20])
    assert less["plans"][0]["measures"]["profit"]["beyond"] is None


def test_compare_reaches_a_precision_or_says_that_it_did_not(plans):
    reached = call("compare", "plain.yaml", "sale.yaml", "--precision", "20%", "--json")
    assert reached.exit_code == Exit.OK, reached.output
    assert json.loads(reached.stdout)["precise"] is True
    missed = call("compare", "plain.yaml", "sale.yaml", "--precision", "0.01", "--max-worlds", "5", "--json")
    assert missed.exit_code == Exit.IMPRECISE
    found = json.loads(missed.stdout)
    assert (found["worlds"], found["target_half_width"]) == (5, 0.01)
    assert "The wanted precision was not reached" in found["verdict"]


def test_compare_writes_csv_and_a_folder(plans):
    options = ["compare", "plain.yaml", "envelope.yaml", "--worlds", "4"]
    result = call(*options, "--csv", "table.csv", "--out", "out")
    assert result.exit_code == Exit.OK, result.output
    assert (plans / "table.csv").read_bytes() == (plans / "out/summary.csv").read_bytes()
    worlds = pd.read_parquet(plans / "out/worlds.parquet")
    assert worlds.groupby("plan").size().tolist() == [4, 4]
    seed = str(worlds["seed"][0])
    for which in (["--seed", seed], ["--world", "0"]):
        rerun = json.loads(call("run", "out/plan-1.yaml", *which, "--json").stdout)
        assert rerun["measures"]["profit"]["value"] == worlds["profit"][0]
    refused = call(*options, "--csv", "table.csv")
    assert refused.exit_code == Exit.INPUT
    assert "exists already" in refused.stderr
    nowhere = call(*options, "--csv", "none/table.csv")
    assert nowhere.exit_code == Exit.INPUT
    assert "none/table.csv: there is no such folder to write into; give --csv the path" in nowhere.stderr
    printed = call(*options, "--csv", "-")
    assert printed.stdout.startswith('"plan","measure"')


@pytest.mark.parametrize(
    ("command", "written"),
    [
        (["run", "plain.yaml"], "commsim.records.store.write_run"),
        (
            ["compare", "plain.yaml", "envelope.yaml", "--worlds", "2"],
            "commsim.report.folder.write_comparison",
        ),
    ],
)
def test_a_full_disk_costs_no_result(plans, monkeypatch, command, written):
    def refuse(found, folder, *more):
        raise InputError("can't write: no space", where=str(folder), remedy="free some space")

    monkeypatch.setattr(written, refuse)
    result = call(*command, "--out", "out")
    assert result.exit_code == Exit.INPUT
    assert "Profit (yuan)" in result.stdout
    assert not [file for file in plans.rglob("out/*") if file.name != "worlds"]


def test_a_plan_against_itself_is_no_difference(plans):
    result = call("compare", "plain.yaml", "plain.yaml", "--worlds", "3")
    assert "plain and plain (2) give exactly the same in all 3 worlds" in result.stdout


def test_compare_of_many_plans_fits_a_narrow_terminal(plans, monkeypatch):
    monkeypatch.setattr("commsim.cli.output.PIPE_WIDTH", 60)
    result = call("compare", *["plain.yaml", "envelope.yaml"] * 3, "--worlds", "2")
    assert result.exit_code == Exit.OK, result.output
    *lines, verdict = result.stdout.splitlines()
    assert max(len(line.rstrip()) for line in lines) <= 60
    assert "plain" in verdict
    assert sum("Members at the end" in line for line in lines) > 1


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["plain.yaml"], Exit.INPUT, "the plan does nothing"),
        (["sale.yaml", "--no-baseline"], Exit.USAGE, "name a second one"),
        (["plain.yaml", "envelope.yaml", "--worlds", "1"], Exit.USAGE, "--worlds"),
        (["plain.yaml", "envelope.yaml", "--days", "14,x"], Exit.USAGE, "no number of days"),
        (["plain.yaml", "envelope.yaml", "--days", "14,0"], Exit.USAGE, "1 to 3650 days"),
        (["plain.yaml", "envelope.yaml", "--worlds", "5", "--precision", "1%"], Exit.USAGE, "not both"),
        (["plain.yaml", "envelope.yaml", "--precision", "narrow"], Exit.USAGE, "narrow"),
        (["plain.yaml", "envelope.yaml", "--precision", "nan"], Exit.USAGE, "nan"),
        (["plain.yaml", "envelope.yaml", "--precision", "-1"], Exit.USAGE, "-1"),
        (["plain.yaml", "envelope.yaml", "--json", "--csv", "-"], Exit.USAGE, "--csv"),
        (["plain.yaml", "envelope.yaml", "--metric", "luck"], Exit.INPUT, "can't be ranked"),
        (["plain.yaml", "nowhere.yaml"], Exit.INPUT, "nowhere.yaml"),
    ],
)
def test_wrong_use_is_told(plans, options, code, message):
    result = call("compare", *options)
    assert result.exit_code == code, result.output
    assert message in result.stderr


@pytest.mark.slow
def test_same_bytes_from_one_and_four_processes(plans, monkeypatch):
    monkeypatch.setattr("commsim.experiments.pool.WORTHWHILE", 0.0)
    for workers in ("1", "4"):
        result = call(
            "compare", "plain.yaml", "sale.yaml", "--worlds", "30", "--workers", workers, "--out", workers
        )
        assert result.exit_code == Exit.OK, result.output
    for name in ("worlds.parquet", "days.parquet", "summary.csv", "summary.json"):
        assert (plans / "1" / name).read_bytes() == (plans / "4" / name).read_bytes(), name


def test_ctrl_c_while_compiling_waits_for_the_end_of_it(monkeypatch, capsys):
    finished = []

    def compile_all(say):
        signal.raise_signal(signal.SIGINT)
        finished.append(True)

    monkeypatch.setattr("commsim.simulation.warm_up.warm_up", compile_all)
    with pytest.raises(KeyboardInterrupt):
        load_engine(quiet=True)
    assert finished
    assert "Stopping when the simulator is loaded; press Ctrl-C again" in capsys.readouterr().err
