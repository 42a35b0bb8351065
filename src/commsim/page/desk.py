"""The worker processes that run the communities, so that the page never waits for the server."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from typing import Any, TypeVar

from commsim.core.errors import CommsimError, Exit

WORKERS = 2
"""So that one visitor's long run leaves the others a way."""
SECONDS = 120.0
"""After which a run is stopped: more than twice what the largest community takes for a year."""
TRIES = 2
"""Of a task whose process dies of it, or was found dead."""

Task = TypeVar("Task")
Result = TypeVar("Result")


class WorkerLost(CommsimError):
    """A run took too long, or its process died of it."""

    exit_code = Exit.RUNS_FAILED


class Desk:
    """A few spawned processes that take a task each; they end with `close` or with this process.

    seconds: what a task may take.  A process is started when all others are busy.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._jobs: set[asyncio.Task[Any]] = set()
        self._workers = [_Worker() for _ in range(WORKERS)]
        self._free: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()  # the last one used is warm
        for worker in self._workers:
            self._free.put_nowait(worker)

    async def work(self, function: Callable[[Task], Result], task: Task) -> Result:
        """``function(task)``, run by the next process that is free; its errors are raised here.

        A process that has died is replaced, and the task given to the new one.  Raises `WorkerLost` if that
        dies too, and for a task that takes too long.
        """
        worker = await self._free.get()
        job = asyncio.create_task(self._have_done(worker, function, task))
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        return await asyncio.shield(job)  # a visitor who goes away leaves the process busy with it

    async def _have_done(self, worker: "_Worker", function: Callable[[Task], Result], task: Task) -> Result:
        try:
            for _ in range(TRIES):
                try:
                    return await asyncio.wait_for(worker.submit(function, task), self.seconds)
                except BrokenExecutor:
                    worker.renew()
        except TimeoutError:
            worker.renew()
            raise WorkerLost(
                f"the simulation took longer than {self.seconds:g} seconds and was stopped",
                remedy="try fewer members or days",
            ) from None
        finally:
            self._free.put_nowait(worker)
        raise WorkerLost(
            f"the simulation was stopped from outside, {TRIES} times (out of memory?)",
            remedy="try fewer members",
        )

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for job in self._jobs:
            job.cancel()
        for worker in self._workers:
            worker.end()


class _Worker:
    """One process, started with its first task."""

    def __init__(self) -> None:
        self._executor = _open()

    async def submit(self, function: Callable[[Task], Result], task: Task) -> Result:
        return await asyncio.wrap_future(self._executor.submit(function, task))

    def renew(self) -> None:
        """Put another process in its place."""
        self.end()
        self._executor = _open()

    def end(self) -> None:
        for process in list((self._executor._processes or {}).values()):
            process.kill()  # also one that is frozen, which heeds nothing else
        self._executor.shutdown(wait=True, cancel_futures=True)


def _open() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_settle)


def _settle() -> None:
    """Leave Ctrl-C to the server, and never outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
