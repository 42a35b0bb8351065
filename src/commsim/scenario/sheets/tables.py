"""A scenario as the tables from which it reads back the same: strategies, products, settings, people."""

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from commsim.core.units import NO_NUMBER
from commsim.scenario.defaults import left_to_defaults
from commsim.scenario.errors import Place, dotted
from commsim.scenario.fields import card, owner_and_field
from commsim.scenario.schema import Scenario
from commsim.scenario.sheets.cells import shown
from commsim.scenario.sheets.grid import NOTE, Value
from commsim.scenario.sheets.layout import GROUPS, LISTS, PRODUCTS, SEGMENTS, SETTINGS, STRATEGIES
from commsim.scenario.yaml_nodes import Tree

_FIRST = ("kind", "name", "goal", "weekdays", "hour", "product", "price", "discount", "reach")
_ALWAYS = ("community", "operator")
"""Sections of which a planner sees what they may want to change, although it is as by default."""
_NOWHERE = Tree({}, Place(None))


@dataclass(frozen=True)
class Sheet:
    """A table to be written: its head, and its rows.

    note: what it is, for people.  derived: it follows from the others and is not read.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str
    derived: bool = False


def plan_sheets(scenario: Scenario, folder: Path) -> list[Sheet]:
    """All that a plan says; paths of its files are told from a folder."""
    data = _given(scenario)
    lists = {sheet: _taken(data, path) for sheet, path in LISTS.items()}
    return [
        _list(STRATEGIES, lists[STRATEGIES], "One row is one thing that the operator does on its days."),
        _list(PRODUCTS, lists[PRODUCTS], "What is sold."),
        _settings(scenario, data, folder),
        *(
            [_list(SEGMENTS, lists[SEGMENTS], "Kinds of people, and how they differ.")]
            if lists[SEGMENTS]
            else []
        ),
        *([_list(GROUPS, lists[GROUPS], "Groups of sizes of their own.")] if lists[GROUPS] else []),
    ]


def _given(scenario: Scenario) -> dict[str, Any]:
    """What a plan gives, and what it leaves to defaults of the sections that are always told."""
    left = left_to_defaults(scenario)
    data = scenario.model_dump(mode="json", exclude_unset=True, exclude=left)
    data["strategies"] = [
        {"kind": strategy.kind, **told}
        for strategy, told in zip(scenario.strategies, data.get("strategies", ()), strict=True)
    ]
    data["days"], data["start"] = scenario.days, scenario.start
    for section in _ALWAYS:
        part = getattr(scenario, section)
        if section == "community" and (part.groups is not None or part.roster or part.history):
            data.get(section, {}).pop("members", None)  # these say how many there are
            own = {"group_size"} if part.groups is not None else set()
            part = part.model_copy(update=dict.fromkeys({"members", *own}))
        simple = {name: value for name, value in part.model_dump(mode="json").items() if _is_plain(value)}
        data[section] = simple | data.get(section, {})
    return data


def _is_plain(value: Any) -> bool:
    return value is not None and not isinstance(value, list | dict)


def _taken(data: dict[str, Any], path: Sequence[str | int]) -> list[dict[str, Any]]:
    """The list at a path, which is taken out of the data."""
    here: Any = data
    for part in path[:-1]:
        here = here.get(part, {})
    return here.pop(path[-1], None) or []


def _list(title: str, items: Sequence[Mapping[str, Any]], note: str) -> Sheet:
    """One row per item; a column for each setting that one of them gives."""
    known = [name for item in items for name in item]
    head = tuple(dict.fromkeys((*(name for name in _FIRST if name in known), *known)))
    if any(str(item.get(head[0], "")).startswith(NOTE) for item in items):
        head = (*head[1:], head[0])  # or the row would pass for a note
    rows = tuple(tuple(shown(item.get(name)) for name in head) for item in items)
    return Sheet(title, head or ("kind", "name"), rows, note)


def _settings(scenario: Scenario, data: Mapping[str, Any], folder: Path) -> Sheet:
    rows = []
    for path, value in _leaves(data):
        _, field = owner_and_field(Scenario, _NOWHERE, path)
        told = value if isinstance(value, dt.date) else shown(value)
        if field is not None and _names_a_file(scenario, path):
            told = os.path.relpath(str(value), folder.resolve())
        unit = card(field).get("unit", "-") if field is not None else "-"
        about = field.description or "" if field is not None else ""
        rows.append((dotted(path), told, "" if unit in {*NO_NUMBER, "-"} else unit, about))
    head = ("setting", "value", "unit", "what it is")
    return Sheet(SETTINGS, head, tuple(rows), "Everything else that the plan says.")


def _names_a_file(scenario: Scenario, path: Sequence[str | int]) -> bool:
    here: Any = scenario
    for part in path:
        here = getattr(here, str(part), None)
    return isinstance(here, Path)


def _leaves(data: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in data.items():
        if isinstance(value, dict):
            inside = list(_leaves(value, (*path, name)))
            yield from inside or ([((*path, name), {})] if _counts_by_itself((*path, name)) else [])
        elif value is not None and not isinstance(value, BaseModel):
            yield (*path, name), value


def _counts_by_itself(path: Sequence[str]) -> bool:
    """Whether a section is one that a plan may lack, so that it says something by being there."""
    _, field = owner_and_field(Scenario, _NOWHERE, path)
    return field is not None and field.default is None
