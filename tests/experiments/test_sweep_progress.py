"""Rate and time left."""

import os

import pytest

from commsim.experiments import progress
from commsim.experiments.progress import Meter, Progress, read_progress


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets."""
    now = [1000.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(os, "fsync", lambda file: None)  # 200 of these take seconds, and are another test's
    return now


def test_the_rate_starts_with_the_first_run_and_follows_the_last_minute(tmp_path, clock):
    told: list[Progress] = []
    meter = Meter(tmp_path, 10_000, told.append)
    meter.note(100, 0)
    clock[0] += 50  # processes start
    meter.note(101, 0)
    assert told[-1].seconds_left is None
    for _ in range(100):
        clock[0] += 1
        meter.note(told[-1].done + 2, 0)
    assert told[-1].rate == pytest.approx(2.0)
    for _ in range(100):
        clock[0] += 1
        meter.note(told[-1].done + 5, 1)
    assert told[-1].rate == pytest.approx(5.0)
    assert told[-1].seconds_left == pytest.approx((10_000 - 801) / 5)


def test_it_is_written_once_a_second_and_at_the_end(tmp_path, clock):
    meter = Meter(tmp_path, 10, lambda progress: None)
    for done in range(1, 4):
        clock[0] += 0.1
        meter.note(done, 0)
    assert read_progress(tmp_path).done == 1
    meter.note(4, 2, last=True)
    found = read_progress(tmp_path)
    assert (found.done, found.failed, found.left) == (4, 2, 6)


def test_nothing_or_nonsense_is_no_progress(tmp_path):
    assert read_progress(tmp_path) is None
    (tmp_path / progress.PROGRESS).write_text("{")
    assert read_progress(tmp_path) is None
