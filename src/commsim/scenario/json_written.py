"""The forms of `commsim.core.written` in the JSON Schema, beside the numbers that they stand for.

Only here: the models' own schemas, from which the page makes its forms, have one form of everything.
"""

from typing import Any

Schema = dict[str, Any]
_OFF = r"^[1-9一二三四五六七八九](\.?\d+|[一二三四五六七八九])?\s*折$"
_PERCENT = r"^\d+(\.\d+)?\s*[%％]$"
_MONEY = r"^-?\s*([¥￥]|RMB|CNY)?\s*[\d,，]*\.?\d+\s*万?\s*(元整?|块钱?|yuan|RMB|CNY)?$"
_CLOCK = r"^(上午|早上|早|中午|下午|晚上|晚)?\s*\d{1,2}\s*([:：.]00|点整?|时|h)?\s*([aApP][mM])?$"
_DATE = r"^\d{4}\s*[-/年]\s*\d{1,2}\s*[-/月]\s*\d{1,2}[日号]?$"
_PATTERNS = {
    "yuan": _MONEY,
    "share": _PERCENT,
    "weight": _PERCENT,
    "probability": _PERCENT,
    "hour": _CLOCK,
    "hours": _CLOCK,
    "day": _DATE,
}
"""By the unit of a number, what text may stand for it."""


def allow_written(node: Any) -> None:
    """Let every setting with a unit, wherever it is, be written as operators write it."""
    if isinstance(node, dict):
        for name, found in node.get("properties", {}).items():
            _widen(name, found)
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            allow_written(child)


def _widen(name: str, setting: Schema) -> None:
    unit = setting.get("unit")
    if unit == "weekdays":
        setting["type"] = ["array", "string"]
        setting["items"] = {"anyOf": [setting["items"], {"type": "string"}]}
    elif unit == "month days":
        setting["type"] = ["array", "string", "integer"]
        setting["items"] = {"anyOf": [setting["items"], {"type": "string"}]}
    elif unit == "pairs":
        setting["type"] = ["array", "object"]
        setting["additionalProperties"] = {"type": ["number", "string"], "pattern": _MONEY}
    elif unit in _PATTERNS:
        also_off = name == "price" or (name == "discount" and unit == "share")
        _or_text(setting, f"{_PATTERNS[unit]}|{_OFF}" if also_off else _PATTERNS[unit])


def _or_text(schema: Schema, pattern: str) -> None:
    """Text of a pattern instead of a number; limits of numbers don't concern it."""
    for part in (schema, schema.get("items", {}), *schema.get("anyOf", ())):
        if part.get("type") in ("number", "integer"):
            part["type"] = [part["type"], "string"]
            part["pattern"] = pattern
