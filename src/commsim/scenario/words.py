"""Chinese words in which a plan can be written: those of the lists in ``zh.yaml``, each for one setting."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from pydantic import BaseModel

from commsim.scenario.chinese import names
from commsim.strategies.audience import Who, condition_names
from commsim.strategies.base import Strategy
from commsim.strategies.registry import kinds

_BRACKETS = re.compile(r"[（(].*?[）)]")


def kind_words() -> dict[str, str]:
    """Kinds of strategies by their Chinese words."""
    named = [(names().get(f"kind.{kind}", ""), kind) for kind in kinds()]
    return {_short(word): kind for word, kind in named if word} | {word: kind for word, kind in named if word}


def chosen_words(choices: Iterable[str]) -> list[str]:
    """The first Chinese word of each choice; the choice itself for one that has none."""
    return [next(iter(_split(names().get(f"choice.{one}", ""))), one) for one in choices]


def called(model: type[BaseModel], kind: str = "") -> dict[str, str]:
    """The Chinese word of each setting of a model that has one."""
    more = condition_names() if issubclass(model, Who) else ()
    found = {name: next(_labels(model, kind, name), "") for name in (*model.model_fields, *more)}
    return {name: word for name, word in found.items() if word}


def words_of_kind() -> list[str]:
    """What the setting that says the kind of a strategy is called."""
    return [word for key in ("field.strategy.kind", "also.any.kind") for word in _split(names().get(key, ""))]


def choice_words(choices: Iterable[str]) -> dict[str, str]:
    """Choices by their Chinese words."""
    return {
        word: choice
        for choice in choices
        for key in (f"choice.{choice}", f"also.choice.{choice}")
        for word in _split(names().get(key, ""))
    }


@cache
def key_words(model: type[BaseModel], kind: str = "") -> Mapping[str, list[str]]:
    """Settings by their Chinese words; more than one where a word is short for several.

    kind: that of the strategy which the model is, or is a part of.
    """
    whole: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    more = condition_names() if issubclass(model, Who) else ()
    for name in dict.fromkeys((*model.model_fields, *more)):
        for label in _labels(model, kind, name):
            _note(whole, label, name)
            _note(short, _short(label), name)
    return MappingProxyType({**short, **whole})


def is_chinese(word: str) -> bool:
    """Whether Chinese characters are in it."""
    return re.search("[\u4e00-\u9fff]", word) is not None


def _short(word: str) -> str:
    """A word without what stands in brackets."""
    return _BRACKETS.sub("", word).strip()


def _note(found: dict[str, list[str]], word: str, name: str) -> None:
    meant = found.setdefault(word, [])
    if name not in meant:
        meant.append(name)


def _labels(model: type[BaseModel], kind: str, name: str) -> Iterator[str]:
    """What a setting is called: in its kind or its part of a plan, or in all strategies."""
    part = model.__name__.lower()
    own = "" if part == "scenario" else f"{part}."
    keys = [f"path.{own}{name}", f"field.{part}.{name}", f"also.{part}.{name}"]
    if kind:
        keys += [f"{of}.{kind}.{name}" for of in ("field", "also")]
        keys += [f"field.strategy.{name}"] if issubclass(model, Strategy) else []
        by_kind = f"also.{kind}.{name}" in names() and issubclass(model, Strategy)
        keys += [] if by_kind else [f"also.any.{name}"]
    for key in keys:
        yield from _split(names().get(key, ""))


def _split(label: str) -> list[str]:
    """The words of an entry: with 、 between, but not within brackets."""
    return re.split("、(?![^（]*）)", label) if label else []


def row_words() -> dict[str, str]:
    """Words of a row of a table of weeks (`commsim.scenario.weeks`) that are no settings."""
    return _by_word(("field.week", "also.row"), ("do", "week", "date"))


def file_words() -> dict[str, str]:
    """Words at the top of a plan file that are no sections of a scenario."""
    return _by_word(("path", "also.scenario"), ("weeks", "extends"))


def _by_word(owners: Iterable[str], keys: Iterable[str]) -> dict[str, str]:
    pairs = ((owner, key) for owner in owners for key in keys)
    return {word: key for owner, key in pairs for word in _split(names().get(f"{owner}.{key}", ""))}
