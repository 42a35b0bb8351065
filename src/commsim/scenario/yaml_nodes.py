"""YAML text to a tree of values that know their places; refuses what could blow up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from yaml.reader import Reader

from commsim.scenario.errors import Place, Problem, ScenarioError, SettingPath, dotted
from commsim.scenario.slips import unreadable
from commsim.scenario.yaml_core import Scalar, scalar

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
MAX_VALUES = 20_000
START = "`commsim init` writes a scenario to start from"
"""How to begin a file that has nothing in it."""
"""Far more than any plan has; few enough to check each within a second."""
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Tree:
    """A value and where it stands: a mapping, a list or a scalar.

    key: the place of its key. word: what the file calls that key, if not as the schema. label: what the
    file calls an item of a list that was put together from several files: its name there, or its
    position; None for the position that it has. row: the number of the first row of a strategy that
    stands in a table of weeks. plus: a number that was written with a plus sign, which its value does not
    tell. gone: of a list, what another file has taken out of it, by name.
    """

    value: "dict[str, Tree] | list[Tree] | Scalar"
    place: Place
    key: Place | None = None
    word: str = ""
    label: str | int | None = None
    row: int | None = None
    plus: bool = False
    gone: "dict[str, Tree]" = field(default_factory=dict)

    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

    def at(self, path: Sequence[str | int]) -> "Tree":
        """The tree at a path, or the nearest one above it."""
        here = self
        for part in path:
            child = here.child(part)
            if child is None:
                break
            here = child
        return here

    def told(self, path: Sequence[str | int]) -> str:
        """A path as its file writes it: ``strategies[2].total``, or ``strategies.red_envelope.total``."""
        found: list[str | int] = []
        for depth, part in enumerate(path):
            child = self.at(path[:depth]).child(part)
            if child is not None and child.row is not None and child.label is None:
                found = [child.word or "weeks", child.row]
                continue
            said = None if child is None else child.word or child.label
            found.append(part if said is None else said)
        return dotted(found)

    def children(self) -> "Iterable[Tree]":
        """What stands one step below; nothing below a scalar."""
        if isinstance(self.value, dict):
            return self.value.values()
        return self.value if isinstance(self.value, list) else ()

    def child(self, part: str | int) -> "Tree | None":
        """One step down; None if there is nothing."""
        if isinstance(self.value, dict) and isinstance(part, str):
            return self.value.get(part)
        if isinstance(self.value, list) and isinstance(part, int) and part < len(self.value):
            return self.value[part]
        return None

    def leaves(self, path: SettingPath = ()) -> "Iterator[tuple[SettingPath, Tree]]":
        """Every scalar with its path."""
        if isinstance(self.value, dict | list):
            items = self.value.items() if isinstance(self.value, dict) else enumerate(self.value)
            for part, child in items:
                yield from child.leaves((*path, part))
        else:
            yield path, self


def read(file: Path, start: str = START) -> Tree:
    """Read a YAML file that holds one mapping, as `parse`.  Raises ScenarioError."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refusal(Place(file), f"can't be read: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise _refusal(Place(file), "the file is over 1 MB, no scenario is", "give a scenario file")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise _refusal(Place(file, line, column), "the text is not UTF-8", "save it as UTF-8") from error
    return parse(text, file, start)


def parse(text: str, file: Path | None = None, start: str = START) -> Tree:
    """YAML text with one mapping to a tree; ``start`` says how to begin one.  Raises ScenarioError."""
    composer = _Composer(file, start)
    try:
        for event in _events(text):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark and (slip := unreadable(text, mark.line)):
            raise _refusal(Place(file, slip[0] + 1, 1), *slip[1:]) from error
        place = composer.place(mark)
        what = " ".join(part for part in (error.context, error.problem) if part)
        raise _refusal(place, f"not YAML: {what}", "look at indents, colons and quotes here") from error
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        raise _unreadable_character(text, file, error) from error
    return composer.result()


