"""Spawned processes that work through chunks of tasks, deaf to Ctrl-C: who started them stops them."""

import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

Chunk = list[int]
"""Numbers of tasks that are handed over together."""
Answer = tuple[float, list[Any]]
"""Seconds that a chunk took, and the results of its tasks."""

_job: tuple[Callable[[Any, Any], Any], Any]


class Worker:
    """One process that runs ``function(shared, task)`` over the tasks of a chunk, one chunk after the other.

    job: ``(function, shared)``, pickled.  ``handed`` holds the chunks that it has, the one at work first:
    each worker has an executor of its own, so that a death says which chunk it happened in.
    """

    def __init__(self, job: bytes) -> None:
        self._executor = ProcessPoolExecutor(
            1, mp_context=multiprocessing.get_context("spawn"), initializer=_learn, initargs=(job,)
        )
        self.handed: deque[tuple[Future[Answer], Chunk]] = deque()
        self.dead = False
        strangers = set(multiprocessing.active_children())
        with _interrupts_ignored():
            self._greeting = self._executor.submit(os.getpid)
        self._ours = [child for child in multiprocessing.active_children() if child not in strangers]

    @property
    def started(self) -> bool:
        """Whether the process came up, so that a later death is due to a task or to somebody outside."""
        return self._greeting.done() and self._greeting.exception() is None

    def hand_over(self, chunk: Chunk, tasks: list[Any]) -> bool:
        """Give it a chunk; false if the process has died."""
        try:
            self.handed.append((self._executor.submit(_run, tasks), chunk))
        except BrokenExecutor:
            self.dead = True
        return not self.dead

    def finished(self) -> Iterator[tuple[Chunk, Answer]]:
        """Chunks that are done, in their order, up to the one at work; sees whether the process has died."""
        while self.handed and self.handed[0][0].done():
            future, chunk = self.handed[0]
            try:
                answer = future.result()
            except BrokenExecutor:
                self.dead = True
                return
            self.handed.popleft()
            yield chunk, answer

    def stop(self) -> None:
        """End the process at once, whatever it is doing."""
        for child in self._ours:
            child.terminate()
        self._executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Processes born here inherit that they ignore Ctrl-C, from their first instruction on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _learn(job: bytes) -> None:
    global _job
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _job = pickle.loads(job)


def _end_with_parent() -> None:
    """Without it, a process whose parent was killed would wait for its next chunk for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(tasks: list[Any]) -> Answer:
    function, shared = _job
    started = time.perf_counter()
    results = [function(shared, task) for task in tasks]
    return time.perf_counter() - started, results
