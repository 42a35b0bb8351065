"""One function over many tasks: in this process, and in others once that pays.

What comes out is what the function alone gives, so it does not depend on the number of processes.
Other processes are always spawned, never forked, and get what the tasks share once.  One that dies is
replaced; a task that its process died of three times is given up.
"""

import os
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from typing import Generic, Self, TypeVar

from commsim.core.errors import CommsimError, Exit
from commsim.experiments.pace import Pace
from commsim.experiments.queue import TRIES, Queue
from commsim.experiments.workers import Chunk, Worker

WORTHWHILE = 3.0
"""Seconds of work, past and to come, from which on starting processes (1 to 2 s each) pays."""
AHEAD = 2
"""Chunks handed to each process at a time, so that none waits while this one is busy."""

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Result = TypeVar("Result")


class WorkersDied(CommsimError):
    """Worker processes were killed from outside, again and again."""

    exit_code = Exit.RUNS_FAILED


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Pool(Generic[Shared, Task, Result]):
    """Runs ``function(shared, task)``; function, shared and tasks must be picklable.

    workers: processes in all; None for one per processor.  This process is one of them, and starts
    the others once that pays.  With ``lost``, the result that stands for a task of which its process died
    time and again, this one only keeps the books, so that no task can end it; without, such a task raises
    `WorkersDied`.  A context manager: at its end, or at a Ctrl-C, the other processes are gone.
    """

    def __init__(
        self,
        function: Callable[[Shared, Task], Result],
        shared: Shared,
        workers: int | None = None,
        *,
        lost: Result | None = None,
    ) -> None:
        self._function, self._shared, self._lost = function, shared, lost
        self._takes_part = lost is None
        self._most = (workers or processors()) - self._takes_part
        self._workers: list[Worker] = []
        self._pace, self._false_starts = Pace(), 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def map(self, tasks: Sequence[Task], done: Callable[[int], None] = lambda n: None) -> list[Result]:
        """Results of all tasks, in their order; ``done`` hears how many there are as they come in.

        An error in a task is raised here.
        """
        results: dict[int, Result] = {}
        for number, result in self.stream(tasks):
            results[number] = result
            done(len(results))
        return [results[number] for number in range(len(tasks))]

    def stream(self, tasks: Sequence[Task]) -> Iterator[tuple[int, Result]]:
        """Number and result of every task, as they come in; no more are under way than keeps all busy."""
        queue = Queue(len(tasks))
        try:
            while queue or any(worker.handed for worker in self._workers):
                self._hand_out(tasks, queue)
                here = self._takes_part and queue.new > 0
                if here:
                    number = queue.take_new()
                    yield number, self._run_here(tasks[number])
                yield from self._take_in(queue, block=not here)
        finally:
            if any(worker.handed for worker in self._workers):
                self._stop()

    def _run_here(self, task: Task) -> Result:
        started = time.perf_counter()
        result = self._function(self._shared, task)
        self._pace.note(time.perf_counter() - started, 1)
        return result

    def _hand_out(self, tasks: Sequence[Task], queue: Queue) -> None:
        if not self._workers and self._takes_part and not self._pace.pays(len(queue), WORTHWHILE):
            return
        while len(self._workers) < self._most and len(self._workers) < len(queue):
            self._workers.append(Worker(pickle.dumps((self._function, self._shared))))
        for _ in range(AHEAD):
            for worker in self._workers:
                if queue and len(worker.handed) < AHEAD:
                    self._hand_over(worker, tasks, queue)

    def _hand_over(self, worker: Worker, tasks: Sequence[Task], queue: Queue) -> None:
        share = len(queue) // (AHEAD * (self._most + 1))
        chunk = queue.take(self._pace.chunk_size(share))
        if not worker.hand_over(chunk, [tasks[number] for number in chunk]):
            queue.give_back(chunk)

    def _take_in(self, queue: Queue, *, block: bool) -> Iterator[tuple[int, Result]]:
        at_work = [worker.handed[0][0] for worker in self._workers if worker.handed]
        if at_work:
            wait(at_work, timeout=None if block else 0, return_when=FIRST_COMPLETED)
        for worker in list(self._workers):
            for chunk, (seconds, results) in worker.finished():
                self._false_starts = 0
                self._pace.note(seconds, len(chunk))
                yield from zip(chunk, results, strict=True)
            if worker.dead:
                yield from self._bury(worker, queue)

    def _bury(self, worker: Worker, queue: Queue) -> Iterator[tuple[int, Result]]:
        """Give back what a dead process had; it died of its first chunk, if it ever came up."""
        self._workers.remove(worker)
        worker.stop()
        chunks = [chunk for _, chunk in worker.handed]
        at_work = chunks.pop(0) if chunks and worker.started else []
        for chunk in reversed(chunks):
            queue.give_back(chunk)
        if not worker.started:
            self._note_false_start()
        yield from self._give_up(queue.blame(at_work))

    def _note_false_start(self) -> None:
        self._false_starts += 1
        if self._false_starts >= TRIES:
            raise WorkersDied(
                "worker processes end as soon as they are started",
                remedy='in a script, call it under if __name__ == "__main__"; else give fewer --workers',
            )

    def _give_up(self, hopeless: Chunk) -> Iterator[tuple[int, Result]]:
        for number in hopeless:
            if self._lost is None:
                raise WorkersDied(
                    f"a worker process was killed, {TRIES} times at the same task (out of memory?)",
                    remedy="give fewer --workers",
                )
            yield number, self._lost

    def _stop(self) -> None:
        for worker in self._workers:
            worker.stop()
        self._workers.clear()
