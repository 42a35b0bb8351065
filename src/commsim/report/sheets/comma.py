"""Tables of a plan as CSV: one file that can be read back, or a folder with one file a table."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from commsim.core.harmless import for_csv
from commsim.report.folder import write_csv
from commsim.report.language import Language
from commsim.scenario.sheets.grid import Value
from commsim.scenario.sheets.layout import CHINESE
from commsim.scenario.sheets.tables import Sheet


def one_csv(sheets: Iterable[Sheet], say: Language) -> str:
    """All that is read back, each table under its title in brackets."""
    rows: list[Sequence[Value]] = []
    for sheet in sheets:
        if not sheet.derived:
            rows += [(f"[{_title(sheet, say)}]",), sheet.head, *sheet.rows, ()]
    return _text(rows)


def write_tables(sheets: Iterable[Sheet], folder: Path, say: Language) -> None:
    """Every table into a file of its own, for reading."""
    for sheet in sheets:
        write_csv(_text([sheet.head, *sheet.rows]), folder / f"{_title(sheet, say).lower()}.csv")


def _title(sheet: Sheet, say: Language) -> str:
    return CHINESE[sheet.title] if say.code == "zh" else sheet.title


def _text(rows: Iterable[Sequence[Value]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([for_csv(_told(value)) for value in row] for row in rows)
    return stream.getvalue()


def _told(value: Value) -> Value:
    """Truths as a plan writes them, and whole numbers without a fraction."""
    if isinstance(value, bool):
        return str(value).lower()
    return int(value) if isinstance(value, float) and value.is_integer() else value
