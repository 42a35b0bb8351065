"""Every run of a schedule, kept in a folder: begun, gone on with, and finished."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

from commsim.core.arrays import Floats, Ints
from commsim.core.errors import CommsimError, Exit
from commsim.core.harmless import for_terminal
from commsim.experiments.begin import begin, check_place
from commsim.experiments.cluster import Cluster
from commsim.experiments.limits import Limits
from commsim.experiments.lock import locked
from commsim.experiments.pool import Pool, Tasks
from commsim.experiments.progress import Meter, Progress
from commsim.experiments.results import Result, failure, lost
from commsim.experiments.schedule import Planned, Run, Schedule
from commsim.experiments.store import Store
from commsim.experiments.tables import Layout
from commsim.experiments.workers import nothing
from commsim.records.checksums import sealed
from commsim.records.folder import writing
from commsim.records.manifest import provenance
from commsim.records.sweep import HISTORY


class TooManyFailures(CommsimError):
    """As many runs failed as were allowed."""

    exit_code = Exit.RUNS_FAILED


@dataclass(frozen=True)
class Job:
    """What is run at each point, and the names of what it gives (see `Result`).

    function: must be picklable; an error that it raises is the result of that run.  prepare: what each
    process does before its first run, such as loading a compiler.
    """

    function: Callable[[Any, Run], Result]
    outcomes: tuple[str, ...]
    series: tuple[str, ...]
    prepare: Callable[[], None] = nothing


@dataclass(frozen=True)
class Manner:
    """How runs are made; the results do not depend on it, but for runs that break a limit.

    workers: local processes, None for one per processor.  scheduler: address of a Dask cluster instead.
    limits: what one run may take; a run that takes more is a failure.
    apart: local runs are made by other processes alone, so that this one stays free for somebody who waits.
    max_failures: stop as soon as so many runs have failed; None for never.  retry_failed: make runs again
    that failed before.  command: what was typed, for the history.
    """

    workers: int | None = None
    scheduler: str | None = None
    limits: Limits = field(default_factory=Limits)
    max_failures: int | None = None
    retry_failed: bool = False
    command: Sequence[str] = ()
    apart: bool = False


class Makers(Protocol):
    """Makes runs, here or elsewhere; a context manager."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...
    def stream(self, tasks: Tasks[int]) -> Iterator[tuple[int, Result]]:
        """Place and result of every run, as they come in; a task is a run's number in the schedule."""
        ...


def carry_out(
    design: Planned,
    job: Job,
    out: str | Path,
    manner: Manner,
    tell: Callable[[Progress], None] = lambda p: None,
) -> Progress:
    """Make every run of a design that the folder does not hold yet; ``tell`` hears after every one.

    Raises as `opened`, and `TooManyFailures`.
    """
    with opened(design, job, out, manner, tell) as runs:
        return runs.make(runs.left)


@contextmanager
def opened(
    design: Planned,
    job: Job,
    out: str | Path,
    manner: Manner,
    tell: Callable[[Progress], None] = lambda p: None,
    makers: "Lasting | None" = None,
) -> Iterator["Runs"]:
    """The runs of a design in a folder that is new, or was begun with the same design.

    makers: what makes them, if that has been started already and goes on after them.
    Raises `InputError` if the folder is in use, can't be written or holds something else;
    `commsim.experiments.begin.ResumeRefused` if it was begun with something else.
    """
    folder, schedule = Path(out), Schedule(design)
    layout = Layout(tuple(design.columns), job.outcomes, job.series)
    check_place(folder)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with locked(folder):
        manifest = begin(folder, schedule, layout)
        _note_start(folder, manner, manifest)
        store = Store(folder, schedule, layout, manifest, retry=manner.retry_failed)
        meter = Meter(folder, len(schedule), tell)
        with ExitStack() as stack:
            ours = makers.of(schedule) if makers else _makers(attempt, (job.function, schedule), job, manner)
            yield Runs(store, ours, manner.max_failures, meter, stack)


