"""Forms for the levers, made from the strategies' own fields: what the page needs of their JSON Schema."""

from typing import Any

from commsim.report.messages import in_chinese
from commsim.strategies.audience import chosen_by
from commsim.strategies.base import Strategy
from commsim.strategies.registry import kinds

Schema = dict[str, Any]
HIDDEN = {"kind", "name", "goal", "starts", "ends", "warm_up", "closing", "who", "groups", "when", "until"}
"""Set by the page itself: a change begins on the next day and lasts."""


def forms() -> list[dict[str, Any]]:
    """One form per kind of strategy: kind, purpose, what it is about, and its fields, its own ones first.

    who: whether it may choose members, by `conditions`.
    """
    return [form_of(kind, cls) for kind, cls in kinds().items()]


def conditions() -> list[dict[str, str]]:
    """What a strategy may choose members by: name, unit, what it is about, and how one writes it."""
    return [one._asdict() | {"about_zh": _chinese(one.about)} for one in chosen_by()]


def _chinese(text: str) -> str:
    """The text in Chinese; empty if there are no words for it."""
    told = in_chinese(text)
    return told if told != text else ""


def form_of(kind: str, cls: type[Strategy]) -> dict[str, Any]:
    """The form of one kind of strategy; see `forms`."""
    schema = cls.model_json_schema()
    fields = [
        _field(name, found, schema.get("$defs", {}))
        for name, found in schema["properties"].items()
        if name not in HIDDEN
    ]
    shared = set(Strategy.model_fields)
    about = (cls.__doc__ or "").strip().partition("\n")[0]
    return {
        "kind": kind,
        "purpose": cls.purpose,
        "about": about,
        "about_zh": _chinese(about),
        "fields": sorted(fields, key=lambda field: field["name"] in shared),
        "required": sorted(set(schema.get("required", ())) - HIDDEN),
        "who": not cls.whole_groups,
    }


def _field(name: str, schema: Schema, defs: Schema) -> dict[str, Any]:
    """What the page draws: a control with its limits; ``optional`` ones may be left empty."""
    inner, optional = _without_null(schema)
    return {
        "name": name,
        "about": schema.get("description", ""),
        "about_zh": _chinese(schema.get("description", "")),
        "unit": schema.get("unit", ""),
        "default": schema.get("default"),
        "low": schema.get("minimum", inner.get("minimum")),
        "high": schema.get("maximum", inner.get("maximum")),
        "optional": optional,
        **_control(inner, defs),
    }


def _without_null(schema: Schema) -> tuple[Schema, bool]:
    options = [option for option in schema.get("anyOf", ()) if option.get("type") != "null"]
    return (options[0], True) if options else (schema, False)


def _control(schema: Schema, defs: Schema) -> dict[str, Any]:
    if "$ref" in schema:
        schema = defs[schema["$ref"].rpartition("/")[2]]
    if "enum" in schema:
        return {"control": "choice", "choices": schema["enum"]}
    match schema.get("type"):
        case "array":
            return _list(schema["items"], defs)
        case "boolean":
            return {"control": "flag"}
        case "integer" | "number" as number:
            return {"control": number}
    return {"control": "text"}


def _list(items: Schema, defs: Schema) -> dict[str, Any]:
    if "enum" in items:
        return {"control": "several", "choices": items["enum"]}
    if "$ref" in items:
        rows = defs[items["$ref"].rpartition("/")[2]]["properties"]
        return {"control": "rows", "columns": [_field(name, found, defs) for name, found in rows.items()]}
    return {"control": "numbers"}
