"""What nobody knows about plans: numbers about people, and those that the plans themselves assume.

An unknown is a parameter of behaviour, or a setting of a plan whose card says ``assumed``.  Its range is what
evidence allows; half to twice its value where nobody says.  Only unknowns are listed that the plans
use: sections of behaviour that belong to mechanisms of theirs, and assumptions of their strategies.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from commsim.core.mechanism import mechanisms
from commsim.core.units import Grade, to_yuan
from commsim.experiments.design.paths import changed
from commsim.scenario.behaviour import Core
from commsim.scenario.channel_kinds import STEPS
from commsim.scenario.channels import Channel
from commsim.scenario.errors import SettingPath
from commsim.scenario.fields import card, holds, limits
from commsim.scenario.schema import Product, Scenario
from commsim.strategies.base import Strategy


class Where(NamedTuple):
    """A setting that an unknown stands for: the number of the plan, and the path in it."""

    plan: int
    path: SettingPath


@dataclass(frozen=True, slots=True)
class Unknown:
    """A number that nobody knows, and all settings of the plans that it stands for.

    value: as the plans have it.  low, high: ends of its range, in the unit of the setting.  logarithmic: it
    spreads evenly in its logarithm.  whole: it is an integer.  not_below: of the same part, the setting that
    it is never less than.
    """

    name: str
    about: str
    unit: str
    grade: Grade
    source: str
    value: float
    low: float
    high: float
    logarithmic: bool
    whole: bool
    not_below: str
    places: tuple[Where, ...]

    def at(self, position: float) -> float:
        """The value at a position from 0, the low end, to 1."""
        if self.logarithmic:
            found = self.low * (self.high / self.low) ** position
        else:
            found = self.low + (self.high - self.low) * position
        found = min(max(found, self.low), self.high)
        if self.whole:
            return float(round(found))
        return round(found, 2) if self.unit == "yuan" else float(found)

    def position(self, value: float) -> float:
        """Where a value lies between the ends."""
        from math import log

        if self.logarithmic:
            return log(value / self.low) / log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


class _Assumed(NamedTuple):
    """One setting that is unknown, in one plan; ``entry`` tells apart what has the same name."""

    name: str
    entry: str
    where: Where
    field: FieldInfo
    value: float


def unknowns(plans: Sequence[Scenario], besides: Collection[str] = ()) -> tuple[Unknown, ...]:
    """What is unknown of plans that are compared, each unknown once.

    besides: names of settings that count as unknown though their cards don't say that they are assumed.

    Settings of one name and one value in several places are one unknown.  Behaviour that the plans put
    differently is left as they put it, and so is a setting where a plan can't have an end of the range.
    """
    found: dict[tuple[str, float], list[_Assumed]] = {}
    for one in (*_of_behaviour(plans), *_of_plans(plans, besides)):
        found.setdefault((one.name, one.value), []).append(one)
    names = [name for name, _ in found]
    made = []
    for (name, value), several in found.items():
        told = ", ".join(filter(None, (several[0].entry, f"{value:g}")))
        label = name if names.count(name) == 1 else f"{name} ({told})"
        unknown = _unknown(label, several)
        if unknown is not None and _is_possible(plans, unknown):
            made.append(unknown)
    return tuple(made)


def _is_possible(plans: Sequence[Scenario], unknown: Unknown) -> bool:
    """Whether the plans can have both ends; behaviour always can."""
    if all(path[0] == "behaviour" for _, path in unknown.places):
        return True
    try:
        for end in (unknown.low, unknown.high):
            supposed(plans, (unknown,), {unknown.name: end})
    except ValidationError:
        return False
    return True


def _of_behaviour(plans: Sequence[Scenario]) -> Iterator[_Assumed]:
    """Parameters of behaviour that any of the plans uses and that are the same in all."""
    used = frozenset().union(*(plan.mechanisms for plan in plans))
    sections = (*Core.model_fields, *(one.name for one in mechanisms() if one.behaviour and one in used))
    for section in sections:
        for name, field in type(getattr(plans[0].behaviour, section)).model_fields.items():
            values = [getattr(getattr(plan.behaviour, section), name) for plan in plans]
            if _is_number(values[0]) and values.count(values[0]) == len(values):
                for number in range(len(plans)):
                    where = Where(number, ("behaviour", section, name))
                    yield _Assumed(f"{section}.{name}", "", where, field, _shown(field, values[0]))


def _of_plans(plans: Sequence[Scenario], besides: Collection[str]) -> Iterator[_Assumed]:
    """Settings of the plans that are assumed."""
    for number, plan in enumerate(plans):
        for section in Scenario.model_fields:
            if section != "behaviour":
                yield from _below(getattr(plan, section), section, "", Where(number, (section,)), besides)


def _below(here: Any, name: str, entry: str, where: Where, besides: Collection[str]) -> Iterator[_Assumed]:
    """Those of a part of a plan, or of each part in a list."""
    if isinstance(here, tuple):
        for k, item in enumerate(here):
            called = item.kind if isinstance(item, Strategy) else name
            inner = Where(where.plan, (*where.path, k))
            yield from _below(item, called, getattr(item, "name", entry) or entry, inner, besides)
    elif isinstance(here, BaseModel) and not _is_own(here):
        if isinstance(here, Channel):
            yield from _steps(here, where)
        for field_name, field in type(here).model_fields.items():
            value, path = getattr(here, field_name), (*where.path, field_name)
            if isinstance(value, BaseModel | tuple):
                yield from _below(value, f"{name}.{field_name}", entry, Where(where.plan, path), besides)
            elif _is_number(value) and _is_unknown(f"{name}.{field_name}", here, field, besides):
                told = _shown(field, value)
                yield _Assumed(f"{name}.{field_name}", entry, Where(where.plan, path), field, told)


def _shown(field: FieldInfo, value: float) -> float:
    """A value in the unit of the setting: yuan for money."""
    return float(to_yuan(round(value)) if card(field).get("unit") == "yuan" else value)


def _steps(channel: Channel, where: Where) -> Iterator[_Assumed]:
    """Steps of a source that the plan leaves to what is usual."""
    for step in STEPS:
        if getattr(channel.steps, step) is None:
            path, field = (*where.path, "steps", step), type(channel.steps).model_fields[step]
            usual = float(getattr(channel.usual, step))
            yield _Assumed(f"sources.steps.{step}", channel.name, Where(where.plan, path), field, usual)


def _is_own(part: BaseModel) -> bool:
    """Whether a part reads a file of the user's, which knows better."""
    return getattr(part, "file", None) is not None


