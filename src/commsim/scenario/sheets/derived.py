"""Sheets that follow from the others: they carry checks, so that an edit is noticed and not lost.

Each row ends with a check of all its cells and of the rows above; the last row says that it is the last.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence

from commsim.scenario.errors import Place, Problem
from commsim.scenario.sheets.grid import Table, Value

END = "end"


def sealed(rows: Sequence[Sequence[Value]]) -> list[tuple[Value, ...]]:
    """The rows, each with its check, and a last one."""
    found: list[tuple[Value, ...]] = []
    seal = ""
    for row in (*rows, (END,)):
        seal = _seal(seal, row)
        found.append((*row, seal))
    return found


def edited(one: Table) -> Iterator[Problem]:
    """The first row that is not as it was written, if there is one."""
    seal, last = "", ""
    for row in one.rows:
        cells = [cell for cell in row if cell.text]
        *told, check = [cell.value for cell in cells]
        seal = _seal(seal, told)
        last = cells[0].text
        if check != seal:
            yield _problem(one, cells[0].place)
            return
    if one.rows and last != END:
        yield _problem(one, one.place)


def _problem(one: Table, place: Place) -> Problem:
    what = f"this row of {one.name} was changed, which follows from the other sheets and is not read"
    remedy = f"change the sheet of strategies instead, and delete the sheet {one.name}: it is made anew"
    return Problem(place, "", what, remedy)


def _seal(above: str, row: Sequence[Value]) -> str:
    told = "\x1f".join((above, *(_text(value) for value in row if _text(value))))
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def _text(value: Value) -> str:
    """A value as it comes back from whatever program has saved it."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() | float():
            return f"{value:.10g}"
        case dt.datetime():
            return value.date().isoformat()
        case dt.date():
            return value.isoformat()
    return str(value).strip()
