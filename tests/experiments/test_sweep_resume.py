"""Whatever happens to a sweep, the same call goes on, and comes to the same bytes."""

import errno
import multiprocessing
import os
import random
import shutil
import sys
import time
from pathlib import Path

import pytest
from small_sweeps import FAILING, JOB, digests, small_design

from commsim.core.errors import Exit, InputError
from commsim.experiments import begin, store
from commsim.experiments.begin import ResumeRefused
from commsim.experiments.lock import is_locked, locked
from commsim.experiments.status import status
from commsim.experiments.store import PENDING
from commsim.experiments.sweep import Manner, TooManyFailures, carry_out
from commsim.records.shards import FAILURES, RUNS, part
from commsim.records.sweep import load_results

pytestmark = pytest.mark.usefixtures("here")


class Crash(BaseException):
    """The power goes off."""


def crash_at(patch: pytest.MonkeyPatch, operation: int) -> None:
    """Fail at the so-manieth time that a file is forced to the disk."""
    real, count = os.fsync, 0

    def fsync(opened: int) -> None:
        nonlocal count
        count += 1
        if count == operation:
            raise Crash
        real(opened)

    patch.setattr(os, "fsync", fsync)


def test_a_crash_at_any_file_loses_nothing(tmp_path, undisturbed):
    design, out = small_design(tmp_path), tmp_path / "out"
    crashes = 0
    for operation in range(1, 200):
        with pytest.MonkeyPatch.context() as patch:
            crash_at(patch, operation % 29 + 1)
            try:
                carry_out(design, JOB, out, Manner())
                break
            except Crash:
                crashes += 1
    assert crashes >= 5
    assert digests(out) == undisturbed


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
@pytest.mark.slow
def test_killed_forty_times(tmp_path, undisturbed, monkeypatch):
    monkeypatch.setenv("NAP", "0.001")
    luck, context = random.Random(7), multiprocessing.get_context("fork")
    design, out = small_design(tmp_path), tmp_path / "out"
    kills = 0
    while kills < 40:
        runner = context.Process(target=carry_out, args=(design, JOB, out, Manner()))
        runner.start()
        runner.join(timeout=luck.uniform(0.001, 0.06))
        if runner.exitcode == 0:
            assert digests(out) == undisturbed
            shutil.rmtree(out)
            continue
        runner.kill()
        runner.join()
        kills += 1
    carry_out(design, JOB, out, Manner())
    assert digests(out) == undisturbed


def test_what_is_done_is_not_done_again(tmp_path, monkeypatch):
    design, out = small_design(tmp_path), tmp_path / "out"
    made: list[int] = []

    def stop(progress):
        made.append(progress.done)
        if progress.done == 70:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out(design, JOB, out, Manner(), stop)
    found = status(out)
    assert (found.state, found.progress.done, found.progress.failed) == ("stopped", 70, 1)
    assert len(load_results(out).runs) == 49  # the whole shards; 20 more are noted one by one
    again: list[int] = []
    carry_out(design, JOB, out, Manner(), lambda progress: again.append(progress.done))
    assert again == [*range(70, 121), 120]
    assert status(out).state == "finished"


def test_a_line_that_was_cut_off_is_run_again(tmp_path, undisturbed):
    design, out = small_design(tmp_path), tmp_path / "out"
    with pytest.raises(TooManyFailures):
        carry_out(design, JOB, out, Manner(max_failures=1))
    (journal,) = (out / PENDING).iterdir()
    journal.write_bytes(journal.read_bytes()[:-30])
    assert status(out).progress.done == FAILING
    carry_out(design, JOB, out, Manner())
    assert digests(out) == undisturbed


def test_a_damaged_shard_is_run_again(tmp_path, undisturbed):
    design, out = small_design(tmp_path), tmp_path / "out"
    carry_out(design, JOB, out, Manner())
    part(out, RUNS, 1).write_bytes(b"PAR1")
    carry_out(design, JOB, out, Manner())
    assert digests(out) == undisturbed


def test_a_full_disk_is_told_and_survived(tmp_path, undisturbed, monkeypatch):
    design, out = small_design(tmp_path), tmp_path / "out"

    def full(*arguments, **settings):
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pyarrow.parquet.write_table", full)
        with pytest.raises(InputError, match="free some space"):
            carry_out(design, JOB, out, Manner())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store.Journal, "note", full)
        with pytest.raises(OSError, match="No space"):
            carry_out(design, JOB, out, Manner())
    carry_out(design, JOB, out, Manner())
    assert digests(out) == undisturbed


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_disk_that_is_full_midway_through_a_line(tmp_path):
    journal = store.Journal(tmp_path, 3, "key")
    journal.file(2).symlink_to("/dev/full")
    with pytest.raises(InputError, match="free some space"):
        journal.note(2, 100, store.Result((1.0,)))


