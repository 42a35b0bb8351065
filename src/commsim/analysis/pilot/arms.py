"""The two arms of a trial as scenarios: one plan before, and from the trial's first day on each its own.

What is done now is the second plan.  What it has done from its first day and without end has been going on
before; whatever else a plan does, and whatever of it happens on some day, is counted from the first day of
the trial.  In the arm of the first plan what was done before ends then, unless it does the same.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from commsim.core.errors import InputError
from commsim.core.units import MOST_DAYS, WEEKDAYS
from commsim.scenario.channels import Channel
from commsim.scenario.fields import card
from commsim.scenario.schema import Scenario
from commsim.scenario.target import Target
from commsim.strategies.base import Strategy

WEEK = len(WEEKDAYS)
_SECTIONS = ("products", "operator", "rivals")
"""Parts of a plan in which days of the run can stand, besides its strategies and sources."""
_OF_PEOPLE = {
    "community": "communities",
    "behaviour": "members' behaviour",
    "start": "first days",
    "several_groups": "groups that people sit in",
}
_OF_SHOP = ("products", "operator", "rivals", "seasons", "wants", "goods", "cash", "parties", "accounts")

_Entry = TypeVar("_Entry", Strategy, Channel)


class Arms(NamedTuple):
    """Both arms, and the days of a baseline that they have in common."""

    first: Scenario
    second: Scenario
    before: int


def arms(first: Scenario, second: Scenario, before: int, days: int) -> Arms:
    """The arms of a trial of so many days after a baseline; `InputError` where there can't be one."""
    for name, told in _OF_PEOPLE.items():
        if getattr(first, name) != getattr(second, name):
            raise InputError(
                f"the {told} of the two plans differ, and no lot can change that",
                where=f"{first.name} and {second.name}, {name}",
                remedy="let one plan extend the other, and change what the operator does",
            )
    if before % WEEK or before < 0:
        raise InputError(
            f"a baseline of {before} days shifts the weekdays of the plans",
            where="--before",
            remedy="give whole weeks, such as 28, or 0 for none",
        )
    if before + days > MOST_DAYS:
        raise InputError(f"{before + days} days are too long", where="--days", remedy="give fewer")
    return Arms(
        _arm(first, second, before, before + days), _arm(second, second, before, before + days), before
    )


def unlike(first: Scenario, second: Scenario) -> list[str]:
    """Sections of the shop in which the plans differ: each arm has its own in the baseline too."""
    return [name for name in _OF_SHOP if getattr(first, name) != getattr(second, name)]


def _arm(plan: Scenario, usual: Scenario, before: int, days: int) -> Scenario:
    top = {name: getattr(plan, name) for name in Scenario.model_fields}
    top |= {name: _moved(top[name], before) for name in _SECTIONS}
    top |= {"start": plan.start - dt.timedelta(days=before), "days": days}
    top |= {"limits": None, "target": Target()}
    for name in ("strategies", "sources"):
        entries = tuple(_calendar(getattr(plan, name), getattr(usual, name), before))
        top[name] = tuple(_cut(one, days) for one in entries if one.starts < days)
    try:
        return Scenario.model_validate(top)
    except ValidationError as error:
        told = error.errors()[0]["msg"]
        remedy = "give --before 0, or name strategies of different kinds differently"
        what = f"can't follow on {usual.name}: {told}"
        raise InputError(what, where=plan.name, remedy=remedy) from error


def _calendar(entries: tuple[_Entry, ...], usual: tuple[_Entry, ...], before: int) -> Iterator[_Entry]:
    """What is done: the usual before, then the entries of the plan."""
    if not before:
        yield from entries
        return
    standing = [one for one in usual if _is_standing(one)]
    for entry in entries:
        _refuse_waiting(entry)
        if _is_standing(entry) and entry in standing:
            yield entry
        else:
            yield _later(entry, before)
    for one in standing:
        if one not in entries:
            same = [entry for entry in entries if entry.name == one.name]
            warm_up = max((getattr(entry, "warm_up", 0) for entry in same), default=0)
            if (last := before - 1 - warm_up) >= 0:
                yield one.model_copy(update={"ends": last})


def _is_standing(entry: Strategy | Channel) -> bool:
    return entry.starts == 0 and entry.ends is None


def _refuse_waiting(entry: Strategy | Channel) -> None:
    if getattr(entry, "when", None) is not None:
        raise InputError(
            "waits for a state of its groups, which may be reached before the trial",
            where=entry.name,
            remedy="give --before 0",
        )


def _later(entry: _Entry, by: int) -> _Entry:
    """A strategy or source so many days later, a whole number of weeks."""
    update = _days_of(entry, by)
    weeks = getattr(entry, "weeks", ())
    cycle = getattr(entry, "cycle", None)
    if weeks:
        shifted = [week + by // WEEK for week in weeks]
        update["weeks"] = tuple(sorted({(week - 1) % cycle + 1 for week in shifted} if cycle else shifted))
    if isinstance(entry, Channel):
        update["waves"] = _moved(entry.waves, by)
    return entry.model_copy(update=update)


def _cut(entry: _Entry, days: int) -> _Entry:
    late = entry.ends is not None and entry.ends >= days
    return entry.model_copy(update={"ends": None}) if late else entry


def _moved(part: Any, by: int) -> Any:
    """A part of a plan with its days later; what is so from the first day stays so."""
    if isinstance(part, tuple):
        return tuple(_moved(one, by) for one in part)
    if not isinstance(part, BaseModel):
        return part
    update = {name: one + by for name, one in _days_of(part, 0).items() if one > 0}
    for name in type(part).model_fields:
        inner = getattr(part, name)
        if isinstance(inner, tuple) and any(isinstance(one, BaseModel) for one in inner):
            update[name] = _moved(inner, by)
    return part.model_copy(update=update) if update else part


def _days_of(part: BaseModel, by: int) -> dict[str, Any]:
    """Its settings that are days of the run, so many later."""
    fields = type(part).model_fields.items()
    found = {name: getattr(part, name) for name, field in fields if card(field).get("unit") == "day"}
    return {name: value + by for name, value in found.items() if value is not None}
