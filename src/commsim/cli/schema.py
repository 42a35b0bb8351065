"""``commsim schema``: the JSON Schema of scenario files."""

from typing import Any

from commsim.cli.options import StrategyFiles
from commsim.cli.output import print_json
from commsim.cli.spoken import said, spoken


def schema(strategies: StrategyFiles = None) -> None:
    """Print the JSON Schema of scenario files, so that an editor completes and checks them.

    Save it (commsim schema > commsim.schema.json) and begin a scenario with the line

    # yaml-language-server: $schema=commsim.schema.json
    """
    from commsim.scenario.json_schema import json_schema

    made = json_schema()
    print_json(made if spoken() == "en" else _described(made))


def _described(schema: Any) -> Any:
    """A schema, or a part of it, with what editors show of it in the language that is spoken."""
    match schema:
        case dict():
            return {
                key: _told(value) if key == "description" and isinstance(value, str) else _described(value)
                for key, value in schema.items()
            }
        case list():
            return [_described(part) for part in schema]
    return schema


def _told(text: str) -> str:
    """The paragraphs that have words; the others are for who writes strategies in Python."""
    parts = [" ".join(part.split()) for part in text.split("\n\n")]
    return "\n\n".join(told for part in parts if (told := said(part)) != part) or text
