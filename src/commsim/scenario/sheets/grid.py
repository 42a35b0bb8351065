"""Tables of cells that know where they stand, whatever file they are from."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from commsim.scenario.errors import Place, Problem, ScenarioError

Value = str | int | float | bool | dt.date | dt.time | None
NOTE = "#"
"""What a row or the name of a sheet begins with that is for people only."""
MOST_ROWS, MOST_COLUMNS = 20_000, 300


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and where.

    percent: a number that is shown in per cent, such as 0.05 as 5 %.
    """

    value: Value
    place: Place
    percent: bool = False

    @property
    def text(self) -> str:
        """The value as text without blanks around it; empty for an empty cell."""
        return "" if self.value is None else str(self.value).strip()


@dataclass(frozen=True)
class Table:
    """The cells of one sheet, row by row; rows of nothing and rows of notes are left out."""

    name: str
    place: Place
    rows: tuple[tuple[Cell, ...], ...]


def table(name: str, place: Place, rows: Sequence[Sequence[Cell]]) -> Table:
    """A table of the rows that say something."""
    told = (tuple(row) for row in rows if any(cell.text for cell in row))
    return Table(name, place, tuple(row for row in told if not _first(row).startswith(NOTE)))


def _first(row: Sequence[Cell]) -> str:
    return next(cell.text for cell in row if cell.text)


def filled(row: Sequence[Cell]) -> Iterator[Cell]:
    """The cells of a row that hold something."""
    return (cell for cell in row if cell.text)


def refusal(place: Place, what: str, remedy: str = "") -> ScenarioError:
    """An error about a cell, a sheet or a whole file."""
    return ScenarioError([Problem(place, "", what, remedy)])


def refuse_size(place: Place, rows: int, columns: int) -> None:
    """Raise ScenarioError for a sheet that no plan could fill."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise refusal(
            place,
            f"has {rows:,} rows and {columns:,} columns, more than {MOST_ROWS:,} and {MOST_COLUMNS}",
            "delete what is empty below and beside the table",
        )
