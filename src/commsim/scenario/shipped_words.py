"""What shipped plans say of themselves, in Chinese."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import cache
from pathlib import Path

from commsim.scenario.shipped import shipped
from commsim.scenario.yaml_nodes import Tree

LANGUAGE: ContextVar[str] = ContextVar("language of shipped plans", default="en")
"""``zh`` to have shipped plans tell of themselves in Chinese; what they do is the same."""
_TOLD = ("name", "about", "caution")
"""What a plan says that nothing refers to."""


@contextmanager
def telling_in(language: str) -> Iterator[None]:
    """Within it shipped plans tell of themselves in a language."""
    before = LANGUAGE.set(language)
    try:
        yield
    finally:
        LANGUAGE.reset(before)


def own_words() -> dict[str, str]:
    """Names, accounts and goals of the shipped plans, and of what they call their own things."""
    return _words()["told"] | _words()["called"]


def called_words() -> dict[str, str]:
    """What they call their products, people, strategies and other things alone."""
    return _words()["called"]


@cache
def _words() -> dict[str, dict[str, str]]:
    import yaml

    text = (Path(__file__).parent / "shipped_zh.yaml").read_text(encoding="utf-8")
    read: dict[str, dict[str, str]] = yaml.safe_load(text)
    return read


def made(text: str, **parts: str) -> str:
    """What a plan that commsim makes is called, in the language of the shipped ones."""
    return (text if LANGUAGE.get() == "en" else _words()["told"][text]).format(**parts)


def in_own_words(tree: Tree, file: Path) -> Tree:
    """The tree of a plan's file; one that is shipped tells of itself in the language that is wanted.

    Names of products, people and strategies stay, since other plans refer to them.
    """
    if LANGUAGE.get() == "en" or file != shipped().get(file.stem) or not isinstance(tree.value, dict):
        return tree
    value = tree.value | {name: _told(tree.value[name]) for name in _TOLD if name in tree.value}
    value |= {name: _with_goals(value[name]) for name in ("strategies", "weeks") if name in value}
    return replace(tree, value=value)


def _told(leaf: Tree) -> Tree:
    text = leaf.value
    return replace(leaf, value=_words()["told"].get(text.strip(), text)) if isinstance(text, str) else leaf


def _with_goals(strategies: Tree) -> Tree:
    """A list of strategies, or a mapping that changes some, with their goals told."""
    match strategies.value:
        case list() as items:
            return replace(strategies, value=[_with_goal(item) for item in items])
        case dict() as named:
            return replace(strategies, value={name: _with_goal(item) for name, item in named.items()})
    return strategies


def _with_goal(strategy: Tree) -> Tree:
    if not isinstance(strategy.value, dict) or "goal" not in strategy.value:
        return strategy
    return replace(strategy, value=strategy.value | {"goal": _told(strategy.value["goal"])})
