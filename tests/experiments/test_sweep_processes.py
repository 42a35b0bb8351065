"""Sweeps in real processes: workers and runners that are killed, interrupts, two at once."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import small_sweeps
from small_sweeps import FAILING, JOB, digests, poisonous, small_design, told

from commsim.core.errors import InputError
from commsim.experiments.status import status
from commsim.experiments.sweep import Manner, carry_out
from commsim.records.sweep import load_results
from waiting import PATIENCE, wait_until

KILLS = 24
pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")


def start(
    design: Path, out: Path, *arguments: str, nap: float = 0.0, gate: Path | str = ""
) -> subprocess.Popen[str]:
    command = [sys.executable, small_sweeps.__file__, str(design), str(out), *arguments]
    settings = {**os.environ, "NAP": str(nap), "GATE": str(gate)}
    return subprocess.Popen(command, env=settings, stderr=subprocess.PIPE, text=True)


def workers_of(process: int) -> list[int]:
    """Processes of Python that a process has started, but for the tracker of resources."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == process and b"spawn_main" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


def kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def kept(out: Path) -> int:
    """How many runs are kept."""
    return told(out).stat().st_size if told(out).exists() else 0


def wait_for(out: Path, done: int) -> None:
    """Wait until so many runs are kept."""
    wait_until(lambda: kept(out) >= done, f"{done} runs in {out}")


@pytest.mark.slow
def test_the_number_of_processes_changes_no_byte(tmp_path, undisturbed):
    design = small_design(tmp_path)
    heard: list[int] = []
    found = carry_out(design, JOB, tmp_path / "out", Manner(workers=2), lambda p: heard.append(p.done))
    assert (found.done, found.failed) == (120, 1)
    assert heard == sorted(heard)
    assert digests(tmp_path / "out") == undisturbed


@pytest.mark.slow
def test_a_run_that_kills_its_process_is_a_failure_and_no_other(tmp_path):
    design, out = small_design(tmp_path), tmp_path / "out"
    found = carry_out(design, replace(JOB, function=poisonous), out, Manner(workers=2))
    assert (found.done, found.failed) == (120, 1)
    (row,) = load_results(out).failures.to_dict("records")
    assert (row["run"], row["error"]) == (FAILING, "WorkerDied")


@pytest.mark.slow
def test_a_killed_runner_leaves_no_process_and_goes_on(tmp_path, undisturbed):
    design, out = tmp_path / "design-2.yaml", tmp_path / "out"
    same, gate = small_design(tmp_path), tmp_path / "gate"
    gate.write_bytes(bytes(60))  # so that it is at work for as long as it is looked at
    runner = start(design, out, "2", gate=gate)
    wait_for(out, 20)
    assert status(out).state == "running"
    with pytest.raises(InputError, match="another process is filling this folder"):
        carry_out(same, JOB, out, Manner())
    kill(workers_of(runner.pid)[0])
    gate.write_bytes(bytes(110))
    wait_for(out, 80)
    workers = workers_of(runner.pid)
    kill(runner.pid)
    runner.communicate(timeout=PATIENCE)  # the pipe closes when the workers have ended, too
    assert workers
    assert status(out).state == "stopped"
    assert start(design, out, "2").wait(timeout=PATIENCE) == 0
    assert digests(out) == undisturbed


@pytest.mark.slow
def test_an_interrupt_keeps_what_is_done(tmp_path, undisturbed):
    out = tmp_path / "out"
    small_design(tmp_path)
    (tmp_path / "gate").write_bytes(bytes(100))
    runner = start(tmp_path / "design-2.yaml", out, "2", gate=tmp_path / "gate")
    wait_for(out, 20)
    runner.send_signal(signal.SIGINT)
    _, told = runner.communicate(timeout=PATIENCE)
    assert "KeyboardInterrupt" in told
    found = status(out)
    assert found.state == "stopped"
    assert 20 <= found.progress.done < 120
    assert start(tmp_path / "design-2.yaml", out, "1").wait(timeout=PATIENCE) == 0
    assert digests(out) == undisturbed


def kill_someone(runner: subprocess.Popen[str], out: Path, luck: random.Random) -> str:
    """Kill the runner at any moment, or one of its workers when there are some; who it was, or nothing."""
    if luck.random() < 0.3:
        time.sleep(luck.uniform(0, 0.5))  # while something starts
    else:
        aim = kept(out) + luck.randint(1, 60)
        wait_until(lambda: runner.poll() is not None or kept(out) >= aim, f"{aim} runs, or the end")
    if luck.random() < 0.4:
        kill(runner.pid)
        return "runner"
    workers = workers_of(runner.pid)
    if not workers:
        return "nobody"
    kill(luck.choice(workers))
    return "worker"


@pytest.mark.slow
def test_kills_of_runners_and_workers_at_any_moment(tmp_path, undisturbed):
    luck, out, design = random.Random(3), tmp_path / "out", tmp_path / "design-2.yaml"
    small_design(tmp_path)
    kills: Counter[str] = Counter()
    while kills["runner"] + kills["worker"] < KILLS:
        runner = start(design, out, "2", nap=0.03)
        while runner.poll() is None and kills["runner"] + kills["worker"] < KILLS:
            kills[kill_someone(runner, out, luck)] += 1
        runner.kill()
        runner.communicate(timeout=PATIENCE)
        if runner.returncode == 0:
            assert digests(out) == undisturbed
            shutil.rmtree(out)
            told(out).unlink()
    assert min(kills["runner"], kills["worker"]) >= KILLS // 8
    assert start(design, out, "2").wait(timeout=PATIENCE) == 0
    assert digests(out) == undisturbed