def _is_unknown(name: str, part: BaseModel, field: FieldInfo, besides: Collection[str]) -> bool:
    """Whether a setting, by the last part of its name, is assumed and does something."""
    assumed = card(field).get("assumed") or name in besides
    return bool(assumed) and not _is_idle(part, name.rpartition(".")[2])


def _is_idle(part: BaseModel, setting: str) -> bool:
    """Whether a setting does nothing, because the part does not use it."""
    return isinstance(part, Product) and setting == "effect_works" and part.effect_days is None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _unknown(name: str, several: list[_Assumed]) -> Unknown | None:
    """The unknown of settings that are one; None where it has no range."""
    field, value = several[0].field, several[0].value
    told, whole = card(field), holds(field.annotation, int) and card(field)["unit"] != "yuan"
    least, most = limits(field)
    low, high = told.get("plausible") or (value / 2, value * 2)
    low = min(value, low if least is None else max(low, least))
    high = max(value, high if most is None else min(high, most))
    if not low < high:
        return None
    return Unknown(
        name=name,
        about=field.description or "",
        unit=told["unit"],
        grade=told["grade"],
        source=told["source"],
        value=value,
        low=float(low),
        high=float(high),
        logarithmic="plausible" not in told and low > 0,
        whole=whole,
        not_below=told.get("not_below", ""),
        places=tuple(one.where for one in several),
    )


def supposed(
    plans: Sequence[Scenario], unknown: Sequence[Unknown], values: Mapping[str, float]
) -> tuple[Scenario, ...]:
    """The plans where some unknowns have other values, by their names; the same in all plans.

    Raises pydantic's ValidationError for values that a plan can't have.
    """
    changes: list[dict[SettingPath, Any]] = [{} for _ in plans]
    moved = [one for one in unknown if one.name in values]
    for one in moved:
        value = values[one.name]
        for plan, path in one.places:
            changes[plan][path] = round(value) if one.whole else value
    for one in moved:
        for plan, path in one.places if one.not_below else ():
            other = (*path[:-1], one.not_below)
            least = changes[plan][other] if other in changes[plan] else _now(plans[plan], other)
            changes[plan][path] = max(changes[plan][path], least)
    return tuple(changed(plan, new) if new else plan for plan, new in zip(plans, changes, strict=True))


def _now(plan: Scenario, path: SettingPath) -> Any:
    here: Any = plan
    for part in path:
        here = here[part] if isinstance(part, int) else getattr(here, part)
    return here
