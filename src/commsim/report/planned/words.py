"""Choices, their values and ranges of leads, as people read them."""

from typing import Any

from commsim.analysis.intervals import Interval
from commsim.analysis.planning.planned import Change, Planned
from commsim.analysis.uncertainty import Doubt
from commsim.core.measures import find
from commsim.report.language import Language
from commsim.report.numbers import limits


def lever(change: Change, say: Language) -> str:
    """The lever in the reader's language, where it has the name of what it is of."""
    if say.code == "en" or not change.item:
        return change.lever
    name = say.kind(change.kind) if change.item == change.kind else change.item
    if change.setting == "on":
        return name
    if change.setting == "later":
        return say("{name}, days later", name=name)
    general = say.words.get(f"field.strategy.{change.setting}", change.setting)
    return f"{name} {say.words.get(f'field.{change.kind}.{change.setting}', general)}"


def told_change(change: Change, say: Language) -> str:
    """What is otherwise, as ``flash_sale price 20 -> 18``."""
    return f"{lever(change, say)} {value_of(change.before, say)} -> {value_of(change.after, say)}"


def value_of(value: Any, say: Language) -> str:
    """A value of a lever, with four digits or more, or in words."""
    if isinstance(value, bool):
        return say("true") if value else say("false")
    if isinstance(value, float):
        return f"{value:.10g}"
    return " ".join(say(word) for word in value.split()) if isinstance(value, str) else str(value)


def nine_in_ten(found: Planned, doubt: Doubt, say: Language) -> str:
    """Between what nine in ten leads over the ranges lie."""
    return limits(Interval(doubt.low, doubt.low, doubt.high), find(found.metric).unit, say)


def candidate_called(name: str, say: Language) -> str:
    """Its number in the reader's language; other names stay as they are."""
    kind, _, number = name.partition(" ")
    return say("plan {number}", number=number) if kind == "plan" and number.isdigit() else name
