"""The tables of a run, column by column: what the engine fills and what a run folder holds."""

from collections.abc import Iterable
from functools import cache

import numpy as np

from commsim.core.arrays import Columns
from commsim.core.columns import KEPT, PERSONS, Column
from commsim.core.mechanism import Mechanism, mechanisms, refuse_clashes
from commsim.core.mechanisms.check_in import CHECK_IN
from commsim.core.mechanisms.envelopes import ENVELOPES

EVENT_KINDS = ("join", "leave", "mute", "order", "payment", "invitation", "refund", "unmute")
"""What the core records, by its code in ``events.kind``; see `event_kinds`."""

JOIN, LEAVE, MUTE, ORDER, PAYMENT, INVITATION, REFUND, UNMUTE = range(len(EVENT_KINDS))


_DAY = Column("day", np.int32, "day of the run, from 0")
_PERSON = Column("person", np.int32, "row of the person, -1 for none")
_GROUP = Column("group", np.int32, "number of the group, -1 for none")
_FEN = Column("fen", np.int64, "income positive, cost negative", money=True)
_ACCOUNT = Column("account", np.int8, "account of profit and loss", names="accounts")
_CAUSE = Column("cause", np.int16, "strategy, or `shelf`, or `operator`; -1 for none", names="causes")

ALWAYS = (*ENVELOPES.daily, *CHECK_IN.daily)
"""Numbers of mechanisms that are in every daily table, 0 where the plan does not use them."""

TABLES: dict[str, tuple[Column, ...]] = {
    "daily": (
        _DAY,
        Column("members", np.int32, "members at the end of the day"),
        Column("looked", np.int32, "members who looked into their group"),
        Column("wrote", np.int32, "members who wrote"),
        Column("messages", np.int64, "messages of talk by members"),
        Column("operator_posts", np.int64, "posts of the operator, over all groups"),
        Column(
            "operator_messages",
            np.float64,
            "messages of the operator: those that posts are made of, and answers, expected",
        ),
        Column("spam", np.float64, "adverts by members, expected"),
        Column("muted", np.int32, "members with the group muted at the end of the day"),
        Column("joined", np.int32, "persons who joined"),
        Column("invited", np.int32, "of these, brought by a member"),
        Column("left", np.int32, "persons who left"),
        Column("muted_today", np.int32, "persons who muted"),
        Column("unmuted_today", np.int32, "persons who let a muted group ring again"),
        Column("orders", np.int64, "orders that hold"),
        Column("revenue", np.int64, "paid by customers", money=True),
        *ENVELOPES.daily,
        Column("teams", np.int32, "teams that closed"),
        Column("teams_failed", np.int32, "of these, too small, so nothing was sold"),
        *CHECK_IN.daily,
        Column("activity", np.float64, "mean activity of members"),
        Column("trust", np.float64, "mean trust of members"),
        Column(
            "liability",
            np.int64,
            "owed to members: points at what they cost, and what was paid ahead",
            money=True,
        ),
    ),
    "ledger": (_DAY, _ACCOUNT, _CAUSE, _FEN),
    "groups": (
        _DAY,
        _GROUP,
        Column("members", np.int32, "members at the end of the day"),
        Column("looked", np.int32, "members who looked"),
        Column("messages", np.int32, "messages of talk by members"),
        Column("muted", np.int32, "members with the group muted"),
        Column("left", np.int32, "persons who left"),
        Column("orders", np.int32, "orders that hold"),
        Column("revenue", np.int64, "paid by customers", money=True),
        Column("spam", np.float32, "adverts by members per 100 members, the level"),
        Column("topics", np.float32, "what there is to talk about"),
    ),
    "hours": (
        _DAY,
        Column("hour", np.int8, "hour of the day, 0 to 23"),
        Column("messages", np.int32, "messages of talk by members that were written in it"),
    ),
    "products": (
        _DAY,
        Column("product", np.str_, "name of the product"),
        Column("orders", np.int32, "orders of it, or of which it is the first product"),
        Column("lines", np.int32, "pieces that went into baskets beside another product"),
        Column("revenue", np.int64, "paid for both", money=True),
        Column("cost", np.int64, "cost of both", money=True),
        Column("written_off", np.int64, "lost on pieces that have spoilt", money=True),
    ),
    "events": (
        _DAY,
        Column("kind", np.int8, "what happened", names="kinds"),
        _PERSON,
        Column("other", np.int32, "inviter of who joined, friend who was invited; -1 for none"),
        Column("fen", np.int64, "price of an order, amount of a payment or refund", money=True),
        _CAUSE,
        Column(
            "minute", np.int32, "of an order, from the opening of the sale; -1 from the shelf, or not known"
        ),
    ),
    "members": (
        _PERSON,
        Column("label", np.str_, "the user's own id, or the row"),
        Column("segment", np.str_, "name of the segment"),
        Column("propensity", np.float32, "orders a day at the usual price, unprompted, at the end"),
        Column("looked", np.int32, "days on which the person looked in"),
        *KEPT,
    ),
    "entries": (_DAY, _ACCOUNT, _PERSON, _GROUP, _FEN, _CAUSE),
}


def as_declared(table: str, columns: Columns) -> Columns:
    """Columns of a table in the order and with the types that are declared, which files have, too."""
    typed = {
        column.name: columns[column.name].astype(
            object if column.dtype is np.str_ else column.dtype, copy=False
        )
        for column in columns_of(table)
        if column.name in columns
    }
    return typed | {name: values for name, values in columns.items() if name not in typed}


@cache
def checked_mechanisms() -> tuple[Mechanism, ...]:
    """All mechanisms.  Raises InputError where one would write over what the core or another one keeps."""
    persons = (column for block in PERSONS.values() for column in block)
    refuse_clashes("column", _names((*persons, *TABLES["members"])), lambda one: _names(one.columns))
    daily = (column for column in TABLES["daily"] if column not in ALWAYS)
    refuse_clashes("daily number", _names(daily), lambda one: _names(one.daily))
    refuse_clashes("kind of event", EVENT_KINDS, lambda one: [event.name for event in one.events])
    refuse_clashes("text", (), lambda one: one.words)
    return mechanisms()


def _names(columns: Iterable[Column]) -> list[str]:
    """In memory and in files."""
    return [name for column in columns for name in sorted({column.name, column.in_file})]


@cache
def event_kinds() -> tuple[str, ...]:
    """Names of the codes in ``events.kind``: the core's, then those of mechanisms.  Files hold the names."""
    kept = (event.name for one in checked_mechanisms() for event in one.events if event.kept)
    return (*EVENT_KINDS, *kept)


def columns_of(table: str) -> tuple[Column, ...]:
    """The columns that a table may have: the core's, which it always has, and those of all mechanisms."""
    more: list[Column] = []
    for mechanism in checked_mechanisms():
        kept = tuple(column for column in mechanism.columns if column.kept)
        more += {"daily": mechanism.daily, "members": kept}.get(table, ())
    return (*TABLES[table], *(column for column in more if column not in ALWAYS))
