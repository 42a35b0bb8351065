"""Numbers of one run that claims are about, from what happened to each person.  They need full detail."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.records.tables import event_kinds
from commsim.validation.claims.claim import Run


def _of_kind(run: Run, kind: str) -> dict[str, NDArray[Any]]:
    """The events of a kind."""
    events = run.records.events
    chosen = events["kind"] == event_kinds().index(kind)
    return {name: column[chosen] for name, column in events.items()}


def _orders_of(run: Run, cause: str) -> dict[str, NDArray[Any]]:
    """The orders that a strategy brought."""
    orders = _of_kind(run, "order")
    chosen = orders["cause"] == run.records.causes.index(cause)
    return {name: column[chosen] for name, column in orders.items()}


@dataclass(frozen=True, slots=True)
class EarlyLeavers:
    """Share of newcomers who leave within so many days, of those who could have."""

    within: int

    def __call__(self, run: Run) -> float:
        joined, left = _of_kind(run, "join"), _of_kind(run, "leave")
        watched = joined["day"] < run.records.days - self.within
        came = dict(zip(joined["person"][watched].tolist(), joined["day"][watched].tolist(), strict=True))
        gone = zip(left["person"].tolist(), left["day"].tolist(), strict=True)
        early = sum(person in came and day - came[person] <= self.within for person, day in gone)
        return float(early / max(1, len(came)))


@dataclass(frozen=True, slots=True)
class RepeatOrders:
    """Orders at the sales of a strategy beyond everybody's first."""

    cause: str

    def __call__(self, run: Run) -> float:
        persons = _orders_of(run, self.cause)["person"]
        return float(len(persons) - len(np.unique(persons)))


@dataclass(frozen=True, slots=True)
class MeanMinute:
    """Minutes from the opening of a strategy's sales to an order, the mean."""

    cause: str

    def __call__(self, run: Run) -> float:
        minutes = _orders_of(run, self.cause)["minute"]
        return float(minutes[minutes >= 0].mean())


@dataclass(frozen=True, slots=True)
class Within:
    """Share of the orders at a strategy's sales that come within so many minutes of their opening."""

    cause: str
    minutes: int

    def __call__(self, run: Run) -> float:
        minutes = _orders_of(run, self.cause)["minute"]
        return float((minutes[minutes >= 0] < self.minutes).mean())


@dataclass(frozen=True, slots=True)
class OrdersOfPayers:
    """Orders from a day on of the tenth of buyers who paid most before it; or of all other buyers."""

    day: int
    others: bool = False

    def __call__(self, run: Run) -> float:
        orders = _of_kind(run, "order")
        early = orders["day"] < self.day
        spent = np.bincount(orders["person"][early], orders["fen"][early])
        buyers = np.flatnonzero(spent)
        ranked = buyers[np.argsort(spent[buyers], kind="stable")]
        most = max(1, len(buyers) // 10)
        chosen = ranked[:-most] if self.others else ranked[-most:]
        return float(np.isin(orders["person"][~early], chosen).sum())
