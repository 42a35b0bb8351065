"""What the command line says, in Simplified Chinese, by the English texts: errors, remarks, settings, claims.

What is wrong is told in many rooms that know no language.  Each text is found again by its pattern, in which
``{}`` stands for what was put in, and ``{#}`` for a number: ``there is no column {}``.  In the answer ``{}``
is the next of these, and ``{0}`` the first.
"""

import heapq
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from commsim.core.errors import CommsimError
from commsim.report.language import language
from commsim.scenario.errors import MOST_SHOWN, Problem, ScenarioError

FILES = "messages_zh.yaml", "settings_zh.yaml", "findings_zh.yaml", "sources_zh.yaml"
"""What goes wrong; what the settings of plans are; claims, facts and their tables; what numbers rest on."""
_HOLE = re.compile(r"\{(\d*)\}")
_PUT_IN = re.compile(r"\{#?\}")
_ANY = {"{}": "(.*?)", "{#}": r"([-+]?[\d.,]+(?:e-?\d+)?(?: %)?)"}


def in_chinese(text: str) -> str:
    """A text of the command line in Chinese; as it is if there are no words for it.

    What was put into it is said in Chinese too where it is such a text; so are its lines, and what stands
    between semicolons.
    """
    if "\n" in text:
        return "\n".join(in_chinese(line) for line in text.split("\n"))
    told = _whole(text)
    if told is not None:
        return told
    for end in (_SENTENCE, _PART):
        parts = end.split(text)
        each = [in_chinese(part) for part in parts] if len(parts) > 1 else parts
        if each != parts:
            return "".join(f"{part[:-1]}；" if part.endswith(";") else part for part in each)
    return text


_SENTENCE, _PART = re.compile(r"(?<=[.)]) (?=[A-Z(])"), re.compile(r"(?<=;) ")
"""Between sentences, and between the parts of one."""


def error_in_chinese(error: CommsimError) -> str:
    """What an error says, in Chinese: where, what and the remedy."""
    if isinstance(error, ScenarioError):
        lines = [problem_in_chinese(problem) for problem in error.problems[:MOST_SHOWN]]
        more = len(error.problems) - MOST_SHOWN
        return "\n".join(lines + ([in_chinese(f"and {more} more")] if more > 0 else []))
    where = in_chinese(error.where) if " " in error.where else error.where  # a path may be called `empty`
    return _joined((where, in_chinese(error.what)), in_chinese(error.remedy))


def problem_in_chinese(problem: Problem, label: str = "") -> str:
    """One line about a problem of a plan; ``label`` is `error`, `warning` or nothing."""
    parts = (str(problem.place), in_chinese(label), problem.path, in_chinese(problem.what))
    return _joined(parts, in_chinese(problem.remedy))


def _joined(parts: tuple[str, ...], remedy: str) -> str:
    return "：".join(part for part in parts if part) + (f"；{remedy}" if remedy else "")


def _whole(text: str) -> str | None:
    """The text by the pattern that fits all of it; those with most letters of their own are tried first."""
    if text.endswith(";") and (told := _whole(text[:-1])) is not None:
        return f"{told};"
    about = text[:1].upper() + text[1:] if " " in text else text  # what a setting is, within a sentence
    for said in (text, about):
        if (exact := _patterns().get(said)) is not None and not _PUT_IN.search(said):
            return exact
    for one in heapq.merge(*(_with_holes().get(first, ()) for first in {text[:1], ""})):
        if (parts := one.filling(text)) is not None:
            return _filled(one.answer, [_listed(in_chinese(part)) for part in parts])
    return None


def _listed(part: str) -> str:
    """What is put in, with the sign that stands between the parts of a list."""
    return part.replace(", ", "、") if _LIST.fullmatch(part) else part


_LIST = re.compile(r"[^\s,;'\"(){}\[\]=]+(?:, [^\s,;'\"(){}\[\]=]+)+")
"""Words with commas between, none of them quoted."""


class _Pattern(NamedTuple):
    """A text with holes, and what it is in Chinese; those with most letters of their own come first."""

    rank: tuple[int, int]
    begin: str
    end: str
    pattern: str
    answer: str

    def filling(self, text: str) -> tuple[str, ...] | None:
        """What stands in the holes if the pattern fits the whole text."""
        if not (text.startswith(self.begin) and text.endswith(self.end)):
            return None
        found = _expression(self.pattern).fullmatch(text)
        return found.groups() if found else None


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    parts = (_ANY[part] if part in _ANY else re.escape(part) for part in re.split(r"(\{#?\})", pattern))
    return re.compile("".join(parts))


def _filled(answer: str, parts: list[str]) -> str:
    """The answer with the parts in its holes, which are numbered or take the next one."""
    order = iter(parts)
    return _HOLE.sub(lambda hole: parts[int(hole[1])] if hole[1] else next(order), answer)


@cache
def _patterns() -> dict[str, str]:
    import yaml

    quick = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    here = Path(__file__).parent
    return {
        pattern: answer
        for name in FILES
        for pattern, answer in yaml.load((here / name).read_text(encoding="utf-8"), quick).items()
    }


@cache
def _with_holes() -> dict[str, list[_Pattern]]:
    """Patterns with holes by their first character; under nothing those that begin with a hole."""
    told = _ranges() | _patterns()
    found: dict[str, list[_Pattern]] = {}
    for number, (pattern, answer) in enumerate(told.items()):
        begin, *more = _PUT_IN.split(pattern)
        if more:
            rank = -len(_PUT_IN.sub("", pattern)), number
            found.setdefault(begin[:1], []).append(_Pattern(rank, begin, more[-1], pattern, answer))
    return {first: sorted(patterns) for first, patterns in found.items()}


def _ranges() -> dict[str, str]:
    """What a setting may be, in each unit: ``0 to 50 orders/week``."""
    words = language("zh").words
    units = {name.removeprefix("unit."): word for name, word in words.items() if name.startswith("unit.")}
    limits = {"{#} to {#}": "{} 到 {}", "at least {#}": "至少 {}", "at most {#}": "最多 {}"}
    must = {"{#} to {#}": "必须在 {} 到 {} 之间", "at least {#}": "不能小于 {}", "at most {#}": "不能大于 {}"}
    told = {f"must be {english}, is {{}}": f"{chinese}，现在是 {{}}" for english, chinese in must.items()}
    for unit, word in units.items():
        told |= {f"{english} {unit}": f"{chinese}（{word}）" for english, chinese in limits.items()}
        told |= {
            f"must be {english} {unit}, is {{}}": f"{chinese}（{word}），现在是 {{}}"
            for english, chinese in must.items()
        }
        told[f"missing ({{}}, in {unit})"] = f"没有写（{{}}，单位：{word}）"
    return told
