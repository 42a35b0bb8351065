"""Exports of operators' tools, read: what was understood of each file, and what there was to see."""

import datetime as dt
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.core.errors import InputError
from commsim.exchange.cells import BLANK
from commsim.exchange.kinds import KINDS
from commsim.exchange.mapping import Mapping, Named, read_mapping
from commsim.exchange.people import NOBODY, SEVERAL, STAFF, Register, Stays, stays
from commsim.exchange.recognise import recognise
from commsim.exchange.sheets import SUFFIXES, Sheet, sheets_of
from commsim.exchange.table import Read, Remark, read_table
from commsim.records.observed import EVENTS, Days, Observed, tidy

_MOST_DAYS = 3650
UNKNOWN = "of people who are in no list of members"
_OWN = "of the operator's own people"


@dataclass(frozen=True)
class Reading:
    """What was read of a folder.

    tables: those that were understood.  unread: places of others.  span_of: what says which days these are:
    the mapping, titles of tables, or rows of some kind.  remarks: about people.
    """

    observed: Observed
    tables: tuple[Read, ...]
    unread: tuple[str, ...]
    span_of: str
    remarks: tuple[Remark, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Kinds of tables that are not there."""
        return tuple(kind for kind in KINDS if kind not in {table.kind for table in self.tables})


def read_exports(folder: str | Path, mapping: str | Path | None = None) -> Observed:
    """What exports of WeCom, shop systems and the like show of the groups of an operator.

    folder: with the files, CSV or .xlsx.  mapping: a YAML file that says what is what where their columns are
    called as nobody else calls them; relative to where the program runs.  People are known by hashes under a
    key that is thrown away after reading; texts are not looked at.  Raises InputError, with file and line.
    """
    return read_folder(folder, mapping).observed


def read_folder(folder: str | Path, mapping: str | Path | None = None) -> Reading:
    """The same with all that was understood and what was odd."""
    place = Path(folder)
    told = read_mapping(Path(mapping) if mapping is not None else None)
    key, tables, unread = secrets.token_bytes(32), [], []
    for sheet, kind, named in _sheets(place, told):
        layout = recognise(sheet, kind, named)
        if layout is None:
            unread.append(sheet.place())
        else:
            tables.append(read_table(sheet, layout, key))
    if not tables:
        raise InputError(
            "no file here is an export that is recognised",
            where=str(place),
            remedy="its columns must name a member and a time, as 成员 and 入群时间; or give --mapping",
        )
    register = _register(tables)
    return _observed(tables, unread, register, told)


def _sheets(folder: Path, told: Mapping) -> Iterator[tuple[Sheet, str, dict[str, str]]]:
    """Each sheet of each file, with its kind and columns if the mapping names it."""
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "there is no such folder"
        raise InputError(what, where=str(folder), remedy="give the folder that holds the exports")
    files = sorted(
        (file for file in folder.iterdir() if file.is_file() and file.suffix.lower() in SUFFIXES),
        key=lambda file: file.name,
    )
    files = [file for file in files if not file.name.startswith(("~$", "."))]
    named = [(kind, one) for kind in KINDS for one in getattr(told, kind)]
    for kind, one in named:
        if not any(fnmatch(file.name, one.file) for file in files):
            there = ", ".join(file.name for file in files[:20]) or "none"
            remedy = f"mend {kind}.file in the mapping; the files are {there}"
            raise InputError(f"there is no file {one.file!r}", where=str(folder), remedy=remedy)
    if not files:
        remedy = "put the exports there, as CSV or .xlsx"
        raise InputError("holds no CSV and no .xlsx", where=str(folder), remedy=remedy)
    for file in files:
        if not any(fnmatch(file.name, pattern) for pattern in told.leave_out):
            yield from _of_file(file, named)


def _of_file(file: Path, named: Sequence[tuple[str, Named]]) -> Iterator[tuple[Sheet, str, dict[str, str]]]:
    mapped = [(kind, one) for kind, one in named if fnmatch(file.name, one.file)]
    for sheet in sheets_of(file):
        found = [(kind, one) for kind, one in mapped if one.sheet in ("", sheet.name)]
        if not mapped:
            yield sheet, "", {}
        for kind, one in found:
            columns = one.model_dump(exclude={"file", "sheet"})
            yield sheet, kind, columns


def _register(tables: Sequence[Read]) -> Register:
    """Everybody in the lists of members; without any, everybody who does something in a group."""
    register = Register()
    lists = [table for table in tables if table.kind == "members"]
    for table in lists:
        table.remark(table.staff, _OWN)
        table.used = len(table.lines) - int(table.staff.sum())
        if "joined" in table.values:
            register.add_list(table)
    for table in lists:
        if "joined" not in table.values:
            register.add_those_who_left(table)
    if not lists:
        acts = [table for table in tables if table.kind in ("messages", "check_ins", "envelopes")]
        for table in acts or [table for table in tables if table.kind == "orders"]:
            register.add_who_acts(table)
    return register


def _observed(tables: Sequence[Read], unread: Sequence[str], register: Register, told: Mapping) -> Reading:
    first, last, span_of = _span(tables, told)
    days = last - first + 1
    who = stays(register)
    remarks = [Remark("of people who came back, or are in several groups", who.more)] if who.more else []
    here = who.known & (who.left >= first) & (who.joined <= last)
    _remark(remarks, "left before the first day", int((who.known & (who.left < first)).sum()))
    _remark(remarks, "joined after the last day", int((who.known & (who.joined > last)).sum()))
    row, order = _in_order(who, here, first)
    used, group = np.unique(who.group[order], return_inverse=True)
    joined = np.where(who.joined < first, -1, who.joined - first)[order]
    left = np.where(who.left > last, days, who.left - first)[order]
    if not len(order):
        raise InputError(
            "nobody was in a group in these days",
            where=f"{dt.date.fromordinal(first)} to {dt.date.fromordinal(last)}",
            remedy="look at the days of joining and leaving, or set start and until in a mapping",
        )
    events: dict[str, Any] = {kind: _events(kind, tables, register, row, (first, last)) for kind in EVENTS}
    observed = Observed(
        start=dt.date.fromordinal(first),
        days=days,
        groups=tuple(who.groups[g] or str(g + 1) for g in used),
        group=group.astype(np.int32),
        joined=joined.astype(np.int32),
        left=left.astype(np.int32),
        **events,
    )
    return Reading(observed, tuple(tables), tuple(unread), span_of, tuple(remarks))


def _remark(remarks: list[Remark], what: str, rows: int) -> None:
    if rows:
        remarks.append(Remark(what, rows))


def _in_order(who: Stays, here: Bools, first: int) -> tuple[Ints, Ints]:
    """Row of each person among members, -1 for none, and the persons of the rows."""
    persons = np.flatnonzero(here)
    order = persons[np.lexsort((who.joined[persons].clip(first - 1), who.group[persons]))]
    row = np.full(len(here), -1, np.int64)
    row[order] = np.arange(len(order))
    return row, order


def _span(tables: Sequence[Read], told: Mapping) -> tuple[int, int, str]:
    """The first and the last day as ordinals, and what says so."""
    by_kind = {kind: _days_of([table for table in tables if table.kind == kind]) for kind in EVENTS}
    titled = [span for kind in EVENTS if (span := _titled([one for one in tables if one.kind == kind]))]
    if titled:  # parts of one kind follow one another, and all kinds must be there on a day
        first, last, of = max(start for start, _ in titled), min(end for _, end in titled), "titles"
    else:
        of, (first, last) = next(
            ((kind, span) for kind, span in by_kind.items() if span is not None),
            ("members", _days_of([table for table in tables if table.kind == "members"]) or (0, -1)),
        )
    if told.start or told.until:
        first = told.start.toordinal() if told.start else first
        last = told.until.toordinal() if told.until else last
        of = "mapping"
    if not 0 < last - first + 1 <= _MOST_DAYS:
        what = "the tables have no days in common" if last < first else "these are more than ten years"
        remedy = "set start and until in a mapping"
        raise InputError(what, where=str(tables[0].sheet.file.parent), remedy=remedy)
    return first, last, of


def _titled(tables: Sequence[Read]) -> tuple[int, int] | None:
    spans = [table.layout.span for table in tables if table.layout.span is not None]
    return (min(s[0] for s in spans).toordinal(), max(s[1] for s in spans).toordinal()) if spans else None


def _days_of(tables: Sequence[Read]) -> tuple[int, int] | None:
    days = [
        table.values[name] for table in tables for name in ("time", "joined", "left") if name in table.values
    ]
    every = np.concatenate(days) if days else np.zeros(0, np.int64)
    every = every[every > BLANK]
    return (int(every.min()), int(every.max())) if len(every) else None


def _events(
    kind: str, tables: Sequence[Read], register: Register, row: Ints, span: tuple[int, int]
) -> "Days | None":
    """The rows of all tables of a kind that members did in these days; remarks on the others."""
    mine = [table for table in tables if table.kind == kind]
    if not mine:
        return None
    parts: list[tuple[Ints, Ints, Ints]] = []
    for table in mine:
        persons = register.find(table)[1]
        _refuse_strangers(table, persons)
        day = table.values["time"]
        amount = table.values.get("count", table.values.get("amount", np.ones(len(day), np.int64)))
        member = np.full(len(persons), -1, np.int64)
        member[persons >= 0] = row[persons[persons >= 0]]
        inside = (span[0] <= day) & (day <= span[1])
        table.remark((persons == STAFF) | table.staff, _OWN)
        table.remark(persons == SEVERAL, "of names that several members have")
        table.remark((persons == NOBODY) & ~table.staff, UNKNOWN)
        table.remark((persons >= 0) & ~inside, "of other days")
        table.remark((persons >= 0) & inside & (member < 0), "of members of other days")
        used = inside & (member >= 0) & ~table.staff
        if kind == "messages":
            table.remark(used & (amount == 0), "days without a message")
            used &= amount > 0
        table.used = int(used.sum())
        parts.append((member[used], day[used] - span[0], amount[used]))
    member, day, amount = (np.concatenate([part[k] for part in parts]) for k in range(3))
    return tidy(EVENTS[kind], member, day, *(() if EVENTS[kind] is Days else (amount,)))


def _refuse_strangers(table: Read, persons: Ints) -> None:
    """Raise InputError where not a single row is of anybody who is known."""
    if len(persons) and not table.staff.all() and (persons == NOBODY).all():
        names = ", ".join(" ".join(table.layout.names[at].split()) for at in sorted(table.layout.people))
        raise InputError(
            f"nobody by {names} is in the list of members",
            where=table.sheet.place(table.layout.line),
            remedy="export both with one column in common, such as 手机号 or UnionID; or leave this file out "
            "(leave_out in a mapping)",
        )
