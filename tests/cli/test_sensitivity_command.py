"""``sensitivity`` as a user runs it, on a sweep by the real engine."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commsim.analysis.sweep import sweep
from commsim.cli import app
from commsim.core.errors import Exit

DESIGN = """
name: small
scenarios: [unmanaged.yaml, sale.yaml]
uncertainties:
  looking_muted: {path: behaviour.look.muted}
  price: {path: products.coffee.price, low: 20, high: 40}
sampling: {uncertainties: {method: latin_hypercube, samples: 6}}
outcomes: [profit, active]
"""
PLAN = "extends: unmanaged-group\nname: plain\ndays: 7\ncommunity: {members: 100, group_size: 50}\n"
SALE = PLAN.replace("plain", "sale") + "strategies: [{kind: flash_sale, discount: 0.2}]\n"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sweep")
    (folder / "unmanaged.yaml").write_text(PLAN)
    (folder / "sale.yaml").write_text(SALE)
    (folder / "design.yaml").write_text(DESIGN)
    sweep(folder / "design.yaml", folder / "results", workers=1)
    return folder / "results"


def call(*args: str | Path):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_tables_and_a_sentence(results):
    result = call("sensitivity", results)
    assert result.exit_code == Exit.OK, result.output
    assert "6 worlds" in result.stdout
    assert "What moves the lead of" in result.stdout
    assert "price moves profit with" in result.stdout
    assert result.stderr == ""


def test_json_says_the_same(results):
    data = json.loads(call("sensitivity", results, "--json", "--outcome", "active").stdout)
    assert (data["outcome"], data["unit"], data["confidence"]) == ("active", "share", 0.95)
    assert {row["levers"] for row in data["policies"]} == {"unmanaged", "sale"}
    assert data["policies"][0]["difference"] == {"mean": 0.0, "low": 0.0, "high": 0.0}
    assert data["analyses"][0]["influences"][0]["parameter"] == "looking_muted"


def test_csv_and_folder(results, tmp_path):
    result = call("sensitivity", results, "--csv", "-", "--out", tmp_path / "out")
    assert result.exit_code == Exit.OK, result.output
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert len(rows) == 4
    assert {row["measure"] for row in rows} == {"rank_correlation"}
    assert all(-1 <= float(row["low"]) <= float(row["mean"]) <= float(row["high"]) <= 1 for row in rows)
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "influences.csv",
        "manifest.json",
        "policies.csv",
        "sensitivity-1.png",
        "sensitivity-2.png",
        "sensitivity.json",
    ]
    assert (tmp_path / "out" / "sensitivity-1.png").read_bytes()[:4] == b"\x89PNG"
    assert "Results are in" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--outcome", "orders"], "the sweep has no outcome 'orders'; it has: profit, active"),
        (["--json", "--csv", "-"], "--json prints already"),
    ],
)
def test_what_is_refused(results, arguments, said):
    result = call("sensitivity", results, *arguments)
    assert result.exit_code in (Exit.USAGE, Exit.INPUT)
    assert said in result.output


def test_a_folder_that_is_no_sweep(tmp_path):
    result = call("sensitivity", tmp_path)
    assert result.exit_code == Exit.INPUT
    assert "no manifest.json" in result.output
