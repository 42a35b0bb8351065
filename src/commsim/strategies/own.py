"""Strategies in a Python file of the user's: loaded from its text, which can be kept beside what it made.

Text that comes with somebody's results is code.  It is run once the user has given it to ``--strategies``,
which `remember` notes for this user of this machine, and never before.
"""

import difflib
import hashlib
import linecache
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import ModuleType

from platformdirs import user_state_path

from commsim.core.errors import InputError
from commsim.strategies.base import Strategy

MOST_CHARACTERS = 500_000
_MOST_LINES, _MOST_WIDTH = 20, 100
"""Of a difference between two texts, as it is told."""


@dataclass(frozen=True, eq=False)
class OwnFile:
    """A file of strategies: its name without a path, its text, and the module that was made of it."""

    name: str
    text: str
    module: ModuleType

    @property
    def classes(self) -> Iterator[type[Strategy]]:
        """The strategies in it that have a kind."""
        for value in vars(self.module).values():
            here = getattr(value, "__module__", None) == self.module.__name__
            if here and isinstance(value, type) and issubclass(value, Strategy) and kind_of(value):
                yield value


def kind_of(cls: type[Strategy]) -> str:
    """The kind of a strategy class; empty for a base class that sets none."""
    default = cls.model_fields["kind"].default
    return default if isinstance(default, str) else ""


def read_text(file: Path) -> str:
    """The text of a Python file.  Raises InputError."""
    if file.suffix != ".py" or not file.is_file():
        raise InputError("no such Python file", where=str(file), remedy="give the path of a .py file")
    try:
        with tokenize.open(file) as stream:
            text = stream.read(MOST_CHARACTERS + 1)
    except (OSError, SyntaxError, UnicodeError) as error:
        raise InputError(f"can't be read: {error}", where=str(file), remedy="save it as UTF-8") from error
    if len(text) > MOST_CHARACTERS:
        raise InputError("is too long for a file of strategies", where=str(file), remedy="split it")
    return text


def load(text: str, place: str) -> OwnFile:
    """Run a text of strategies.  ``place``: its path, or only its name.  Raises InputError."""
    name = f"commsim_file_{hash_of(text)[:12]}_{Path(place).stem}"
    module = sys.modules[name] = ModuleType(name)
    module.__file__ = place
    linecache.cache[place] = (len(text), None, text.splitlines(keepends=True), place)
    try:
        exec(compile(text, place, "exec", dont_inherit=True), module.__dict__)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise InputError(
            f"the file can't be loaded: {type(error).__name__}: {error}", where=f"{place}{line}"
        ) from error
    own = OwnFile(Path(place).name, text, module)
    if not any(own.classes):
        raise InputError(
            "the file has no strategy",
            where=place,
            remedy="make a class from commsim.strategies.base.Strategy with a kind of its own",
        )
    return own


def hash_of(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def difference(kept: str, given: str) -> str:
    """What differs between two texts, as a unified diff of some lines."""
    lines = difflib.unified_diff(kept.splitlines(), given.splitlines(), "kept", "given", n=1, lineterm="")
    shown = [line[:_MOST_WIDTH] for line in islice(lines, _MOST_LINES + 1)]
    if len(shown) > _MOST_LINES:
        shown[_MOST_LINES:] = ["..."]
    return "\n".join(shown) or "line ends differ"


def remember(text: str) -> None:
    """Note that this user has given a text to be run; without effect where nothing can be written."""
    try:
        _note(text).parent.mkdir(parents=True, exist_ok=True)
        _note(text).touch()
    except OSError:
        return


def is_remembered(text: str) -> bool:
    """Whether this user has given a text to be run before, on this machine."""
    return _note(text).is_file()


def _note(text: str) -> Path:
    return user_state_path("commsim") / "strategies" / hash_of(text)
