"""The worker processes: replaced when they die, stopped when they take too long, in nobody else's way."""

import asyncio
import os
import signal
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from commsim.core.errors import InputError
from commsim.experiments.limits import Limits
from commsim.page.desk import WORKERS, Desk, WorkerLost
from waiting import PATIENCE

pytestmark = pytest.mark.slow


def who(_):
    return os.getpid()


def die(_):
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(mark):
    if not Path(mark).exists():
        Path(mark).touch()
        die(mark)
    return os.getpid()


def freeze(mark):
    Path(mark).touch()
    os.kill(os.getpid(), signal.SIGSTOP)


def refuse(_):
    raise InputError("no")


@contextmanager
def desk(seconds=PATIENCE, gigabytes=None):
    """A desk that is closed at the end; none of its processes may outlive it."""
    opened = Desk(Limits(seconds, gigabytes))
    try:
        yield opened
    finally:
        opened.close()


async def until(done):
    async with asyncio.timeout(PATIENCE):
        while not done():
            await asyncio.sleep(0.02)


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_process_serves_who_come_one_after_another_and_errors_are_theirs():
    async def visit():
        with desk() as opened:
            first, second = await opened.work(who, 0), await opened.work(who, 0)
            with pytest.raises(InputError, match="no"):
                await opened.work(refuse, 0)
            return first, second, await opened.work(who, 0)

    processes = asyncio.run(visit())
    assert len(set(processes)) == 1
    assert not is_alive(processes[0])


def test_a_request_after_a_worker_has_died_is_served():
    async def visit():
        with desk() as opened:
            before = await opened.work(who, 0)
            os.kill(before, signal.SIGKILL)
            return before, await opened.work(who, 0)

    before, after = asyncio.run(visit())
    assert before != after


def test_a_run_whose_worker_is_killed_is_repeated_and_given_up_if_it_kills_again(tmp_path):
    async def visit():
        with desk() as opened:
            assert await opened.work(die_once, str(tmp_path / "mark")) > 0
            with pytest.raises(WorkerLost, match="every time it was tried"):
                await opened.work(die, 0)
            return await opened.work(who, 0)

    assert asyncio.run(visit()) > 0


def test_a_frozen_worker_stalls_nobody_else_and_is_told_of(tmp_path):
    async def visit():
        with desk(seconds=15.0) as opened:
            await asyncio.gather(*(opened.work(who, 0) for _ in range(WORKERS)))  # all have started
            mark = tmp_path / "frozen"
            stuck = asyncio.create_task(opened.work(freeze, str(mark)))
            await until(mark.exists)
            others = [await opened.work(who, 0) for _ in range(3)]
            assert not stuck.done()
            with pytest.raises(WorkerLost, match="longer than 15 seconds"):
                await stuck
            busy = [asyncio.create_task(opened.work(who, 0)) for _ in range(2 * WORKERS)]
            return others, await asyncio.gather(*busy)

    others, after = asyncio.run(visit())
    assert len(set(others)) == 1
    assert len(after) == 2 * WORKERS


def swell(_):
    held = []
    while True:
        held.append(b"x" * 20_000_000)
        time.sleep(0.01)


def test_a_run_that_takes_too_much_memory_is_told_of():
    async def visit():
        with desk(gigabytes=0.8) as opened:
            with pytest.raises(WorkerLost, match=r"took more than 0\.8 GB of memory"):
                await opened.work(swell, 0)
            return await opened.work(who, 0)

    assert asyncio.run(visit()) > 0


def test_who_goes_away_takes_no_process_with_them(tmp_path):
    """A run that nobody waits for keeps its process until its limit, and then it is there for others."""

    async def visit():
        with desk(seconds=10.0) as opened:
            for k in range(WORKERS):
                mark = tmp_path / f"frozen-{k}"
                gone = asyncio.create_task(opened.work(freeze, str(mark)))
                await until(mark.exists)
                gone.cancel()
            return await asyncio.wait_for(opened.work(who, 0), PATIENCE)

    assert asyncio.run(visit()) > 0
