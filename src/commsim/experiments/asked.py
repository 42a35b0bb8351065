"""Runs that are asked for one batch after the other: which come next depends on what came of the last.

A sweep's schedule is fixed before its first run; a search's is not.  Here each run is known by what was asked
for, so that the same questions in another run of the program are answered from the folder, whatever killed it
and in whatever order they were.
"""

import hashlib
import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, Generic, Protocol, Self, TypeVar

from commsim.core.errors import InputError
from commsim.experiments.begin import ResumeRefused, differences
from commsim.experiments.cluster import Cluster
from commsim.experiments.limits import Loss
from commsim.experiments.lock import LOCK, locked
from commsim.experiments.pool import Pool, Tasks
from commsim.experiments.results import Result, lost
from commsim.experiments.store import put_text
from commsim.experiments.sweep import Manner
from commsim.experiments.workers import nothing
from commsim.records.folder import writing

RUNS, BEGUN = "asked.jsonl", "asked.json"
"""Files: a line per run, and what was begun."""
Question = tuple[Hashable, ...]
"""What is asked for, of plain numbers and tuples; it is all that a run depends on besides what is shared."""


class Plain(Protocol):
    """An answer: it gives itself as what JSON can hold."""

    def plain(self) -> dict[str, Any]:
        """All of it."""
        ...


Answer = TypeVar("Answer", bound=Plain)
Made = TypeVar("Made", bound=Plain, covariant=True)


class _Makers(Protocol[Made]):
    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...
    def stream(self, tasks: Tasks[Question]) -> Iterator[tuple[int, Made]]: ...


class Asked(Generic[Answer]):
    """Answers questions by runs of ``function(shared, question)``, each made once; see `answered`."""

    def __init__(
        self,
        file: Path,
        makers: _Makers[Answer],
        stack: ExitStack,
        revive: Callable[[dict[str, Any]], Answer],
    ) -> None:
        self._file, self._makers, self._stack, self._started = file, makers, stack, False
        self._revive = revive
        self._known = {_tupled(data["asked"]): revive(data) for data in _read(file)}

    def knows(self, question: Question) -> bool:
        """Whether there is an answer without a run."""
        return question in self._known

    def answers(
        self, questions: Sequence[Question], heard: Callable[[int], None] = lambda done: None
    ) -> list[Answer]:
        """What came of each; ``heard`` is told how many runs of this batch are done.

        What ``heard`` raises goes through; runs that were made are kept then too.
        """
        new = [one for one in dict.fromkeys(questions) if one not in self._known]
        if new:
            if not self._started:
                self._stack.enter_context(self._makers)
                self._started = True
            for done, (place, result) in enumerate(self._makers.stream(new), 1):
                self._keep(new[place], result)
                heard(done)
        return [self._known[one] for one in questions]

    def _keep(self, question: Question, answer: Answer) -> None:
        """Into the file; what is told is what was written, so that it is the same when gone on with."""
        line = json.dumps({"asked": question, **answer.plain()}).encode("ascii")
        self._known[question] = self._revive(json.loads(line))
        with writing(self._file.parent), self._file.open("ab") as stream:
            stream.write(_checksum(line) + b" " + line + b"\n")


def asked(
    function: Callable[[Any, Any], Result],
    shared: Any,
    out: Path,
    manner: Manner,
    begun: dict[str, Any],
    prepare: Callable[[], None] = nothing,
) -> AbstractContextManager["Asked[Result]"]:
    """Runs kept in a folder that is new, or was begun with the same; an error in a run is its result.

    function: ``function(shared, question)`` gives a run's result; picklable.  begun: all that answers depend
    on besides the question, as plain data.
    Raises `InputError` if the folder is in use or holds other things, `ResumeRefused` if something else was
    begun there.
    """
    return answered(function, shared, out, manner, begun, Result.revive, lost, prepare)


@contextmanager
def answered(
    function: Callable[[Any, Any], Answer],
    shared: Any,
    out: Path,
    manner: Manner,
    begun: dict[str, Any],
    revive: Callable[[dict[str, Any]], Answer],
    lost: Callable[[Loss], Answer],
    prepare: Callable[[], None] = nothing,
) -> Iterator[Asked[Answer]]:
    """The same with answers of any kind.

    An error that ``function`` raises ends the batch.  revive: makes an answer of its plain data.  lost: gives
    the answer of a run on a cluster whose process died, or raises.
    """
    _check_place(out)
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    with locked(out):
        _begin(out / BEGUN, begun)
        _mend(out / RUNS)
        with ExitStack() as stack:
            makers = _makers(function, shared, manner, prepare, lost)
            yield Asked(out / RUNS, makers, stack, revive)


def _makers(
    function: Callable[[Any, Any], Answer],
    shared: Any,
    manner: Manner,
    prepare: Callable[[], None],
    lost: Callable[[Loss], Answer],
) -> _Makers[Answer]:
    if manner.scheduler is not None:
        address = manner.scheduler
        return Cluster(function, shared, address, limits=manner.limits, prepare=prepare, lost=lost)
    if manner.apart:
        return Pool(function, shared, manner.workers, prepare=prepare, lost=lost, limits=manner.limits)
    return Pool(function, shared, manner.workers, prepare=prepare)


def _check_place(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise InputError("is a file, not a folder", where=str(out), remedy="give another --out")
    for file in (out / BEGUN, out / RUNS):
        if file.exists() and not file.is_file():
            raise InputError("is no file", where=str(file), remedy="take it away, or give another --out")
    ours = (out / BEGUN).exists()
    if out.is_dir() and not ours and any(entry.name != LOCK for entry in out.iterdir()):
        raise InputError("the folder holds other things", where=str(out), remedy="give another --out")


def _begin(file: Path, begun: dict[str, Any]) -> None:
    text = json.dumps(begun, indent=2, ensure_ascii=False)
    if file.exists():
        changes = list(differences(_begun_before(file), json.loads(text)))
        if changes:
            told = "\n  ".join(["it was begun with something else:", *changes[:6]])
            remedy = "give another --out, or put back what was there"
            raise ResumeRefused(told, where=str(file.parent), remedy=remedy)
    put_text(text + "\n", file)


def goes_on(out: Path, begun: dict[str, Any]) -> bool:
    """Whether a folder is new, or was begun with the same."""
    file = out / BEGUN
    return not file.exists() or not any(differences(_begun_before(file), json.loads(json.dumps(begun))))


def _begun_before(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        remedy = "copy it again from where it was made, or give another --out"
        what = "is damaged: it does not say what was begun"
        raise InputError(what, where=str(file), remedy=remedy) from error


def _checksum(line: bytes) -> bytes:
    return hashlib.blake2b(line, digest_size=8).hexdigest().encode()


def _sound(file: Path) -> Iterator[bytes]:
    """Lines that are as they were written, without their ends."""
    if not file.exists():
        return
    for line in file.read_bytes().split(b"\n"):
        digest, _, text = line.partition(b" ")
        if text and digest == _checksum(text):
            yield line


def _read(file: Path) -> Iterator[dict[str, Any]]:
    for line in _sound(file):
        yield json.loads(line.partition(b" ")[2])


def _tupled(value: Any) -> Any:
    return tuple(map(_tupled, value)) if isinstance(value, list) else value


def _mend(file: Path) -> None:
    """Take out a line that was cut off when the program was killed, and any other that is damaged."""
    kept = b"".join(line + b"\n" for line in _sound(file))
    if file.exists() and kept != file.read_bytes():
        put_text(kept.decode("ascii"), file)
