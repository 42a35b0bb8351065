"""A plan in the Chinese words in which it can be written; the way back is `in_english`."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from commsim.core.units import WEEKDAYS
from commsim.scenario.chinese import names
from commsim.scenario.discounts import WORDS as UNCLEAR
from commsim.scenario.errors import ScenarioError
from commsim.scenario.fields import card, choices_of, holds, holds_many, model_in
from commsim.scenario.load import as_yaml, dump_short, loads
from commsim.scenario.schema import Scenario
from commsim.scenario.shipped_words import called_words, in_own_words, telling_in
from commsim.scenario.words import choice_words, file_words, key_words, kind_words, row_words, words_of_kind
from commsim.scenario.yaml_nodes import parse
from commsim.strategies.base import Strategy
from commsim.strategies.registry import kinds


def dump_chinese(scenario: Scenario) -> str:
    """YAML as `dump_short` makes it, in Chinese words; as that where it would not mean the same."""
    text = dump_short(scenario)
    return _checked(_plan(parse(text).plain()), scenario) or text


def copied(file: Path) -> str:
    """The text of a shipped plan in Chinese words, without its comments; as it is where that can't be."""
    text = file.read_text(encoding="utf-8")
    with telling_in("zh"):
        data: dict[str, Any] = in_own_words(parse(text, file), file).plain()
        if "extends" not in data:  # else things have the names that the other plan gives them
            data |= _called({key: data[key] for key in data if key not in ("name", "about")})
        return _checked(_plan(data), loads(as_yaml(data))) or text


def kind_called(kind: str) -> str:
    """A kind of strategy as a plan in Chinese names it; itself where there is no word for it."""
    return _inverse(kind_words()).get(kind, kind)


def path_called(model: type[BaseModel], kind: str, path: str) -> str:
    """The path of a setting (``when.members``) in the words of a plan in Chinese."""
    first, _, rest = path.partition(".")
    name = first.removesuffix("[]")
    field = model.model_fields.get(name)
    word = _settings(model, kind).get(name, name) + first.removeprefix(name)
    inner = model_in(field.annotation) if field and rest else None
    return f"{word}.{path_called(inner, kind, rest)}" if inner else word


def _called(data: dict[str, Any]) -> dict[str, Any]:
    """A plan's data with Chinese names of its own things, wherever they are named."""
    words = {name: called_words()[name] for name in _names(data) if name in called_words()}

    def told(part: Any, key: str = "") -> Any:
        match part:
            case dict():
                return {words.get(name, name): told(item, name) for name, item in part.items()}
            case list():
                return [told(item, key) for item in part]
        return part if key in ("kind", "do", "about") else words.get(part, part)

    return {key: told(part) for key, part in data.items()}


def _names(data: Any) -> Iterator[str]:
    match data:
        case dict():
            yield from (str(item) for key, item in data.items() if key == "name")
            yield from (name for part in data.values() for name in _names(part))
        case list():
            yield from (name for part in data for name in _names(part))


def _checked(data: Mapping[str, Any], scenario: Scenario) -> str:
    """YAML of a plan's data if it means that plan, else nothing."""
    text = as_yaml(data)
    try:
        return text if loads(text) == scenario else ""
    except ScenarioError:
        return ""


def _plan(data: Mapping[str, Any]) -> dict[str, Any]:
    called = _inverse(file_words()) | _settings(Scenario, "")
    return {called.get(key, key): _section(key, value) for key, value in data.items()}


def _section(key: str, value: Any) -> Any:
    if key == "weeks":
        return [_row(row) for row in value or ()]
    return _value(value, Scenario.model_fields.get(key), "")


def _value(value: Any, field: FieldInfo | None, kind: str) -> Any:
    inner = model_in(field.annotation) if field else None
    if field is None or value is None:
        return value
    if inner is None:
        return _plain(value, field)
    if isinstance(value, list):
        return [_part(item, inner, kind) for item in value]
    if card(field).get("unit") == "pairs" or not isinstance(value, dict):
        return value
    if holds_many(field.annotation):
        return dict(_changes(value, inner, kind))
    return _part(value, inner, kind)


def _changes(value: Mapping[str, Any], model: type[BaseModel], kind: str) -> Iterator[tuple[str, Any]]:
    """Changes of parts by name; of a strategy the name tells the kind, or nothing does."""
    for name, item in value.items():
        if model is not Strategy:
            yield name, _part(item, model, kind)
        elif isinstance(item, dict) and (of := item.get("kind", name)) in kinds():
            yield name, _of_kind(item, of)
        else:
            yield name, item


def _part(data: Any, model: type[BaseModel], kind: str) -> Any:
    if not isinstance(data, dict):
        return data
    if model is Strategy:
        return _of_kind(data, str(data.get("kind")))
    called = _settings(model, kind)
    return {called.get(key, key): _value(it, model.model_fields.get(key), kind) for key, it in data.items()}


def _of_kind(data: Mapping[str, Any], kind: str) -> dict[str, Any]:
    cls = kinds().get(kind)
    if cls is None:
        return dict(data)
    rest = {key: value for key, value in data.items() if key not in ("kind", "announces")}
    told: dict[str, Any] = _part(rest, cls, kind)
    named = {"kind": words_of_kind()[0], "announces": _settings(cls, kind).get("announces", "announces")}
    of = _inverse(kind_words())
    return {named[key]: of.get(data[key], data[key]) for key in named if key in data} | told


def _row(row: Any) -> Any:
    """A row of a calendar: its own words, then those of a strategy."""
    if not isinstance(row, dict):
        return row
    own, kind = _inverse(row_words()), str(row.get("do"))
    told = _of_kind({key: value for key, value in row.items() if key not in ("do", "days", *own)}, kind)
    first = {own.get(key, key): row[key] for key in row if key in own and key != "do"}
    days = {"星期": _days(str(row["days"]))} if "days" in row else {}
    return {own.get("do", "do"): kind_called(kind)} | days | first | told


def _plain(value: Any, field: FieldInfo) -> Any:
    if isinstance(value, list):
        return [_plain(item, field) for item in value]
    if isinstance(value, bool):
        return ("是" if value else "否") if holds(field.annotation, bool) else value
    if not isinstance(value, str):
        return value
    if set(WEEKDAYS) <= set(choices_of(field.annotation)):
        return _days(value)
    return _inverse(choice_words(choices_of(field.annotation))).get(value, value)


def _days(text: str) -> str:
    """``mon-thu`` as 周一至周四."""
    told = re.sub("|".join(WEEKDAYS), lambda day: f"周{names()[f'choice.{day[0]}']}", text)
    return "每天" if told == "every day" else told.replace("-", "至")


@cache
def _settings(model: type[BaseModel], kind: str) -> dict[str, str]:
    """What each setting is called, where one word means it alone."""
    found: dict[str, str] = {}
    for word, meant in key_words(model, kind).items():
        if len(meant) == 1 and word not in UNCLEAR and not word.isascii() and "：" not in word:
            found.setdefault(meant[0], word)
    return found


def _inverse(words: Mapping[str, str]) -> dict[str, str]:
    """The first word for each meaning."""
    found: dict[str, str] = {}
    for word, meaning in words.items():
        found.setdefault(meaning, word)
    return found
