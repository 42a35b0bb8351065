"""Slips of the pen, and settings of older plans: what was meant, so that an error can say it."""

import re

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
_CLOCK = re.compile(r"(\d{1,2})\s*[:：]\s*00")
_MONEY = re.compile(r"[¥￥]?\s*(\d[\d,，]*(?:\.\d+)?)\s*(?:元|块|yuan|RMB)?", re.IGNORECASE)

GONE = {
    "behaviour.buying.aware": "what a run group adds to buying is buying.touch",
    "behaviour.buying.aware_activity": "what a run group adds to buying is buying.touch",
    "behaviour.invite.dispersion": "how unevenly friends are brought is invite.spread",
}
"""Settings of 0.1.0 that are gone, as plans that were kept still have them, and what there is instead."""


def meant_number(text: str) -> str:
    """``write 0.15`` for text such as 15%, 20:00, 2,000 or ￥30; empty if no number was meant."""
    if found := _PERCENT.fullmatch(text.strip()):
        return f"write {float(found[1]) / 100:g}"
    if found := _CLOCK.fullmatch(text.strip()):
        return f"write {int(found[1])}"
    if found := _MONEY.fullmatch(text.strip()):
        return f"write {re.sub('[,，]', '', found[1])}"
    return ""


def unreadable(text: str, line: int) -> tuple[int, str, str] | None:
    """Line (from 0), trouble and remedy, if YAML stops at a line for a sign that only looks right."""
    lines = text.splitlines()
    for at in (line, line - 1):
        here = lines[at] if 0 <= at < len(lines) else ""
        if "\t" in here[: len(here) - len(here.lstrip())]:
            return at, "a tab indents this line", "indent with spaces"
        if "：" in here and ":" not in here:
            return at, "the colon in this line is a full-width one", "write : and a space"
    return None
