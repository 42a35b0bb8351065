"""The same sweep on a Dask cluster: a scheduler and workers as processes on this machine."""

import contextlib
import ctypes
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from distributed import Client
from small_sweeps import FAILING, JOB, cheap, digests, poisonous, small_design

from commsim import Scenario, compare, flip
from commsim import plan as find_plan
from commsim.core.errors import InputError
from commsim.experiments import cluster
from commsim.experiments.limits import Limits
from commsim.experiments.sweep import Manner, carry_out
from commsim.records.sweep import load_results
from commsim.report.data import comparison_data
from commsim.report.flip.data import flip_data
from commsim.report.planned.data import planned_data
from waiting import PATIENCE, wait_until

HERE = Path(__file__).parent
DASK = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2",
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": f"{PATIENCE}s",
}


class Processes:
    """``dask scheduler`` and ``dask worker`` as a user starts them."""

    def __init__(self) -> None:
        self.address = ""
        self._started: list[subprocess.Popen[bytes]] = []

    def begin(self, folder: Path) -> None:
        """Start a scheduler at a port that is free; this waits until it is there."""
        found = folder / "scheduler.json"
        self._start("scheduler", "--port", "0", "--scheduler-file", str(found))
        wait_until(lambda: found.exists() and found.read_text().rstrip().endswith("}"), "a scheduler")
        self.address = json.loads(found.read_text())["address"]

    def add_worker(self) -> int:
        """The process of one more, which has come when this returns."""
        process = self._start("worker", self.address, "--nthreads", "1")
        with Client(self.address, timeout=PATIENCE) as client:
            client.wait_for_workers(len(self._started) - 1, timeout=PATIENCE)
        return process

    def _start(self, *arguments: str) -> int:
        command = [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--no-dashboard"]
        path = os.pathsep.join(filter(None, (str(HERE), str(HERE.parent), os.environ.get("PYTHONPATH"))))
        settings = os.environ | DASK | {"PYTHONPATH": path}
        made = subprocess.Popen(command, env=settings, stderr=subprocess.DEVNULL, start_new_session=True)
        self._started.append(made)
        return made.pid

    def close(self) -> None:
        for process in reversed(self._started):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def processes(monkeypatch, tmp_path_factory):
    monkeypatch.setattr(cluster, "PATIENCE", PATIENCE)
    with contextlib.closing(Processes()) as made:
        made.begin(tmp_path_factory.mktemp("cluster"))
        for _ in range(3):
            made.add_worker()
        yield made


@pytest.mark.slow
def test_workers_killed_midway_change_no_byte(tmp_path, undisturbed, processes):
    late = processes.add_worker()
    killed = []

    def kill_some(progress):
        if progress.done == 30:
            os.killpg(late, signal.SIGKILL)
            killed.append(late)

    out = tmp_path / "out"
    job = replace(JOB, function=slowly)
    found = carry_out(small_design(tmp_path), job, out, Manner(scheduler=processes.address), kill_some)
    assert killed
    assert (found.done, found.failed) == (120, 1)
    assert digests(out) == undisturbed


def slowly(design, run):
    time.sleep(0.05)
    return cheap(design, run)


@pytest.mark.slow
def test_a_poisonous_run_is_a_failure_and_the_others_are_done(tmp_path, processes):
    out = tmp_path / "out"
    job = replace(JOB, function=poisonous)
    found = carry_out(small_design(tmp_path), job, out, Manner(scheduler=processes.address))
    assert (found.done, found.failed) == (120, 1)
    (row,) = load_results(out).failures.to_dict("records")
    assert (row["run"], row["error"]) == (FAILING, "WorkerDied")


def rude(design, run):
    if run.number == FAILING:
        ctypes.PyDLL(None).sleep(600)
    if run.number == FAILING + 1:
        raise KeyboardInterrupt
    return cheap(design, run)


@pytest.mark.slow
def test_runs_that_break_limits_are_failures_and_leave_no_process(tmp_path, processes):
    out, job = tmp_path / "out", replace(JOB, function=rude)
    manner = Manner(scheduler=processes.address, limits=Limits(seconds=10))
    found = carry_out(small_design(tmp_path), job, out, manner)
    assert (found.done, found.failed) == (120, 2)
    failures = load_results(out).failures
    assert failures["run"].tolist() == [FAILING, FAILING + 1]
    assert failures["error"].tolist() == ["TimeLimit", "KeyboardInterrupt"]
    with Client(processes.address) as client:
        assert set(client.run(children).values()) == {0}


def children() -> int:
    return len(multiprocessing.active_children())


@pytest.mark.slow
def test_a_worker_with_another_engine_is_refused(tmp_path, processes, monkeypatch):
    other = {**cluster.engine(), "numpy": "99.0"}
    monkeypatch.setattr(cluster, "engine", lambda: other)
    with pytest.raises(InputError, match=r'would give other results: numpy: "99\.0" -> '):
        carry_out(small_design(tmp_path), JOB, tmp_path / "out", Manner(scheduler=processes.address))


@pytest.mark.slow
def test_a_scheduler_that_goes_away_is_told_and_survived(tmp_path, undisturbed, processes):
    out, design = tmp_path / "out", small_design(tmp_path)

    def end(progress):
        if progress.done == 20:
            processes.close()

    job = replace(JOB, function=slowly)
    with pytest.raises(InputError, match="can't be reached"):
        carry_out(design, job, out, Manner(scheduler=processes.address), end)
    carry_out(design, JOB, out, Manner(workers=1))
    assert digests(out) == undisturbed


def test_no_scheduler_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    with pytest.raises(InputError, match="can't be reached"):
        carry_out(small_design(tmp_path), JOB, tmp_path / "out", Manner(scheduler="tcp://127.0.0.1:9"))


def test_without_dask_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"pip install 'commsim\[dask\]'"):
        carry_out(small_design(tmp_path), JOB, tmp_path / "out", Manner(scheduler="tcp://127.0.0.1:9"))


