"""One function over many tasks: in this process, and in others once that pays.

Results come in the order of the tasks and are those of the function alone, so they do not depend on
the number of processes.  Other processes are always spawned, never forked, and get what the tasks
share once.  This process works along with them, so little is lost where starting them was in vain.
"""

import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from typing import Any, Generic, Self, TypeVar

from commsim.core.errors import CommsimError, Exit
from commsim.experiments.workers import Workers

WORTHWHILE = 3.0
"""Seconds of work, past and to come, from which on starting processes (1 to 2 s each) pays."""
CHUNK_SECONDS = 0.2
"""Work handed over at a time: long against the handing over (1 ms), short against waiting at the end."""
AHEAD = 2
"""Chunks handed to each process at a time, so that none waits while this one is busy."""
MOST = 60
"""Other processes at most: Windows can't wait for more."""

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Result = TypeVar("Result")
Chunk = list[int]


class WorkersDied(CommsimError):
    """Worker processes were killed from outside, again and again."""

    exit_code = Exit.RUNS_FAILED


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Pool(Generic[Shared, Task, Result]):
    """Runs ``function(shared, task)``; function, shared and tasks must be picklable.

    workers: processes in all, this one included; None for one per processor.  A context manager:
    at its end, or at a Ctrl-C, the other processes are gone.
    """

    def __init__(
        self, function: Callable[[Shared, Task], Result], shared: Shared, workers: int | None = None
    ) -> None:
        self._function, self._shared = function, shared
        self._others = min(MOST, (workers or processors()) - 1)
        self._workers: Workers | None = None
        self._spent, self._fastest, self._deaths = 0.0, float("inf"), 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def map(self, tasks: Sequence[Task], done: Callable[[int], None] = lambda n: None) -> list[Result]:
        """Results of all tasks, in their order; ``done`` hears how many there are as they come in.

        An error in a task is raised here.  Raises `WorkersDied` if processes are killed repeatedly.
        """
        results: dict[int, Result] = {}
        waiting = deque(range(len(tasks)))
        running: dict[Future[list[Result]], Chunk] = {}
        while waiting or running:
            try:
                self._hand_out(tasks, waiting, running)
                if waiting:
                    number = waiting.popleft()
                    results[number] = self._run_here(tasks[number])
                self._take_in(results, running, block=not waiting)
            except BrokenExecutor:
                self._recover(waiting, running)
            done(len(results))
        return [results[number] for number in range(len(tasks))]

    def _run_here(self, task: Task) -> Result:
        started = time.perf_counter()
        result = self._function(self._shared, task)
        seconds = time.perf_counter() - started
        self._spent += seconds
        self._fastest = min(self._fastest, seconds)  # the first runs load and compile
        return result

    def _hand_out(self, tasks: Sequence[Task], waiting: deque[int], running: dict[Any, Chunk]) -> None:
        if self._workers is None and not self._pays(len(waiting)):
            return
        if self._workers is None:
            self._workers = Workers(self._function, self._shared, self._others)
        while waiting and len(running) < AHEAD * self._others:
            chunk = [waiting.popleft() for _ in range(self._chunk_size(len(waiting)))]
            try:
                running[self._workers.submit([tasks[number] for number in chunk])] = chunk
            except BrokenExecutor:
                waiting.extendleft(reversed(chunk))
                raise

    def _pays(self, waiting: int) -> bool:
        known = self._fastest < float("inf")
        return bool(self._others and known and self._spent + waiting * self._fastest > WORTHWHILE)

    def _chunk_size(self, waiting: int) -> int:
        fair = waiting // (AHEAD * (self._others + 1))
        return max(1, min(fair, int(CHUNK_SECONDS / self._fastest)))

    def _take_in(self, results: dict[int, Result], running: dict[Any, Chunk], *, block: bool) -> None:
        if not running:
            return
        finished, _ = wait(running, timeout=None if block else 0, return_when=FIRST_COMPLETED)
        for future in finished:
            values = future.result()
            results.update(zip(running.pop(future), values, strict=True))

    def _recover(self, waiting: deque[int], running: dict[Any, Chunk]) -> None:
        """Give what was running back, and start afresh; processes that die once more are an error."""
        for chunk in running.values():
            waiting.extendleft(reversed(chunk))
        running.clear()
        self._stop()
        self._deaths += 1
        if self._deaths > 1:
            raise WorkersDied(
                "worker processes were killed, again after a new start (out of memory?)",
                remedy='give fewer --workers; in a script, call it under if __name__ == "__main__"',
            )

    def _stop(self) -> None:
        if self._workers is not None:
            self._workers.stop()
            self._workers = None
