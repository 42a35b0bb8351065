"""``sweep``, ``status`` and ``export`` as a user runs them, with the real engine."""

import json
import shutil

import duckdb
import numpy as np
import pandas as pd
import polars
import pytest
from typer.testing import CliRunner

import commsim
from commsim.cli import app
from commsim.cli.progress import lasting
from commsim.core.errors import Exit
from commsim.core.measures import NAMES

DESIGN = """
name: envelopes
scenario: plan.yaml
repetitions: 2
series: true
levers:
  total: {path: strategies.red_envelope.total, values: [5, 20]}
  meeting: {path: strategies.red_envelope.hour, values: [9, 20], when: total > 5}
"""
PLAN = """
name: plan
days: 10
community: {members: 60, group_size: 30}
products: [{name: coffee, price: 30, unit_cost: 15}]
strategies: [{kind: red_envelope, total: 10, shares: 10}]
"""


def call(*args: str):
    return CliRunner().invoke(app, list(args))


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """A design and its finished sweep."""
    folder = tmp_path_factory.mktemp("swept")
    (folder / "design.yaml").write_text(DESIGN)
    (folder / "plan.yaml").write_text(PLAN)
    result = call("sweep", str(folder / "design.yaml"), "--out", str(folder / "out"), "--workers", "1")
    assert result.exit_code == Exit.OK, result.output
    assert f"6 runs are in {folder / 'out'}." in result.stdout
    return folder


def test_the_runs_are_those_of_run(swept):
    runs = commsim.load_results(swept / "out").runs
    assert len(runs) == 6
    last = runs.iloc[-1]
    plan = commsim.Scenario.load(swept / "plan.yaml")
    hour = {} if pd.isna(last["meeting"]) else {"hour": int(last["meeting"])}
    envelope = plan.strategies[0].model_copy(update={"total": int(last["total"] * 100), **hour})
    varied = plan.model_copy(update={"strategies": (envelope,)})
    told = commsim.outcomes(commsim.simulate(varied, seed=int(last["seed"])))
    assert {name: last[name] for name in NAMES} == pytest.approx(told, abs=0)


def test_tables_are_tidy(swept):
    found = commsim.load_results(swept / "out")
    assert list(found.runs.columns[:6]) == ["run", "point", "repetition", "seed", "total", "meeting"]
    assert found.runs.groupby("repetition")["seed"].nunique().eq(1).all()
    assert found.runs["meeting"].isna().sum() == 2
    assert len(found.series) == 6 * 10
    assert found.series.groupby("run")["day"].agg(list).eq([list(range(10))] * 6).all()
    profit = found.series.groupby("run")["profit"].sum()
    assert np.allclose(profit, found.runs.set_index("run")["profit"])
    assert list(found.points["point"]) == [0, 1, 2]
    assert found.failures.empty
    assert "message" in found.failures.columns
    assert found.design["design"]["name"] == "envelopes"


def test_going_on_with_a_finished_sweep_does_nothing(swept):
    result = call("sweep", str(swept / "design.yaml"), "--out", str(swept / "out"), "--json")
    assert result.exit_code == Exit.OK, result.output
    assert json.loads(result.stdout) == {"folder": str(swept / "out"), "runs": 6, "done": 6, "failed": 0}


def test_status(swept):
    result = call("status", str(swept / "out"), "--json")
    told = json.loads(result.stdout)
    assert (told["state"], told["runs"], told["done"], told["failed"], told["left"]) == (
        "finished",
        6,
        6,
        0,
        0,
    )
    assert told["seconds_left"] is None
    text = call("status", str(swept / "out")).stdout
    assert "finished" in text
    assert "Last sign of life" in text


