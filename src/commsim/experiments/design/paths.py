"""Settings of a scenario by their paths: finding them, and putting other values there."""

import re
from collections.abc import Iterable, Mapping
from math import inf
from typing import Any, Literal, NamedTuple, TypeVar, cast

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from commsim.core.errors import InputError
from commsim.core.units import WEEKDAYS
from commsim.scenario.defaults import CHOICES, left_to_defaults
from commsim.scenario.errors import SettingPath
from commsim.scenario.explain import did_you_mean
from commsim.scenario.fields import card, holds, limits
from commsim.scenario.schema import Scenario

Part = TypeVar("Part", bound=BaseModel)
Kind = Literal["float", "int", "yuan", "bool", "text"]
Changes = Mapping[SettingPath, Any]
_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_ITEMS = ("strategies", "products", "rivals", "sources", "behaviour")
"""Sections whose items are checked one by one; each other section is checked as a whole."""
ON = "on"
"""Part of a path after the name of a strategy or source: whether it is in the plan at all."""
_CAN_BE_OFF = "strategies", "sources"
LATER = "later"
"""Likewise: by how many days all its dates are later than in the scenario; below 0 earlier."""


class Target(NamedTuple):
    """One setting of a scenario: its path, what the schema says of it, and its value there."""

    path: SettingPath
    field: FieldInfo | None
    value: Any

    @property
    def kind(self) -> Kind:
        """What sort of value it takes; text where it is neither number nor truth."""
        if self.field is None:
            words: dict[type, Kind] = {bool: "bool", int: "int" if self.path[-1:] == (LATER,) else "float"}
            return words.get(type(self.value), "float")
        if card(self.field).get("unit") == "yuan":
            return "yuan"
        kinds: tuple[tuple[type, Kind], ...] = ((bool, "bool"), (int, "int"), (float, "float"))
        if holds(self.field.annotation, tuple):
            return "text"
        return next((name for kind, name in kinds if holds(self.field.annotation, kind)), "text")

    @property
    def plausible(self) -> tuple[float, float] | None:
        """The range that its card calls plausible, as far as it is allowed, in its own unit."""
        found = card(self.field).get("plausible") if self.field else None
        if self.field is None or found is None:
            return None
        low, high = limits(self.field)
        least, most = (-inf if low is None else low), (inf if high is None else high)
        return max(least, found[0]), min(most, found[1])


def locate(scenario: Scenario, text: str, *, sections: bool = False) -> Target:
    """The setting at a path such as ``strategies.advert.posts`` or ``products[0].price``.

    Items of a list go by their name or by their number from 0.  ``strategies.advert.on`` is whether a
    strategy (or source) is in the plan, ``strategies.advert.weekdays.tue`` whether it runs on a weekday,
    ``strategies.advert.later`` by how many days its dates are later.
    sections: whether it may be a section as a whole.  InputError if there is none.
    """
    here: Any = scenario
    target = Target((), None, scenario)
    for word, number in _PART.findall(text):
        if target.path and (own := _truth(target, word)) is not None:
            target = Target((*target.path, word), None, own)
            here = own
            continue
        part, field = _step(here, word or int(number), text)
        here = here[part] if isinstance(part, int) else getattr(here, part)
        target = Target((*target.path, part), field, here)
    if isinstance(here, BaseModel) and not sections:
        raise InputError(f"{text!r} is a section, not one setting", remedy=_allowed(here))
    return target


def _truth(target: Target, word: str) -> int | None:
    """Whether it is so, of ``on`` after a strategy and of a weekday after weekdays; None for other words.

    0 of ``later`` after a strategy.
    """
    if word == LATER and len(target.path) == 2 and target.path[0] == "strategies":
        return 0
    if word == ON and len(target.path) == 2 and target.path[0] in _CAN_BE_OFF:
        return True
    weekdays = target.field is not None and card(target.field).get("unit") == "weekdays"
    return word in target.value if weekdays and word in WEEKDAYS else None


def _step(here: Any, part: str | int, text: str) -> tuple[str | int, FieldInfo | None]:
    if isinstance(here, BaseModel) and part in type(here).model_fields:
        return part, type(here).model_fields[str(part)]
    if isinstance(here, tuple):
        names = [getattr(item, "name", None) for item in here]
        if names.count(part) > 1:
            numbers = ", ".join(f"[{k}]" for k, name in enumerate(names) if name == part)
            raise InputError(f"several are called {part!r} in {text!r}", remedy=f"give a number: {numbers}")
        index = part if isinstance(part, int) else names.index(part) if part in names else len(here)
        if index < len(here):
            return index, None
    hint = did_you_mean(str(part), _known(here))
    raise InputError(f"there is no {part!r} in {text!r}", remedy=f"{hint} {_allowed(here)}".strip())


def _known(here: Any) -> Iterable[str]:
    if isinstance(here, BaseModel):
        return type(here).model_fields
    return [str(getattr(item, "name", i)) for i, item in enumerate(here)] if isinstance(here, tuple) else ()


def _allowed(here: Any) -> str:
    known = ", ".join(_known(here))
    return f"there are: {known}" if known else "there is nothing below it"


