"""The lesson: its steps, what each asks and rests on, and its words in both languages."""

from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import yaml

from commsim.core.source import Source, Study
from commsim.report.messages import in_chinese
from commsim.scenario.load import load
from commsim.scenario.schema import Scenario
from commsim.validation.sources import SOURCES

FOLDER = files("commsim.page") / "lessons"
GRADES: dict[Study, str] = {
    "randomised experiment": "A",
    "natural experiment": "A",
    "meta-analysis": "B",
    "observational data": "B",
    "refit of public data": "B",
    "survey": "C",
    "small study": "C",
    "company figures": "C",
}
"""How well a study of each kind measures, where it was made; D for all others."""


@dataclass(frozen=True)
class Step:
    """One step.

    plans: files of the two sides.  measure: what is guessed, of which side (`asked`: 0 left, 1 right), on a
    `scale`.  drawn: as a course in place of a number.  point: the answer (a, b or c) that it is about.
    """

    name: str
    plans: tuple[str, str]
    measure: str
    asked: int
    point: str
    sources: tuple[str, ...]
    drawn: bool = False
    scale: dict[str, float] = field(default_factory=dict)


@cache
def steps() -> tuple[Step, ...]:
    """All steps, in their order."""
    return tuple(Step(**{**told, "scale": _scale(told)}) for told in _read("steps")["steps"])


def least(step: Step) -> float:
    """What is no difference between the two sides of a step."""
    return float(step.scale["least"])


def plans(step: Step) -> tuple[Scenario, ...]:
    """The plans of both sides."""
    with as_file(FOLDER) as folder:
        return tuple(load(folder / f"{name}.yaml") for name in step.plans)


def for_page() -> list[dict[str, Any]]:
    """The steps as the page is told them, with the grade of each source."""
    return [asdict(step) | {"sources": [(one.name, grade(one)) for one in sources(step)]} for step in steps()]


def of_source(text: str, lang: str) -> str:
    """The name of a study, or where it is to be found, in a language."""
    return in_chinese(text) if lang == "zh" else text


def sources(step: Step) -> list[Source]:
    """The studies that a step's fact rests on, in its order."""
    known = {source.name: source for source in SOURCES}
    return [known[name] for name in step.sources]


def grade(source: Source) -> str:
    """A to D."""
    return GRADES.get(source.kind, "D")


@cache
def told(lang: str) -> dict[str, dict[str, Any]]:
    """The words of each step in a language: texts by part, and lists of them."""
    return _read(lang)


def words(lang: str) -> dict[str, Any]:
    """The same by the keys of the page's dictionary, without what only the notes say."""
    names = {one.name for step in steps() for one in sources(step)}
    return {f"lesson.study.{name}": of_source(name, lang) for name in names} | {
        f"lesson.{name}.{part}": text
        for name, parts in told(lang).items()
        for part, text in parts.items()
        if part not in ("say", "discuss", "unknown")
    }


def _scale(step: dict[str, Any]) -> dict[str, float]:
    found: dict[str, float] = _read("steps")["measures"][step["measure"]] | step.get("scale", {})
    return found


@cache
def _read(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))
