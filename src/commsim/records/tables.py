"""The tables of a run, column by column: what the engine fills and what a run folder holds."""

from dataclasses import dataclass

import numpy as np

from commsim.core.columns import KEPT

EVENT_KINDS = ("join", "leave", "mute", "order", "payment", "invitation", "refund")
"""Names of the codes in ``events.kind``.  Codes are part of every run folder: append, never renumber."""

JOIN, LEAVE, MUTE, ORDER, PAYMENT, INVITATION, REFUND = range(len(EVENT_KINDS))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its numpy type in memory and what it means.

    money: integer fen; the column's name in a file ends in ``_fen``.
    names: for codes, whose names they are (``accounts``, ``causes`` or ``kinds``); files hold the names.
    """

    name: str
    dtype: type[np.generic]
    about: str
    money: bool = False
    names: str = ""

    @property
    def in_file(self) -> str:
        """Name of the column in a run folder."""
        return f"{self.name}_fen" if self.money and self.name != "fen" else self.name


_DAY = Column("day", np.int32, "day of the run, from 0")
_PERSON = Column("person", np.int32, "row of the person, -1 for none")
_GROUP = Column("group", np.int32, "number of the group, -1 for none")
_FEN = Column("fen", np.int64, "income positive, cost negative", money=True)
_ACCOUNT = Column("account", np.int8, "account of profit and loss", names="accounts")
_CAUSE = Column("cause", np.int16, "strategy, or `shelf`, or `operator`; -1 for none", names="causes")

TABLES: dict[str, tuple[Column, ...]] = {
    "daily": (
        _DAY,
        Column("members", np.int32, "members at the end of the day"),
        Column("looked", np.int32, "members who looked into their group"),
        Column("wrote", np.int32, "members who wrote"),
        Column("messages", np.int64, "messages of talk by members"),
        Column("operator_posts", np.int64, "posts of the operator, over all groups"),
        Column("spam", np.float64, "adverts by members, expected"),
        Column("muted", np.int32, "members with the group muted at the end of the day"),
        Column("joined", np.int32, "persons who joined"),
        Column("invited", np.int32, "of these, brought by a member"),
        Column("left", np.int32, "persons who left"),
        Column("muted_today", np.int32, "persons who muted"),
        Column("orders", np.int64, "orders that hold"),
        Column("revenue", np.int64, "paid by customers", money=True),
        Column("buyers", np.int32, "persons with an order"),
        Column("caught", np.int64, "caught from envelopes, members' own included", money=True),
        Column("resent", np.int64, "sent on by members in envelopes of their own", money=True),
        Column("teams", np.int32, "teams that closed"),
        Column("teams_failed", np.int32, "of these, too small, so nothing was sold"),
        Column("checked_in", np.int32, "members who checked in"),
        Column("activity", np.float64, "mean activity of members"),
        Column("trust", np.float64, "mean trust of members"),
        Column("liability", np.int64, "points that members hold, at what they cost", money=True),
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
    "events": (
        _DAY,
        Column("kind", np.int8, "what happened", names="kinds"),
        _PERSON,
        Column("other", np.int32, "inviter of who joined, friend who was invited; -1 for none"),
        Column("fen", np.int64, "price of an order, amount of a payment or refund", money=True),
        _CAUSE,
    ),
    "members": (
        _PERSON,
        Column("label", np.str_, "the user's own id, or the row"),
        Column("segment", np.str_, "name of the segment"),
        Column("propensity", np.float32, "orders a day at the usual price, unprompted, at the end"),
        Column("looked", np.int32, "days on which the person looked in"),
        *(Column(of.name, of.dtype, of.about, of.money) for of in KEPT),
    ),
    "entries": (_DAY, _ACCOUNT, _PERSON, _GROUP, _FEN, _CAUSE),
}
