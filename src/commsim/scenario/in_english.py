"""A plan in Chinese in the words of the schema: keys, kinds and choices; names stay as they are."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from commsim.scenario import discounts
from commsim.scenario.errors import Problem, ScenarioError
from commsim.scenario.fields import card, choices_of, holds, holds_many, model_in
from commsim.scenario.schema import Scenario
from commsim.scenario.words import choice_words, file_words, key_words, kind_words, row_words, words_of_kind
from commsim.scenario.yaml_nodes import Tree
from commsim.strategies.base import Strategy
from commsim.strategies.registry import kinds

_TRUTHS = {"是": True, "否": False}


def top_in_english(tree: Tree) -> Tree:
    """A plan file with its sections under their names in the schema.  Raises ScenarioError."""
    known = {**key_words(Scenario), **{word: [key] for word, key in file_words().items()}}
    return replace(tree, value=_renamed(tree, known))


def in_english(tree: Tree, named: Mapping[str, str]) -> Tree:
    """All that stands under the sections of a plan file in the words of the schema.

    named: kinds of the strategies of the plan that it extends, by name: a change of one need not say its
    kind.  Raises ScenarioError for a word that may mean two settings, or a setting that stands there twice.
    """
    return _Translator(named, set(_names(tree))).plan(tree)


def _names(tree: Tree) -> Iterator[str]:
    """All that is called something in a file."""
    if isinstance(tree.value, dict):
        for key, child in tree.value.items():
            if key in ("name", "名称"):
                yield str(child.value)
            yield from _names(child)
    elif isinstance(tree.value, list):
        for child in tree.value:
            yield from _names(child)


def _renamed(tree: Tree, known: Mapping[str, list[str]]) -> dict[str, Tree]:
    """The items of a mapping under the names of settings."""
    assert isinstance(tree.value, dict)
    made: dict[str, Tree] = {}
    for key, child in tree.value.items():
        names = known.get(key, [key])
        if len(names) > 1:
            raise _wrong(child, key, f"may mean {' or '.join(names)} here", "write one of these")
        if names[0] in made:
            first = made[names[0]].key
            raise _wrong(
                child, key, f"says {names[0]}, as line {first.line if first else 0} does already", "keep one"
            )
        made[names[0]] = child if key == names[0] else replace(child, word=key)
    return made


def _wrong(child: Tree, key: str, what: str, remedy: str) -> ScenarioError:
    return ScenarioError([Problem(child.key or child.place, key, what, remedy)])


class _Translator:
    """named: kinds of another plan's strategies by name.  given: names that the file gives."""

    def __init__(self, named: Mapping[str, str], given: set[str]) -> None:
        self.named, self.given, self.kinds = named, given, kind_words()
        self.says_kind = ("kind", *words_of_kind())

    def plan(self, tree: Tree) -> Tree:
        assert isinstance(tree.value, dict)
        made = {
            key: self._rows(child)
            if key == "weeks"
            else self._value(child, Scenario.model_fields.get(key), "")
            for key, child in tree.value.items()
        }
        return replace(tree, value=made)

    def _value(self, tree: Tree, field: FieldInfo | None, kind: str) -> Tree:
        inner = model_in(field.annotation) if field else None
        if field is None or inner is None:
            return tree if field is None else self._plain(tree, field)
        if isinstance(tree.value, list):
            return replace(tree, value=[self._part(item, inner, kind) for item in tree.value])
        if card(field).get("unit") == "pairs" or not isinstance(tree.value, dict):
            return tree
        if holds_many(field.annotation):
            return replace(tree, value=self._changes(tree, inner, kind))
        return self._part(tree, inner, kind)

    def _part(self, tree: Tree, model: type[BaseModel], kind: str) -> Tree:
        if model is Strategy:
            return self._strategy(tree, "")
        return self._settings(tree, model, kind, key_words(model, kind))

    def _settings(
        self, tree: Tree, model: type[BaseModel], kind: str, known: Mapping[str, list[str]]
    ) -> Tree:
        if not isinstance(tree.value, dict):
            return tree
        for key, child in tree.value.items():
            if what := discounts.unclear(key, child.value):
                raise _wrong(child, key, what, discounts.REMEDY)
        made = {
            key: self._announced(child)
            if key == "announces"
            else self._value(child, model.model_fields.get(key), kind)
            for key, child in _renamed(tree, known).items()
        }
        return replace(tree, value=made)

    def _changes(self, tree: Tree, model: type[BaseModel], kind: str) -> dict[str, Tree]:
        """Changes by name; a strategy may be named by the Chinese word of its kind."""
        assert isinstance(tree.value, dict)
        if model is not Strategy:
            return {name: self._part(item, model, kind) for name, item in tree.value.items()}
        known = {word: [name] for word, name in self.kinds.items() if word not in self.named}
        return {
            name: self._strategy(item, self.named.get(name, name))
            for name, item in _renamed(tree, known).items()
        }

    def _strategy(self, tree: Tree, kind: str) -> Tree:
        """A strategy, whose kind says what its keys may be."""
        if not isinstance(tree.value, dict):
            return tree
        said = next((child for key, child in tree.value.items() if key in self.says_kind), None)
        kind = kind if said is None else self.kinds.get(str(said.value), str(said.value))
        return self._of_kind(tree, kind, {})

    def _of_kind(self, tree: Tree, kind: str, own: Mapping[str, str]) -> Tree:
        cls = kinds().get(kind)
        more = {word: [key] for word, key in own.items()}
        if cls is None:
            return replace(tree, value=_renamed(tree, {word: ["kind"] for word in self.says_kind} | more))
        found = self._settings(tree, cls, kind, {**key_words(cls, kind), **more})
        assert isinstance(found.value, dict)
        for key in ("kind", "do"):
            if key in found.value:
                found.value[key] = replace(found.value[key], value=kind)
        return found

    def _rows(self, tree: Tree) -> Tree:
        """A table of weeks: rows have words of their own, then those of a strategy."""
        if not isinstance(tree.value, list):
            return tree
        own, rows = row_words(), []
        for row in tree.value:
            if not isinstance(row.value, dict):
                rows.append(row)
                continue
            said = next(
                (child for key, child in row.value.items() if own.get(key, key) in ("do", *self.says_kind)),
                None,
            )
            kind = "" if said is None else self.kinds.get(str(said.value), str(said.value))
            rows.append(self._of_kind(row, kind, own))
        return replace(tree, value=rows)

    def _announced(self, tree: Tree) -> Tree:
        """The name of another strategy, or the Chinese word of its kind where nothing is called so."""
        kind = self.kinds.get(str(tree.value))
        known = tree.value in self.given or tree.value in self.named
        return tree if kind is None or known else replace(tree, value=kind)

    def _plain(self, tree: Tree, field: FieldInfo) -> Tree:
        """A choice or a truth in its Chinese word, or several of them."""
        if isinstance(tree.value, list):
            return replace(tree, value=[self._plain(item, field) for item in tree.value])
        if not isinstance(tree.value, str):
            return tree
        if holds(field.annotation, bool) and tree.value in _TRUTHS:
            return replace(tree, value=_TRUTHS[tree.value])
        return replace(tree, value=choice_words(choices_of(field.annotation)).get(tree.value, tree.value))
