"""Tables of results on the terminal, in parts where they are too wide for it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from commsim.cli.output import console, print_table, table
from commsim.cli.spoken import said

if TYPE_CHECKING:
    from commsim.report.tables import Grid

_GAP = 3
"""Blanks between columns; there is one before the first and one behind the last."""


def said_grid(grid: "Grid") -> "Grid":
    """A table that is made in English, in the language that is spoken."""
    header = tuple(said(cell) for cell in grid.header)
    rows = tuple(tuple(said(cell) for cell in row) for row in grid.rows)
    return replace(grid, title=said(grid.title), header=header, rows=rows)


def print_grids(grids: "list[Grid]") -> None:
    """Print tables one below the other."""
    width = console().width
    for grid in grids:
        for part, columns in enumerate(_parts(grid, width)):
            header, *rows = ([row[c] for c in columns] for row in (grid.header, *grid.rows))
            made = table(header, rows, title="" if part else grid.title)
            for column in made.columns[grid.fixed :]:
                column.justify = "right"
            made.columns[0].no_wrap = grid.fixed == len(grid.header)  # a table of words
            print_table(made)


def _parts(grid: "Grid", width: int) -> Iterator[list[int]]:
    """Columns of each part: those that name the row, and as many others as fit."""
    from rich.cells import cell_len

    widths = [
        max(cell_len(text) for text in (grid.header[c], *(row[c] for row in grid.rows))) + _GAP
        for c in range(len(grid.header))
    ]
    names = list(range(grid.fixed))
    part, used = [*names], sum(widths[: grid.fixed])
    for c in range(grid.fixed, len(grid.header)):
        if len(part) > len(names) and used + widths[c] - 1 > width:
            yield part
            part, used = [*names], sum(widths[: grid.fixed])
        part.append(c)
        used += widths[c]
    yield part
