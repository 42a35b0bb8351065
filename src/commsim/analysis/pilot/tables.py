"""Lists of groups and of what became of them, as people write them: read, with the place of what is wrong."""

import re
import unicodedata
from pathlib import Path

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.core.harmless import is_formula
from commsim.population.files import locate
from commsim.population.tables import Table, read_table

GROUP = ("group", "name", "群", "群名", "群名称", "群聊名称", "社群", "社群名称")
MEMBERS = ("members", "size", "人数", "成员数", "群人数", "群成员数")
BEFORE = ("before", "baseline", "基线", "试点前", "试点前结果")
ARM = ("arm", "组别", "分组")
OUTCOME = ("outcome", "after", "结果", "试点结果", "试点后")
OF_OUTCOMES = {
    "profit": ("profit", "利润"),
    "revenue": ("revenue", "收入", "销售额", "实付收入", "成交额"),
    "orders": ("orders", "订单", "订单数", "单数"),
    "left": ("left", "leavers", "退群", "退群人数"),
    "messages": ("messages", "消息", "消息数", "消息条数"),
    "looked": ("looked", "looks", "打开群的人次"),
}
_UNITS = re.compile(r"[¥￥,\s元人单条次个]|rmb|cny", re.IGNORECASE)
_MOST = 1e12
"""Beyond it, in size, a number is a slip: squares of it and their sums stay numbers."""
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")


class Sheet:
    """A table of groups, one row each."""

    def __init__(self, file: str | Path) -> None:
        self.file = Path(file)
        self._table: Table = read_table(locate(self.file, None), "pilot", None)
        self._columns = {_plain(str(name)): str(name) for name in reversed(list(self._table.frame.columns))}
        self.names: tuple[str, ...] = ()
        self.names = self._groups()

    def has(self, known: tuple[str, ...]) -> bool:
        """Whether there is a column of one of these names."""
        return self._found(known) is not None

    def texts(self, known: tuple[str, ...]) -> list[str]:
        """Cells of a column.  Raises `InputError` if there is none."""
        name = self._found(known)
        if name is None:
            there = ", ".join(self._columns.values())
            raise InputError(
                f"there is no column {known[0]!r}",
                where=f"{self.file}:1",
                remedy=f"call it one of: {', '.join(known)}; the columns are {there}",
            )
        return [_as_meant(str(cell).strip()) for cell in self._table.frame[name]]

    def numbers(self, known: tuple[str, ...], *, blank: bool = False) -> Floats:
        """Cells of a column as numbers, ¥ and units left out; blank ones, if allowed, as not a number.

        Raises `InputError` at the first cell that is none.
        """
        found = []
        for row, cell in enumerate(self.texts(known)):
            if cell == "" and blank:
                found.append(np.nan)
                continue
            number = _number(cell)
            if number is None:
                what = f"{known[0]} of {self.names[row]} is empty" if cell == "" else f"{cell!r} is no number"
                raise InputError(what, where=self.place(row), remedy="write the number, 0 for nothing")
            found.append(number)
        return np.array(found)

    def all_or_none(self, known: tuple[str, ...]) -> Floats:
        """Numbers above 0 of a column that may be missing; not a number for all then."""
        if not self.has(known):
            return np.full(len(self.names), np.nan)
        found = self.numbers(known, blank=True)
        if np.isnan(found).all():
            return found
        for row in np.flatnonzero(np.isnan(found)):
            raise InputError(
                f"{known[0]} of {self.names[row]} is empty",
                where=self.place(int(row)),
                remedy="fill it in, or leave the whole column out",
            )
        return found

    def place(self, row: int) -> str:
        """Where a row stands."""
        return f"{self.file}:{self._table.line(row)}"

    def _found(self, known: tuple[str, ...]) -> str | None:
        return next((self._columns[name] for name in known if name in self._columns), None)

    def _groups(self) -> tuple[str, ...]:
        names = self.texts(GROUP)
        for row, name in enumerate(names):
            if not name:
                raise InputError("a group has no name", where=self.place(row), remedy="name it")
            if name in names[:row]:
                what, first = f"{name} is there twice", self.place(names.index(name))
                raise InputError(what, where=self.place(row), remedy=f"leave one row of it; see {first}")
        return tuple(names)


def _as_meant(cell: str) -> str:
    """A cell without the mark that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell


def _plain(name: str) -> str:
    """A header without what stands in brackets behind it, such as a unit."""
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", name)).strip().casefold()


def _number(cell: str) -> float | None:
    text = _UNITS.sub("", unicodedata.normalize("NFKC", cell))
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) <= _MOST else None  # neither infinite nor not a number
