"""JSON and CSV of results."""

import csv
import io
import json

import numpy as np
import pandas as pd
import pytest
from test_verdict import LUCK, NOISE, comparison

from commsim.core.measures import NAMES
from commsim.records.folder import new_folder, read_manifest
from commsim.records.store import Origin
from commsim.report.data import comparison_csv, comparison_data, to_csv
from commsim.report.folder import write_comparison


@pytest.mark.parametrize("text", ["=1+1", "+86", "-cmd", "@sum", "\tx", "\r=x", "\n=x", "＝1+1"])
def test_texts_that_look_like_formulas_are_quoted(text):
    rows = list(csv.reader(io.StringIO(to_csv(["name"], [[text]]), newline="")))
    assert rows == [["name"], ["'" + text]]


def test_numbers_and_plain_texts_stay_as_they_are():
    assert to_csv(["a", "b"], [[-1.5, "活跃群, 好"]]) == '"a","b"\n-1.5,"活跃群, 好"\n'


def test_csv_has_a_row_per_plan_and_measure():
    frame = pd.read_csv(io.StringIO(comparison_csv(comparison(LUCK, LUCK + 500 + NOISE[0]))))
    assert len(frame) == 2 * len(NAMES)
    profit = frame[frame["measure"] == "profit"].set_index("plan")
    assert profit.loc["active-group", "difference"] == 0.0
    gap = profit.loc["dead-group"]
    assert gap["difference"] == pytest.approx(-500)
    assert gap["low"] < -500 < gap["high"]


def test_json_is_strict_and_complete():
    data = json.loads(json.dumps(comparison_data(comparison(LUCK, LUCK + 500)), allow_nan=False))
    assert data["best"] == "active-group"
    assert data["worlds"] == 60
    assert data["precise"] is True
    assert [plan["name"] for plan in data["plans"]] == ["dead-group", "active-group"]
    assert data["plans"][0]["measures"].keys() == set(NAMES)
    assert data["plans"][0]["measures"]["profit"]["difference"]["mean"] == pytest.approx(-500)


def test_folder_holds_every_world_and_what_repeats_them(tmp_path):
    found = comparison(LUCK, LUCK + 500 + NOISE[0])
    origins = [Origin("name: a\n", "1", 60, ["commsim"]), Origin("name: b\n", "2", 60, ["commsim"])]
    with new_folder(tmp_path / "out") as folder:
        write_comparison(found, folder, origins)
    worlds = pd.read_parquet(tmp_path / "out" / "worlds.parquet")
    assert worlds["seed"].tolist() == list(range(60)) * 2
    np.testing.assert_array_equal(worlds["profit"], found.of("profit").ravel())
    assert len(pd.read_parquet(tmp_path / "out" / "days.parquet")) == 120
    assert read_manifest(tmp_path / "out")["scenario_hashes"] == ["1", "2"]
    assert (tmp_path / "out" / "plan-2.yaml").read_text() == "name: b\n"
    assert (tmp_path / "out" / "summary.csv").read_bytes().startswith(b'\xef\xbb\xbf"plan",')
    with new_folder(tmp_path / "out", force=True) as folder:
        write_comparison(found, folder, origins)
