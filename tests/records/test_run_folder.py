"""Run folders: what is written is what is read, and nothing of anybody's is overwritten."""

import errno
import json
import os
from dataclasses import replace

import numpy as np
import pytest

from commsim.core.effects import Account
from commsim.core.errors import InputError
from commsim.records.folder import new_file, new_folder, read_manifest, write_manifest
from commsim.records.records import Records
from commsim.records.store import Origin, read_run, write_run
from commsim.records.tables import LEAVE, ORDER, TABLES
from commsim.scenario.schema import Scenario
from commsim.simulation.run import simulate

ORIGIN = Origin(scenario="name: plan\n", scenario_hash="abc", days=3, command=["commsim", "run", "plan"])


def filled(table: str, rows: int) -> dict[str, np.ndarray]:
    """Columns of the listed types with small distinct values."""
    columns = {}
    for place, column in enumerate(TABLES[table]):
        if column.dtype is np.str_:
            columns[column.name] = np.array([f"群 {row}" for row in range(rows)], dtype=object)
        elif column.dtype is np.bool_:
            columns[column.name] = np.arange(rows) % 2 == 0
        else:
            columns[column.name] = ((np.arange(rows) + place) % 2).astype(column.dtype)
    return columns


@pytest.fixture
def records() -> Records:
    tables = {
        table: filled(table, rows) for table, rows in zip(TABLES, (3, 5, 6, 72, 8, 4, 7, 9), strict=True)
    }
    tables["events"]["kind"] = np.array([ORDER, LEAVE, ORDER, LEAVE], dtype=np.int8)
    tables["events"]["cause"] = np.array([0, -1, 1, -1], dtype=np.int16)
    tables["ledger"]["fen"] = np.array([2**53 + 1, -1, 0, 5, -(2**60)], dtype=np.int64)
    return Records("plan", 7, 3, tuple(Account), ("flash sale", "shelf", "operator"), **tables)


def written(records: Records, folder, origin: Origin = ORIGIN):
    with new_folder(folder) as place:
        write_run(records, place, origin)
    return folder


def test_reads_back_every_column_bit_by_bit(records, tmp_path):
    again = read_run(written(records, tmp_path / "run"))
    assert (again.scenario, again.seed, again.days) == ("plan", 7, 3)
    assert (again.accounts, again.causes) == (records.accounts, records.causes)
    for table in TABLES:
        before, after = getattr(records, table), getattr(again, table)
        assert before.keys() == after.keys()
        for name in before:
            assert before[name].dtype == after[name].dtype, name
            np.testing.assert_array_equal(before[name], after[name], err_msg=name)


def test_files_hold_names_and_units_that_need_no_program(records, tmp_path):
    import pandas as pd

    folder = written(records, tmp_path / "run")
    ledger = pd.read_parquet(folder / "ledger.parquet")
    assert ledger["account"].isin([account.value for account in Account]).all()
    assert list(pd.read_parquet(folder / "events.parquet")["kind"]) == ["order", "leave", "order", "leave"]
    assert pd.read_parquet(folder / "events.parquet")["cause"].isna().tolist() == [False, True, False, True]
    assert "revenue_fen" in pd.read_parquet(folder / "daily.parquet").columns


def test_daily_records_leave_no_files_of_events(records, tmp_path):
    folder = written(replace(records, events={}, members={}, entries={}), tmp_path / "run")
    assert not (folder / "events.parquet").exists()
    assert read_run(folder).events == {}


def test_manifest_says_what_made_the_run(records, tmp_path):
    folder = written(records, tmp_path / "run")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["complete"] is True
    assert manifest["scenario_hash"] == "abc"
    assert manifest["command"] == ["commsim", "run", "plan"]
    assert {"commsim", "python", "numpy", "numba"} <= manifest["versions"].keys()
    assert (folder / "scenario.yaml").read_text(encoding="utf-8") == "name: plan\n"


def test_equal_runs_give_equal_tables_byte_by_byte(records, tmp_path):
    one, two = written(records, tmp_path / "1"), written(records, tmp_path / "2")
    for file in one.glob("*.parquet"):
        assert file.read_bytes() == (two / file.name).read_bytes()


def test_a_run_that_was_stopped_is_readable_and_says_so(records, tmp_path):
    folder = written(records, tmp_path / "run", replace(ORIGIN, days=60))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["complete"], manifest["days"], manifest["days_done"]) == (False, 60, 3)
    assert read_run(folder).days == 3


