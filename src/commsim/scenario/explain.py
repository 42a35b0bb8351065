"""pydantic's errors in plain sentences, each at its place in the file, with what is allowed."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from commsim.core.units import WEEKDAYS
from commsim.core.written import in_order
from commsim.scenario.errors import Problem, SettingPath, dotted
from commsim.scenario.fields import card, limits, model_at, owner_and_field, range_text
from commsim.scenario.slips import GONE, meant_number
from commsim.scenario.words import called, chosen_words, is_chinese, key_words
from commsim.scenario.yaml_nodes import Tree
from commsim.strategies.audience import Who

_MUST_BE = {
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number of a sensible size",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "string_type": "text (put it in quotes)",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
    "path_type": "a path (text)",
    "date_type": "a date such as 2026-03-02",
    "date_parsing": "a date such as 2026-03-02",
    "date_from_datetime_parsing": "a date such as 2026-03-02",
    "date_from_datetime_inexact": "a date such as 2026-03-02",
}
_DAY = "a day of the run, from 0, or a date such as 2026-03-16"
_LIMITS = {"greater_than_equal", "less_than_equal", "greater_than", "less_than"}


def problems(model: type[BaseModel], tree: Tree, error: ValidationError) -> list[Problem]:
    """Every error of a failed validation of ``tree.plain()`` as a problem, in the order of the file."""
    found = [_problem(model, tree, one) for one in error.errors(include_url=False)]
    return sorted(found, key=lambda p: (str(p.place.file), p.place.sheet, p.place.line, p.place.column))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean x?`` or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean {close[0]}?" if close else ""


def _problem(model: type[BaseModel], tree: Tree, error: Mapping[str, Any]) -> Problem:
    kind, path = error["type"], _path(tree, error)
    there = tree.at(path)
    match kind:
        case "extra_forbidden":
            return _unknown_key(model, tree, path)
        case "missing":
            return _missing(model, tree, path)
        case "unknown_kind":
            path = (*path, "kind") if there.child("kind") else path
            return Problem(tree.at(path).place, tree.told(path), *_told(error))
        case "inconsistent":
            if is_chinese(error["ctx"].get("condition", "")):
                return _unknown_condition(tree, path, error)
            return _taken_out(tree, path) or Problem(there.place, tree.told(path), *_told(error))
    return Problem(there.place, tree.told(path), *_wrong_value(model, tree, path, error))


_NAMES = {"announces": "strategies", "product": "products"}
"""Settings that name an item of a list of the plan."""


def _taken_out(tree: Tree, path: SettingPath) -> Problem | None:
    """What another strategy names and this plan takes out of the one that it extends: told where it does."""
    names = tree.at((_NAMES.get(str(path[-1]), ""),)) if path else tree
    gone = names.gone.get(str(tree.at(path).value))
    who = tree.at(path[:-1]).child("name") or tree.at(path[:-1]).child("kind")
    if gone is None or who is None or len(path) < 2:
        return None
    place, what = gone.key or gone.place, f"{who.value} names it ({path[-1]})"
    remedy = f"take that out too ({who.value}: null), or let it name another"
    return Problem(place, f"{_NAMES[str(path[-1])]}.{tree.at(path).value}", what, remedy)


def _told(error: Mapping[str, Any]) -> tuple[str, str]:
    return error["ctx"]["what"], error["ctx"]["remedy"]


def _path(tree: Tree, error: Mapping[str, Any]) -> SettingPath:
    """The error's location without the parts that unions add; a missing or absent key stays."""
    path: list[str | int] = []
    for i, part in enumerate(error["loc"]):
        rows = tree.at(path).value
        if (
            isinstance(part, int) and isinstance(rows, dict) and part < len(rows)
        ):  # such as ``{2: 90, 3: 85}``
            path.append(in_order(rows.items())[part][0])
            continue
        last = i == len(error["loc"]) - 1
        if tree.at(path).child(part) is not None or (last and error["type"] in ("missing", "inconsistent")):
            path.append(part)
    return tuple(path)


def _unknown_key(model: type[BaseModel], tree: Tree, path: SettingPath) -> Problem:
    here = tree.at(path)
    if instead := GONE.get(dotted(path)):
        what = "no setting any more: the model has changed since this plan was kept"
        return Problem(here.key or here.place, tree.told(path), what, f"take it out ({instead})")
    owner = model_at(model, tree, path[:-1])
    known = allowed = list(owner.model_fields) if owner else []
    if owner and is_chinese(str(path[-1])) and (words := called(owner, _kind_above(tree, path))):
        known, allowed = list(key_words(owner, _kind_above(tree, path))), list(words.values())
    number = str(path[-1]).isdigit()
    hint = "write numbers without commas;" if number else did_you_mean(str(path[-1]), known)
    listed = f"allowed here: {', '.join(allowed)}"
    return Problem(here.key or here.place, tree.told(path), "unknown key", f"{hint} {listed}".strip())


