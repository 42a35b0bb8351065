"""One table of an export, read: who, when and how much in each row, and what was odd."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from commsim.core.errors import InputError
from commsim.exchange import cells
from commsim.exchange.bought import tidy_orders
from commsim.exchange.cells import BLANK, ODD
from commsim.exchange.recognise import Layout
from commsim.exchange.rows import Read, Remark, matching
from commsim.exchange.sheets import Sheet

_TOTAL = ("合计", "总计", "小计", "汇总", "共计", "总和", "total", "sum")
_READ: dict[str, Callable[[str], int]] = {
    "joined": cells.day,
    "left": cells.day,
    "time": cells.day,
    "amount": cells.fen,
    "count": cells.count,
}
_STAFF = "员工|企业成员|内部|机器人|群主|管理员|staff|employee|robot|owner|admin"


def read_table(sheet: Sheet, layout: Layout, key: bytes) -> Read:
    """Read the columns that were recognised, and no other.  Raises InputError if most rows are odd."""
    columns, lines, told = _columns(sheet, layout)
    people = {at: cells.persons(columns[at], key) for at in layout.people}
    names = layout.columns
    texts = {name: columns[at] for name, at in names.items() if name not in _READ}
    values = {name: cells.each(columns[at], _READ[name]) for name, at in names.items() if name in _READ}
    groups = texts.get("group") or [layout.group] * len(lines)
    staff = matching(texts.get("role", [""] * len(lines)), _STAFF)
    at = np.array(lines, np.int64)
    group = np.array([one.strip() for one in groups], dtype=object)
    bare = replace(sheet, text="", cells=())  # only its place is of use from here on
    read = Read(bare, layout, at, people, values, group, staff, len(lines) + told, used=len(lines))
    if told:
        read.remarks.append(Remark(_TOTALS, told))
    _refuse_half_numbers(read)
    if read.kind == "orders":
        tidy_orders(read, texts)
    nobody = np.logical_and.reduce([column == "" for column in read.people.values()])
    read.keep(~nobody, _NOBODY)
    for name in read.values:
        _keep_sound(read, name)
    _refuse_if_most_are_odd(read)
    return read


def _columns(sheet: Sheet, layout: Layout) -> tuple[dict[int, list[str]], list[int], int]:
    """Cells of the columns of interest, their lines, and how many rows are totals and notes.

    No other cell is kept: texts of messages are never looked at.
    """
    wanted = sorted({*layout.people, *layout.columns.values()})
    columns: dict[int, list[str]] = {at: [] for at in wanted}
    lines, notes, last = [], 0, wanted[-1]
    for line, row in sheet.rows():
        if line <= layout.line:
            continue
        row = row if len(row) > last else [*row, *[""] * (last + 1 - len(row))]
        if _is_note(row, wanted):
            notes += 1
            continue
        lines.append(line)
        for at in wanted:
            columns[at].append(row[at])
    return columns, lines, notes


def _is_note(row: list[str], wanted: list[int]) -> bool:
    """A total, a note, or a row that has nothing in the columns of interest."""
    first = next((cell for cell in row if cell), "")
    filled = sum(map(bool, row))
    return (
        first.lower().startswith(_TOTAL)
        or (filled == 1 and len(wanted) > 1 and len(row) > 2)
        or not any(row[at] for at in wanted)
    )


def _refuse_half_numbers(read: Read) -> None:
    """A column of ids that a spreadsheet has rounded (1.38E+10) can't tell people apart any more."""
    for at in [at for at, column in read.people.items() if (column == "?").any()]:
        half = read.people[at] == "?"
        if len(read.people) == 1:
            what = f"{read.layout.names[at]!r} holds numbers that a spreadsheet has rounded, such as 1.38E+10"
            remedy = "export it again and give us that file, not one that was opened and saved"
            raise InputError(what, where=read.sheet.place(int(read.lines[np.argmax(half)])), remedy=remedy)
        read.remark(half, _ROUNDED, read.layout.names[at])
        read.people[at] = np.where(half, "", read.people[at])


def _keep_sound(read: Read, name: str) -> None:
    """Leave out rows in which a needed number or day is missing or odd."""
    values: Any = read.values[name]
    header = read.layout.names[read.layout.columns[name]]
    amount = name in ("amount", "count")
    odd = (values == ODD) | (amount & (values < 0) & (values != BLANK))
    if name == "left":  # who left on no day that can be read is taken for being there, and remarked on
        read.remark(odd, _STAYS, header)
        values = np.where(odd, BLANK, values)
        early = (values > BLANK) & (values < read.values.get("joined", values))
        read.remark(early, _EARLY, header)
        read.values[name] = np.where(early, BLANK, values)
        return
    read.keep(~odd, _NO_NUMBER if amount else _NO_DATE, header)
    if name != "joined":
        read.keep(read.values[name] != BLANK, _EMPTY, header)


_TOTALS = "totals and notes"
_EARLY = "before they joined; taken for having come back"
_STAYS = "not a date; taken for not having left"
_NO_DATE, _NO_NUMBER, _EMPTY, _NOBODY = "not a date", "not a number from 0", "empty", "nobody is named"
_ROUNDED = "numbers by which people are known, rounded by a spreadsheet; not used"
_LOST = _NO_DATE, _NO_NUMBER, _EMPTY, _NOBODY


def _refuse_if_most_are_odd(read: Read) -> None:
    odd = [one for one in read.remarks if one.what in _LOST]
    lost = sum(one.rows for one in odd)
    if 2 * lost > read.rows:
        worst = max(odd, key=lambda one: one.rows)
        told = f"{worst.column}: {worst.what}" if worst.column else worst.what
        raise InputError(
            f"{lost:,} of {read.rows:,} rows can't be used ({told})",
            where=read.sheet.place(worst.line),
            remedy="look at these cells, or name the right column in a mapping",
        )