def test_a_column_that_is_not_listed_is_refused(records, tmp_path):
    odd = replace(records, daily={**records.daily, "mood": np.zeros(3)})
    with pytest.raises(KeyError, match="mood"):
        written(odd, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_what_exists_is_kept_unless_it_is_ours_and_force_is_given(records, tmp_path):
    folder = written(records, tmp_path / "run")
    with pytest.raises(InputError, match="--force"), new_folder(folder):
        pass
    with new_folder(folder, force=True) as place:
        write_run(replace(records, seed=8), place, ORIGIN)
    assert read_run(folder).seed == 8
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="other things"), new_folder(folder, force=True):
        pass
    assert (folder / "notes.txt").read_text() == "mine"


def test_an_empty_folder_is_used_and_a_file_is_not(records, tmp_path):
    (tmp_path / "empty").mkdir()
    assert read_run(written(records, tmp_path / "empty")).seed == 7
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError, match="is a file"), new_folder(tmp_path / "file", force=True):
        pass


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_interrupted_write_leaves_nothing(error, tmp_path):
    def fail(place):
        (place / "half").write_text("half")
        raise error

    with pytest.raises(error), new_folder(tmp_path / "run") as place:
        fail(place)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_plainly(records, tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("pyarrow.parquet.write_table", full)
    with pytest.raises(InputError, match=r"No space left.*free some space"):
        written(records, tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "no manifest.json"),
        ("{", "can't be read"),
        ("[]", "not a manifest"),
        ('{"kind": "comparison", "format": 1}', "not a run"),
        ('{"kind": "run", "format": 99}', "not a run"),
        ('{"kind": "run", "format": 1}', "misses 'accounts'"),
    ],
)
def test_a_folder_that_is_no_run_is_told_plainly(text, message, tmp_path):
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(InputError, match=message):
        read_run(tmp_path)


def test_a_damaged_table_is_told_plainly(records, tmp_path):
    folder = written(records, tmp_path / "run")
    (folder / "daily.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(InputError, match=r"daily\.parquet"):
        read_run(folder)


def test_a_file_that_cannot_be_written_whole_leaves_the_older_one(tmp_path):
    file = tmp_path / "report.html"
    file.write_text("older")

    def fill_the_disk():
        with new_file(file) as side:
            side.write_text("half")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(InputError, match="can't write: No space left on device; free some space"):
        fill_the_disk()
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]
    assert file.read_text() == "older"
    with new_file(file) as side:
        side.write_text("newer")
    assert file.read_text() == "newer"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_a_flipped_bit_is_named(records, tmp_path):
    for number, name in enumerate(f"{table}.parquet" for table in TABLES):
        folder = written(records, tmp_path / str(number))
        data = bytearray((folder / name).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(data)
        with pytest.raises(InputError, match=f"{name} is not as it was written; copy it again"):
            read_run(folder)


@pytest.mark.parametrize("name", ["daily.parquet", "scenario.yaml"])
def test_a_missing_file_is_named(name, records, tmp_path):
    folder = written(records, tmp_path / "run")
    (folder / name).unlink()
    with pytest.raises(InputError, match=f"{name} is missing"):
        read_run(folder)


def test_a_changed_manifest_is_noticed(records, tmp_path):
    folder = written(records, tmp_path / "run")
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    (folder / "manifest.json").write_text(text.replace('"seed": 7', '"seed": 8'), encoding="utf-8")
    with pytest.raises(InputError, match=r"manifest\.json: can't be read: it is not as it was written"):
        read_run(folder)


def test_a_manifest_that_only_lists_its_files_is_still_read(records, tmp_path):
    """As those before had no checksums."""
    folder = written(records, tmp_path / "run")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    del manifest["checksum"]
    manifest["files"] = list(manifest["files"])
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert read_run(folder).seed == 7
    with new_folder(folder, force=True):
        pass


def test_files_in_folders_are_listed_too(tmp_path):
    with new_folder(tmp_path / "out") as folder:
        (folder / "inner").mkdir()
        (folder / "inner" / "file.txt").write_text("text")
        write_manifest(folder, {})
    assert list(read_manifest(tmp_path / "out")["files"]) == ["inner/file.txt"]
    (tmp_path / "out" / "inner" / "other.txt").write_text("somebody's")
    again = new_folder(tmp_path / "out", force=True)
    with pytest.raises(InputError, match="other things than results"), again:
        pass


def test_a_run_that_is_read_back_has_the_columns_and_types_of_the_run(tmp_path):
    plan = Scenario.load("active-group").model_copy(update={"days": 9})
    made = simulate(plan, 1, detail="full")
    again = read_run(written(made, tmp_path / "run"))
    for table in ("daily", "ledger", "groups", "events", "members", "entries"):
        before, after = getattr(made, table), getattr(again, table)
        assert [(name, column.dtype) for name, column in before.items()] == [
            (name, column.dtype) for name, column in after.items()
        ], table
