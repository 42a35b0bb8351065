"""What one JSON value has that another like it has not, in few letters; ``static/patches.js`` puts it back.

A patch is: a number, text, true, false or null that takes the place of what was; ``{"=": value}`` for any
other; ``{key: patch}`` for what differs in a table of equal keys or a list of equal length;
``[first, *differences]`` for two lists of numbers, counted in hundredths; ``{"~": [[from, until, lines]]}``
for texts of several lines.  None of them begins with a key of its own that is one of the signs.
"""

import difflib
from typing import Any

WHOLE, LINES = "=", "~"
_MOST = 1e12
"""Above this hundredths are not exact."""


def patch(new: Any, old: Any) -> Any:
    """What makes ``new`` of ``old``; both plain JSON."""
    if isinstance(new, str) and isinstance(old, str) and "\n" in new:
        return _lines(new, old)
    if isinstance(new, dict) and isinstance(old, dict) and new.keys() == old.keys():
        return {key: patch(new[key], old[key]) for key in new if not same(new[key], old[key])}
    if isinstance(new, list) and isinstance(old, list) and len(new) == len(old):
        if all(_is_money(one) for one in (*new, *old)):
            return _numbers(new, old)
        pairs = enumerate(zip(new, old, strict=True))
        return {str(at): patch(one, two) for at, (one, two) in pairs if not same(one, two)}
    return {WHOLE: new} if isinstance(new, dict | list) else new


def same(one: Any, two: Any) -> bool:
    """Whether they are alike to the type: true is not 1."""
    return bool(one == two) and isinstance(one, bool) == isinstance(two, bool)


def _is_money(value: Any) -> bool:
    """Whether it is a number of hundredths."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < _MOST and round(100 * value) / 100 == value


def _numbers(new: list[float], old: list[float]) -> list[int]:
    first = next((at for at, (one, two) in enumerate(zip(new, old, strict=True)) if one != two), len(new))
    return [first, *(round(100 * new[at]) - round(100 * old[at]) for at in range(first, len(new)))]


def _lines(new: str, old: str) -> dict[str, list[list[Any]]]:
    """Runs of lines of the old text that others stand for."""
    before, after = old.split("\n"), new.split("\n")
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    changes = [
        [i, j, "\n".join(after[k:m])] if m > k else [i, j]
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal"
    ]
    return {LINES: changes}
