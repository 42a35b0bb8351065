"""A run that takes too long, too much memory, or raises what ends programs is a failure and no more."""

import ctypes
import os
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from small_sweeps import FAILING, JOB, cheap, digests, small_design

from commsim.experiments.limits import GB, Limits, Loss
from commsim.experiments.pool import Pool
from commsim.experiments.sweep import Manner, carry_out
from commsim.experiments.workers import Worker
from commsim.records.sweep import load_results
from waiting import wait_until

LIMITS = Limits(seconds=10.0, gigabytes=0.8)  # others take no time, but may wait for a processor


def sleep(shared: None, task: int) -> int:
    if task in (3, 60):
        time.sleep(600)
    return task


def hold_on(shared: None, task: int) -> int:
    """Sleep in native code that lets no other thread of its process run."""
    if task == 3:
        ctypes.PyDLL(None).sleep(600)
    return task


def swell(shared: None, task: int) -> int:
    if task == 3:
        held = []
        while True:
            held.append(b"x" * 20_000_000)
            time.sleep(0.01)
    return task


@pytest.mark.parametrize(
    ("function", "lost", "error"),
    [
        pytest.param(sleep, {3, 60}, "TimeLimit", marks=pytest.mark.slow),
        pytest.param(
            hold_on,
            {3},
            "TimeLimit",
            marks=[pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="sleeps in libc")],
        ),
        pytest.param(swell, {3}, "MemoryLimit", marks=pytest.mark.slow),
    ],
)
def test_what_breaks_a_limit_is_ended_and_the_others_are_done(function, lost, error):
    limits = LIMITS if error == "TimeLimit" else replace(LIMITS, seconds=0)
    with Pool(function, None, workers=2, lost=lambda loss: loss, limits=limits) as pool:
        found = dict(pool.stream(range(100)))
        workers = len(pool._workers)
    assert {number: result for number, result in found.items() if number not in lost} == {
        number: number for number in range(100) if number not in lost
    }
    assert [found[number].error for number in lost] == [error] * len(lost)
    assert workers == 2


def test_limits_say_what_was_broken():
    assert Limits(5, 2).broken(5.1, 0) == ("TimeLimit", "took longer than 5 seconds (--run-seconds)")
    assert Limits(5, 2).broken(4, 3 * GB) == ("MemoryLimit", "took more than 2 GB of memory (--run-memory)")
    assert Limits(5, 2).broken(4, GB) is None
    assert Limits(0, 0).broken(1e9, 10**15) is None
    assert Limits().broken(10, GB // 10) is None
    assert Limits().broken(10, 10**15).error == "MemoryLimit"


class Since(NamedTuple):
    """Limits that are broken by whatever began before this file was there."""

    ready: Path

    def broken(self, seconds: float, memory: int) -> Loss | None:
        is_kept = self.ready.exists() and time.time() - seconds >= self.ready.stat().st_mtime
        return None if is_kept else Loss("TimeLimit", "began too early")


def be_watched_and_touch(watched: Path, ready: Path) -> None:
    wait_until(watched.exists, "a look at the limits of this process")
    ready.touch()


def test_preparing_is_outside_of_the_limit(tmp_path, monkeypatch):
    watched, limits = tmp_path / "watched", Since(tmp_path / "ready")
    watch = Worker.watch
    monkeypatch.setattr(Worker, "watch", lambda worker: (watch(worker), watched.touch()))
    prepare = partial(be_watched_and_touch, watched, limits.ready)
    with Pool(sleep, None, workers=1, lost=lambda loss: loss, limits=limits, prepare=prepare) as pool:
        assert dict(pool.stream([1, 2])) == {0: 1, 1: 2}


class Worst(BaseException):
    """An error that most people don't catch, with a message that no file can hold."""

    def __str__(self) -> str:
        return "half a character: \ud83d"


class Silent(Exception):
    """An error that can't be told."""

    def __str__(self) -> str:
        raise ValueError


ERRORS = (Worst(), Silent(), GeneratorExit(), KeyboardInterrupt(), SystemExit(3), MemoryError())


def rude(design, run):
    if run.number < len(ERRORS):
        raise ERRORS[run.number]
    return cheap(design, run)


def test_whatever_runs_raise_is_rows_of_failures(tmp_path, monkeypatch):
    monkeypatch.setenv("MENDED", "1")
    found = carry_out(
        small_design(tmp_path), replace(JOB, function=rude), tmp_path / "out", Manner(workers=1)
    )
    assert (found.done, found.failed) == (120, len(ERRORS))
    failures = load_results(tmp_path / "out").failures
    assert failures["error"].tolist() == [type(error).__name__ for error in ERRORS]
    assert failures["message"].tolist()[:2] == [
        "half a character: \\ud83d",
        "its message can't be told: ValueError",
    ]


def stuck(design, run):
    if run.number == FAILING:
        time.sleep(600)
    return cheap(design, run)


@pytest.mark.slow
def test_a_run_that_is_stuck_is_a_row_of_failures(tmp_path, undisturbed):
    out, job = tmp_path / "out", replace(JOB, function=stuck)
    found = carry_out(small_design(tmp_path), job, out, Manner(workers=2, limits=Limits(seconds=10)))
    assert (found.done, found.failed) == (120, 1)
    (row,) = load_results(out).failures.to_dict("records")
    assert (row["run"], row["error"], row["message"]) == (
        FAILING,
        "TimeLimit",
        "took longer than 10 seconds (--run-seconds)",
    )
    others = {name: digest for name, digest in digests(out).items() if "part-000000" not in name}
    assert others == {name: digest for name, digest in undisturbed.items() if "part-000000" not in name}
