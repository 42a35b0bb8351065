"""Results of a sweep prove that they are as they were written; what is not is named, and made again."""

import errno
import json
import logging
import os
import shutil
import subprocess

import pytest
from small_sweeps import JOB, digests, small_design

from commsim.core.errors import InputError
from commsim.experiments.begin import ResumeRefused
from commsim.experiments.status import status
from commsim.experiments.store import PENDING
from commsim.experiments.sweep import Manner, TooManyFailures, carry_out
from commsim.records.shards import FAILURES, RUNS, SERIES, TABLES, part, sums
from commsim.records.sweep import HISTORY, load_results
from commsim.records.sweep_export import export_csv

pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def out(finished, tmp_path):
    """A sweep that is finished."""
    small_design(tmp_path)
    return shutil.copytree(finished, tmp_path / "out")


def flip(file, place: float) -> None:
    """Change one bit, so far into the file."""
    data = bytearray(file.read_bytes())
    data[int(place * (len(data) - 1))] ^= 4
    file.write_bytes(data)


@pytest.mark.parametrize("place", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0])
@pytest.mark.parametrize("name", TABLES)
def test_a_flipped_bit_is_named_and_the_shard_made_again(name, place, out, tmp_path, undisturbed, caplog):
    flip(part(out, name, 0), place)
    told = rf"{name}/part-000000\.parquet is not as it was written"
    with pytest.raises(InputError, match=told):
        getattr(load_results(out), RUNS)
    (tmp_path / "csv").mkdir()
    with pytest.raises(InputError, match=told):
        export_csv(load_results(out), tmp_path / "csv", [])
    found = status(out)
    assert (found.state, found.progress.done, len(found.damaged)) == ("stopped", 70, 1)
    made: list[int] = []
    carry_out(small_design(tmp_path), JOB, out, Manner(), lambda progress: made.append(progress.done))
    assert made == [*range(70, 121), 120]
    assert f"{name}/part-000000.parquet is not as it was written; its 50 runs" in caplog.text
    assert digests(out) == undisturbed


@pytest.mark.parametrize("with_sums", [False, True])
def test_a_shard_that_was_copied_over_another_is_noticed(with_sums, out, tmp_path, undisturbed):
    for name in (RUNS, SERIES):
        shutil.copy(part(out, name, 1), part(out, name, 2))
    if with_sums:
        shutil.copy(sums(out, 1), sums(out, 2))
    with pytest.raises(InputError, match="part-000002"):
        getattr(load_results(out), SERIES)
    carry_out(small_design(tmp_path), JOB, out, Manner())
    assert digests(out) == undisturbed


def test_shards_of_another_sweep_are_noticed(out, tmp_path, undisturbed):
    other = tmp_path / "other"
    file = tmp_path / "design-2.yaml"
    file.write_text(file.read_text() + "seed: 5\n")
    from commsim.experiments.design import load_design

    carry_out(load_design(file), JOB, other, Manner())
    for folder in (*TABLES, "checksums"):
        shutil.copytree(other / folder, out / folder, dirs_exist_ok=True)
    assert status(out).progress.done == 0
    carry_out(small_design(tmp_path), JOB, out, Manner())
    assert digests(out) == undisturbed


def test_a_table_that_does_not_belong_there_is_noticed(out):
    shutil.copy(part(out, FAILURES, 0), part(out, FAILURES, 1))
    assert status(out).damaged == ("failures/part-000001.parquet does not belong there",)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_checksums_can_be_verified_without_this_program(out):
    command = ["sha256sum", "--check", "--strict", "--quiet", *map(str, sorted(out.glob("checksums/*")))]
    assert subprocess.run(command, cwd=out, check=False).returncode == 0
    flip(part(out, RUNS, 1), 0.5)
    assert subprocess.run(command, cwd=out, check=False, capture_output=True).returncode == 1


JOURNALS = {
    "000001.jsonl": "[]\n",
    "000002.jsonl": '{"run": 3, "values": [1.0, 2.0], "series": null, "error": null}\n',
    "abc.jsonl": "abc\n",
    "000999.jsonl": '{"run": 49950, "values": [1.0, 2.0], "series": null, "error": null}\n',
}


