"""Files of exports as rows of text: CSV of any encoding and separator, and workbooks with merged cells."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commsim.core.errors import InputError
from commsim.population.files import locate, read_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SUFFIXES = (".csv", ".tsv", ".txt", ".gz", ".xlsx", ".xls")
_OLD = b"\xd0\xcf\x11\xe0"
_SEPARATORS = ",\t;"
_HEAD = 20
MAX_BYTES, MAX_UNPACKED = 60_000_000, 1_500_000_000
"""Of a workbook; larger exports come as CSV."""


@dataclass(frozen=True)
class Sheet:
    """A table of a file.  name: of the sheet of a workbook, else empty.

    text, separator: of CSV.  cells: of a workbook, row by row.
    """

    file: Path
    name: str
    text: str = ""
    separator: str = ","
    cells: tuple[tuple[str, ...], ...] = ()

    def place(self, line: int = 0) -> str:
        """Where a line is, for people."""
        spot = f"{self.file}: {self.name}" if self.name else str(self.file)
        return f"{spot}:{line}" if line else spot

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Number of the line and cells of each row, without blank ones."""
        if self.cells:
            yield from ((line, [*row]) for line, row in enumerate(self.cells, 1) if any(row))
            return
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator)
        line = 1
        try:
            for row in reader:
                cells = [_bare(cell) for cell in row]
                if any(cells):
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            remedy = "save it as CSV again, or as .xlsx"
            raise InputError(f"is not a table ({error})", where=self.place(line), remedy=remedy) from error

    def head(self) -> list[tuple[int, list[str]]]:
        """The first rows, among which is the header."""
        return [*islice(self.rows(), _HEAD)]


def sheets_of(file: Path) -> list[Sheet]:
    """The tables of a file.  Raises InputError."""
    source = locate(file, None)
    with file.open("rb") as stream:
        begins = stream.read(4)
    if begins.startswith(b"PK") or file.suffix.lower() == ".xlsx":
        return _workbook(file)  # whatever it is called
    if begins == _OLD or begins.lstrip().startswith(b"<"):
        remedy = "open it in a spreadsheet and save it as .xlsx or CSV"
        raise InputError("is a workbook of the old form", where=str(file), remedy=remedy)
    text = read_text(source)  # also of a file that is called .xls and is none, as some tools export
    head = text[:20_000].splitlines()[:_HEAD]
    separator = max(_SEPARATORS, key=lambda one: sum(line.count(one) for line in head))
    return [Sheet(file, "", text, separator)]


def _bare(cell: str) -> str:
    """A cell without what exports put around numbers so that spreadsheets leave them alone: ="123", '123."""
    cell = cell.strip().strip("\ufeff\u200b")
    if cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1]
    return cell.removeprefix("'").strip()


def _workbook(file: Path) -> list[Sheet]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if file.stat().st_size > MAX_BYTES or unpacked > MAX_UNPACKED:
            remedy = "export fewer days, or CSV"
            raise InputError("is larger than any workbook that is read", where=str(file), remedy=remedy)
        book = load_workbook(file, data_only=True)
    except InputError:
        raise
    except Exception as error:  # a damaged part can fail anywhere in it
        what = f"can't be read as an Excel workbook: {error or type(error).__name__}"
        remedy = "open it in a spreadsheet and save it as .xlsx again, without a password"
        raise InputError(what, where=str(file), remedy=remedy) from error
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [Sheet(file, sheet.title, cells=_cells(sheet)) for sheet in shown]


def _cells(sheet: "Worksheet") -> tuple[tuple[str, ...], ...]:
    """All cells as text; what is merged downwards stands on each of its rows."""
    rows = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    for area in sheet.merged_cells.ranges:
        if area.max_row > area.min_row and area.min_col <= len(rows[area.min_row - 1]):
            value = rows[area.min_row - 1][area.min_col - 1]
            for row in range(area.min_row, area.max_row):
                rows[row][area.min_col - 1] = value
    return tuple(map(tuple, rows))


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime():
            return value.isoformat(" ", "seconds")
        case _:
            return _bare(str(value))