class Runs:
    """Runs of a schedule, made as they are asked for and kept; what makes them starts with the first."""

    def __init__(
        self, store: Store, makers: "Makers", most_failures: int | None, meter: Meter, stack: ExitStack
    ) -> None:
        self._store, self._makers, self._most, self._meter = store, makers, most_failures, meter
        self._stack, self._started = stack, False

    @property
    def left(self) -> Ints:
        """Numbers of the runs that are not kept yet."""
        return self._store.left

    def make(self, numbers: Ints, heard: Callable[[int], None] = lambda done: None) -> Progress:
        """Make these runs, none of which is kept yet; ``heard`` is told how many of them are done.

        Raises `TooManyFailures`, and what ``heard`` raises; the runs that were made are kept then too.
        """
        left: list[int] = numbers.tolist()
        self._note()
        try:
            if left:
                self._check_failures()
                for done, (place, result) in enumerate(self._begun().stream(left), 1):
                    self._store.add(left[place], result)
                    heard(done)
                    self._note()
                    self._check_failures()
        finally:
            found = self._note(last=True)
        return found

    def values(self, numbers: Ints) -> Floats:
        """Outcomes of runs that are kept, runs x outcomes; not a number where a run failed."""
        return self._store.values(numbers)

    def _begun(self) -> "Makers":
        if not self._started:
            self._stack.enter_context(self._makers)
            self._started = True
        return self._makers

    def _note(self, *, last: bool = False) -> Progress:
        return self._meter.note(self._store.done, self._store.failed, last=last)

    def _check_failures(self) -> None:
        if self._most is not None and self._store.failed >= self._most:
            raise TooManyFailures(
                f"stopped: {self._store.failed} of {self._store.done} runs failed",
                remedy="see the table of failures; --retry-failed tries them again",
            )


def _note_start(folder: Path, manner: Manner, manifest: dict[str, Any]) -> None:
    """With a copy of the manifest, from which it is put back if it gets lost."""
    line = {**provenance(manner.command), "manifest": json.loads(sealed(manifest))}
    with writing(folder), (folder / HISTORY).open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(for_terminal(json.dumps(line, ensure_ascii=False)) + "\n")


def _makers(
    function: Callable[[Any, Any], Result], shared: Any, job: Job, manner: Manner
) -> "Pool[Any, Any, Result] | Cluster[Any, Any, Result]":
    if manner.scheduler is not None:
        return Cluster(
            function, shared, manner.scheduler, limits=manner.limits, prepare=job.prepare, lost=lost
        )
    return Pool(function, shared, manner.workers, limits=manner.limits, prepare=job.prepare, lost=lost)


class Lasting:
    """Makers whose processes start once for several schedules of the same job; a context manager.

    common: what takes the place of the design for ``job.function``.
    """

    def __init__(self, job: Job, common: Any, manner: Manner) -> None:
        self._makers = _makers(attempt_run, (job.function, common), job, manner)
        self._stack, self._started = ExitStack(), False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def of(self, schedule: Schedule) -> Makers:
        """Makers of the runs of a schedule."""
        return _Numbered(self, schedule)

    def stream(self, runs: list[Run]) -> Iterator[tuple[int, Result]]:
        """Place and result of every run, as they come in."""
        if not self._started:
            self._stack.enter_context(self._makers)
            self._started = True
        yield from self._makers.stream(runs)


class _Numbered:
    """Makers of a schedule, which are others' and last longer."""

    def __init__(self, makers: Lasting, schedule: Schedule) -> None:
        self._makers, self._schedule = makers, schedule

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        return

    def stream(self, tasks: Tasks[int]) -> Iterator[tuple[int, Result]]:
        """See `Makers`."""
        return self._makers.stream([self._schedule[tasks[place]] for place in range(len(tasks))])


def attempt(shared: tuple[Callable[[Any, Run], Result], Schedule], number: int) -> Result:
    """One run; an error in it is its result, also one that would end a program.

    It is made in a process that hears no Ctrl-C, so what looks like one is the doing of a strategy.
    """
    function, schedule = shared
    try:
        return function(schedule.design, schedule[number])
    except BaseException as error:
        return failure(error)


def attempt_run(shared: tuple[Callable[[Any, Run], Result], Any], run: Run) -> Result:
    """The same of a run that is handed over as it is."""
    function, common = shared
    try:
        return function(common, run)
    except BaseException as error:
        return failure(error)