@pytest.mark.parametrize("address", ["nonsense", "nonsense://10.0.0.1:8786"])
def test_what_is_no_address_is_refused_at_once(address, tmp_path):
    with pytest.raises(InputError, match="this is no address"):
        carry_out(small_design(tmp_path), JOB, tmp_path / "out", Manner(scheduler=address))


@pytest.mark.slow
def test_what_turns_a_comparison_is_the_same_on_a_cluster(processes):
    base = {
        "days": 10,
        "community": {"members": 60},
        "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
    }
    plan = Scenario.model_validate({**base, "name": "a", "strategies": [{"kind": "content"}]})
    few = {"only": ["buying.touch"], "worlds": 4, "points": 6}
    here, there = flip(plan, **few, workers=1), flip(plan, **few, scheduler=processes.address)
    assert json.dumps(flip_data(there)) == json.dumps(flip_data(here))


@pytest.mark.slow
def test_a_plan_that_is_searched_for_there_is_the_same(processes):
    base = {
        "name": "base",
        "days": 8,
        "community": {"members": 60},
        "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
        "strategies": [{"kind": "red_envelope", "total": 150, "shares": 10}],
    }
    scenario, few = Scenario.model_validate(base), {"runs": 220, "doubts": 2}
    here = find_plan(scenario, workers=1, **few)
    there = find_plan(scenario, scheduler=processes.address, **few)
    assert json.dumps(planned_data(there)) == json.dumps(planned_data(here))


@pytest.mark.slow
def test_plans_that_are_compared_there_come_to_the_same(processes, tmp_path):
    plan = {
        "name": "gift",
        "days": 8,
        "community": {"members": 60},
        "products": [{"name": "tea", "price": 30, "unit_cost": 15}],
        "strategies": [{"kind": "red_envelope", "total": 150, "shares": 10}],
    }
    gift, few = Scenario.model_validate(plan), {"worlds": 6, "points": 20, "days": (8, 12)}
    here = compare(gift, workers=1, **few)
    there = compare(gift, scheduler=processes.address, out=tmp_path / "out", **few)
    assert json.dumps(comparison_data(there)) == json.dumps(comparison_data(here))
    assert (there.values == here.values).all()
