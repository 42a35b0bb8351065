"""The text of the user's own strategies inside a plan that is kept, and what is asked before it is run.

Under ``own_strategies`` stands, by the name of each file, which ``kinds`` it has and its ``text``.
"""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from commsim.core.errors import InputError
from commsim.core.part import Part
from commsim.core.units import Name
from commsim.scenario.sheets.files import read_plan
from commsim.strategies import own
from commsim.strategies.base import Strategy
from commsim.strategies.registry import file_of, is_registered, kinds, register_file, register_text

KEY = "own_strategies"
_log = logging.getLogger(__name__)


class Kept(Part):
    """One file: the kinds of strategies in it, and its text."""

    kinds: tuple[Name, ...]
    text: str


_files = TypeAdapter(dict[Name, Kept] | None)


def kept(strategies: Iterable[Strategy]) -> dict[str, dict[str, Any]]:
    """What a plan with these strategies keeps under `KEY`; empty if all are of packages."""
    files = {file.text: file for strategy in strategies if (file := file_of(type(strategy)))}
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(files.values(), key=lambda file: (file.name, file.text)):
        name = file.name if file.name not in found else f"{own.hash_of(file.text)[:8]}-{file.name}"
        found[name] = {"kinds": [own.kind_of(cls) for cls in file.classes], "text": file.text}
    return found


def admit(data: Any, where: str) -> None:
    """Load what a plan keeps under `KEY`, if its user has given it to be run, now or before.

    where: the plan, or the folder that it is from.  Raises InputError if the user has not, or if the
    strategies of these kinds that are loaded are others.
    """
    for name, file in _read(data, where).items():
        if is_registered(file.text):
            continue
        _refuse_others(name, file, where)
        if not own.is_remembered(file.text):
            raise InputError(
                f"it brings strategies of its own, {name} ({', '.join(file.kinds)}), and these are a program"
                " that could do anything here",
                where=where,
                remedy=f"read it under {KEY} there; if you trust it, run it with --strategies {where}",
            )
        _log.warning("%s: running %s as it is kept there, which you have run before", where, name)
        register_text(file.text, name)


def admit_all(folder: Path) -> None:
    """`admit` what the plans in a folder of results keep; nothing if there is no such folder yet."""
    if folder.is_dir():
        for data in _plans(folder):
            admit(data, str(folder))


def take(path: Path) -> None:
    """Load strategies that the user gives to be run: a Python file, or what a plan or a folder keeps.

    Raises InputError.
    """
    if path.suffix == ".py":
        register_file(path)
        own.remember(own.read_text(path))
        return
    found = [file for data in _plans(path) for file in _read(data, str(path)).items()]
    if not found:
        raise InputError(
            f"no strategies are kept here under {KEY}",
            where=str(path),
            remedy="give a .py file, or a plan or a folder of results that was made with one",
        )
    for name, file in found:
        register_text(file.text, name)
        own.remember(file.text)


def _read(data: Any, where: str) -> Mapping[str, Kept]:
    try:
        return _files.validate_python(data) or {}
    except ValidationError as error:
        what = error.errors(include_url=False)[0]["msg"]
        remedy = "leave it as it was kept, or take it out and give the file to --strategies"
        raise InputError(f"{KEY} can't be read: {what}", where=where, remedy=remedy) from None


def _refuse_others(name: str, file: Kept, where: str) -> None:
    known = kinds()
    for kind in file.kinds:
        if kind not in known:
            continue
        given = file_of(known[kind])
        if given is None:
            what = f"the strategy {kind} that is installed here is not that of {name}, which it was made with"
            raise InputError(what, where=where, remedy=f"uninstall that one, or take {KEY} out of the plan")
        told = own.difference(file.text, given.text)
        raise InputError(
            f"{given.name} is not the {name} that it was made with",
            where=where,
            remedy=f"give that one, or take {KEY} out of the plan to run it with the other:\n{told}",
        )


def _plans(path: Path) -> Iterator[Any]:
    """What each plan of a file or a folder of results keeps under `KEY`."""
    if not path.is_dir():
        yield _plain(path).get(KEY)
        return
    for file in (*path.glob("scenario.yaml"), *sorted(path.glob("plan-*.yaml"))):
        yield _plain(file).get(KEY)
    for file in path.glob("design.json"):
        try:
            scenarios = json.loads(file.read_text(encoding="utf-8"))["scenarios"]
            yield from [scenario.get(KEY) for scenario in scenarios.values()]
        except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
            raise InputError(f"can't be read: {error}", where=str(file)) from None


def _plain(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = read_plan(file).plain()
    return found
