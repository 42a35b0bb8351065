"""The trainer's notes: a sheet for each step of the lesson, from the same words and numbers as the page."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined

from commsim.page.lesson import FOLDER, Step, grade, of_source, plans, sources, steps, told
from commsim.page.typical import lesson_worlds

_MINUS = "\N{MINUS SIGN}"


def notes(lang: str) -> str:
    """All sheets as one HTML page.  lang: en or zh."""
    say = yaml.safe_load((FOLDER / "notes.yaml").read_text(encoding="utf-8"))[lang]
    kept, worlds = lesson_worlds()
    sheets = [
        _sheet(step, number, found, worlds, lang, say)
        for number, (step, found) in enumerate(zip(steps(), kept, strict=True), 1)
    ]
    page = (FOLDER / "notes.html").read_text(encoding="utf-8")
    made = Environment(autoescape=True, undefined=StrictUndefined).from_string(page)
    return made.render(lang="zh-CN" if lang == "zh" else lang, say=say, sheets=sheets)


def _sheet(
    step: Step, number: int, found: Mapping[str, Any], worlds: int, lang: str, say: Mapping[str, str]
) -> dict[str, Any]:
    words, (left, right) = told(lang)[step.name], found["ahead"]
    level = worlds - left - right
    shows = "abc"[[left, right, level].index(max(left, right, level))]
    ahead = say["ahead"].format(left=left, right=right, level=level, worlds=worlds)
    unit, run = _dictionary(lang)[f"lesson.unit.{step.measure}"], say["run"].format(seed=found["seed"])
    return {
        "words": words,
        "drawn": step.drawn,
        "place": say["step"].format(step=number, steps=len(steps())),
        "heading": say["numbers"].format(worlds=worlds),
        "sides": [
            _side(step, say[side], plan.name, found[side], lang, say)
            for side, plan in zip(("left", "right"), plans(step), strict=True)
        ],
        "told": say["told"].format(unit=unit, ahead=ahead, run=run),
        "verdict": words[shows],
        "sources": [
            say["source"].format(
                name=of_source(one.name, lang), grade=grade(one), reference=of_source(one.reference, lang)
            )
            for one in sources(step)
        ],
    }


def _side(
    step: Step, side: str, plan: str, found: Sequence[float], lang: str, say: Mapping[str, str]
) -> tuple[str, str, str]:
    """A side and its plan, the number in the middle, and between which nine in ten worlds lie."""
    low, middle, high = (number(step, value) for value in found)
    name = _dictionary(lang).get(f"plan.{plan}", plan)
    return say["side"].format(side=side, plan=name), middle, say["span"].format(low=low, high=high)


def number(step: Step, value: float) -> str:
    """What a step asks, as the page writes it."""
    digits = int(step.scale["digits"])
    shown = round(value, digits) + 0.0
    sign = "+" if step.measure == "own" and shown else ""
    return f"{shown:{sign},.{digits}f}".replace("-", _MINUS)


@cache
def _dictionary(lang: str) -> dict[str, Any]:
    text = (files("commsim.page") / "static" / f"{lang}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))