def _unknown_condition(tree: Tree, path: SettingPath, error: Mapping[str, Any]) -> Problem:
    """Of a Chinese word by which nobody can be chosen: those by which one can."""
    what, _ = _told(error)
    hint = did_you_mean(error["ctx"]["condition"], key_words(Who))
    listed = f"there are: {', '.join(called(Who).values())}"
    return Problem(tree.at(path).place, tree.told(path), what, f"{hint} {listed}".strip())


def _kind_above(tree: Tree, path: SettingPath) -> str:
    """The kind of the strategy that a setting stands in; empty elsewhere."""
    kind = tree.at(path[:2]).child("kind") if path[0] == "strategies" else None
    return str(kind.value) if kind is not None else ""


def _missing(model: type[BaseModel], tree: Tree, path: SettingPath) -> Problem:
    owner, field = owner_and_field(model, tree, path)
    above, name = tree.at(path[:-1]), str(path[-1])
    if owner and any(child.word for child in above.children()):
        name = called(owner, _kind_above(tree, path)).get(name, name)
    about = (field.description or "").lower() if field else ""
    unit = card(field).get("unit", "-") if field else "-"
    meaning = f" ({about}{'' if unit in ('-', 'text', 'list') else ', in ' + unit})" if about else ""
    here = ".".join(filter(None, (tree.told(path[:-1]), name)))
    return Problem(above.place, here, f"missing{meaning}", f"add {name}")


def _wrong_value(
    model: type[BaseModel], tree: Tree, path: SettingPath, error: Mapping[str, Any]
) -> tuple[str, str]:
    kind, shown = error["type"], _shown(tree.at(path))
    _, field = owner_and_field(model, tree, path)
    unit = card(field).get("unit", "-") if field else "-"
    low, high = limits(field) if field else (None, None)
    allowed = range_text(low, high, unit)
    if kind in _LIMITS and allowed:
        return f"must be {allowed}, is {shown}", ""
    if kind in _MUST_BE:
        wanted = _DAY if unit == "day" else _MUST_BE[kind]
        return f"must be {wanted}, is {shown}", _remedy(tree.at(path), kind, allowed)
    if unit == "goal":  # says itself how it is written
        what, _, remedy = error["msg"].removeprefix("Value error, ").partition("; ")
        return what, remedy
    if kind == "literal_error":
        return _choice(error["ctx"]["expected"], tree.at(path).value, shown)
    remedy = _remedy(tree.at(path), kind, allowed)
    said = error["msg"].removeprefix("Value error, ")
    return said.partition(";")[0] if remedy.startswith("write") else said, remedy


def _remedy(there: Tree, kind: str, allowed: str) -> str:
    """What to write for a number that was written another way, and what is allowed."""
    number = kind.startswith(("int", "float", "value_error")) and isinstance(there.value, str)
    meant = meant_number(str(there.value)) if number else ""
    return "; ".join(part for part in (meant, f"allowed: {allowed}" if allowed else "") if part)


def _choice(expected: str, value: Any, shown: str) -> tuple[str, str]:
    choices = [choice.strip("'") for choice in expected.replace(" or ", ", ").split(", ")]
    weekdays, chinese = tuple(choices) == WEEKDAYS, is_chinese(str(value))
    if chinese:
        choices = chosen_words(choices)
    if weekdays:
        choices = [f"周{day}" for day in choices] if chinese else choices
        hint = "" if chinese else did_you_mean(str(value).lower()[:3], choices)
        several = f"several are written {'周一到周四' if chinese else 'mon-thu'}"
        return f"must be one of {', '.join(choices)}, is {shown}", hint or several
    return f"must be one of {', '.join(choices)}, is {shown}", did_you_mean(str(value), choices)


def _shown(tree: Tree) -> str:
    match tree.value:
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case None:
            return "empty"
        case bool():
            return str(tree.value).lower()
        case str() as text:
            return repr(text if len(text) <= 40 else text[:37] + "...")
    text = str(tree.value)
    return text if len(text) <= 24 else text[:21] + "..."
