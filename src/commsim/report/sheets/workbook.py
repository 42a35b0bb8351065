"""Tables of a plan as an Excel workbook."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from commsim.core.harmless import for_terminal, is_formula
from commsim.report.language import Language
from commsim.scenario.sheets.derived import sealed
from commsim.scenario.sheets.grid import NOTE, Value
from commsim.scenario.sheets.layout import CALENDAR, CHINESE, STRATEGIES
from commsim.scenario.sheets.names import Names
from commsim.scenario.sheets.tables import Sheet
from commsim.strategies.registry import kinds

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

WIDEST = 60
_HEAD_ROW = 2
_LINE = 15
"""Points that a line of text takes."""
_EDITED, _FOLLOWS = "FF2E7D32", "FF9E9E9E"
_SHARES = {"discount", "reach", "share", "Discount", "Reach", "优惠比例", "会员优惠比例", "触达", "占比"}


def write_workbook(sheets: list[Sheet], file: Path, say: Language) -> None:
    """Write the tables into a file, one a sheet; those that follow from others are locked and greyed."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        title = CHINESE[sheet.title] if say.code == "zh" else sheet.title
        _fill(book.create_sheet(title), sheet)
    _offer_kinds(book, sheets, say)
    book.save(file)


def _fill(page: "Worksheet", sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    rows: list[tuple[Value, ...]] = [sheet.head, *sheet.rows]
    width = max(map(len, rows))
    if sheet.derived:
        rows = [(*row[:-1], *[None] * (width - len(row) + 1), row[-1]) for row in sealed(rows)]
    _put(page.cell(1, 1), f"{NOTE} {sheet.note}")
    page.cell(1, 1).font = Font(italic=True, color=_FOLLOWS)
    page.cell(1, 1).alignment = Alignment(wrap_text=False)
    for at, row in enumerate(rows, start=_HEAD_ROW):
        for column, value in enumerate(row, start=1):
            if value is not None:
                _put(page.cell(at, column), value)
    for cell in page[_HEAD_ROW]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FFEEEEEE")
    _lay_out(page, sheet, width)


def _put(cell: Any, value: Value) -> None:
    """A value in a cell; a text is a text, whatever a spreadsheet would make of it."""
    cell.alignment = _aligned(isinstance(value, str))
    if isinstance(value, str):
        cell.value = for_terminal(value)
        cell.data_type = "s"
        cell.quotePrefix = is_formula(value)
        return
    cell.value = value
    if isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"


@cache
def _aligned(is_text: bool) -> Any:
    """How a cell stands in its box; a workbook has thousands that stand alike."""
    from openpyxl.styles import Alignment

    return Alignment(vertical="top", horizontal="left", wrap_text=is_text or None)


def _lay_out(page: "Worksheet", sheet: Sheet, width: int) -> None:
    from openpyxl.utils import get_column_letter

    page.freeze_panes = page.cell(_HEAD_ROW + 1, 3 if sheet.title == STRATEGIES else 1)
    page.sheet_properties.tabColor = _FOLLOWS if sheet.derived else _EDITED
    for column in range(1, width + 1):
        texts = [page.cell(row, column).value for row in range(_HEAD_ROW, min(page.max_row, 400) + 1)]
        wide = max((_length(value) for value in texts), default=0)
        page.column_dimensions[get_column_letter(column)].width = min(WIDEST, max(8, wide + 3))
        head = sheet.head[column - 1] if column <= len(sheet.head) else ""
        if head in _SHARES:
            _in_per_cent(page, column)
    for row in range(_HEAD_ROW + 1, page.max_row + 1):
        lines = max(_lines(page.cell(row, column).value) for column in range(1, width + 1))
        if lines > 1:
            page.row_dimensions[row].height = _LINE * lines
    if sheet.derived:
        page.column_dimensions[get_column_letter(width + 1)].hidden = True
        page.protection.sheet = True
    _for_paper(page)
    if sheet.title == CALENDAR:
        page.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(width)}{max(_HEAD_ROW, page.max_row - 1)}"


def _for_paper(page: "Worksheet") -> None:
    """As wide as a page, across, with its head on each."""
    from openpyxl.worksheet.properties import PageSetupProperties

    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"


def _in_per_cent(page: "Worksheet", column: int) -> None:
    for row in range(_HEAD_ROW + 1, page.max_row + 1):
        if isinstance(page.cell(row, column).value, int | float):
            page.cell(row, column).number_format = "0.##%"


def _lines(value: Any) -> int:
    """Lines that a text takes in the widest column."""
    if not isinstance(value, str):
        return 1
    return sum(max(1, -(-_length(line) // (WIDEST - 4))) for line in value.split("\n"))


def _length(value: Any) -> int:
    """Cells that a value takes; wide characters take two."""
    lines = str("" if value is None else value).split("\n")
    return max(sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line) for line in lines)


def _offer_kinds(book: "Workbook", sheets: list[Sheet], say: Language) -> None:
    """A list to choose kinds of strategies from, in a hidden sheet, and below the table room for more."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet = next(one for one in sheets if one.title == STRATEGIES)
    names = f"{NOTE} kinds"
    page = book.create_sheet(names)
    page.sheet_state = "hidden"
    known = list(kinds())
    for row, kind in enumerate(known, start=1):
        _put(page.cell(row, 1), Names().kind_said(kind) if say.code == "zh" else kind)
    column = get_column_letter(1)  # kinds stand first
    offered = DataValidation(type="list", formula1=f"'{names}'!$A$1:$A${len(known)}", allow_blank=True)
    offered.showErrorMessage = False
    title = CHINESE[STRATEGIES] if say.code == "zh" else STRATEGIES
    book[title].add_data_validation(offered)
    offered.add(f"{column}{_HEAD_ROW + 1}:{column}{_HEAD_ROW + len(sheet.rows) + 200}")