def changed(base: Scenario, changes: Changes) -> Scenario:
    """The scenario with other values at some paths, in the units of YAML; checked like one from a file.

    Only sections that change are checked anew, which takes a tenth of the time.  Raises pydantic's
    ValidationError; `plain_with` shows where.
    """
    chosen: Changes = {path: value for path, value in changes.items() if path in CHOICES}
    if chosen and len(chosen) < len(changes):  # what they set can be set otherwise by the other changes
        rest: Changes = {path: value for path, value in changes.items() if path not in CHOICES}
        return changed(changed(base, chosen), rest)
    if chosen:
        base = _without_choices(base)
    changes, dropped = settled(base, changes)
    sections: dict[SettingPath, dict[SettingPath, Any]] = {}
    for path, value in changes.items():
        size = min(len(path), 2 if path[0] in _ITEMS else 1)
        sections.setdefault(path[:size], {})[path[size:]] = value
    top = {name: getattr(base, name) for name in Scenario.model_fields}
    for section, inner in sections.items():
        _replace(top, section, inner)
    for name in _CAN_BE_OFF:
        top[name] = tuple(item for k, item in enumerate(top[name]) if (name, k) not in dropped)
    if isinstance(top["behaviour"], dict):
        top["behaviour"] = type(base.behaviour).model_validate(top["behaviour"])
    return Scenario.model_validate(top)


def settled(base: Scenario, changes: Changes) -> tuple[Changes, set[SettingPath]]:
    """Changes without those that say what is on and on which weekdays; and the paths of what is dropped.

    Weekdays that are turned on and off become the weekdays of their strategy; one without any is dropped.
    What is later has later days.
    """
    rest = dict(changes)
    dropped: set[SettingPath] = set()
    days: dict[SettingPath, set[str]] = {}
    for path, value in changes.items():
        if len(path) == 3 and path[2] == ON and path[0] in _CAN_BE_OFF:
            del rest[path]
            dropped |= set() if value else {path[:2]}
        elif len(path) == 3 and path[2] == LATER and path[0] == "strategies":
            del rest[path]
            rest |= _later(base, path[:2], changes, value)
        elif len(path) > 1 and path[-2] == "weekdays":
            del rest[path]
            whole = path[:-1]
            before = days.setdefault(whole, set(changes.get(whole, _now(base, whole))))
            (before.add if value else before.discard)(str(path[-1]))
    for whole, on in days.items():
        rest[whole] = [day for day in WEEKDAYS if day in on]
        dropped |= set() if on else {whole[:-1]}
    return {path: value for path, value in rest.items() if path[:2] not in dropped}, dropped


def _later(base: Scenario, strategy: SettingPath, changes: Changes, days: int) -> dict[SettingPath, int]:
    """Its first and its last day, if it has one, moved from where they are or are put by the same changes."""
    paths = [(*strategy, name) for name in ("starts", "ends")]
    found = {path: changes.get(path, _now(base, path)) for path in paths}
    return {path: day + int(days) for path, day in found.items() if day is not None}


def _now(base: Scenario, path: SettingPath) -> Any:
    here: Any = base
    for part in path:
        here = here[part] if isinstance(part, int) else getattr(here, part)
    return here


def _without_choices(base: Scenario) -> Scenario:
    """The scenario with what its choices have set given up, so that other choices can set it."""
    left = left_to_defaults(base)
    sections = {name: _only(getattr(base.behaviour, name), gone) for name, gone in left["behaviour"].items()}
    behaviour = base.behaviour.model_copy(update=sections)
    behaviour.model_fields_set.update(sections)
    strategies = tuple(
        _only(strategy, left["strategies"].get(k, set())) for k, strategy in enumerate(base.strategies)
    )
    return base.model_copy(update={"behaviour": behaviour, "strategies": strategies})


def _only(part: Part, gone: set[str]) -> Part:
    """A part as if the settings named had not been given."""
    fields = type(part).model_fields
    values = dict(part) | {name: fields[name].default for name in gone}
    return type(part).model_construct(_fields_set=part.model_fields_set - gone, **values)


def _replace(top: dict[str, Any], section: SettingPath, inner: Changes) -> None:
    name = str(section[0])
    if len(section) == 1:
        top[name] = _rebuilt(top[name], inner)
    elif name == "behaviour":
        old = top[name] if isinstance(top[name], dict) else dict(top[name])
        top[name] = {**old, str(section[1]): _rebuilt(old[str(section[1])], inner)}
    else:
        items = list(top[name])
        items[cast(int, section[1])] = _rebuilt(items[cast(int, section[1])], inner)
        top[name] = tuple(items)


def _rebuilt(old: Any, inner: Changes) -> Any:
    if () in inner:
        return inner[()]
    return type(old).model_validate(plain_with(old, inner))


def plain_with(model: BaseModel, changes: Changes) -> Any:
    """A model as plain lists and dictionaries, with other values at some paths."""
    data = _lists(model.model_dump())
    for path, value in changes.items():
        here = data
        for part in path[:-1]:
            here = here[part]
        here[path[-1]] = value
    return data


def _lists(value: Any) -> Any:
    """Tuples as lists, which can be changed."""
    if isinstance(value, dict):
        return {key: _lists(item) for key, item in value.items()}
    return [_lists(item) for item in value] if isinstance(value, list | tuple) else value
