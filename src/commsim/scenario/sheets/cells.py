"""One cell to the value that a setting takes, and a value to what a cell shows."""

import datetime as dt
import re
from pathlib import Path
from typing import Any, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo

from commsim.core.measures import NAMES, find
from commsim.scenario.errors import Place, Problem, ScenarioError
from commsim.scenario.fields import card, holds, model_in
from commsim.scenario.sheets.grid import Cell, Value
from commsim.scenario.yaml_core import PlanDumper, plain_scalar
from commsim.scenario.yaml_nodes import Tree, parse

_BETWEEN = re.compile(r"\s*[,，、;；\n]\s*")
_PAIRS = re.compile(r"[^\s:]+\s*:\s")
"""How ``2: 90, 3: 85`` begins."""
_TRUTHS = {"yes": True, "no": False, "是": True, "否": False}


def tree_of(cell: Cell, field: FieldInfo | None, name: str) -> Tree:
    """What a cell says of a setting of this name; ``field`` is None for one that no schema knows.

    Lists are separated by commas; what has parts of its own is written as in YAML: ``{size: 2, price: 90}``.
    Raises ScenarioError for such a text that can't be read.
    """
    match cell.value:
        case dt.date():
            return Tree(cell.value.isoformat(), cell.place)
        case dt.time():
            whole = not (cell.value.minute or cell.value.second)
            return Tree(cell.value.hour if whole else f"{cell.value:%H:%M}", cell.place)
        case str():
            return _of_text(cell.value, cell.place, field)
        case int() | float() if not isinstance(cell.value, bool) and field is not None:
            return Tree(_of_number(cell, field, name), cell.place)
    return Tree(cell.value, cell.place)


def _of_number(cell: Cell, field: FieldInfo, name: str) -> str | int | float:
    assert isinstance(cell.value, int | float)
    if _is_goal(field) and cell.percent and name in NAMES and find(name).unit != "share":
        return f"{100 * cell.value:+.10g} %"  # a spreadsheet keeps no plus sign
    return str(cell.value) if _is_text(field) else cell.value


def _of_text(written: str, place: Place, field: FieldInfo | None) -> Tree:
    text = written.strip()
    if field is not None and (_is_goal(field) or _is_text(field)):
        return Tree(written if "\n" in text else text, place)
    if text[:1] in "[{":
        return _flow(text, place)
    if field is not None and model_in(field.annotation) is not None and _PAIRS.match(text):
        return _flow(f"{{{text}}}", place)
    if field is not None and (_is_list(field) or (model_in(field.annotation) and _BETWEEN.search(text))):
        items = [part for part in _BETWEEN.split(text) if part]
        words = holds(field.annotation, str)
        return Tree([Tree(part if words else plain_scalar(part), place) for part in items], place)
    if field is not None and holds(field.annotation, bool) and text.lower() in _TRUTHS:
        return Tree(_TRUTHS[text.lower()], place)
    return Tree(plain_scalar(text), place)


def _flow(text: str, place: Place) -> Tree:
    try:
        found = parse(f"cell: {text}").value
    except ScenarioError as error:
        what = f"{text[:40]!r} can't be read: {error.problems[0].what}"
        remedy = "write such as {size: 2, price: 90}, {size: 3, price: 85} in one pair of [ ]"
        raise ScenarioError([Problem(place, "", what, remedy)]) from error
    assert isinstance(found, dict)
    return _moved(found["cell"], place)


def _moved(tree: Tree, place: Place) -> Tree:
    """The tree with all of it in one place."""
    match tree.value:
        case dict():
            value: Any = {name: _moved(child, place) for name, child in tree.value.items()}
        case list():
            value = [_moved(child, place) for child in tree.value]
        case _:
            value = tree.value
    return Tree(value, place, place)


def _is_goal(field: FieldInfo) -> bool:
    return card(field).get("unit") == "goal"


def _is_text(field: FieldInfo) -> bool:
    several = get_origin(field.annotation) is tuple or model_in(field.annotation) is not None
    return not several and any(holds(field.annotation, kind) for kind in (str, Path))


def _is_list(field: FieldInfo) -> bool:
    """Whether it takes several words or numbers."""
    kinds = (field.annotation, *get_args(field.annotation))
    return model_in(field.annotation) is None and any(get_origin(kind) is tuple for kind in kinds)


def shown(value: Any) -> Value:
    """A value of a scenario's plain data as a cell shows it."""
    value = _short(value)
    if isinstance(value, list) and all(_is_simple(item) for item in value):
        return ", ".join(str(item) for item in value) or "[]"
    if isinstance(value, list | dict):
        text: str = yaml.dump(
            value,
            Dumper=PlanDumper,
            default_flow_style=True,
            sort_keys=False,
            allow_unicode=True,
            width=10**6,
        )
        return text.strip()
    told: Value = value
    return told


def _short(value: Any) -> Any:
    """Whole numbers without a fraction, however deep."""
    match value:
        case dict():
            return {name: _short(part) for name, part in value.items()}
        case list():
            return [_short(part) for part in value]
        case float() if value.is_integer() and abs(value) < 1e15:
            return int(value)
        case float() if float(f"{value:.15g}") != value:
            return repr(value)  # workbooks keep fifteen digits of a number
    return value


def _is_simple(item: Any) -> bool:
    """Whether an item of a list is told apart by commas."""
    if isinstance(item, str):
        return bool(item) and not _BETWEEN.search(item) and item == item.strip() and item[0] not in "[{"
    return isinstance(item, int | float) and not isinstance(item, bool)
