"""What a thing that nobody knows is called in the language of the reader."""

from functools import cache
from pathlib import Path

from commsim.report.language import Language
from commsim.scenario.chinese import names

_PARTS = {
    "products": ("product", "商品"),
    "sources": ("channel", "渠道"),
    "sources.steps": ("steps", "渠道"),
    "community.segments": ("segment", "人群"),
}
"""Parts of a plan by their path: what owns the words of their settings, and what they are."""


def unknown_called(name: str, say: Language) -> str:
    """Its path; in Chinese what it is: a setting of behaviour, or a plan's, with the strategy it is of.

    What tells it from others of its name (``content.quality (news, 0.3)``) stays behind it.
    """
    path, bracket, rest = name.partition(" (")
    told = "" if say.code == "en" else _in_chinese(path, say)
    return (told or path) + bracket + rest


def _in_chinese(path: str, say: Language) -> str:
    """Empty where there are no words for it."""
    if told := _behaviour().get(path):
        return told
    owner, _, setting = path.rpartition(".")
    kind, part = _PARTS.get(owner, (owner, ""))
    told = names().get(f"field.{kind}.{setting}") or (
        "" if part else names().get(f"field.strategy.{setting}", "")
    )
    return f"{part or say.kind(kind)}：{told}" if told else ""


@cache
def _behaviour() -> dict[str, str]:
    import yaml

    text = (Path(__file__).parent / "behaviour_zh.yaml").read_text(encoding="utf-8")
    found: dict[str, str] = yaml.safe_load(text)
    return found
