"""What a report says of plans over the user's own files: group names, and nothing of the author's disk."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from commsim.analysis.groups import group_table
from commsim.cli import app
from commsim.records.store import read_run
from commsim.scenario.data_files import without_folders

PLAN = """
name: own
days: 3
community: {roster: {file: members.csv}}
products: [{name: coffee, price: 30, unit_cost: 15}]
strategies: [{kind: content}]
"""
DESIGN = (
    "name: d\nscenario: {folder}/plan.yaml\nrepetitions: 2\nlevers: {{strategies.content.hour: [9, 20]}}\n"
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("secret place")
    people = "".join(f"m{i},{'north' if i % 3 else '东区群'}\n" for i in range(60))
    (folder / "members.csv").write_text("id,group\n" + people, encoding="utf-8")
    (folder / "plan.yaml").write_text(PLAN)
    (folder / "design.yaml").write_text(DESIGN.format(folder=folder))
    return folder


def call(*args: object) -> None:
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    assert result.exit_code == 0, result.stderr


def test_a_report_names_files_and_groups_and_no_place_on_the_disk(shop, tmp_path, monkeypatch):
    command = ["run", shop / "plan.yaml", f"--out={shop / 'run'}", "-q"]
    monkeypatch.setattr("sys.argv", ["commsim", *map(str, command)])
    call(*command)
    call("report", shop / "run", "-o", tmp_path / "report.html", "--worlds", 2, "-q")
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "secret place" not in html
    assert "commsim run plan.yaml --out=run -q" in html
    assert "file: members.csv" in html
    assert ">东区群<" in html
    names = group_table(read_run(shop / "run"))["name"]
    assert list(names) == ["东区群", "north"]


@pytest.mark.slow
def test_a_report_of_a_sweep_tells_no_place_on_the_disk(shop, tmp_path, monkeypatch):
    command = ["sweep", shop / "design.yaml", "--out", shop / "sweep", "--workers", 1, "-q"]
    monkeypatch.setattr("sys.argv", ["commsim", *map(str, command)])
    call(*command)
    call("report", shop / "sweep", "-o", tmp_path / "sweep.html")
    html = (tmp_path / "sweep.html").read_text(encoding="utf-8")
    assert "secret place" not in html
    assert "file: members.csv" in html


def test_only_folders_are_left_out():
    roster = {"file": "/home/a/members.csv", "sha256": "0"}
    plain = {"name": "x", "community": {"roster": roster, "history": None, "graph": {"file": None}}}
    told = without_folders(plain)
    assert told["community"]["roster"] == {"file": Path("members.csv").name, "sha256": "0"}
    assert told["community"]["graph"] == {"file": None}
