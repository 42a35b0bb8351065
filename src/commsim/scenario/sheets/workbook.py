"""An Excel workbook to tables of cells; what is no workbook, or could blow up, is refused with words."""

import datetime as dt
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commsim.scenario.errors import Place
from commsim.scenario.sheets.grid import NOTE, Cell, Table, refusal, refuse_size, table

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MAX_BYTES = 5_000_000
MAX_UNPACKED = 60_000_000
"""Far more than a plan takes: the calendar of ten years is under a tenth of it."""
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
_OLD = b"\xd0\xcf\x11\xe0"
_FLOORS = (dt.date(1899, 12, 31), dt.date(1904, 1, 1))
"""The day of a time without a date, in the two ways in which workbooks count days."""


def read_workbook(file: Path) -> list[Table]:
    """The tables of all sheets.  Raises ScenarioError."""
    _refuse_what_is_none(file)
    shown, formulas = _open(file, values=True), _open(file, values=False)
    return [
        _table(file, shown[name], formulas[name])
        for name in shown.sheetnames
        if shown[name].sheet_state == "visible" and hasattr(shown[name], "iter_rows")
    ]


def _refuse_what_is_none(file: Path) -> None:
    try:
        with file.open("rb") as stream:
            head = stream.read(4)
            size = stream.seek(0, 2)
    except OSError as error:
        raise refusal(Place(file), f"can't be read: {error.strerror}") from error
    if head == _OLD:
        what = "is an old .xls, or protected by a password"
        raise refusal(Place(file), what, "save it as an Excel workbook (.xlsx) without a password")
    if size > MAX_BYTES:
        raise refusal(Place(file), f"has {size:,} bytes, no plan has over {MAX_BYTES:,}", "give a plan")
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > MAX_UNPACKED or len(archive.infolist()) > 1000:
                what = f"would unpack to {unpacked:,} bytes, no plan does"
                raise refusal(Place(file), what, "copy the sheets of the plan into a new workbook")
            for part in archive.infolist():
                with archive.open(part) as stream:
                    if b"<!DOCTYPE" in stream.read(1000).upper():
                        raise refusal(Place(file), f"{part.filename} declares what no workbook needs")
    except _DAMAGE as error:
        what = f"is not an Excel workbook, or damaged: {error}"
        raise refusal(Place(file), what, "open it in a spreadsheet and save it as .xlsx again") from error


def _open(file: Path, *, values: bool) -> "Workbook":
    from openpyxl import load_workbook

    try:
        return load_workbook(file, data_only=values)
    except Exception as error:  # a damaged part can fail anywhere in it
        what = f"can't be read as an Excel workbook: {error or type(error).__name__}"
        raise refusal(Place(file), what, "open it in a spreadsheet and save it as .xlsx again") from error


def _table(file: Path, shown: "Worksheet", formulas: "Worksheet") -> Table:
    place = Place(file, sheet=shown.title)
    refuse_size(place, shown.max_row, shown.max_column)
    merged = _merged(file, shown)
    rows = []
    for values, written in zip(shown.iter_rows(), formulas.iter_rows(), strict=True):
        rows.append([_cell(file, cell, own, merged) for cell, own in zip(values, written, strict=True)])
    return table(shown.title, place, rows)


def _merged(file: Path, sheet: "Worksheet") -> dict[str, Any]:
    """For each cell of a merged column of cells, the one that holds their value."""
    found: dict[str, Any] = {}
    for area in sheet.merged_cells.ranges:
        top = sheet.cell(area.min_row, area.min_col)
        if area.min_col != area.max_col and top.value is not None and not str(top.value).startswith(NOTE):
            what = f"{area.coord} is one cell across columns, so it is not clear which it is for"
            raise refusal(_place(file, top), what, "unmerge it")
        for row in range(area.min_row, area.max_row + 1):
            found[sheet.cell(row, area.min_col).coordinate] = top
    return found


def _cell(file: Path, cell: Any, written: Any, merged: dict[str, Any]) -> Cell:
    holder = merged.get(cell.coordinate, cell)
    value, place = holder.value, _place(file, cell)
    if written.data_type == "f" and value is None:
        what = f"holds a formula ({written.value!s:.40}) that was never worked out"
        raise refusal(place, what, "save it in a spreadsheet, or write what it comes to")
    if holder.data_type == "e":
        raise refusal(place, f"shows {value}", "mend the formula, or write what it should come to")
    return Cell(_plain(value), place, percent="%" in (holder.number_format or ""))


def _plain(value: Any) -> Any:
    """What a cell holds, as a plan says it: whole numbers as such, days without a time of day."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case dt.datetime() if value.date() in _FLOORS:
            return value.time()
        case dt.datetime() if value.time() == dt.time():
            return value.date()
        case dt.timedelta():  # 24:00 and beyond
            return f"{value.total_seconds() / 3600:g}:00"
    return value


def _place(file: Path, cell: Any) -> Place:
    return Place(file, cell.row, cell.column, cell.parent.title)
