"""What an operator can see of their groups over some days: of a run of the model, or read from exports."""

import hashlib
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Columns, Ints
from commsim.core.errors import InputError
from commsim.core.notebook import html_table

if TYPE_CHECKING:
    import pandas as pd

Int32 = NDArray[np.int32]
Kind = TypeVar("Kind", bound="Days")


@dataclass(frozen=True, eq=False)
class Days:
    """On which days members did something, such as to check in: one row per member and day."""

    member: Int32
    day: Int32

    def __len__(self) -> int:
        return len(self.member)

    def columns(self) -> Columns:
        """By name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, eq=False)
class Counts(Days):
    """How often members did something on a day, such as to write; count: from 1."""

    count: Int32


@dataclass(frozen=True, eq=False)
class Amounts(Days):
    """Money that members paid or got on a day; fen: from 0."""

    fen: NDArray[np.int64]


EVENTS: dict[str, type[Days]] = {
    "messages": Counts,
    "orders": Amounts,
    "check_ins": Days,
    "envelopes": Amounts,
}
"""Tables of events, by the field of `Observed`."""
_MOST_GROUPS = 20
"""Groups that a notebook shows, the first ones."""


@dataclass(frozen=True, eq=False)
class Observed:
    """What an operator can see of their groups over some days.  No texts, and nobody's name or id.

    start: date of day 0.  groups: names.  Members are everybody who was in a group for some of the days,
    ordered by group and day of joining.  group: index into ``groups``, of the last one they were in.
    joined: day of joining, -1 before day 0.  left: day of leaving, ``days`` for who was still there at the
    end; a member was there in the evening of day d if ``joined <= d < left``.

    Events have at most one row per member and day, in order of day and then member; None where the operator
    has no such data.  messages: written.  orders: fen paid on a day, also after leaving, also if paid back
    later.  check_ins.  envelopes: fen caught.
    """

    start: date
    days: int
    groups: tuple[str, ...]
    group: Int32
    joined: Int32
    left: Int32
    messages: Counts | None = None
    orders: Amounts | None = None
    check_ins: Days | None = None
    envelopes: Amounts | None = None

    def __post_init__(self) -> None:
        """Refuse what can't be.  Raises InputError."""
        shapes = {self.group.shape, self.joined.shape, self.left.shape}
        _refuse(self.days < 1, "days is less than 1", "observe at least a day")
        _refuse(len(shapes) != 1, "group, joined and left differ in length", "give each member one of each")
        out = _outside(self.group, len(self.groups))
        _refuse(out, "a member is in no group of the list", "number groups from 0")
        out = bool(np.any((self.joined < -1) | (self.joined >= self.days)))
        _refuse(out, "a member joined after the days observed", "leave them out; -1 is before day 0")
        out = bool(np.any((self.left < self.joined) | (self.left < 0) | (self.left > self.days)))
        _refuse(out, "a member left before they joined, or after the end", "`days` is still there")
        for name in EVENTS:
            if (table := getattr(self, name)) is not None:
                self._check(name, table)

    def __repr__(self) -> str:
        held = [
            f"{len(table.day):,} of {name}" for name in EVENTS if (table := getattr(self, name)) is not None
        ]
        people = (
            f"{len(self.group):,} members of {len(self.groups)} groups, {self.days} days from {self.start}"
        )
        return f"<Observed {'; '.join((people, *held))}>"

    def _repr_html_(self) -> str:
        """For notebooks: each group with its members and what they did, as far as there are such data."""
        count = len(self.groups)
        held = {name: table for name in EVENTS if (table := getattr(self, name)) is not None}
        columns = [
            np.bincount(self.group, minlength=count),
            np.bincount(self.group[self.there(self.days - 1)], minlength=count),
            *(np.bincount(self.group[table.member], minlength=count) for table in held.values()),
        ]
        every = [(name, *(column[at] for column in columns)) for at, name in enumerate(self.groups)]
        rows = [*every[:_MOST_GROUPS], ("all", *(column.sum() for column in columns))]
        names = (f"days of {name.replace('_', '-')}" for name in held)
        return html_table(
            f"{self.days} days from {self.start}, {count} groups",
            ("Group", "Members", "there at the end", *names),
            [(name, *(f"{number:,}" for number in numbers)) for name, *numbers in rows],
        )

    def _check(self, name: str, table: Days) -> None:
        columns = [*table.columns().values()]
        _refuse(len({len(column) for column in columns}) != 1, f"columns of {name} differ in length", "")
        out = _outside(table.member, self.members) or _outside(table.day, self.days)
        _refuse(out, f"{name} has a row of nobody, or of a day outside", "leave it out")
        at = table.day.astype(np.int64) * self.members + table.member
        _refuse(bool(np.any(np.diff(at) <= 0)), f"{name} isn't in order of day and member", "use `tidy`")
        low = any(bool(np.any(column < (name == "messages"))) for column in columns[2:])
        _refuse(low, f"{name} has a negative amount or no message", "leave it out")

    @property
    def members(self) -> int:
        """How many there are."""
        return len(self.group)

    def there(self, day: int) -> Bools:
        """Which members were in their group in the evening of a day."""
        return np.asarray((self.joined <= day) & (day < self.left))

    def cut(self, days: int) -> "Observed":
        """The first days of it, as it would have looked then."""
        kept = self.joined < days
        rows = np.cumsum(kept, dtype=np.int32) - 1

        def until(table: Days | None) -> Days | None:
            if table is None:
                return None
            chosen = (table.day < days) & kept[
                table.member
            ]  # who buys first and joins later is no member yet
            columns = {column: values[chosen] for column, values in table.columns().items()}
            return type(table)(**columns | {"member": rows[columns["member"]]})

        events: dict[str, Any] = {name: until(getattr(self, name)) for name in EVENTS}
        used, group = np.unique(self.group[kept], return_inverse=True)
        return replace(
            self,
            days=min(days, self.days),
            groups=tuple(self.groups[g] for g in used),
            group=group.astype(np.int32),
            joined=self.joined[kept],
            left=np.minimum(self.left[kept], days).astype(np.int32),
            **events,
        )

    def tables(self) -> dict[str, Columns]:
        """Columns of the table of ``members`` and of those of events that there are."""
        members = np.arange(self.members, dtype=np.int32)
        rows = {"member": members, "group": self.group, "joined": self.joined, "left": self.left}
        events = {name: table.columns() for name in EVENTS if (table := getattr(self, name)) is not None}
        return {"members": rows, **events}

    def frame(self, table: str = "members") -> "pd.DataFrame":
        """One of the tables; groups of members by name."""
        import pandas as pd

        frame = pd.DataFrame(self.tables()[table])
        if table == "members":
            frame["group"] = np.array(self.groups, object)[self.group]
        return frame

    @property
    def fingerprint(self) -> str:
        """A hash of all of it: equal for equal data."""
        digest, parts = hashlib.sha256(), [repr((self.start, self.days, self.groups))]
        for name, columns in self.tables().items():
            parts += [name, *columns]
            for column in columns.values():
                digest.update(column.tobytes())
        digest.update(repr(parts).encode())
        return digest.hexdigest()


def tidy(kind: type[Kind], member: Ints, day: Ints, amount: Ints | None = None) -> Kind:
    """A table of events from rows in any order: those of one member and day become one, amounts added up."""
    member, day = np.asarray(member, np.int64), np.asarray(day, np.int64)
    width = int(member.max(initial=0)) + 1
    cells, where = np.unique(day * width + member, return_inverse=True)
    columns: list[Any] = [(cells % width).astype(np.int32), (cells // width).astype(np.int32)]
    if amount is not None:
        sums = np.zeros(len(cells), np.int64)
        np.add.at(sums, where.ravel(), np.asarray(amount, np.int64))
        columns.append(sums.astype(np.int32) if kind is Counts else sums)
    return kind(*columns)


def _outside(values: NDArray[Any], end: int) -> bool:
    return bool(len(values) and (values.min() < 0 or values.max() >= end))


def _refuse(wrong: bool, what: str, remedy: str) -> None:
    if wrong:
        raise InputError(what, where="observed data", remedy=remedy)
