"""Runs that are asked for one batch after the other: which come next depends on what came of the last.

A sweep's schedule is fixed before its first run; a search's is not.  Here each run is known by what was asked
for, so that the same questions in another run of the program are answered from the folder, whatever killed it
and in whatever order they were.
"""

import hashlib
import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol, Self

from commsim.core.errors import InputError
from commsim.experiments.begin import ResumeRefused, differences
from commsim.experiments.cluster import Cluster
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


class _Makers(Protocol):
    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...
    def stream(self, tasks: Tasks[Question]) -> Iterator[tuple[int, Result]]: ...


class Asked:
    """Answers questions by runs of ``function(shared, question)``, each made once; see `asked`."""

    def __init__(self, file: Path, makers: _Makers, stack: ExitStack) -> None:
        self._file, self._makers, self._stack, self._started = file, makers, stack, False
        self._known = dict(_read(file))

    def knows(self, question: Question) -> bool:
        """Whether there is an answer without a run."""
        return question in self._known

    def answers(
        self, questions: Sequence[Question], heard: Callable[[int], None] = lambda done: None
    ) -> list[Result]:
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

    def _keep(self, question: Question, result: Result) -> None:
        self._known[question] = result
        line = json.dumps({"asked": question, **result.plain()}).encode("ascii")
        with writing(self._file.parent), self._file.open("ab") as stream:
            stream.write(_checksum(line) + b" " + line + b"\n")


@contextmanager
def asked(
    function: Callable[[Any, Any], Result],
    shared: Any,
    out: Path,
    manner: Manner,
    begun: dict[str, Any],
    prepare: Callable[[], None] = nothing,
) -> Iterator[Asked]:
    """Runs kept in a folder that is new, or was begun with the same.

    function: ``function(shared, question)`` gives a run's result, an error in it too; picklable.  begun: all
    that answers depend on besides the question, as plain data.
    Raises `InputError` if the folder is in use or holds other things, `ResumeRefused` if something else was
    begun there.
    """
    _check_place(out)
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    with locked(out):
        _begin(out / BEGUN, begun)
        _mend(out / RUNS)
        with ExitStack() as stack:
            yield Asked(out / RUNS, _makers(function, shared, manner, prepare), stack)


def _makers(
    function: Callable[[Any, Any], Result], shared: Any, manner: Manner, prepare: Callable[[], None]
) -> _Makers:
    if manner.scheduler is not None:
        address = manner.scheduler
        return Cluster(function, shared, address, limits=manner.limits, prepare=prepare, lost=lost)
    return Pool(function, shared, manner.workers, prepare=prepare)


def _check_place(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise InputError("is a file, not a folder", where=str(out), remedy="give another --out")
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


def _read(file: Path) -> Iterator[tuple[Question, Result]]:
    for line in _sound(file):
        data = json.loads(line.partition(b" ")[2])
        yield _tupled(data["asked"]), Result.revive(data)


def _tupled(value: Any) -> Any:
    return tuple(map(_tupled, value)) if isinstance(value, list) else value


def _mend(file: Path) -> None:
    """Take out a line that was cut off when the program was killed, and any other that is damaged."""
    kept = b"".join(line + b"\n" for line in _sound(file))
    if file.exists() and kept != file.read_bytes():
        put_text(kept.decode("ascii"), file)
