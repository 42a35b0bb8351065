"""What was understood of an operator's exports, for people and as data."""

import datetime as dt
from typing import Any

import numpy as np

from commsim.core.units import to_yuan
from commsim.exchange.reading import UNKNOWN, Reading
from commsim.exchange.rows import Read, Remark
from commsim.records.observed import Observed
from commsim.report.language import ENGLISH, Language
from commsim.report.tables import Grid

KINDS = {
    "members": "list of members",
    "orders": "list of orders",
    "messages": "messages",
    "check_ins": "check-ins",
    "envelopes": "shares of envelopes",
}
COSTS = {
    "members": "No list of members with the days of joining and leaving: who does anything counts as there "
    "all the time, and nothing can be said of joining, leaving and the silent.",
    "orders": "No orders: nothing can be said of buying, prices and trust; give the shop's orders.",
    "messages": "No messages: nothing can be said of talk; give the chat record or its counts by member "
    "and day.",
    "check_ins": "No check-ins: if there is a daily check-in, its habit can't be seen.",
    "envelopes": "No shares of envelopes: if there are envelopes, what they do can't be seen.",
}
"""What the lack of each kind of table costs."""
_SPAN = {
    "mapping": "as the mapping says",
    "titles": "as titles of tables say",
    "messages": "from the first to the last message",
    "orders": "from the first to the last order",
    "check_ins": "from the first to the last check-in",
    "envelopes": "from the first to the last share of an envelope",
    "members": "from the first to the last day of joining or leaving",
}


def reading_grids(reading: Reading, say: Language = ENGLISH) -> list[Grid]:
    """What each table was taken for, odd rows, and what there is by group."""
    files = [
        (_place(table), say(KINDS[table.kind]), f"{table.rows:,}", f"{table.used:,}")
        for table in reading.tables
    ]
    files += [(place, say("not understood, not read"), "", "") for place in reading.unread]
    header = tuple(map(say, ("Table", "Taken for", "Rows", "Used")))
    grids = [Grid("", header, tuple(files), 2)]
    columns = tuple(
        (_place(table), name, say(f"export.{field}") if say.code != "en" else field.replace("_", " "))
        for table in reading.tables
        for field, name in _columns(table)
    )
    grids.append(Grid("", tuple(map(say, ("Table", "Column", "Read as"))), columns, 3))
    odd = [
        (_place(table, remark), f"{remark.rows:,}", _told(remark, say)) for table, remark in _remarks(reading)
    ]
    odd += [("", f"{remark.rows:,}", _told(remark, say)) for remark in reading.remarks]
    if odd:
        grids.append(Grid("", tuple(map(say, ("First one", "Rows", "What about them"))), tuple(odd), 3))
    return [*grids, _by_group(reading.observed, say)]


def _place(table: Read, remark: Remark | None = None) -> str:
    name = table.sheet.file.name + (f": {table.sheet.name}" if table.sheet.name else "")
    return f"{name}:{remark.line}" if remark is not None and remark.line else name


def _columns(table: Read) -> list[tuple[str, str]]:
    """Fields and the names of their columns, in the order of the table."""
    layout = table.layout
    found = [(at, "member") for at in layout.people] + [(at, field) for field, at in layout.columns.items()]
    return [(field, " ".join(layout.names[at].split())) for at, field in sorted(found)]


def _remarks(reading: Reading) -> list[tuple[Read, Remark]]:
    return [(table, remark) for table in reading.tables for remark in table.remarks]


def _told(remark: Remark, say: Language) -> str:
    return f"{remark.column}: {say(remark.what)}" if remark.column else say(remark.what)


def _by_group(observed: Observed, say: Language) -> Grid:
    counts = group_counts(observed)
    names = "Group", "Members at the start", "Joined", "Left", "Messages", "Orders", "Revenue (yuan)"
    rows = tuple((name, *(f"{value:,.0f}" for value in row.values())) for name, row in counts.items())
    return Grid("", tuple(map(say, names)), rows)


def group_counts(observed: Observed) -> dict[str, dict[str, Any]]:
    """By group: members at the start, who joined and left, messages, days with orders, yuan paid."""
    seen, n = observed, len(observed.groups)

    def total(of: Any, weights: Any = None) -> Any:
        return np.bincount(of, weights, minlength=n)

    zero = np.zeros(n, np.int64)
    messages, orders = seen.messages, seen.orders
    columns = {
        "members_at_start": total(seen.group[seen.joined < 0]),
        "joined": total(seen.group[seen.joined >= 0]),
        "left": total(seen.group[seen.left < seen.days]),
        "messages": zero
        if messages is None
        else np.int64(total(seen.group[messages.member], messages.count)),
        "orders": zero if orders is None else total(seen.group[orders.member]),
        "revenue": zero if orders is None else total(seen.group[orders.member], orders.fen) / 100,
    }
    return {
        name: {key: column[g].item() for key, column in columns.items()} for g, name in enumerate(seen.groups)
    }


def reading_verdict(reading: Reading, say: Language = ENGLISH) -> str:
    """The days and members there are, and what is missing and what that costs."""
    seen = reading.observed
    last = seen.start + dt.timedelta(days=seen.days - 1)
    told = [
        say(
            "{members} members of {groups} groups over {days} days, {start} to {last}, {of}.",
            members=f"{seen.members:,}",
            groups=f"{len(seen.groups):,}",
            days=f"{seen.days:,}",
            start=seen.start,
            last=last,
            of=say(_SPAN[reading.span_of]),
        )
    ]
    for table in reading.tables:
        named = sum(one.rows for one in table.remarks if one.what == UNKNOWN)
        if 2 * named > len(table.lines):
            told.append(
                say(
                    "Most rows of {table} are of people in no list of members: look whether its {columns} "
                    "are those of that list.",
                    table=_place(table),
                    columns=say.listed(name for field, name in _columns(table) if field == "member"),
                )
            )
    return "\n".join([*told, *(say(COSTS[kind]) for kind in reading.missing)])


def reading_data(reading: Reading) -> dict[str, Any]:
    """The same for programs; no hashes, no names of people."""
    seen = reading.observed
    return {
        "start": seen.start.isoformat(),
        "days": seen.days,
        "days_from": reading.span_of,
        "members": seen.members,
        "groups": group_counts(seen),
        "tables": [
            {
                "table": _place(table),
                "kind": table.kind,
                "rows": table.rows,
                "used": table.used,
                "columns": [{"column": name, "read_as": field} for field, name in _columns(table)],
                "remarks": [vars(remark) for remark in table.remarks],
            }
            for table in reading.tables
        ],
        "unread": list(reading.unread),
        "remarks": [vars(remark) for remark in reading.remarks],
        "missing": {kind: COSTS[kind] for kind in reading.missing},
        "envelopes": None if seen.envelopes is None else to_yuan(int(seen.envelopes.fen.sum())),
        "check_ins": None if seen.check_ins is None else len(seen.check_ins),
        "fingerprint": seen.fingerprint,
    }
