"""``calibrate`` as a user runs it, on exports that were made with a known truth."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commsim.cli import app
from commsim.core.errors import Exit
from commsim.scenario.schema import Scenario
from reading import faults

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
SHOP, EXPORTS = os.path.relpath(EXAMPLES / "toy-shop.yaml"), str(EXAMPLES / "exports")


def call(*args: str):
    return CliRunner().invoke(app, list(args))


def test_what_can_not_be_calibrated_is_told(tmp_path):
    few = call("calibrate", SHOP, "--data", EXPORTS, "--runs", "10")
    assert few.exit_code == Exit.INPUT
    nobody = call("calibrate", SHOP, "--data", EXPORTS, "--groups", "nobody's")
    assert nobody.exit_code == Exit.INPUT
    beliefs = call("compare", SHOP, "active-group", "--behaviour", str(tmp_path / "nothing"))
    assert beliefs.exit_code == Exit.INPUT


@pytest.mark.slow
def test_exports_tell_what_was_put_in_and_other_commands_go_on_from_it(tmp_path):
    folder = tmp_path / "told"
    asked = (
        "calibrate",
        SHOP,
        "--data",
        EXPORTS,
        "--runs",
        "1000",
        "--workers",
        "2",
        "-q",
        "--out",
        str(folder),
    )
    done = call(*asked, "--html", str(tmp_path / "told.html"), "--csv", str(tmp_path / "told.csv"))
    assert done.exit_code == Exit.OK, done.output
    assert faults(tmp_path / "told.html") == []
    kept = (folder / "calibration.json").read_bytes()
    assert call(*asked).exit_code == Exit.OK
    assert (folder / "calibration.json").read_bytes() == kept
    told = {one["name"]: one for one in json.loads(kept)["unknowns"]}
    for name, truth in (("stay.leave", 0.0012), ("community.segments.orders_per_week", 0.5)):
        assert told[name]["identified"]
        assert told[name]["low"] < truth < told[name]["high"]
    assert not told["buying.touch"]["identified"]
    plan = Scenario.load(folder / "behaviour.yaml")
    assert plan.behaviour.stay.leave == told["stay.leave"]["estimate"]
    more = ("--worlds", "2", "--points", "20", "--workers", "1", "-q", "--behaviour", str(folder))
    compared = call("compare", SHOP, "unmanaged-group", *more)
    assert compared.exit_code == Exit.OK, compared.output
    assert "Members are calibrated on exports's 60 days" in compared.output
    best = call("best", SHOP, "unmanaged-group", "--worlds", "10", *more[2:])
    assert "20 points: draws of the calibration" in best.stdout
