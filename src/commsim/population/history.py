"""An order history from a file: one row per order, turned into what `bgnbd` needs per customer."""

import datetime as dt
import logging
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commsim.core.errors import InputError
from commsim.population.bgnbd import Purchases
from commsim.population.files import Source
from commsim.population.tables import Table, read_table
from commsim.scenario.schema import History

_log = logging.getLogger(__name__)
_FIELD = "community.history"
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, eq=False)
class Customers:
    """Everybody who ordered, in order of first appearance in the file, and what was seen of them.

    end: the last day of the observation, in days since 1970.
    """

    ids: tuple[str, ...]
    seen: Purchases
    end: int


@dataclass(frozen=True, eq=False)
class Orders:
    """All orders of a file, those of one customer on one day as one, by customer and day.

    ids: customers in order of first appearance.  customer, day: per order the index of the customer and
    the days since 1970.
    """

    ids: tuple[str, ...]
    customer: NDArray[np.int64]
    day: NDArray[np.int64]


def read_history(source: Source, history: History, today: dt.date) -> Customers:
    """The customers of an order history.  Raises InputError with the line for what can't be used.

    Orders after ``history.until`` are left out, and customers who first ordered after it.
    """
    orders = read_orders(source, history)
    return _summarise(source, orders, _end(source, history, orders.day, today))


def read_orders(source: Source, history: History) -> Orders:
    """Every order of a file, ``history.until`` notwithstanding.  Raises InputError as `read_history`."""
    import pandas as pd

    table = read_table(source, _FIELD, history.encoding)
    customer = table.column("customer", history.customer)
    table.refuse(customer.to_numpy() == "", lambda i: "the customer's id is empty", "give every order one")
    day = table.days(table.column("date", history.date))
    _check_amounts(table, history)
    codes, ids = pd.factorize(customer)
    start = day.min()
    span = day.max() - start + 1
    shopped = np.unique(codes * span + (day - start))  # one number per customer and day
    return Orders(tuple(ids), shopped // span, start + shopped % span)


def _check_amounts(table: Table, history: History) -> None:
    """Amounts are not used, but a bad one means that the file is not what it should be."""
    amounts = table.optional("amount", history.amount)
    if amounts is not None:
        remedy = f"write it as 1299.00; or set {_FIELD}.amount to null, for amounts are checked but not used"
        table.numbers(amounts, remedy)


def _end(source: Source, history: History, day: NDArray[np.int64], today: dt.date) -> int:
    """The last day of the observation."""
    if history.until is not None:
        end = day_of(history.until)
        if end < day.min():
            raise InputError(
                f"there is no order up to {history.until}",
                where=str(source.path),
                remedy=f"set {_FIELD}.until to {date_of(int(day.min()))} or later",
            )
    else:
        end = int(day.max())
    if end > day_of(today):
        raise InputError(
            f"the history goes on to {date_of(end)}, after the first day of the plan ({today})",
            where=str(source.path),
            remedy=f"set `start` of the scenario to a later day, or {_FIELD}.until to the day before it",
        )
    return end


def day_of(date: dt.date) -> int:
    """Days since 1970."""
    return (date - _EPOCH).days


def date_of(day: int) -> dt.date:
    """The date of a day counted from 1970."""
    return _EPOCH + dt.timedelta(days=day)


def _summarise(source: Source, orders: Orders, end: int) -> Customers:
    within = orders.day <= end
    day = orders.day[within]
    who, at, count = np.unique(orders.customer[within], return_index=True, return_counts=True)
    first, last = day[at], day[at + count - 1]
    later = len(orders.ids) - len(who)
    if later:
        _log.info("%s: %d customers ordered first after the period", source.path, later)
    if count.max() == 1:
        raise InputError(
            "nobody ordered on two days, so buying rates can't be estimated",
            where=str(source.path),
            remedy="give a longer history, or none and set orders_per_week of the segments",
        )
    seen = Purchases(count - 1, (last - first) / 7.0, (end - first) / 7.0)
    return Customers(tuple(orders.ids[i] for i in who), seen, end)
