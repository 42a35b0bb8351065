"""Reports are made from folders, and only where the runs can be made again."""

import json
import shutil

import pandas as pd
import pytest
from hostile_plans import BUSY, QUIET
from typer.testing import CliRunner

from commsim.analysis.compare import compare
from commsim.cli import app
from commsim.core.errors import Exit, InputError
from commsim.records.folder import write_manifest
from commsim.records.store import read_run
from commsim.report.case import read_case
from commsim.report.folder import read_comparison
from commsim.scenario.load import dump
from commsim.scenario.schema import Scenario


def call(*args):
    return CliRunner().invoke(app, list(map(str, args)))


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    place = tmp_path_factory.mktemp("results")
    for name, plan in (("busy", BUSY), ("quiet", QUIET)):
        (place / f"{name}.yaml").write_text(dump(plan), encoding="utf-8")
    plans = place / "busy.yaml", place / "quiet.yaml"
    assert call("run", plans[0], "--seed", 7, "--out", place / "run", "--quiet").exit_code == Exit.OK
    done = call("compare", *plans, "--worlds", 3, "--out", place / "cmp", "--quiet", "--workers", 1)
    assert done.exit_code == Exit.OK, done.output
    return place


def seal_again(folder, **changes):
    """As if the folder had been written like this."""
    about = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").unlink()
    write_manifest(folder, {name: value for name, value in about.items() if name != "checksum"} | changes)


def test_a_comparison_reads_back_as_it_was(folders):
    found = read_comparison(folders / "cmp")
    worlds = pd.read_parquet(folders / "cmp" / "worlds.parquet")
    pd.testing.assert_frame_equal(found.frame(), worlds, check_dtype=False)
    assert (found.worlds, found.metric, found.target, found.days) == (3, "profit", None, (16, 16))
    with pytest.raises(InputError, match="not a comparison"):
        read_comparison(folders / "run")


def test_a_folder_keeps_what_plans_came_to_by_their_limits(folders, tmp_path):
    limits = {"budget": 50, "hours": 3, "beyond": "mark"}
    bound = Scenario.model_validate(BUSY.model_dump(exclude_unset=True) | {"name": "bound", "limits": limits})
    (tmp_path / "bound.yaml").write_text(dump(bound), encoding="utf-8")
    plans, how = (folders / "quiet.yaml", tmp_path / "bound.yaml"), ("--worlds", 3, "--quiet", "--workers", 1)
    assert call("compare", *plans, *how, "--out", tmp_path / "cmp").exit_code == Exit.OK
    read = read_case(tmp_path / "cmp", worlds=2, workers=1).comparison
    found = compare([QUIET, bound], worlds=3, workers=1)
    assert read.spent.tolist() == found.spent.tolist()
    assert [[one.limit.name for one in own] for own in read.limits] == [[], ["budget", "hours"]]
    for kept, own in zip(read.limits[1], found.limits[1], strict=True):
        assert kept.bound == own.bound
        assert kept.values.tolist() == own.values.tolist()
        assert kept.within.tolist() == own.within.tolist()


def test_a_case_of_a_run_shows_that_run(folders):
    case = read_case(folders / "run", worlds=2, workers=1)
    kept = read_run(folders / "run")
    assert case.closeups[0].typical.seed == 7
    assert (case.closeups[0].typical.entries["fen"] == kept.entries["fen"]).all()


def test_other_numbers_than_the_folders_are_refused(folders, tmp_path):
    shutil.copytree(folders / "cmp", tmp_path / "cmp")
    worlds = pd.read_parquet(tmp_path / "cmp" / "worlds.parquet")
    worlds.loc[0, "profit"] += 0.01
    worlds.to_parquet(tmp_path / "cmp" / "worlds.parquet")
    seal_again(tmp_path / "cmp")
    with pytest.raises(InputError, match="other numbers than the folder holds"):
        read_case(tmp_path / "cmp", worlds=2, workers=1)


def test_a_run_that_was_stopped_is_refused(folders, tmp_path):
    (tmp_path / "run").mkdir()
    for file in (folders / "run").iterdir():
        (tmp_path / "run" / file.name).write_bytes(file.read_bytes())
    seal_again(tmp_path / "run", complete=False, days_done=5)
    with pytest.raises(InputError, match="stopped after 5 of 16 days"):
        read_case(tmp_path / "run", worlds=2, workers=1)


def test_the_command_writes_a_report_once(folders, tmp_path):
    command = ["report", folders / "run", "-o", tmp_path / "r.html", "--worlds", 2, "--workers", 1, "--quiet"]
    done = call(*command, "--lang", "zh")
    assert done.exit_code == Exit.OK, done.output
    assert '<html lang="zh-Hans">' in (tmp_path / "r.html").read_text(encoding="utf-8")
    refused = call(*command)
    assert refused.exit_code == Exit.INPUT
    assert "exists already; give another -o, or --force" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nowhere"], Exit.INPUT, "not a folder of results"),
        (["run", "--lang", "fr"], Exit.USAGE, "'fr' is none of en, zh"),
        (["run", "-o", "none/r.html"], Exit.INPUT, "no such folder to write into"),
        (["run", "--worlds", "1"], Exit.USAGE, "--worlds"),
    ],
)
def test_bad_requests_end_before_any_work(folders, monkeypatch, arguments, code, said):
    monkeypatch.chdir(folders)
    done = call("report", *arguments)
    assert done.exit_code == code
    assert said in done.stderr
    assert not (folders / "report.html").exists()


def test_run_and_compare_write_reports_beside_their_results(folders, tmp_path):
    plans = folders / "busy.yaml", folders / "quiet.yaml"
    done = call("compare", *plans, "--worlds", 2, "--html", tmp_path / "c.html", "--workers", 1, "--quiet")
    assert done.exit_code == Exit.OK, done.output
    assert "in 100 % of 2 worlds" in done.stdout or "told apart" in done.stdout
    assert "Content-Security-Policy" in (tmp_path / "c.html").read_text(encoding="utf-8")
    (tmp_path / "short.yaml").write_text("extends: " + str(plans[1]) + "\nname: short\n", encoding="utf-8")
    done = call("run", tmp_path / "short.yaml", "--days", 9, "--html", tmp_path / "r.html", "--quiet")
    assert done.exit_code == Exit.OK, done.output
    assert "earns" in (tmp_path / "r.html").read_text(encoding="utf-8")
