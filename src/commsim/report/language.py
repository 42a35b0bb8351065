"""The languages that results are told in: English, and Simplified Chinese from a list of sentences."""

import re
from collections.abc import Iterable, Mapping
from copy import copy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

from commsim.analysis.phrase import Phrase
from commsim.core.errors import InputError
from commsim.core.mechanism import words as of_mechanisms
from commsim.core.units import WEEKDAYS
from commsim.scenario.chinese import names
from commsim.scenario.shipped_words import called_words, own_words
from commsim.strategies.audience import NO_CHANNELS

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

Code = Literal["en", "zh"]
_DAYS = "|".join(WEEKDAYS)
_WHEN = re.compile(rf"(?:(?:{_DAYS})(?:[-, ]+(?:{_DAYS}))*|\d{{4}}-\d\d-\d\d)?\s*(?:\d+:00)?(?: ?\(\d+\))?")
"""Days and hour in the name of a strategy that a table of weeks has given."""

_OTHER_CAUSES = {"operator": "operator", "shelf": "shelf", "total": "total", "*": "all together"}
"""Causes that are no single strategy, in English."""

_HAN = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_PART = re.compile(rf"(?P<left>(?<={_HAN}) )?(?P<part>{{(?P<name>\w+)[^}}]*}})(?P<right> (?={_HAN}))?")
"""A part of a Chinese text, and the blanks that set it off from the characters beside it."""
_BESIDE = re.compile(r"{(?P<one>\w+)} (?={(?P<other>\w+))")
"""Two parts that stand beside each other, with a blank between."""


def _closed_up(text: str, parts: Mapping[str, Any]) -> str:
    """A Chinese text without blanks beside those parts that are Chinese themselves."""

    def close(found: re.Match[str]) -> str:
        told = str(parts[found["name"]])
        left = "" if re.match(_HAN, told) else found["left"] or ""
        right = "" if re.search(f"{_HAN}$", told) else found["right"] or ""
        return left + found["part"] + right

    def join(found: re.Match[str]) -> str:
        one, other = str(parts[found["one"]]), str(parts[found["other"]])
        beside = re.search(f"{_HAN}$", one) and re.match(_HAN, other)
        return found[0].rstrip() if beside else found[0]

    return _PART.sub(close, _BESIDE.sub(join, text))


