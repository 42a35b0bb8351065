"""One function over many tasks: in this process, and in others once that pays.

What comes out is what the function alone gives, so it does not depend on the number of processes.
Other processes are always spawned, never forked, and get what the tasks share once.  One that dies is
replaced; a task that its process died of three times is given up, one that breaks its limits at once.
"""

import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Generic, Protocol, Self, TypeVar

from commsim.core.errors import CommsimError, Exit
from commsim.experiments.limits import DIED, Limits, Loss
from commsim.experiments.pace import Pace
from commsim.experiments.queue import TRIES, Queue
from commsim.experiments.workers import READY, Answer, Events, InWorker, Job, Raised, Worker, nothing

WORTHWHILE = 3.0
"""Seconds of work, past and to come, from which on starting processes (1 to 2 s each) pays."""
AHEAD = 2
"""Chunks handed to each process at a time, so that none waits while this one is busy."""
WATCH = 0.2
"""Seconds after which processes are looked at again, whether they keep their limits."""

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Each = TypeVar("Each", covariant=True)
Result = TypeVar("Result")


class Tasks(Protocol[Each]):
    """What is to be done, by number from 0; each task may be made when it is asked for."""

    def __len__(self) -> int: ...
    def __getitem__(self, number: int, /) -> Each: ...


class WorkersDied(CommsimError):
    """Worker processes were killed from outside, again and again."""

    exit_code = Exit.RUNS_FAILED


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Pool(Generic[Shared, Task, Result]):
    """Runs ``function(shared, task)``; function, shared and tasks must be picklable.

    workers: processes in all; None for one per processor.  This process is one of them, and starts
    the others once that pays.  With ``lost``, which gives the result of a task that has none, this one only
    keeps the books, so that no task can end it; without, such a task raises `WorkersDied`.  limits: a task
    that breaks them in another process is lost at once, one that its process died of is tried again.
    prepare: what other processes do first.  A context manager: at its end, or at a Ctrl-C, the other
    processes are gone.
    """

    def __init__(
        self,
        function: Callable[[Shared, Task], Result],
        shared: Shared,
        workers: int | None = None,
        *,
        lost: Callable[[Loss], Result] | None = None,
        limits: Limits | None = None,
        prepare: Callable[[], None] = nothing,
    ) -> None:
        self._job, self._lost, self._limits = Job(function, shared, prepare), lost, limits
        self._takes_part = lost is None
        self._most = (workers or processors()) - self._takes_part
        self._workers: list[Worker] = []
        self._events: Events = SimpleQueue()
        self._pace, self._false_starts, self._watched = Pace(), 0, 0.0
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def close(self) -> None:
        """End the other processes for good, also from another thread; a stream that waits ends with it."""
        self._closed = True
        for worker in list(self._workers):
            worker.end()

    def map(self, tasks: Tasks[Task], done: Callable[[int], None] = lambda n: None) -> list[Result]:
        """Results of all tasks, in their order; ``done`` hears how many there are as they come in.

        An error in a task is raised here.
        """
        results: dict[int, Result] = {}
        for number, result in self.stream(tasks):
            results[number] = result
            done(len(results))
        return [results[number] for number in range(len(tasks))]

    def stream(self, tasks: Tasks[Task]) -> Iterator[tuple[int, Result]]:
        """Number and result of every task, as they come in; no more are under way than keeps all busy."""
        queue = Queue(len(tasks))
        try:
            while queue or any(worker.handed for worker in self._workers):
                if self._closed:
                    raise WorkersDied("the processes were ended")
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
        with _interrupts_held_back():
            result: Result = self._job.function(self._job.shared, task)
        self._pace.note(time.perf_counter() - started, 1)
        return result

    def _hand_out(self, tasks: Tasks[Task], queue: Queue) -> None:
        if not self._workers and self._takes_part and not self._pace.pays(len(queue), WORTHWHILE):
            return
        while len(self._workers) < self._most and len(self._workers) < len(queue):
            self._workers.append(Worker(pickle.dumps(self._job), self._events, self._limits))
        size = self._pace.chunk_size(len(queue) // (AHEAD * (self._most + 1)))
        for _ in range(AHEAD):
            for worker in self._workers:
                if queue and len(worker.handed) <= (AHEAD - 1) * size:
                    chunk = queue.take(size)
                    worker.hand_over(chunk, [tasks[number] for number in chunk])

    def _take_in(self, queue: Queue, *, block: bool) -> Iterator[tuple[int, Result]]:
        for worker, heard in self._events_so_far(block=block):
            if worker not in self._workers:
                continue  # of one that was stopped
            if isinstance(heard, Answer):
                worker.handed.popleft()
                self._pace.note(heard.seconds, 1)
                if isinstance(heard.result, Raised):
                    raise heard.result.error from InWorker(heard.result.trace)
                yield heard.number, heard.result
            elif heard == READY:
                worker.started, self._false_starts = True, 0
            else:
                yield from self._bury(worker, queue)

    def _events_so_far(self, *, block: bool) -> "Iterator[tuple[Worker, Answer | str]]":
        if block and any(worker.handed for worker in self._workers):
            try:
                first = self._events.get(timeout=WATCH if self._limits else None)
            except Empty:
                pass
            else:
                yield first
        while not self._events.empty():
            yield self._events.get()
        if self._limits and time.monotonic() - self._watched > WATCH:
            self._watched = time.monotonic()
            for worker in self._workers:
                worker.watch()

    def _bury(self, worker: Worker, queue: Queue) -> Iterator[tuple[int, Result]]:
        """Give back what a process had that is no more; the task at work is what it ended of.

        That one is tried again before the others, so that a task which kills is soon known.
        """
        self._workers.remove(worker)
        worker.stop()
        handed, fault = list(worker.handed), worker.fault
        is_known = worker.started and handed and (not fault or fault[0] == handed[0])
        ended_of = [handed.pop(0)] if is_known else []
        queue.give_back(handed)
        if not worker.started:
            self._note_false_start()
        for number in ended_of if fault else queue.blame(ended_of):
            yield number, self._give_up(fault[1] if fault else DIED)

    def _note_false_start(self) -> None:
        self._false_starts += 1
        if self._false_starts >= TRIES:
            raise WorkersDied(
                "worker processes end as soon as they are started",
                remedy='in a script, call it under if __name__ == "__main__"; else give fewer --workers',
            )

    def _give_up(self, loss: Loss) -> Result:
        if self._lost is None:
            raise WorkersDied(
                f"a worker process was killed, {TRIES} times at the same task (out of memory?)",
                remedy="give fewer --workers",
            )
        return self._lost(loss)

    def _stop(self) -> None:
        for worker in self._workers:
            worker.stop()
        self._workers.clear()


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """A first Ctrl-C, or a request to end that is taken for one, is heard when the block ends.

    In its midst compiled code, and what loads it, would swallow it or make another error of it.
    """
    held = [
        number
        for number in (signal.SIGINT, signal.SIGTERM)
        if signal.getsignal(number) is signal.default_int_handler
    ]
    if not held or threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []

    def hear(number: int, frame: FrameType | None) -> None:
        if heard:
            raise KeyboardInterrupt
        heard.append(number)

    for number in held:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number in held:
            signal.signal(number, signal.default_int_handler)
    if heard:
        raise KeyboardInterrupt
