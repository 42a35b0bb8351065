"""Exports of operators' tools, read: what was understood of each file, and what there was to see."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.core.errors import InputError
from commsim.exchange.folders import sheets_in
from commsim.exchange.kinds import KINDS
from commsim.exchange.mapping import Mapping, read_mapping
from commsim.exchange.people import NOBODY, SEVERAL, STAFF, Register, Stays, stays
from commsim.exchange.recognise import recognise
from commsim.exchange.rows import Read, Remark
from commsim.exchange.span import span_of
from commsim.exchange.table import read_table
from commsim.records.observed import EVENTS, Days, Observed, tidy

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
    for sheet, kind, named in sheets_in(place, told):
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
    first, last, told_by = span_of(tables, told)
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
    return Reading(observed, tuple(tables), tuple(unread), told_by, tuple(remarks))


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
