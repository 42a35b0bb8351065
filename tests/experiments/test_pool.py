"""The pool: order, equality, errors, deaths."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commsim.core.errors import InputError
from commsim.experiments import pool as pool_module
from commsim.experiments.pool import Pool, WorkersDied
from waiting import PATIENCE, wait_until


def square(shared: int, task: int) -> int:
    time.sleep(0.01)
    return shared + task * task


def refuse(shared: int, task: int) -> int:
    time.sleep(0.01)
    if task == 40:
        raise InputError("task forty", where="there", remedy="leave it out")
    return task


def where(parent: int, task: int) -> bool:
    return os.getpid() == parent


def is_first_of_others(marker: str, task: int) -> bool:
    """Whether this is the first task of another process; this one waits for it after its own first."""
    if multiprocessing.parent_process() is None:
        if task > 0:
            wait_until(Path(marker).exists, "a task in another process")
        return False
    try:
        os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def who(marker: str, task: int) -> int:
    is_first_of_others(marker, task)
    return os.getpid()


def die_once(marker: str, task: int) -> int:
    if is_first_of_others(marker, task):
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def die(shared: None, task: int) -> int:
    time.sleep(0.05)
    if multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def die_of_seven(shared: None, task: int) -> int:
    if task == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


@pytest.fixture
def eager(monkeypatch):
    """Start processes as soon as one task was timed."""
    monkeypatch.setattr(pool_module, "WORTHWHILE", 0.0)


def test_small_work_stays_here(monkeypatch):
    monkeypatch.setattr(pool_module, "WORTHWHILE", PATIENCE)
    with Pool(where, os.getpid(), workers=4) as pool:
        assert all(pool.map(range(10)))
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("eager")
def test_results_come_in_order_whoever_computes_them():
    heard: list[int] = []
    with Pool(square, 7, workers=3) as pool:
        assert pool.map(range(150), heard.append) == [7 + n * n for n in range(150)]
        assert pool.map([5, 4]) == [32, 23]
    assert heard == sorted(heard)
    assert heard[-1] == 150
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("eager")
def test_others_take_part(tmp_path):
    with Pool(who, str(tmp_path / "others"), workers=2) as pool:
        assert len(set(pool.map(range(300)))) == 2


@pytest.mark.usefixtures("eager")
def test_an_error_keeps_its_three_parts():
    with (
        pytest.raises(InputError, match="there: task forty; leave it out"),
        Pool(refuse, 0, workers=2) as pool,
    ):
        pool.map(range(80))
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("eager")
def test_a_killed_process_loses_nothing(tmp_path):
    with Pool(die_once, str(tmp_path / "died"), workers=2) as pool:
        assert pool.map(range(200)) == list(range(200))
    assert (tmp_path / "died").exists()


@pytest.mark.usefixtures("eager")
def test_processes_that_keep_dying_are_an_error_not_a_hang():
    with pytest.raises(WorkersDied, match="3 times at the same task"), Pool(die, None, workers=2) as pool:
        pool.map(range(100_000))  # it ends as soon as others have started and died


def test_a_task_that_kills_its_process_is_given_up_and_no_other():
    with Pool(die_of_seven, None, workers=2, lost=lambda loss: -1) as pool:
        found = dict(pool.stream(range(200)))
    assert found == {n: -1 if n == 7 else n for n in range(200)}
    assert multiprocessing.active_children() == []


def test_with_a_stand_in_nothing_runs_in_this_process():
    with Pool(where, os.getpid(), workers=1, lost=lambda loss: True) as pool:
        assert not any(result for _, result in pool.stream(range(5)))


def test_a_stream_left_early_leaves_nothing_behind():
    with Pool(square, 0, workers=2, lost=lambda loss: -1) as pool:
        for _ in pool.stream(range(10_000)):
            break
        assert dict(pool.stream([3])) == {0: 9}
    assert multiprocessing.active_children() == []


UNGUARDED = """
from commsim.experiments.pool import Pool

with Pool(max, 0, workers=1, lost=print) as pool:
    list(pool.stream([1, 2]))
"""


def test_processes_that_never_come_up_are_an_error(tmp_path):
    script = tmp_path / "unguarded.py"
    script.write_text(UNGUARDED)
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert 'call it under if __name__ == "__main__"' in done.stderr


@pytest.mark.usefixtures("eager")
def test_an_interrupt_ends_the_processes_at_once():
    def interrupt(done: int) -> None:
        if done >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Pool(square, 0, workers=2) as pool:
        pool.map(range(1000), interrupt)
    assert multiprocessing.active_children() == []


ORPHANS = """
import os
import pickle
from queue import SimpleQueue

from commsim.experiments.workers import Job, Worker

if __name__ == "__main__":
    events = SimpleQueue()
    worker = Worker(pickle.dumps(Job(max, 0)), events)
    worker.hand_over([0], [1])
    events.get(), events.get()
    os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
def test_processes_end_with_a_parent_that_was_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(ORPHANS)
    # The pipe closes when the last process that holds it has ended.
    done = subprocess.run([sys.executable, script], capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="there a process can't send itself a Ctrl-C alone")
def test_a_ctrl_c_while_a_process_starts_is_heard() -> None:
    """What `multiprocessing` does at that moment, which nothing outside can meet on purpose."""

    def start(process: multiprocessing.Process) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        begin(process)
        started.append(process)

    begin, started = multiprocessing.context.SpawnProcess.start, []
    with pytest.MonkeyPatch.context() as patch, Pool(square, 0, workers=2) as pool:
        patch.setattr(multiprocessing.context.SpawnProcess, "start", start)
        with pytest.raises(KeyboardInterrupt):
            pool.map(range(400))
    assert started
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def _struck(shared: object, task: int) -> int:
    """Interrupted in its midst, as by a Ctrl-C, and unharmed."""
    signal.raise_signal(signal.SIGINT)
    shared.append(task)  # type: ignore[attr-defined]
    return task


def test_an_interrupt_waits_for_the_end_of_a_run_in_this_process():
    done: list[int] = []
    with Pool(_struck, done, 1) as pool, pytest.raises(KeyboardInterrupt):
        pool.map([1, 2])
    assert done == [1]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
