"""Numbers of one run about newcomers of a strategy, and about who gets goods for nothing."""

from dataclasses import dataclass

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.records.tables import event_kinds
from commsim.validation.claims.claim import Run

MONTH = 30


def _of(run: Run, kind: str) -> Bools:
    """Which rows of the table of events are of a kind."""
    return np.asarray(run.records.events["kind"] == event_kinds().index(kind))


def _came(run: Run, cause: str) -> tuple[Ints, Ints]:
    """Newcomers that a strategy has brought, and the days of their joining."""
    events = run.records.events
    rows = _of(run, "join") & (events["cause"] == run.records.causes.index(cause))
    return events["person"][rows], events["day"][rows]


@dataclass(frozen=True, slots=True)
class MonthlyOrders:
    """Orders in thirty days of a newcomer of a strategy."""

    cause: str

    def __call__(self, run: Run) -> float:
        persons, joined = _came(run, self.cause)
        orders = _of(run, "order") & np.isin(run.records.events["person"], persons)
        days = float((run.records.days - joined).sum())
        return float(np.count_nonzero(orders)) / max(1.0, days) * MONTH


@dataclass(frozen=True, slots=True)
class GoneSoon:
    """Share of the newcomers of a strategy who leave within a week after a day."""

    cause: str
    over: int

    def __call__(self, run: Run) -> float:
        persons, _ = _came(run, self.cause)
        events, left = run.records.events, _of(run, "leave")
        soon = left & (events["day"] > self.over) & (events["day"] <= self.over + 7)
        return float(np.isin(persons, events["person"][soon]).mean()) if persons.size else 0.0


@dataclass(frozen=True, slots=True)
class Freeloaders:
    """Share of the goods of bargains that go to who orders nothing in so many days after."""

    days: int

    def __call__(self, run: Run) -> float:
        events, got, ordered = run.records.events, _of(run, "bargained"), _of(run, "order")
        early = got & (events["day"] + self.days < run.records.days)
        idle = [
            not np.any(
                ordered
                & (events["person"] == person)
                & (events["day"] > day)
                & (events["day"] <= day + self.days)
            )
            for person, day in zip(events["person"][early], events["day"][early], strict=True)
        ]
        return float(np.mean(idle)) if idle else 0.0
