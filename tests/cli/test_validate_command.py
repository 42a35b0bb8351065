"""``validate`` as a user runs it."""

import json
import sys

import pandas as pd
import pytest
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.errors import Exit
from commsim.validation.facts.effort import Effort


@pytest.fixture(autouse=True)
def small(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    command = sys.modules["commsim.cli.validate"]  # the package has the function under this name
    monkeypatch.setattr(command, "QUICK", Effort(worlds=6, groups=3))
    return tmp_path


def call(*args: str):
    return CliRunner().invoke(app, ["validate", "--quick", "--workers", "1", *args])


def test_it_prints_band_median_verdict_and_evidence():
    result = call("--fact", "F37")
    assert result.exit_code == Exit.OK, result.output
    assert "active group: medians over 6 worlds" in result.stdout
    row = next(line for line in result.stdout.splitlines() if line.startswith(" F37"))
    assert "1.1 to 1.45" in row
    assert row.endswith("holds")
    assert "Muchnik et al. 2013" in result.stdout
    assert "1 of 1 facts hold. No gate fails." in result.stdout


def test_a_failing_gate_ends_with_4(small):
    (small / "loud.yaml").write_text(
        "extends: active-group\nname: loud\nabout: All write alike.\nbehaviour: {talk: {spread: 0.0}}\n"
    )
    result = call("loud.yaml", "--fact", "F1", "--csv", "-")
    assert result.exit_code == Exit.RUNS_FAILED
    assert '"F1"' in result.stdout
    assert '"fails"' in result.stdout


@pytest.mark.slow
def test_the_folder_has_a_picture_per_fact_and_every_world(small):
    result = call("--fact", "F23", "--fact", "F37", "--out", "out", "--json")
    data = json.loads(result.stdout)
    assert [fact["id"] for fact in data["facts"]] == ["F23", "F37"]
    assert json.loads((small / "out/facts.json").read_text()) == data
    pictures = sorted(file.name for file in (small / "out/figures").iterdir())
    assert pictures == ["F23.png", "F37.png"]
    assert (small / "out/figures/F37.png").read_bytes().startswith(b"\x89PNG")
    worlds = pd.read_csv(small / "out/worlds.csv")
    assert len(worlds) == 3 * 6
    assert worlds["value"].tolist()[:6] == data["facts"][0]["statistics"][0]["values"]
    facts = pd.read_csv(small / "out/facts.csv")
    assert facts["fact"].tolist() == ["F23", "F37", "F37"]
    assert call("--fact", "F37", "--out", "out", "--force").exit_code == Exit.OK


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--fact", "F99"), Exit.INPUT, "there is no fact 'F99'; choose of F1, F3"),
        (("--fact", "F25b"), Exit.INPUT, "without a clock"),
        (("nothing.yaml",), Exit.INPUT, "there is no such scenario"),
        (("--worlds", "5"), Exit.USAGE, "--worlds"),
        (("--json", "--csv", "-"), Exit.USAGE, "--csv"),
    ],
)
def test_what_can_not_be_done_is_told(arguments, code, told):
    result = call(*arguments)
    assert result.exit_code == code
    assert told in " ".join(result.output.split())