@pytest.mark.parametrize("name", JOURNALS)
def test_a_strange_journal_holds_nothing_up(name, tmp_path, undisturbed, caplog):
    design, out = small_design(tmp_path), tmp_path / "out"
    with pytest.raises(TooManyFailures):
        carry_out(design, JOB, out, Manner(max_failures=1))
    (out / PENDING / name).write_text(JOURNALS[name])
    assert status(out).progress.done == 8
    found = carry_out(design, JOB, out, Manner())
    assert (found.done, found.failed) == (120, 1)
    assert name in caplog.text
    (out / PENDING / name).unlink(missing_ok=True)
    assert digests(out) == undisturbed


@pytest.mark.parametrize("damage", ["flipped", "of another shard", "in the middle"])
def test_lines_of_a_journal_that_are_not_as_written_are_run_again(damage, tmp_path, undisturbed, caplog):
    design, out = small_design(tmp_path), tmp_path / "out"
    with pytest.raises(TooManyFailures):
        carry_out(design, JOB, out, Manner(max_failures=1))
    (journal,) = (out / PENDING).iterdir()
    if damage == "flipped":
        journal.write_text(journal.read_text().replace('"values": [', '"values": [1', 3))
    elif damage == "of another shard":
        journal.rename(out / PENDING / "000001.jsonl")
    else:
        lines = journal.read_text().splitlines(keepends=True)
        journal.write_text("".join([*lines[:4], "[]\n", *lines[4:]]))
    kept = {"flipped": 5, "of another shard": 0, "in the middle": 8}[damage]
    assert status(out).progress.done == kept
    carry_out(design, JOB, out, Manner())
    assert "lines are not of this shard" in caplog.text
    assert digests(out) == undisturbed


@pytest.mark.parametrize("name", ["design.json", "points.parquet", "manifest.json"])
@pytest.mark.parametrize("lost", [True, False])
def test_what_describes_a_sweep_is_put_back(name, lost, out, tmp_path, undisturbed):
    if lost:
        (out / name).unlink()
    else:
        flip(out / name, 0.5)
    assert status(out).state == "finished"
    assert len(load_results(out).runs) == 119
    made: list[int] = []
    carry_out(small_design(tmp_path), JOB, out, Manner(), lambda progress: made.append(progress.done))
    assert made == [120, 120]
    assert digests(out) == undisturbed


def test_a_manifest_without_a_copy_is_told_with_a_remedy(out, tmp_path):
    flip(out / "manifest.json", 0.5)
    (out / HISTORY).unlink()
    for attempt in (lambda: status(out), lambda: carry_out(small_design(tmp_path), JOB, out, Manner())):
        with pytest.raises(InputError, match=r"manifest\.json: can't be read.*copy it again"):
            attempt()


def test_a_design_that_is_damaged_and_another_is_refused(out, tmp_path):
    flip(out / "design.json", 0.5)
    with pytest.raises(ResumeRefused, match="design"):
        carry_out(small_design(tmp_path, repetitions=3), JOB, out, Manner())


def test_a_damaged_history_costs_no_result(out):
    with (out / HISTORY).open("ab") as stream:
        stream.write(b"\xff\xfe{}\n[]\n" + b'{"half')
    assert len(load_results(out).history) == 1


def test_status_only_reads(out, monkeypatch):
    real = os.open

    def read_only(path, flags, *more, **named):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, "Read-only file system", path)
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", read_only)
    assert status(out).state == "finished"


def test_sweeps_of_the_first_format_are_still_read(out, caplog):
    """They had no checksums; rebuilt here from one of today."""
    manifest = json.loads((out / "manifest.json").read_text())
    for name in ("files", "checksum"):
        del manifest[name]
    (out / "manifest.json").write_text(json.dumps({**manifest, "format": 1}))
    shutil.rmtree(out / "checksums")
    with caplog.at_level(logging.WARNING):
        assert len(load_results(out).runs) == 119
        assert status(out).state == "finished"
    assert not caplog.records