def test_status_says_no_more_than_is_known(swept, tmp_path):
    shutil.copytree(swept / "out", tmp_path / "out")
    (tmp_path / "out/.progress.json").unlink()
    shutil.rmtree(tmp_path / "out/runs")
    told = json.loads(call("status", str(tmp_path / "out"), "--json").stdout)
    assert (told["state"], told["done"], told["started"], told["machine"]) == ("stopped", 0, None, None)
    text = call("status", str(tmp_path / "out")).stdout
    assert "Last sign" not in text
    assert "process" not in text
    assert "not a folder of results" in call("status", str(swept / "plan.yaml")).stderr


def test_export(swept, tmp_path):
    result = call("export", str(swept / "out"), "--out", str(tmp_path / "csv"), "--json")
    assert json.loads(result.stdout)["rows"] == {"runs.csv": 6, "series.csv": 60}
    found = commsim.load_results(swept / "out")
    for table in ("runs", "series"):
        file = tmp_path / "csv" / f"{table}.csv"
        assert file.read_bytes().startswith(b'"run","point"')  # and no mark, which base R would read
        pd.testing.assert_frame_equal(pd.read_csv(file), getattr(found, table), check_dtype=False)
    again = call("export", str(swept / "out"), "--out", str(tmp_path / "csv"))
    assert again.exit_code == Exit.INPUT
    assert "the folder is not empty" in again.stderr


def test_export_with_a_mark_for_excel(swept, tmp_path):
    call("export", str(swept / "out"), "--out", str(tmp_path / "plain"), "--quiet")
    call("export", str(swept / "out"), "--out", str(tmp_path / "marked"), "--bom")
    for name in ("runs.csv", "series.csv"):
        plain, marked = ((tmp_path / place / name).read_bytes() for place in ("plain", "marked"))
        assert marked == b"\xef\xbb\xbf" + plain


def test_an_unfinished_export_says_so_unless_it_shall_be_quiet(swept, tmp_path):
    shutil.copytree(swept / "out", tmp_path / "out")
    shutil.rmtree(tmp_path / "out/checksums")
    loud = call("export", str(tmp_path / "out"), "--out", str(tmp_path / "a"))
    quiet = call("export", str(tmp_path / "out"), "--out", str(tmp_path / "b"), "-q")
    assert "not finished" in loud.stderr
    assert (quiet.exit_code, quiet.stderr) == (Exit.OK, "")


def test_damage_is_told_with_its_exit_code(swept, tmp_path):
    shutil.copytree(swept / "out", tmp_path / "out")
    file = tmp_path / "out/runs/part-000000.parquet"
    file.write_bytes(file.read_bytes()[:-1] + b"2")
    for command in (["export", "--out", str(tmp_path / "csv")], ["sensitivity"], ["report"], ["plot"]):
        result = call(command[0], str(tmp_path / "out"), *command[1:])
        assert result.exit_code == Exit.INPUT, command
        assert "runs/part-000000.parquet is not as it was written" in result.stderr
    told = json.loads(call("status", str(tmp_path / "out"), "--json").stdout)
    assert told["damaged"] == ["runs/part-000000.parquet is not as it was written"]
    assert "runs/part-000000.parquet" in call("status", str(tmp_path / "out")).stdout


