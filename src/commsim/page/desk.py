"""The worker process that runs the communities, so that the page never waits for the server."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from typing import TypeVar

from commsim.core.errors import CommsimError, Exit

Task = TypeVar("Task")
Result = TypeVar("Result")


class WorkerLost(CommsimError):
    """The worker process died in the midst of a run."""

    exit_code = Exit.RUNS_FAILED


class Desk:
    """One spawned process that takes tasks in their order; it ends with `close` or with this process."""

    def __init__(self) -> None:
        self._executor = _open()

    async def work(self, function: Callable[[Task], Result], task: Task) -> Result:
        """``function(task)``, run by the worker; its errors are raised here.

        Raises `WorkerLost` if the process dies; the next task gets a new one.
        """
        executor = self._executor
        try:
            return await asyncio.wrap_future(executor.submit(function, task))
        except BrokenExecutor as error:
            if self._executor is executor:
                self._executor = _open()
            raise WorkerLost("the simulation was stopped (out of memory?)", remedy="try again") from error

    def close(self) -> None:
        """End the process, whatever it is doing."""
        for process in list(self._executor._processes.values()):
            process.terminate()
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
