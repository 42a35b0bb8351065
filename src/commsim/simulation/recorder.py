"""What is kept of every day: sums for all runs, events one by one at full detail."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Columns, Ints
from commsim.core.columns import Column
from commsim.core.events import Happened
from commsim.core.units import to_yuan
from commsim.records.tables import EVENT_KINDS, TABLES

GROUPWISE = TABLES["groups"][2:]
"""What is kept of groups, beside day and group."""


class Recorder:
    """Collects a run's tables; ``full`` keeps events, and on how many days each person looked."""

    def __init__(self, days: int, groups: int, persons: int, *, full: bool) -> None:
        self.full = full
        self.columns: tuple[Column, ...] = TABLES["daily"]
        self.looked = np.zeros(persons if full else 0, np.int16)
        self._daily: list[tuple[Any, ...]] = []
        self._groups = {
            column.name: np.zeros((days, groups), np.float32 if _is_real(column) else np.int64)
            for column in GROUPWISE
        }
        self._events: list[tuple[Ints, ...]] = []

    def also(self, columns: tuple[Column, ...]) -> None:
        """Keep more numbers of every day, those of mechanisms."""
        self.columns += tuple(column for column in columns if column not in self.columns)

    def day(self, values: dict[str, Any], by_group: dict[str, NDArray[Any]]) -> None:
        """Keep one day's sums."""
        at = len(self._daily)
        self._daily.append(tuple(values[column.name] for column in self.columns))
        for name, column in self._groups.items():
            column[at] = by_group[name]

    def event(
        self, kind: str, day: int, persons: Ints, other: Any = -1, fen: Any = 0, cause: Any = -1
    ) -> None:
        """Keep events of one kind; nothing at daily detail."""
        n = len(persons)
        if self.full and n:
            row = (EVENT_KINDS.index(kind), day, persons, other, fen, cause)
            self._events.append(tuple(np.broadcast_to(part, n).astype(np.int64) for part in row))

    def happened(self, day: Happened, shelf: int, inviters: Ints, invited: Ints, causes: Ints) -> None:
        """Keep the events of a day, and the invitations accepted; ``shelf``: the cause of what it sold."""
        if not self.full:
            return
        self.looked[day.lookers] += 1
        self.event("join", day.day, day.joined, day.join_inviters, 0, day.join_cause)
        self.event("leave", day.day, day.left)
        self.event("mute", day.day, day.muted)
        bought = np.where(day.order_cause < 0, shelf, day.order_cause)
        self.event("order", day.day, day.order_persons, -1, day.order_fen, bought)
        self.event("invitation", day.day, inviters, invited, 0, causes)

    def last(self) -> dict[str, float]:
        """The numbers of the last day but its own, money in yuan; all 0 before the first."""
        values = self._daily[-1] if self._daily else (0,) * len(self.columns)
        return {
            column.name: to_yuan(value) if column.money else value
            for column, value in zip(self.columns, values, strict=True)
            if column.name != "day"
        }

    def daily(self) -> Columns:
        """One row per day."""
        numbers = zip(*self._daily, strict=True) if self._daily else ((),) * len(self.columns)
        return {
            column.name: np.array(values, np.float64 if _is_real(column) else np.int64)
            for column, values in zip(self.columns, numbers, strict=True)
        }

    def groups(self) -> Columns:
        """One row per group and day; groups that never had a member are left out.

        Who is in a group stays or leaves, so a group without either has had nobody, not for an hour.
        """
        days = len(self._daily)
        stayed, gone = (self._groups[name][:days].any(axis=0) for name in ("members", "left"))
        used = np.flatnonzero(stayed | gone)
        table: Columns = {
            "day": np.repeat(np.arange(days), len(used)),
            "group": np.tile(used, days),
        }
        return table | {name: column[:days, used].ravel() for name, column in self._groups.items()}

    def events(self) -> Columns:
        """Kind (index into `EVENT_KINDS`), day, person, other person, fen and cause, in order of the day."""
        if not self.full:
            return {}
        names = ("kind", "day", "person", "other", "fen", "cause")
        nothing = np.zeros(0, np.int64)
        return {
            name: np.concatenate([nothing, *(row[k] for row in self._events)]) for k, name in enumerate(names)
        }


def _is_real(column: Column) -> bool:
    return np.issubdtype(column.dtype, np.floating)