def _unreadable_character(text: str, file: Path | None, error: Exception) -> ScenarioError:
    found = Reader.NON_PRINTABLE.search(text)
    if found is None:
        return _refusal(Place(file), f"not YAML: {error}".splitlines()[0])
    at, code = found.start(), ord(found[0])
    place = Place(file, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    return _refusal(place, f"not YAML: the character U+{code:04X} can't stand here", "delete it")


def _events(text: str) -> Iterator[Any]:
    """What the parser finds, in its order.

    libyaml reads ahead, and newer ones give up at a depth of a thousand before they have told of any; the
    slower parser in Python then tells the rest, so that what is refused, and where, is the same with all.
    """
    told = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            told += 1
            yield event
    except yaml.MarkedYAMLError as error:
        if error.problem != "exceeded maximum nesting depth":
            raise
        yield from islice(yaml.parse(text, Loader=yaml.SafeLoader), told, None)


def _refusal(place: Place, what: str, remedy: str = "") -> ScenarioError:
    return ScenarioError([Problem(place, "", what, remedy)])


class _Composer:
    """Builds the tree from events, without recursion."""

    def __init__(self, file: Path | None, start: str) -> None:
        self.file, self.start = file, start
        self.root: Tree | None = None
        self.open: list[Tree] = []
        self.keys: list[tuple[str, Place] | None] = []
        self.documents = self.values = 0
        self.problems: list[Problem] = []

    def place(self, mark: Any) -> Place:
        """A mark of the parser's, counted from 1."""
        return Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)

    def take(self, event: Any) -> None:
        """Take the next event of the parser."""
        match event:
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    raise _refusal(
                        self.place(event.start_mark), "a second document", "use one file per scenario"
                    )
            case yaml.AliasEvent():
                raise _refusal(
                    self.place(event.start_mark),
                    f"the alias *{event.anchor} is not allowed",
                    "write it out, or put the shared part in a file of its own and use extends",
                )
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.open.pop()
                self.keys.pop()

    def result(self) -> Tree:
        """The whole tree, which must be a mapping."""
        if self.root is None or not isinstance(self.root.value, dict):
            what = "the file is empty" if self.root is None else "the file is not a mapping of keys to values"
            self.problems.append(Problem(Place(self.file), "", what, self.start))
        if self.problems:
            raise ScenarioError(self.problems)
        assert self.root is not None
        return self.root

    def _begin(self, event: Any) -> None:
        place = self.place(event.start_mark)
        if event.tag is not None and event.tag not in ("!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"):
            raise _refusal(place, f"the tag {event.tag} is not allowed", "remove it")
        if len(self.open) >= MAX_DEPTH:
            raise _refusal(place, f"nested more than {MAX_DEPTH} levels deep", "no scenario is")
        tree = Tree({} if isinstance(event, yaml.MappingStartEvent) else [], place)
        self._put(tree)
        self.open.append(tree)
        self.keys.append(None)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        place = self.place(event.start_mark)
        if self.open and isinstance(self.open[-1].value, dict) and self.keys[-1] is None:
            self.keys[-1] = (event.value, place)
            return
        try:
            self._put(Tree(scalar(event), place, plus=event.value[:1] == "+"))
        except ValueError as error:
            raise _refusal(place, f"can't be read: {error}") from error

    def _put(self, tree: Tree) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            raise _refusal(tree.place, f"more than {MAX_VALUES:,} values", "no scenario has so many")
        if not self.open:
            self.root = tree
            return
        parent = self.open[-1].value
        if isinstance(parent, list):
            parent.append(tree)
        elif isinstance(parent, dict):
            self._put_in(parent, tree)

    def _put_in(self, parent: dict[str, Tree], tree: Tree) -> None:
        entry, self.keys[-1] = self.keys[-1], None
        if entry is None:
            raise _refusal(tree.place, "a key must be a word, not a list or mapping")
        key, tree.key = entry
        if key in parent:
            first = parent[key].key
            self.problems.append(
                Problem(
                    tree.key, key, f"written twice; first in line {first.line if first else 0}", "keep one"
                )
            )
        parent.setdefault(key, tree)
