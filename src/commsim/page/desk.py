"""The worker processes that run the communities, so that the page never waits for the server."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from commsim.core.errors import CommsimError, Exit
from commsim.experiments.effort import PAGE_SECONDS
from commsim.experiments.limits import Limits, Loss
from commsim.experiments.pool import Pool

WORKERS = 2
"""So that one visitor's long run leaves the others a way."""

Task = TypeVar("Task")
Result = TypeVar("Result")
_Pool = Pool[None, tuple[Callable[[Any], Any], Any], Any]


class WorkerLost(CommsimError):
    """A run took too long or too much memory, or its process died of it."""

    exit_code = Exit.RUNS_FAILED


class Desk:
    """A few spawned processes that take a task each; they end with `close` or with this process.

    limits: what a task may take.  A process is started when all others are busy.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits(PAGE_SECONDS)
        self._jobs: set[asyncio.Task[Any]] = set()
        self._pools: list[_Pool] = [
            Pool(_call, None, 1, lost=lambda loss: loss, limits=self.limits) for _ in range(WORKERS)
        ]
        self._free: asyncio.LifoQueue[_Pool] = asyncio.LifoQueue()  # the last one used is warm
        for pool in self._pools:
            self._free.put_nowait(pool)

    async def work(self, function: Callable[[Task], Result], task: Task) -> Result:
        """``function(task)``, run by the next process that is free; its errors are raised here.

        A process that has died is replaced, and the task given to the new one.  Raises `WorkerLost` if that
        dies too, time and again, and for a task that breaks a limit.
        """
        pool = await self._free.get()
        job = asyncio.create_task(self._have_done(pool, function, task))
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        return await asyncio.shield(job)  # a visitor who goes away leaves the process busy with it

    async def _have_done(self, pool: _Pool, function: Callable[[Task], Result], task: Task) -> Result:
        try:
            (result,) = await asyncio.to_thread(pool.map, [(function, task)])
        finally:
            self._free.put_nowait(pool)
        if isinstance(result, Loss):
            raise WorkerLost(
                f"the simulation was stopped: {result.message}", remedy="try fewer members or days"
            )
        found: Result = result
        return found

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for job in self._jobs:
            job.cancel()
        for pool in self._pools:
            pool.close()


def _call(shared: None, task: tuple[Callable[[Any], Any], Any]) -> Any:
    function, what = task
    return function(what)
