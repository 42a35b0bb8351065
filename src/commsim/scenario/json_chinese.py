"""The Chinese words of a plan in the JSON Schema, beside those that they stand for."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from commsim.scenario.fields import model_in
from commsim.scenario.schema import Scenario
from commsim.scenario.words import choice_words, file_words, key_words, kind_words, row_words
from commsim.strategies.base import Strategy
from commsim.strategies.registry import kinds

Schema = dict[str, Any]


def allow_chinese(schema: Schema) -> None:
    """Let every setting, kind and choice of a schema stand under its Chinese words too."""
    defs = schema["$defs"]
    _name_choices(schema)
    for place, here, model, kind in _parts(schema, defs):
        words = {word: names[0] for word, names in key_words(model, kind).items() if len(names) == 1}
        _name_settings(place, here, words | (file_words() if model is Scenario else {}))
    rows = schema["properties"]["weeks"]["items"]
    _name_settings("#/properties/weeks/items", rows, row_words())
    rows["properties"]["do"]["enum"] += list(kind_words())


def _parts(schema: Schema, defs: Schema) -> Iterator[tuple[str, Schema, type[BaseModel], str]]:
    """Every model of a plan: its place, its schema, the model, and the kind of strategy around it."""
    yield "#", schema, Scenario, ""
    for model in dict.fromkeys(_inside(Scenario)):
        if model.__name__ in defs:
            yield f"#/$defs/{model.__name__}", defs[model.__name__], model, ""
    for kind, cls in kinds().items():
        yield f"#/$defs/{kind}", defs[kind], cls, kind
        for model in dict.fromkeys(_inside(cls)):
            if (name := f"{kind}.{model.__name__}") in defs:
                yield f"#/$defs/{name}", defs[name], model, kind


def _inside(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for field in model.model_fields.values():
        inner = model_in(field.annotation)
        if inner is not None and not issubclass(inner, Strategy):
            yield inner
            yield from _inside(inner)


def _name_settings(place: str, schema: Schema, words: dict[str, str]) -> None:
    properties = schema.get("properties", {})
    also: dict[str, list[str]] = {}
    for word, name in words.items():
        if name in properties and word not in properties:
            also.setdefault(name, []).append(word)
    for name, found in also.items():
        properties |= {word: {"$ref": f"{place}/properties/{name}"} for word in found}
    if "required" in schema:
        schema.setdefault("allOf", []).extend(_one_of(name, also) for name in schema.pop("required"))
    for option in schema.get("anyOf", ()):
        if "required" in option:
            option["allOf"] = [_one_of(name, also) for name in option.pop("required")]


def _one_of(name: str, also: dict[str, list[str]]) -> Schema:
    """That a setting is there under one of its words."""
    return {"anyOf": [{"required": [word]} for word in (name, *also.get(name, ()))]}


def _name_choices(node: Any) -> None:
    """Chinese words beside the choices of every setting; kinds of strategies are such choices."""
    if isinstance(node, dict):
        if isinstance(node.get("const"), str):
            node["enum"] = [node.pop("const")]
        if node.get("type") == "boolean":
            node |= {"type": ["boolean", "string"], "pattern": "^[是否]$"}
        if isinstance(known := node.get("enum"), list):
            kinds_too = {word: kind for word, kind in kind_words().items() if known == [kind]}
            node["enum"] = [*known, *choice_words(map(str, known)), *kinds_too]
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            _name_choices(child)
