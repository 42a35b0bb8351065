"""The JSON Schema of scenario files, with which an editor completes and checks the YAML."""

from typing import Any

from commsim.scenario.json_chinese import allow_chinese
from commsim.scenario.json_written import allow_written
from commsim.scenario.schema import Scenario
from commsim.strategies.base import Strategy
from commsim.strategies.registry import kinds

Schema = dict[str, Any]


def json_schema() -> Schema:
    """Schema of a scenario file: every kind of strategy known now, money in yuan, and ``extends``."""
    schema = Scenario.model_json_schema()
    defs: Schema = schema.setdefault("$defs", {})
    entries = [_define(kind, cls, defs) for kind, cls in kinds().items()]
    properties = schema["properties"]
    properties["strategies"]["items"] = {"oneOf": entries, "discriminator": {"propertyName": "kind"}}
    properties["extends"] = {
        "type": "string",
        "description": "Path or shipped name of the plan that this one changes",
    }
    properties["weeks"] = _weeks(list(kinds()))
    properties["own_strategies"] = {
        "type": ["object", "null"],
        "description": "Text of the user's own strategies, as plans that are kept have it",
    }
    schema["anyOf"] = [{"required": ["extends", "name"]}, {"required": schema.pop("required")}]
    _allow_changes(schema, defs)
    _drop_fen_limits(schema)
    allow_written(schema)
    allow_chinese(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _drop_fen_limits(node: Any) -> None:
    """Remove pydantic's leftovers for optional money; the limits in yuan stand beside them."""
    if isinstance(node, dict):
        node.pop("ge", None)
        node.pop("le", None)
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            _drop_fen_limits(child)


def _weeks(known: list[str]) -> Schema:
    """A table of weeks; the settings of a row's kind are checked when the plan is read."""
    row = {
        "do": {"enum": known, "description": "Kind of strategy"},
        "days": {"type": ["string", "array"], "description": "Weekdays, such as mon-thu; every day if empty"},
        "week": {
            "type": ["integer", "string", "array"],
            "description": "Weeks of the run from 1, such as 2, [1, 3], 2 of 4, odd",
        },
        "date": {"type": "string", "description": "One day, such as 2026-03-08"},
        "hour": {"type": ["integer", "string"], "description": "Such as 20:00"},
    }
    rows = {"type": "object", "properties": row, "anyOf": [{"required": ["do"]}, {"required": ["kind"]}]}
    return {"type": "array", "items": rows, "description": "Strategies as rows of a calendar"}


def _define(kind: str, cls: type[Strategy], defs: Schema) -> Schema:
    """Put a strategy and the models inside it under names that begin with its kind."""
    schema = cls.model_json_schema(ref_template=f"#/$defs/{kind}.{{model}}")
    for name, inner in schema.pop("$defs", {}).items():
        defs[f"{kind}.{name}"] = inner
    schema["required"] = sorted({"kind", *schema.get("required", ())})
    defs[kind] = schema
    return {"$ref": f"#/$defs/{kind}"}


def _allow_changes(schema: Schema, defs: Schema) -> None:
    """In a plan that extends another, a list of named things may be a mapping of changes."""
    changes = {"type": "object", "additionalProperties": {"type": ["object", "null"]}}
    for owner, key in ((schema, "strategies"), (schema, "products"), (defs["Community"], "segments")):
        listed = owner["properties"][key]
        items = {"type": listed.pop("type"), "items": listed.pop("items")}
        listed["anyOf"] = [items, changes]
    groups = defs["Community"]["properties"]["groups"]["anyOf"]
    groups[0]["items"] = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 500}, groups[0]["items"]]}
    groups.append({"type": "object", "additionalProperties": {"type": ["object", "integer", "null"]}})
