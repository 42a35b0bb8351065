"""What is kept of every day: sums for all runs, events one by one at full detail."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Columns, Ints
from commsim.core.columns import Column
from commsim.core.events import Happened
from commsim.core.units import to_yuan
from commsim.core.view import STRANGER
from commsim.population.people import Population
from commsim.records.tables import TABLES, event_kinds
from commsim.scenario.schema import Scenario
from commsim.simulation.clock import HOURS
from commsim.simulation.handle import Handle
from commsim.simulation.kernels.recording import (
    COUNTS,
    GROUP_COUNTS,
    GROUP_MONEY,
    GROUP_REALS,
    REALS,
    Sums,
    record,
)
from commsim.simulation.state import People

_ROWS = 1 << 16
"""So many rows of the table of groups are kept as kernels write them."""


class GroupDays:
    """The table of groups of a run: the last days as kernels write them, those before in smaller types.

    In a long run of many groups it is most of what is kept, and most numbers of a group fit in a byte.
    """

    def __init__(self, days: int, groups: int) -> None:
        room, self._done = max(1, min(days, _ROWS // groups)), 0
        self.counts = np.zeros((len(GROUP_COUNTS), room, groups), np.int32)
        self.money = np.zeros((len(GROUP_MONEY), room, groups), np.int64)
        self.reals = np.zeros((len(GROUP_REALS), room, groups), np.float32)
        columns = *self.counts, *self.money, *self.reals
        self._columns: Columns = dict(zip((*GROUP_COUNTS, *GROUP_MONEY, *GROUP_REALS), columns, strict=True))
        self._earlier: list[Columns] = []

    def next_day(self) -> None:
        """Make room for one more."""
        if self._done and self._done % self.counts.shape[1] == 0:
            self._earlier.append({name: _small(column) for name, column in self._columns.items()})
        self._done += 1

    def table(self) -> Columns:
        """One row per group and day; groups that never had a member are left out.

        Who is in a group stays or leaves, so a group without either has had nobody, not for an hour.
        """
        last = self._done - len(self._earlier) * self.counts.shape[1]
        parts = [*self._earlier, {name: column[:last] for name, column in self._columns.items()}]
        had = [part[name].any(axis=0) for part in parts for name in ("members", "left")]
        used = np.flatnonzero(np.logical_or.reduce(had)).astype(np.int32)
        day = np.arange(self._done, dtype=np.int32)
        table: Columns = {"day": np.repeat(day, len(used)), "group": np.tile(used, self._done)}
        for name, column in self._columns.items():
            table[name], at = np.empty(self._done * len(used), column.dtype), 0
            for part in parts:
                rows = part[name][:, used].ravel()
                table[name][at : at + len(rows)] = rows
                at += len(rows)
        return table


def _small(column: NDArray[Any]) -> NDArray[Any]:
    """A copy in the smallest type that holds its whole numbers."""
    if not np.issubdtype(column.dtype, np.integer):
        return column.copy()
    return column.astype(np.result_type(*map(np.min_scalar_type, (column.min(), column.max()))))


class Recorder:
    """Collects a run's tables; ``full`` keeps events, and on how many days each person looked."""

    def __init__(self, days: int, groups: int, persons: int, *, full: bool) -> None:
        self.full = full
        self.columns: tuple[Column, ...] = TABLES["daily"]
        self.looked = np.zeros(persons if full else 0, np.int16)
        self._days, self._done = days, 0
        by_group = GroupDays(days, groups)
        self.sums = Sums(
            np.zeros((len(COUNTS), days), np.int64),
            np.zeros((len(REALS), days)),
            by_group.counts,
            by_group.money,
            by_group.reals,
            np.zeros((days, HOURS), np.int64),
        )
        self._by_group = by_group
        self._daily = {"day": np.arange(days)}
        self._daily |= dict(zip((*COUNTS, *REALS), (*self.sums.counts, *self.sums.reals), strict=True))
        self.also(self.columns)
        self._events: list[tuple[Ints, ...]] = []
        self._products: list[Columns] = []

    def also(self, columns: tuple[Column, ...]) -> None:
        """Keep more numbers of every day, those of mechanisms."""
        known = {column.name for column in self.columns}
        self.columns += tuple(column for column in columns if column.name not in known)
        for column in columns:
            if column.name not in self._daily:
                real = issubclass(column.dtype, np.floating)
                self._daily[column.name] = np.zeros(self._days, np.float64 if real else np.int64)

    def day(self, handle: Handle, joined: int, numbers: Mapping[str, int | float]) -> None:
        """Keep one day's sums, with the number of newcomers, and what are not sums over persons."""
        at, self._done = self._done, self._done + 1
        self._by_group.next_day()
        record(at, handle, joined)
        for name, number in numbers.items():
            self._daily[name][at] = number

    def event(
        self,
        kind: str,
        day: int,
        persons: Ints,
        other: Any = -1,
        fen: Any = 0,
        cause: Any = -1,
        minute: Any = -1,
    ) -> None:
        """Keep events of one kind; nothing at daily detail."""
        n = len(persons)
        if self.full and n:
            row = (event_kinds().index(kind), day, persons, other, fen, cause, minute)
            self._events.append(tuple(np.broadcast_to(part, n).astype(np.int64) for part in row))

    def happened(
        self, day: Happened, shelf: int, minutes: Ints, inviters: Ints, invited: Ints, causes: Ints
    ) -> None:
        """Keep the events of a day, the minutes of its orders, and the invitations accepted.

        ``shelf``: the cause of what it sold.  To be called at full detail only.
        """
        self.looked[day.lookers] += 1
        self.event("join", day.day, day.joined, day.join_inviters, 0, day.join_cause)
        self.event("leave", day.day, day.left)
        self.event("mute", day.day, day.muted)
        self.event("unmute", day.day, day.unmuted)
        first = slice(len(minutes))  # what else went into their baskets comes after the orders
        bought = np.where(day.order_cause < 0, shelf, day.order_cause)[first]
        persons, fen = day.order_persons[first], day.order_fen[first]
        self.event("order", day.day, persons, -1, fen, bought, minutes)
        self.event("invitation", day.day, inviters, invited, 0, causes)

    def product_day(self, day: int, names: NDArray[Any], numbers: Mapping[str, Ints]) -> None:
        """Keep a day's numbers of products (one for each name), of those for which any is not 0."""
        some = np.logical_or.reduce([values != 0 for values in numbers.values()])
        kept = {name: values[some] for name, values in numbers.items()}
        self._products.append({"day": np.full(int(some.sum()), day), "product": names[some], **kept})

    def products(self) -> Columns:
        """One row per day and product that was sold or spoilt; empty where nobody counts products."""
        days = self._products
        return {name: np.concatenate([one[name] for one in days]) for name in days[0]} if days else {}

    def last(self) -> dict[str, float]:
        """The numbers of the last day but its own, money in yuan; all 0 before the first."""
        return {
            column.name: to_yuan(self._number(column)) if column.money else self._number(column)
            for column in self.columns
            if column.name != "day"
        }

    def _number(self, column: Column) -> Any:
        return self._daily[column.name][self._done - 1].item() if self._done else 0

    def daily(self) -> Columns:
        """One row per day."""
        return {column.name: self._daily[column.name][: self._done].copy() for column in self.columns}

    def hours(self) -> Columns:
        """One row per day and hour."""
        days, hours = np.indices((self._done, HOURS))
        return {"day": days.ravel(), "hour": hours.ravel(), "messages": self.sums.hours[: self._done].ravel()}

    def groups(self) -> Columns:
        """One row per day and group that ever had a member."""
        return self._by_group.table()

    def events(self) -> Columns:
        """Rows of the table of events, in order of the day; kinds as indices into `event_kinds`."""
        if not self.full:
            return {}
        names = ("kind", "day", "person", "other", "fen", "cause", "minute")
        nothing = np.zeros(0, np.int64)
        return {
            name: np.concatenate([nothing, *(row[k] for row in self._events)]) for k, name in enumerate(names)
        }


def members_table(
    people: People, kept: Columns, population: Population, scenario: Scenario, looked: Ints
) -> Columns:
    """One row per person who ever was a member or a buyer, as they stand at the end.

    kept: columns, those of mechanisms too.  looked: days on which each person looked in.
    """
    rows = np.flatnonzero((people.status != STRANGER) | (people.orders > 0))
    names = np.array([segment.name for segment in scenario.community.segments])
    labels = population.labels
    table: Columns = {
        "person": rows,
        "label": np.array([labels[i] for i in rows] if labels else [str(i) for i in rows], dtype=object),
        "propensity": (people.rate * people.need * people.referral)[rows],
        "segment": names[people.segment[rows]],
        "looked": looked[rows],
    }
    return table | {name: values[rows].copy() for name, values in kept.items()}