class Language:
    """Says a text, given in English, in one language: ``say("{plan} earns {amount}", plan=...)``.

    What it has no words for stays as it is, so that names of the user's come through unchanged.
    """

    def __init__(self, code: Code, words: dict[str, str]) -> None:
        self.code, self.words = code, words
        self.own: dict[str, str] = called_words() if code == "zh" else {}
        self.of_plans: dict[str, str] = own_words() if code == "zh" else {}
        self.kinds: dict[str, str] = {}
        self.channels: frozenset[str] = frozenset()

    def __call__(self, text: str, **parts: Any) -> str:
        """The text with its parts put in; parts are not translated, but for those of a `Phrase`."""
        if isinstance(text, Phrase):
            return self(text.template, **{name: self._part(part) for name, part in text.parts.items()})
        told = self.words.get(text, text)
        if not parts:
            return told
        return (told if self.code == "en" else _closed_up(told, parts)).format(**parts)

    def sentences(self, told: Iterable[str]) -> str:
        """Sentences, one behind the other: with a blank between them, but not in Chinese."""
        return ("" if self.code == "zh" else " ").join(filter(None, told))

    def listed(self, names: Iterable[str]) -> str:
        """Names or numbers, one beside the other."""
        return ("、" if self.code == "zh" else ", ").join(names)

    def parts(self, told: Iterable[str]) -> str:
        """Parts of one account, one behind the other."""
        return ("；" if self.code == "zh" else "; ").join(told)

    def titled(self, title: str, text: str) -> str:
        """What is told of something, behind its name."""
        return f"{title}：{text}" if self.code == "zh" else f"{title}: {text}"

    def called(self, name: str) -> str:
        """What a plan calls something of its own; those of shipped plans have Chinese names."""
        return self.own.get(name, name)

    def told(self, text: str) -> str:
        """What a plan is called, or a goal in it; shipped ones have Chinese words."""
        return self.of_plans.get(text.strip(), text)

    def known(self, text: str) -> str:
        """The text if there are words for it in this language, else nothing."""
        return self(text) if self.code == "en" or text in self.words else ""

    def _part(self, part: Any) -> Any:
        return self(part) if isinstance(part, Phrase) else part

    def column(self, name: str) -> str:
        """The head of a column of the operators' table, where a word may mean something else."""
        return self.words.get(f"column {name}") or self(name.capitalize())

    def name(self, name: str) -> str:
        """A name that stands with underscores in a plan."""
        return self(name.replace("_", " "))

    def kind(self, kind: str) -> str:
        """A kind of strategies."""
        return self.words.get(f"kind.{kind}") or self.name(kind)

    def of(self, plan: "Scenario") -> Self:
        """The same language, which knows what the strategies of a plan are; see `cause`."""
        kinds = {one.name: one.kind for one in plan.strategies}
        return self.knowing(kinds, (one.name for one in plan.sources if one.name == one.kind))

    def knowing(self, kinds: Mapping[str, str], channels: Iterable[str] = ()) -> Self:
        """The same language, which knows the kinds of strategies by name, and channels without a name."""
        told = copy(self)
        told.kinds, told.channels = dict(kinds), frozenset(channels)
        return told

    def cause(self, name: str) -> str:
        """A strategy of the plan, or another cause in its ledger: names that a user gave stay as they are.

        A strategy or channel without a name is called by its kind, in a table of weeks also by its days
        and hour.
        """
        if name in _OTHER_CAUSES:
            return self(_OTHER_CAUSES[name])
        if name in self.channels:
            return self.choice(name)
        kind = self.kinds.get(name, "")
        return self.kind(kind) if name == kind else self._row(name, kind) or self.called(name)

    def _row(self, name: str, kind: str) -> str:
        """A strategy that is called by its kind, days and hour; empty for one that is not."""
        when = name.removeprefix(f"{kind} ")
        if not kind or when == name or not _WHEN.fullmatch(when):
            return ""
        days = re.sub(r"(?<=[a-z])-(?=[a-z])", self("-"), when)
        told = self.listed(re.sub(_DAYS, lambda day: self(day[0]), days).split(", "))
        return f"{self.kind(kind)} {told}"

    def channel(self, name: str) -> str:
        """A way in which members come: a channel of the plan, or one that there is under any plan."""
        return self.choice(name) if name in NO_CHANNELS else self.cause(name)

    def setting(self, kind: str, name: str) -> str:
        """A setting of a kind of strategies: the same name may mean something else in another kind."""
        return self.words.get(f"field.{kind}.{name}") or self.name(name)

    def unit(self, unit: str) -> str:
        """The unit of a setting."""
        return self.words.get(f"unit.{unit}", unit)

    def choice(self, word: str) -> str:
        """One of the words that a setting chooses from."""
        return self.words.get(f"choice.{word}", word)

    def values(self, text: str) -> str:
        """What a setting may be or is by default, as a card lists it: choices and truths in words."""
        return text if self.code == "en" else self.listed(map(self._value, text.split(", ")))

    def _value(self, word: str) -> str:
        if word in (*WEEKDAYS, "true", "false", "required", "section"):
            return self(word)
        return self.words.get(f"kind.{word}") or self.choice(word)

    def condition(self, name: str) -> str:
        """What of a member a condition is about."""
        return self.words.get(f"field.who.{name}") or self.name(name)

    def daily(self, number: str) -> str:
        """A number of every day that a mechanism adds."""
        return of_mechanisms(self.code).get(f"daily.{number}") or self.name(number)


ENGLISH = Language("en", {})


@cache
def language(code: str) -> Language:
    """The language of a code, ``en`` or ``zh``; InputError for another."""
    if code == "en":
        return ENGLISH
    if code == "zh":
        return Language("zh", _words())
    raise InputError(
        f"no report can be written in {code!r}", where="--lang", remedy=f"give {' or '.join(get_args(Code))}"
    )


def _words() -> dict[str, str]:
    import yaml

    text = (Path(__file__).parent / "zh.yaml").read_text(encoding="utf-8")
    words: dict[str, str] = yaml.safe_load(text)
    return names() | words
