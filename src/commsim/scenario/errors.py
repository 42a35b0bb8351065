"""Errors in a scenario file, each with its place, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from commsim.core.errors import InputError

MOST_SHOWN = 50


SettingPath = tuple[str | int, ...]
"""Keys and positions from the top of a scenario to one setting."""


class Finding(NamedTuple):
    """What is wrong, or worth a warning, about one setting; it has no place in a file yet."""

    path: SettingPath
    what: str
    remedy: str


def _letters(column: int) -> str:
    """A column of a sheet as spreadsheets name it: A, B ... Z, AA."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


@dataclass(frozen=True)
class Place:
    """A spot in a file; line and column count from 1 (0: the file as a whole).

    sheet: of a workbook; line and column are then those of a cell.
    """

    file: Path | None
    line: int = 0
    column: int = 0
    sheet: str = ""

    @property
    def cell(self) -> str:
        """``Strategies!D7``; empty for what stands in no workbook."""
        if not self.sheet:
            return ""
        return f"{self.sheet}!{_letters(self.column)}{self.line}" if self.line else self.sheet

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.file}: {self.cell}"
        spot = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.file or 'scenario'}{spot}"


@dataclass(frozen=True)
class Problem:
    """One error or warning: where it stands, which setting it is about, what is wrong, what to do."""

    place: Place
    path: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return self.line()

    def line(self, label: str = "") -> str:
        """One line for people: place, ``label`` such as `warning`, setting, what is wrong, remedy."""
        parts = (str(self.place), label, self.path, self.what)
        remedy = f"; {self.remedy}" if self.remedy else ""
        return ": ".join(part for part in parts if part) + remedy


class ScenarioError(InputError):
    """A scenario that can't be used; ``problems`` lists everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        shown = [str(problem) for problem in self.problems[:MOST_SHOWN]]
        if len(self.problems) > MOST_SHOWN:
            shown.append(f"and {len(self.problems) - MOST_SHOWN} more")
        super().__init__("\n".join(shown))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with the problems."""
        return (type(self), (self.problems,))


def dotted(path: Sequence[str | int]) -> str:
    """A path of keys and positions as people write it: ``strategies[2].total``; positions from 0."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
