"""A column, declared once: of the state of persons, or of a table of results."""

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Column:
    """One value per person, or per row of a table; what follows from it is derived and never written again.

    name: of the attribute or column, and in capitals of the row of its block (``columns.ACTIVITY``).
    dtype: its type in memory.  about: what it means, for readers.  start: value on the first morning.
    range: its values in words.  seen: strategies see it (`View`).  agent: a Mesa agent has it as a
    property.  kept: it is in the table of members.  money: integer fen; the name of the column in a file
    ends in ``_fen``.  names: for codes, whose names they are (``accounts``, ``causes`` or ``kinds``); files
    hold the names.
    """

    name: str
    dtype: type[np.generic]
    about: str
    start: float = 0
    range: str = ""
    seen: bool = False
    agent: bool = False
    kept: bool = False
    money: bool = False
    names: str = ""

    @property
    def in_file(self) -> str:
        """Name of the column in a run folder."""
        return f"{self.name}_fen" if self.money and self.name != "fen" else self.name

    def make(self, rows: int) -> Any:
        """An array of so many rows, as on the first morning."""
        return np.full(rows, self.start, self.dtype)


_REAL, _COUNT, _SHORT, _TINY, _BITS, _LARGE = (
    np.float32, np.int32, np.int16, np.int8, np.uint32, np.int64,
)  # fmt: skip

PERSONS: dict[str, tuple[Column, ...]] = {
    "traits": (
        Column("talk_rate", _REAL, "how much they write, mean 1"),
        Column("elasticity", _REAL, "price elasticity"),
        Column("lapse", _REAL, "chance to stop buying for good after an order at the usual rate"),
        Column("share", _REAL, "share of their attention that a good group can win"),
        Column("tolerance", _REAL, "how strongly messages move them to mute or leave, mean 1"),
        Column("sociability", _REAL, "how many friends they bring when asked, mean 1"),
        Column("habit_speed", _REAL, "gain of a habit per occasion"),
        Column("fluency", _REAL, "ease with the app"),
        Column("trust_base", _REAL, "the trust that they tend to"),
    ),
    "reals": (
        Column("buy_rate", _REAL, "orders a day of a buyer, at the usual price and unprompted"),
        Column(
            "rate", _REAL, "orders a day now, at the usual price and full need: of a trial, of a buyer, or 0"
        ),
        Column("usual", _REAL, "chance that an undisturbed buyer orders on a day, which brings lapses"),
        Column(
            "referral", _REAL, "factor on the rate of who was brought by a friend, fading to 1",
            start=1, range="from 0",
        ),
        Column("keep", _REAL, "share of the distance between activity and its rest that is left after a day"),
        Column(
            "activity", _REAL, "chance of a look on a day, before lifts and muting",
            range="0 to 1", seen=True, agent=True, kept=True,
        ),
        Column("trust", _REAL, "trust in the shop", range="0 to 1", seen=True, agent=True, kept=True),
        Column("value", _REAL, "what a look has lately been worth", range="real", agent=True),
        Column("fatigue", _REAL, "commercial messages lately seen, fading", range="from 0", agent=True),
        Column(
            "annoyance", _REAL, "what stays, for months, of the shop's posts seen, empty ones above all",
            range="from 0", agent=True,
        ),
        Column(
            "contact", _REAL, "how much in touch they are with a group that is run",
            range="0 to 1", agent=True,
        ),
        Column("adstock", _REAL, "log uplift of buying that is left of adverts seen before", range="from 0"),
        Column("reference", _REAL, "log of the price in mind over the usual price", range="at most 0"),
        Column(
            "need", _REAL, "need for what is sold, 1 when nothing was bought ahead",
            start=1, range="0 to 1", agent=True,
        ),
    ),
    "counts": (
        Column(
            "group", _COUNT, "number of the group, kept after leaving; -1 for none",
            seen=True, agent=True, kept=True,
        ),
        Column("orders", _COUNT, "orders so far", seen=True, agent=True, kept=True),
        Column("messages", _COUNT, "messages written so far", agent=True, kept=True),
        Column("inviter", _COUNT, "row of who brought them, -1 for none", start=-1, seen=True, kept=True),
        Column("partner", _COUNT, "last team mate, -1 for none", start=-1),
        Column(
            "asked_by", _COUNT,
            "who has asked a stranger whom one friend does not move: -2 nobody yet, -1 for all others",
            start=-1,
        ),
    ),
    "shorts": (
        Column(
            "joined", _SHORT, "day of joining, -1 for members from the start and strangers",
            start=-1, seen=True, kept=True,
        ),
        Column("due", _SHORT, "day of joining of who was invited, else -1", start=-1),
        Column("recruits", _SHORT, "newcomers that they brought"),
        Column("join_cause", _SHORT, "strategy that brings them, -1 for none", start=-1),
    ),
    "tiny": (
        Column("slot", _TINY, "favourite part of the day: 8 to 12, 12 to 14, 14 to 19, 19 to 23 h"),
        Column("segment", _TINY, "kind of person"),
        Column("customer", _TINY, "kind of customer, by segment and taste of the group at the start"),
        Column("status", _TINY, "0 stranger, 1 member, 2 left", seen=True, kept=True),
        Column("buys", _TINY, "never bought, buyer or lapsed"),
        Column("sampled", _TINY, "whether they have taken a sample", range="0 or 1"),
    ),
    "bits": (
        Column("looks", _BITS, "on which of the last 32 days they looked, today in bit 0", range="bits"),
    ),
    "muted": (
        Column(
            "muted", np.bool_, "has muted the group",
            range="yes, no", seen=True, agent=True, kept=True,
        ),
    ),
    "large": (
        Column("spent", _LARGE, "paid for orders so far", agent=True, kept=True, money=True),
        Column("points", _LARGE, "points in hand", seen=True, agent=True, kept=True),
    ),
}  # fmt: skip
"""Of persons.  A block named like its one column is an array, the others are matrices."""

SEEN = tuple(column for block in PERSONS.values() for column in block if column.seen)
"""What strategies see of persons."""

KEPT = tuple(column for block in PERSONS.values() for column in block if column.kept)
"""What the table of members keeps of them."""
