"""Every default of the model with what it rests on: value, range, unit, source, kind of study, grade."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pydantic import BaseModel

from commsim.core.errors import InputError
from commsim.core.source import Source, Study
from commsim.core.units import NO_NUMBER
from commsim.scenario.fields import Setting, range_text, settings, value_text
from commsim.scenario.group_kinds import BY_KIND
from commsim.scenario.schema import Scenario
from commsim.strategies.base import Strategy
from commsim.strategies.registry import kinds
from commsim.validation.sources import cited, kinds_of_study

NO_CLAIM: frozenset[Study] = frozenset({"choice", "rule"})
NO_GRADE = "-"
"""Instead of a grade where a setting says nothing about people: the user's own choice, or a fixed rule."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A default and what it rests on.

    setting: path, default, unit, limits, plausible range and source as people read them.
    studies: the kinds of study behind it, those that the card names first.  grade: A to D, or `NO_GRADE`.
    """

    setting: Setting
    studies: tuple[Study, ...]
    grade: str

    @property
    def sources(self) -> tuple[Source, ...]:
        """The studies that the card names."""
        return cited(self.setting.source)


def evidence(name: str | None = None, grade: str | None = None) -> list[Evidence]:
    """All defaults, or those under a name: a path, a section, a strategy, or a setting's own name.

    grade: only those of this grade.  Raises `InputError` with the nearest name if there is none.
    """
    found = list(_all(tuple(kinds().items())))
    if name is not None:
        found = _under(name.strip(), found)
    return [one for one in found if grade in (None, one.grade)]


@lru_cache(maxsize=8)
def _all(strategies: tuple[tuple[str, type[Strategy]], ...]) -> tuple[Evidence, ...]:
    """Gathered once: a report asks several times."""
    return tuple(_judged(setting) for setting in _all_settings(strategies))


def _all_settings(strategies: Iterable[tuple[str, type[Strategy]]]) -> Iterator[Setting]:
    """Settings with a default that is a number or a choice.

    What a kind of groups sets stands under ``community.kind``, each strategy's own under its kind.
    """
    core = list(_with_value(Scenario, "", ()))
    yield from core
    yield from _set_by_kinds({setting.path: setting for setting in core})
    for kind, cls in strategies:
        yield from _with_value(cls, f"{kind}.", Strategy.model_fields)


def _with_value(model: type[BaseModel], prefix: str, known: Iterable[str]) -> Iterator[Setting]:
    skipped = {f"{prefix}{name}" for name in known}
    for setting in settings(model, prefix):
        if (
            setting.path not in skipped
            and setting.unit not in NO_NUMBER | {""}
            and setting.default != "required"
        ):
            yield setting


def _set_by_kinds(declared: Mapping[str, Setting]) -> Iterator[Setting]:
    for kind, sets in BY_KIND.items():
        for path, (value, plausible, source, grade) in sets.items():
            yield declared[f"behaviour.{path}"]._replace(
                path=f"community.kind.{kind}.{path}",
                default=value_text(value),
                plausible=range_text(*plausible, "-"),
                source=source,
                grade=grade,
            )


def _judged(setting: Setting) -> Evidence:
    studies = kinds_of_study(setting.source)
    return Evidence(setting, studies, NO_GRADE if NO_CLAIM.intersection(studies) else setting.grade)


def _under(name: str, found: list[Evidence]) -> list[Evidence]:
    wanted = _parts(name)
    under = [one for one in found if _holds(_parts(one.setting.path), wanted)]
    if under and name:
        return under
    known = sorted({part for one in found for part in _parts(one.setting.path)})
    close = difflib.get_close_matches(name, [*known, *(one.setting.path for one in found)], n=1)
    hint = f"did you mean {close[0]}? " if close else ""
    raise InputError(
        "no default has this name",
        where=name,
        remedy=f"{hint}give a section such as buying, a strategy such as red_envelope, or a setting",
    )


def _parts(path: str) -> list[str]:
    return path.replace("[]", "").replace("-", "_").split(".")


def _holds(path: list[str], wanted: list[str]) -> bool:
    """Whether the wanted parts stand in a path one after another."""
    return any(path[at : at + len(wanted)] == wanted for at in range(len(path)))
