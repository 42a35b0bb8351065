"""Errors, warnings and remarks of the command line in Simplified Chinese, by the English ones.

What is wrong is told in many rooms that know no language.  Each text is found again by its pattern, in which
``{}`` stands for what was put in: ``there is no column {}``.  In the answer ``{}`` is the next of these, and
``{0}`` the first.
"""

import re
from functools import cache
from pathlib import Path

from commsim.core.errors import CommsimError
from commsim.scenario.errors import MOST_SHOWN, Problem, ScenarioError

_HOLE = re.compile(r"\{(\d*)\}")


def in_chinese(text: str) -> str:
    """A text of errors, warnings or the command line in Chinese; as it is if there are no words for it.

    What was put into it is said in Chinese too where it is such a text; so are its lines, and what stands
    between semicolons.
    """
    if "\n" in text:
        return "\n".join(in_chinese(line) for line in text.split("\n"))
    told = _whole(text)
    if told is not None or "; " not in text:
        return text if told is None else told
    parts = text.split("; ")
    each = [in_chinese(part) for part in parts]
    return text if each == parts else "；".join(each)


def error_in_chinese(error: CommsimError) -> str:
    """What an error says, in Chinese: where, what and the remedy."""
    if isinstance(error, ScenarioError):
        lines = [problem_in_chinese(problem) for problem in error.problems[:MOST_SHOWN]]
        more = len(error.problems) - MOST_SHOWN
        return "\n".join(lines + ([in_chinese(f"and {more} more")] if more > 0 else []))
    return _joined((error.where, in_chinese(error.what)), in_chinese(error.remedy))


def problem_in_chinese(problem: Problem, label: str = "") -> str:
    """One line about a problem of a plan; ``label`` is `error`, `warning` or nothing."""
    parts = (str(problem.place), in_chinese(label), problem.path, in_chinese(problem.what))
    return _joined(parts, in_chinese(problem.remedy))


def _joined(parts: tuple[str, ...], remedy: str) -> str:
    return "：".join(part for part in parts if part) + (f"；{remedy}" if remedy else "")


def _whole(text: str) -> str | None:
    """The text by the pattern that fits all of it; those with most letters of their own are tried first."""
    exact = _patterns().get(text)
    if exact is not None and "{}" not in text:
        return exact
    for pattern, answer in _with_holes():
        if (parts := _filling(pattern, text)) is not None:
            return _filled(answer, [in_chinese(part) for part in parts])
    return None


def _filling(pattern: str, text: str) -> tuple[str, ...] | None:
    """What stands in the holes of a pattern that fits the whole text."""
    fixed = pattern.split("{}")
    if not (text.startswith(fixed[0]) and text.endswith(fixed[-1])):
        return None
    found = re.fullmatch("(.*?)".join(map(re.escape, fixed)), text)
    return found.groups() if found else None


def _filled(answer: str, parts: list[str]) -> str:
    """The answer with the parts in its holes, which are numbered or take the next one."""
    order = iter(parts)
    return _HOLE.sub(lambda hole: parts[int(hole[1])] if hole[1] else next(order), answer)


@cache
def _patterns() -> dict[str, str]:
    import yaml

    text = (Path(__file__).parent / "messages_zh.yaml").read_text(encoding="utf-8")
    read: dict[str, str] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return read


@cache
def _with_holes() -> list[tuple[str, str]]:
    found = [(pattern, answer) for pattern, answer in _patterns().items() if "{}" in pattern]
    return sorted(found, key=lambda pair: -len(pair[0].replace("{}", "")))