def test_failures_are_rows_and_are_kept(tmp_path):
    design, out = small_design(tmp_path), tmp_path / "out"
    found = carry_out(design, JOB, out, Manner())
    assert (found.done, found.failed) == (120, 1)
    (row,) = load_results(out).failures.to_dict("records")
    assert (row["run"], row["error"], row["message"]) == (FAILING, "ValueError", "run 7 fails")
    assert carry_out(design, JOB, out, Manner()).failed == 1


def test_failures_that_are_tried_again_leave_no_trace(tmp_path, mended, monkeypatch):
    design, out = small_design(tmp_path), tmp_path / "out"
    carry_out(design, JOB, out, Manner())
    monkeypatch.setenv("MENDED", "1")
    made: list[int] = []
    found = carry_out(design, JOB, out, Manner(retry_failed=True), lambda p: made.append(p.done))
    assert (found.failed, made) == (0, [119, 120, 120])
    assert digests(out) == mended


@pytest.mark.parametrize("operation", range(1, 8))
def test_a_crash_while_failures_are_tried_again(tmp_path, mended, monkeypatch, operation):
    design, out = small_design(tmp_path), tmp_path / "out"
    carry_out(design, JOB, out, Manner())
    monkeypatch.setenv("MENDED", "1")
    with pytest.MonkeyPatch.context() as patch:
        crash_at(patch, operation)
        with pytest.raises(Crash):
            carry_out(design, JOB, out, Manner(retry_failed=True))
    carry_out(design, JOB, out, Manner(retry_failed=True))
    assert digests(out) == mended


def test_too_many_failures_stop_it(tmp_path):
    design, out = small_design(tmp_path), tmp_path / "out"
    with pytest.raises(TooManyFailures, match="stopped: 1 of 8 runs failed") as caught:
        carry_out(design, JOB, out, Manner(max_failures=1))
    assert caught.value.exit_code == Exit.RUNS_FAILED
    assert carry_out(design, JOB, out, Manner(max_failures=2)).done == 120


def test_another_design_is_refused_with_what_changed(tmp_path):
    out = tmp_path / "out"
    carry_out(small_design(tmp_path), JOB, out, Manner())
    before = digests(out)
    with pytest.raises(ResumeRefused, match=r"design\.repetitions: 2 -> 3") as caught:
        carry_out(small_design(tmp_path, repetitions=3), JOB, out, Manner())
    assert caught.value.exit_code == Exit.RESUME_REFUSED
    assert digests(out) == before


def test_another_engine_is_refused_with_what_changed(tmp_path, monkeypatch):
    design, out = small_design(tmp_path), tmp_path / "out"
    carry_out(design, JOB, out, Manner())
    newer = {**begin.engine(), "numpy": "99.0"}
    monkeypatch.setattr(begin, "engine", lambda: newer)
    with pytest.raises(ResumeRefused, match=r'engine\.numpy: ".*" -> "99\.0"'):
        carry_out(design, JOB, out, Manner())


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="other things"):
        carry_out(small_design(tmp_path), JOB, tmp_path, Manner())
    with pytest.raises(InputError, match="is a file"):
        carry_out(small_design(tmp_path), JOB, tmp_path / "letter.txt", Manner())


def test_two_runners_on_one_folder(tmp_path):
    design, out = small_design(tmp_path), tmp_path / "out"
    carry_out(design, JOB, out, Manner())
    with locked(out):
        assert is_locked(out)
        assert status(out).state == "running"
        with pytest.raises(InputError, match="another process"):
            carry_out(design, JOB, out, Manner())
    assert not is_locked(out)


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
def test_the_lock_of_a_dead_process_holds_nobody_up(tmp_path):
    def hold() -> None:
        with locked(tmp_path):
            time.sleep(60)

    holder = multiprocessing.get_context("fork").Process(target=hold)
    holder.start()
    while not is_locked(tmp_path):
        time.sleep(0.01)
    holder.kill()
    holder.join()
    with locked(tmp_path):
        assert is_locked(tmp_path)


def test_a_damaged_table_of_failures_is_made_again(tmp_path, undisturbed):
    design, out = small_design(tmp_path), tmp_path / "out"
    carry_out(design, JOB, out, Manner())
    for shard in (0, 1):  # one that has failures, and one that has none
        part(out, FAILURES, shard).write_text("no Parquet")
    carry_out(design, JOB, out, Manner())
    assert digests(out) == undisturbed


def test_a_missing_table_of_points_is_made_again(tmp_path, undisturbed):
    design, out = small_design(tmp_path), tmp_path / "out"
    carry_out(design, JOB, out, Manner())
    (out / "points.parquet").unlink()
    carry_out(design, JOB, out, Manner())
    assert digests(out) == undisturbed


@pytest.mark.parametrize("name", ["design", "points"])
def test_a_missing_file_is_told_of(name, tmp_path):
    out = tmp_path / "out"
    carry_out(small_design(tmp_path), JOB, out, Manner())
    next(out.glob(f"{name}.*")).unlink()
    with pytest.raises(InputError, match=rf"{name}\.\w+: is damaged, or not there"):
        getattr(load_results(out), name)
