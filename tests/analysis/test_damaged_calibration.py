"""Calibrations and lists of trials that were damaged, or changed by hand: told, with what to do."""

import json
from pathlib import Path

import pytest

from commsim.analysis.beliefs import FILE, Beliefs
from commsim.analysis.pilot import read_pilot
from commsim.analysis.pilot.registered import Plan
from commsim.analysis.pilot.reweigh import foreseen
from commsim.core.errors import InputError

PILOT = Path(__file__).parents[2] / "docs" / "examples" / "pilot"
ONE = {"name": "stay.leave", "identified": True, "estimate": 0.001, "low": 0.0005, "high": 0.002}
WHOLE = {
    "calibration": "my plan",
    "evidence": "calibrated",
    "refused": False,
    "confidence": 0.9,
    "unknowns": [ONE],
    "draws": {"names": ["stay.leave"], "values": [[0.001], [0.0012]]},
}
NAN = float("nan")


def test_a_whole_calibration_is_read(tmp_path):
    (tmp_path / FILE).write_text(json.dumps(WHOLE))
    assert Beliefs.read(tmp_path).values == {"stay.leave": 0.001}


@pytest.mark.parametrize(
    "change",
    [
        *({name: None} for name in WHOLE if name not in ("calibration", "refused")),
        {"unknowns": [{**ONE, "low": None}]},
        {"unknowns": [{**ONE, "estimate": NAN}]},
        {"unknowns": [{**ONE, "low": 3.0, "high": 1.0}]},
        {"draws": {"names": ["stay.leave"], "values": []}},
        {"draws": {"names": ["stay.leave"], "values": [[0.001], []]}},
        {"draws": {"names": ["stay.leave"], "values": [[NAN]]}},
        {"draws": []},
        {"confidence": 1},
    ],
)
def test_a_damaged_calibration_is_told(tmp_path, change):
    (tmp_path / FILE).write_text(json.dumps(WHOLE | change))
    with pytest.raises(InputError, match="is damaged"):
        Beliefs.read(tmp_path)


def changed(folder, column, cell):
    """The list of the example with one column overwritten."""
    head, *rows = [line.split(",") for line in (PILOT / "list.csv").read_text("utf-8-sig").splitlines()]
    for row in rows:
        row[head.index(f'"{column}"')] = cell
    (folder / "list.csv").write_text("\n".join(",".join(row) for row in (head, *rows)))
    return folder / "list.csv"


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        *(("model_sd", cell) for cell in ("nan", "-1", "inf")),
        *(("seed", cell) for cell in ("-3", "99999999999999999999999")),
        ("model_doubt", "inf"),
        ("model_difference", "nan"),
        ("model_r", "7"),
        ("likeness", "inf"),
        ("days", "0"),
        ("before_days", "-1"),
    ],
)
def test_a_plan_that_no_draw_has_written_is_told(tmp_path, column, cell):
    with pytest.raises(InputError, match=column):
        read_pilot(changed(tmp_path, column, cell), PILOT / "outcomes.csv")


def test_amounts_beyond_all_sense_are_no_numbers(tmp_path):
    (tmp_path / "outcomes.csv").write_text(
        (PILOT / "outcomes.csv").read_text().replace("group 4,25", "group 4,1e308")
    )
    with pytest.raises(InputError, match="'1e308' is no number"):
        read_pilot(PILOT / "list.csv", tmp_path / "outcomes.csv")


@pytest.mark.parametrize("text", ["[]", "null", '{"readings": [null]}', "{"])
def test_a_damaged_statement_is_told(tmp_path, text):
    (tmp_path / "pilot.json").write_text(text)
    plan = Plan("a", "b", "left", 84, 28, 7, -12.0, 14.0, 5.0, 0.1, 0.05)
    with pytest.raises(InputError, match="no statement of this trial"):
        foreseen(tmp_path / "pilot.json", plan)
