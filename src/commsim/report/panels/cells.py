"""Figures of cells: shares and differences in rows and columns."""

from dataclasses import dataclass

import numpy as np

from commsim.core.arrays import Floats
from commsim.report.numbers import cell
from commsim.report.panels.panel import Panel
from commsim.report.tables import Grid


@dataclass(frozen=True, slots=True)
class Heat(Panel):
    """Shares in a table of rows x columns, nan where there is none; shades begin at ``lowest``."""

    corner: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Floats
    lowest: float
    plan: int = 0

    def grid(self) -> Grid:
        """The table itself."""
        told = [
            (row, *("" if np.isnan(v) else f"{100 * v:.0f} %" for v in values))
            for row, values in zip(self.rows, self.values, strict=True)
        ]
        return Grid(self.title, (self.corner, *self.columns), tuple(told))


@dataclass(frozen=True, slots=True)
class Chart(Panel):
    """A difference over two things at once, in a table of rows x columns: above 0, or below.

    down, across: what the rows and columns are values of.  marked: row and column that are as all is.
    """

    down: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Floats
    marked: tuple[int, int]

    def grid(self) -> Grid:
        """The table itself."""
        told = [
            (row, *(cell(float(value), self.unit) for value in values))
            for row, values in zip(self.rows, self.values, strict=True)
        ]
        return Grid(f"{self.title}: {self.down} / {self.across}", ("", *self.columns), tuple(told))
