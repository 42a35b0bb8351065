"""Spawned processes that wait for chunks of tasks, deaf to Ctrl-C: who started them stops them."""

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

_job: tuple[Callable[[Any, Any], Any], Any]


class Workers:
    """So many processes that run ``function(shared, task)`` over the tasks of a chunk."""

    def __init__(self, function: Callable[[Any, Any], Any], shared: Any, processes: int) -> None:
        self._strangers = set(multiprocessing.active_children())
        self._executor = ProcessPoolExecutor(
            processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_learn,
            initargs=(pickle.dumps((function, shared)),),
        )

    def submit(self, tasks: list[Any]) -> Future[list[Any]]:
        """Hand over a chunk; a future of its results.  Raises BrokenExecutor if a process died."""
        with _interrupts_ignored():
            return self._executor.submit(_run, tasks)

    def stop(self) -> None:
        """End the processes at once, whatever they are doing."""
        ours = [child for child in multiprocessing.active_children() if child not in self._strangers]
        for child in ours:
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
    _job = pickle.loads(job)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Without it, a process whose parent was killed would wait for its next chunk for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(tasks: list[Any]) -> list[Any]:
    function, shared = _job
    return [function(shared, task) for task in tasks]
