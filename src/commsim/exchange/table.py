"""One table of an export, read: who, when and how much in each row that can be used, and what was odd."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Ints
from commsim.core.errors import InputError
from commsim.exchange import cells
from commsim.exchange.cells import BLANK, ODD
from commsim.exchange.kinds import BY_LINE, WHEN_ORDERED, plain_name
from commsim.exchange.recognise import Layout
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
_OPEN = "未付款|未支付|待付款|待支付|取消|unpaid|cancel"
_SHUT = "关闭|closed"
_BACK = "退款成功|已退款|全额退款|部分退款|退款完成|refunded"


@dataclass(frozen=True)
class Remark:
    """So many rows about which there is something to say.

    line: of the first one, 0 for none.  column: the one that it is about.
    """

    what: str
    rows: int
    line: int = 0
    column: str = ""


@dataclass
class Read:
    """The rows of a table that can be used.

    people: hashes by column.  values: days as ordinals, fen, counts.  texts: of groups.  rows: how many there
    were, all in all.  staff: who of them works for the operator.
    """

    sheet: Sheet
    layout: Layout
    lines: Ints
    people: dict[int, NDArray[np.object_]]
    values: dict[str, Ints]
    groups: NDArray[np.object_]
    staff: Bools
    rows: int
    remarks: list[Remark] = field(default_factory=list)
    used: int = 0

    @property
    def kind(self) -> str:
        """Name of the kind."""
        return self.layout.kind.name

    def keep(self, chosen: Bools, why: str, column: str = "") -> None:
        """Go on with some rows, and remark on the others, if any."""
        self.remark(~chosen, why, column)
        self.lines, self.groups, self.staff = self.lines[chosen], self.groups[chosen], self.staff[chosen]
        self.people = {at: column[chosen] for at, column in self.people.items()}
        self.values = {name: column[chosen] for name, column in self.values.items()}

    def remark(self, which: Bools, what: str, column: str = "") -> None:
        """Remark on rows, if any."""
        if which.any():
            line = int(self.lines[np.argmax(which)])
            self.remarks.append(Remark(what, int(which.sum()), line, column))


def read_table(sheet: Sheet, layout: Layout, key: bytes) -> Read:
    """Read the columns that were recognised, and no other.  Raises InputError if most rows are odd."""
    columns, lines, told = _columns(sheet, layout)
    people = {at: cells.persons(columns[at], key) for at in layout.people}
    names = layout.columns
    texts = {name: columns[at] for name, at in names.items() if name not in _READ}
    values = {name: cells.each(columns[at], _READ[name]) for name, at in names.items() if name in _READ}
    groups = texts.get("group") or [layout.group] * len(lines)
    staff = _matching(texts.get("role", [""] * len(lines)), _STAFF)
    at = np.array(lines, np.int64)
    group = np.array([one.strip() for one in groups], dtype=object)
    bare = replace(sheet, text="", cells=())  # only its place is of use from here on
    read = Read(bare, layout, at, people, values, group, staff, len(lines) + told, used=len(lines))
    if told:
        read.remarks.append(Remark(_TOTALS, told))
    _refuse_half_numbers(read)
    if read.kind == "orders":
        _orders(read, texts)
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


def _matching(texts: list[str], pattern: str) -> Bools:
    known = {text: re.search(pattern, text, re.IGNORECASE) is not None for text in set(texts)}
    return np.fromiter((known[text] for text in texts), np.bool_, len(texts))


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


def _orders(read: Read, texts: dict[str, list[str]]) -> None:
    """Leave out what was never paid, put lines of one order together, remark on what was paid back."""
    n = len(read.lines)
    time, amount = read.values["time"], read.values["amount"]
    status, refund = texts.get("status", [""] * n), texts.get("refund", [""] * n)
    number = np.array(texts.get("number", [""] * n), dtype=object)
    blank = np.logical_and.reduce([column == "" for column in read.people.values()])
    line_of_last = blank & (time == BLANK)
    names = read.layout.names
    when_paid = plain_name(names[read.layout.columns["time"]]) not in WHEN_ORDERED
    by_line = plain_name(names[read.layout.columns["amount"]]) in BY_LINE
    unpaid, shut = _matching(status, _OPEN), _matching(status, _SHUT)
    back = _matching(status, _BACK) | _matching(refund, _BACK)
    unpaid |= ((time == BLANK) & ~line_of_last) if when_paid else (shut & ~back)
    back |= shut & ~unpaid
    owner = _first_lines(number, line_of_last)
    again = owner != np.arange(n)
    if by_line:
        more = again & (amount > BLANK) & (amount[owner] > BLANK)
        np.add.at(amount, owner[more], amount[more])
    read.remark(back & ~again & ~unpaid, _PAID_BACK)
    out = unpaid & ~again
    read.keep(~out, _NEVER_PAID)
    read.keep(~again[~out], _FURTHER)


def _first_lines(number: NDArray[np.object_], continued: Bools) -> Ints:
    """For each row that of the first line of its order: by number, or the one above that it continues."""
    known: dict[str, int] = {}
    owner = np.arange(len(number))
    for k, one in enumerate(number):
        if one:
            owner[k] = known.setdefault(one, k)
        elif continued[k] and k:
            owner[k] = owner[k - 1]
    return owner


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
_NEVER_PAID, _FURTHER = "never paid: left out", "further lines of an order"
_PAID_BACK = "paid back later; kept, since they were bought"
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
