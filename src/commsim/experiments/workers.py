"""Spawned processes for tasks, within limits and deaf to Ctrl-C: who started them stops them."""

import multiprocessing
import os
import pickle
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, NamedTuple

from commsim.core.errors import CommsimError
from commsim.experiments.limits import Limits, Loss


def nothing() -> None:
    """What needs no preparation."""


class Job(NamedTuple):
    """``function(shared, task)`` for every task; ``prepare`` comes once before, outside of any limit."""

    function: Callable[[Any, Any], Any]
    shared: Any
    prepare: Callable[[], None] = nothing


class Raised(NamedTuple):
    """In place of a result: the error of a task, and its traceback."""

    error: BaseException
    trace: str


class InWorker(Exception):
    """The traceback of an error in another process, as its cause."""


class Answer(NamedTuple):
    """Number of a task, seconds that it took, and its result or `Raised`."""

    number: int
    seconds: float
    result: Any


READY, END = "ready", "end"
"""What else is heard of a worker: that it is there, and that it is no more."""
Events = SimpleQueue[tuple["Worker", Answer | str]]


class Worker:
    """One process that answers tasks in the order in which they are handed over.

    job: a `Job`, pickled.  What is heard of it is put into ``events``.  ``handed`` are the numbers of the
    tasks that it has, the one at work first; who takes an answer from ``events`` takes its number away.
    """

    def __init__(self, job: bytes, events: Events, limits: Limits | None = None) -> None:
        self.handed: deque[int] = deque()
        self.started = False
        self.fault: tuple[int, Loss] | None = None
        self._events, self._limits = events, limits
        self._since = 0.0
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, job), daemon=True)
        with _interrupts_later(), _children_allowed():
            self._process.start()
        theirs.close()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        """Take in what comes at once, so that the process never waits for this one."""
        with suppress(EOFError, OSError):
            while True:
                heard = self._pipe.recv()
                self._since = time.monotonic()
                self._events.put((self, heard))
        self._events.put((self, END))

    def hand_over(self, numbers: Sequence[int], tasks: Sequence[Any]) -> None:
        """Give it tasks; if it has died, that is heard soon."""
        if not self.handed:
            self._since = time.monotonic()
        self.handed.extend(numbers)
        with suppress(OSError):
            self._pipe.send(list(zip(numbers, tasks, strict=True)))

    def watch(self) -> None:
        """Kill the process if the task at work has broken a limit; ``fault`` then says which, and how."""
        if self._limits is None or not self.started or not self.handed or self.fault:
            return
        loss = self._limits.broken(time.monotonic() - self._since, self._memory())
        if loss:
            self.fault = self.handed[0], loss
            self.kill()

    def _memory(self) -> int:
        """Bytes of memory that the process has."""
        import psutil

        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def kill(self) -> None:
        """End the process at once, whatever it is doing; that is heard."""
        self._process.kill()

    def end(self) -> None:
        """Kill the process, and wait until it is gone."""
        self.kill()
        self._process.join()

    def stop(self) -> None:
        """End the process and all that belongs to it."""
        self.end()
        self._listener.join()
        self._pipe.close()


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Hear a Ctrl-C at the end of the block; processes born in it are deaf to it from the first moment on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    block = getattr(signal, "pthread_sigmask", None)  # inherited by processes; Windows has none
    masked = block(signal.SIG_BLOCK, {signal.SIGINT}) if block else None
    try:
        yield
    finally:
        if block:
            block(signal.SIG_SETMASK, masked)  # what came meanwhile is heard here
        signal.signal(signal.SIGINT, before)
        if heard:
            signal.raise_signal(signal.SIGINT)


@contextmanager
def _children_allowed() -> Iterator[None]:
    """Dask marks its workers as daemons, which multiprocessing would refuse any process of their own."""
    config: dict[str, Any] = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    before = config.get("daemon")
    config["daemon"] = False
    try:
        yield
    finally:
        config["daemon"] = before


def _serve(pipe: Connection, job: bytes) -> None:
    """The life of the process: it ends when the one that started it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inbox: SimpleQueue[tuple[int, Any]] = SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, inbox), daemon=True).start()
    function, shared, prepare = pickle.loads(job)
    prepare()
    _send(pipe, READY)
    while True:
        number, task = inbox.get()
        started = time.perf_counter()
        try:
            result = function(shared, task)
        except BaseException as error:
            result = _raised(error)
        try:
            _send(pipe, Answer(number, time.perf_counter() - started, result))
        except Exception as error:  # it can't be pickled
            _send(pipe, Answer(number, 0.0, _raised(error)))


def _send(pipe: Connection, what: Any) -> None:
    try:
        pipe.send(what)
    except OSError:
        os._exit(1)


def _receive(pipe: Connection, inbox: "SimpleQueue[tuple[int, Any]]") -> None:
    """Take in tasks at once, and notice the end of the one that sends them."""
    with suppress(EOFError, OSError):
        while True:
            for task in pipe.recv():
                inbox.put(task)
    os._exit(1)


def _raised(error: BaseException) -> Raised:
    """An error, or its words where it can't be sent to another process."""
    trace = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        error = CommsimError(f"{type(error).__name__}: {error}")
    return Raised(error, trace)
