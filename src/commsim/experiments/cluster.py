"""The same as `commsim.experiments.pool`, on the workers of a Dask cluster.

On each of them runs are made in a process of its own, so that one that breaks a limit can be ended.
"""

import pickle
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, Generic, NamedTuple, Self

from commsim.core.errors import CommsimError, InputError
from commsim.experiments.begin import differences
from commsim.experiments.engine import engine
from commsim.experiments.limits import DIED, Limits, Loss
from commsim.experiments.pace import Pace
from commsim.experiments.pool import AHEAD, Pool, Result, Shared, Task, Tasks
from commsim.experiments.queue import Queue
from commsim.experiments.workers import Job, nothing

PATIENCE = 30.0
"""Seconds to wait for the scheduler, and for a first worker."""
_LOOK_AGAIN = 5.0
"""Seconds after which workers that came or went are counted."""


class Order(NamedTuple):
    """What a worker of the cluster needs to know: a name, and what makes its `Pool`."""

    name: str
    job: Job
    lost: Callable[[Loss], Any]
    limits: Limits


class Cluster(Generic[Shared, Task, Result]):
    """Runs ``function(shared, task)`` on the cluster of a scheduler, such as ``tcp://10.0.0.1:8786``.

    Dask replaces workers that die, and gives a task up when several have died of it.  See `Pool` for the
    rest.  Raises `InputError` if there is no scheduler, no worker, or a worker that would give other
    results than this process.
    """

    def __init__(
        self,
        function: Callable[[Shared, Task], Result],
        shared: Shared,
        address: str,
        *,
        lost: Callable[[Loss], Result],
        limits: Limits,
        prepare: Callable[[], None] = nothing,
    ) -> None:
        self._name = uuid.uuid4().hex
        self._parts = pickle.dumps(Order(self._name, Job(function, shared, prepare), lost, limits))
        self._address, self._lost = address, lost
        self._engine = engine()
        self._pace, self._running = Pace(), dict[Any, list[int]]()
        self._threads, self._counted = 1, float("-inf")

    def __enter__(self) -> Self:
        try:
            from distributed import Client
        except ImportError:
            raise InputError(
                "Dask is not installed", where="--scheduler", remedy="pip install 'commsim[dask]'"
            ) from None
        _check_address(self._address)
        with _told(self._address):
            self._client = Client(self._address, timeout=PATIENCE, set_as_default=False)
        try:
            with _told(self._address):
                self._client.wait_for_workers(1, timeout=PATIENCE)
                self._client.run(look_over, self._parts, self._engine)
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # a scheduler that is gone has nothing left to cancel
            self._client.cancel(list(self._running), force=True)
            if self._client.status == "running":
                self._client.run(put_away, self._name)
        self._client.close()

    def stream(self, tasks: Tasks[Task]) -> Iterator[tuple[int, Result]]:
        """Number and result of every task, as they come in; no more are under way than keeps all busy."""
        from distributed import as_completed

        queue, coming = Queue(len(tasks)), as_completed(loop=self._client.loop)
        with _told(self._address):
            order = self._client.submit(checked, self._parts, self._engine, pure=False)
            while queue or self._running:
                self._hand_out(tasks, queue, order, coming)
                yield from self._take_in(next(coming), queue)

    def _hand_out(self, tasks: Tasks[Task], queue: Queue, order: Any, coming: Any) -> None:
        room = AHEAD * self._count_threads()
        while queue and len(self._running) < room:
            chunk = queue.take(self._pace.chunk_size(len(queue) // room))
            work = [tasks[number] for number in chunk]
            future = self._client.submit(work_through, order, work, self._engine, pure=False)
            self._running[future] = chunk
            coming.add(future)

    def _count_threads(self) -> int:
        if time.monotonic() - self._counted > _LOOK_AGAIN:
            self._counted = time.monotonic()
            self._threads = max(1, sum(self._client.nthreads().values()))
        return self._threads

    def _take_in(self, future: Any, queue: Queue) -> Iterator[tuple[int, Result]]:
        from distributed import KilledWorker

        chunk = self._running.pop(future)
        try:
            seconds, results = future.result()
        except KilledWorker:
            if len(chunk) == 1:
                yield chunk[0], self._lost(DIED)
            else:
                queue.blame(chunk)  # so that each of them comes alone
            return
        self._pace.note(seconds, len(chunk))
        yield from zip(chunk, results, strict=True)


def _check_address(address: str) -> None:
    """InputError for what is no address; a client of Dask would go on trying it."""
    from distributed.comm import get_address_host_port

    try:
        get_address_host_port(address)
    except ValueError as error:
        remedy = "give it as tcp://10.0.0.1:8786"
        raise InputError(f"this is no address: {error}", where="--scheduler", remedy=remedy) from None


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Say by an `InputError` what is wrong with a cluster."""
    try:
        yield
    except (CommsimError, GeneratorExit):
        raise
    except (OSError, CancelledError) as error:
        raise InputError(
            f"the scheduler or its workers can't be reached: {error or type(error).__name__}",
            where=address,
            remedy="start them, and then the same command again",
        ) from error
    except Exception as error:
        raise InputError(
            f"a worker can't run this: {type(error).__name__}: {error}",
            where=address,
            remedy="install the same commsim on every worker as here",
        ) from error


def checked(parts: bytes, expected: dict[str, str]) -> bytes:
    """On a worker: the parts.  InputError if the worker's engine is another than expected."""
    pickle.loads(parts)
    _check_engine(expected)
    return parts


def look_over(parts: bytes, expected: dict[str, str]) -> None:
    """On a worker, before any work: whether it can do the job.  InputError as for `checked`."""
    checked(parts, expected)


def work_through(parts: bytes, tasks: list[Any], expected: dict[str, str]) -> tuple[float, list[Any]]:
    """On a worker, which may have come later: seconds that a chunk took, and its results."""
    _check_engine(expected)
    started = time.perf_counter()
    results = dict(_pool(parts).stream(tasks))
    return time.perf_counter() - started, [results[place] for place in range(len(tasks))]


_pools: dict[tuple[str, int], "Pool[Any, Any, Any]"] = {}
"""On a worker: one for each sweep and thread, each with a process of its own."""


def _pool(parts: bytes) -> "Pool[Any, Any, Any]":
    order: Order = pickle.loads(parts)
    place = order.name, threading.get_ident()
    if place not in _pools:
        function, shared, prepare = order.job
        _pools[place] = Pool(function, shared, 1, lost=order.lost, limits=order.limits, prepare=prepare)
    return _pools[place]


def put_away(name: str) -> None:
    """On a worker, when a sweep has ended: end the processes that it had."""
    for place in [place for place in _pools if place[0] == name]:
        _pools.pop(place).close()


_here = cache(engine)


def _check_engine(expected: dict[str, str]) -> None:
    found = list(differences(expected, _here()))
    if found:
        raise InputError(
            f"a worker of the cluster would give other results: {'; '.join(found)}",
            remedy="install the same commsim and libraries on every worker as here",
        )