def test_figures_of_a_sweep(swept, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = call("plot", str(swept / "out"), "-o", "f.png")
    assert result.exit_code == Exit.OK, result.stderr
    assert "f-policies.png" in result.stderr
    assert (tmp_path / "f-policies.png").read_bytes().startswith(b"\x89PNG")
    assert call("plot", str(swept / "out"), "policies", "-o", "f.pdf", "--outcome", "orders").exit_code == 0
    assert call("plot", str(swept / "out"), "-o", "f.png").exit_code == Exit.INPUT  # they are there
    for wrong, said in (
        (["funnel"], "give one of: policies, influences"),
        (["--outcome", "luck"], "it has:"),
    ):
        refused = call("plot", str(swept / "out"), *wrong, "-o", "g.pdf")
        assert refused.exit_code == Exit.INPUT
        assert said in refused.stderr


def test_other_readers_open_the_tables(swept):
    runs = commsim.load_results(swept / "out").runs
    place = str(swept / "out" / "runs" / "*.parquet")
    told = duckdb.sql(f"select total, sum(profit) as profit from '{place}' group by total order by total")
    assert np.allclose([row[1] for row in told.fetchall()], runs.groupby("total")["profit"].sum())
    assert polars.read_parquet(place)["profit"].to_list() == runs["profit"].tolist()


def test_a_dry_run_tells_the_size_and_leaves_nothing(swept, tmp_path):
    result = call("sweep", str(swept / "design.yaml"), "--dry-run", "--json", "--workers", "3", "--quiet")
    assert result.exit_code == Exit.OK, result.output
    told = json.loads(result.stdout)
    assert (told["points"], told["repetitions"], told["runs"], told["workers"]) == (3, 2, 6, 3)
    assert told["seconds"] == pytest.approx(2 * told["seconds_per_run"])
    parts = (swept / "out").rglob("part-*.parquet")
    assert told["size"] == pytest.approx(sum(file.stat().st_size for file in parts), rel=0.2)


def test_a_changed_scenario_is_refused(swept, tmp_path):
    for name, text in (("design.yaml", DESIGN), ("plan.yaml", PLAN.replace("price: 30", "price: 31"))):
        (tmp_path / name).write_text(text)
    result = call("sweep", str(tmp_path / "design.yaml"), "--out", str(swept / "out"))
    assert result.exit_code == Exit.RESUME_REFUSED
    assert "scenarios.products[0].price: " in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["sweep", "design.yaml"], Exit.USAGE, "say where the results shall go"),
        (
            ["sweep", "design.yaml", "--out", "x", "--fail-fast", "--max-failures", "3"],
            Exit.USAGE,
            "not both",
        ),
        (
            ["sweep", "design.yaml", "--out", "x", "--scheduler", "a", "--workers", "3"],
            Exit.USAGE,
            "own workers",
        ),
        (["sweep", "nothing.yaml", "--out", "x"], Exit.INPUT, "nothing.yaml"),
        (["sweep", "design.yaml", "--out", "design.yaml"], Exit.INPUT, "is a file"),
        (["sweep", "design.yaml", "--out", "."], Exit.INPUT, "other things"),
        (["status", "."], Exit.INPUT, "no manifest.json"),
        (["export", ".", "--out", "x"], Exit.INPUT, "no manifest.json"),
    ],
)
def test_what_cannot_be_is_told(swept, monkeypatch, arguments, code, message):
    monkeypatch.chdir(swept)
    result = call(*arguments)
    assert result.exit_code == code, result.output
    assert message in " ".join(result.stderr.split())
    assert not (swept / "x").exists()


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0.2, "1 s"),
        (59.4, "59 s"),
        (200, "3 min 20 s"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (270_000, "3 days 3 h"),
    ],
)
def test_lengths_of_time(seconds, told):
    assert lasting(seconds) == told


@pytest.mark.slow
def test_a_sweep_over_data_goes_on_with_the_same_data_only(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "members.csv").write_text("id\n" + "".join(f"m{i}\n" for i in range(40)))
    (tmp_path / "plan.yaml").write_text(PLAN.replace("members: 60", "roster: {file: members.csv}"))
    (tmp_path / "design.yaml").write_text(DESIGN)
    command = ("sweep", "design.yaml", "--out", "results", "--workers", "1", "-q")
    assert call(*command).exit_code == 0
    with (tmp_path / "members.csv").open("a") as stream:
        stream.write("m40\n")
    changed = call(*command)
    assert changed.exit_code == Exit.RESUME_REFUSED
    assert f"files.{tmp_path / 'members.csv'}: " in changed.stderr
    (tmp_path / "members.csv").unlink()
    gone = call(*command)
    assert gone.exit_code == Exit.INPUT
    assert "design.yaml:3:1: scenario: there is no file" in gone.stderr
