"""An order history from a file: one row per order."""

import datetime as dt
import logging

import numpy as np
from numpy.typing import NDArray

from commsim.core.errors import InputError
from commsim.population.files import Source
from commsim.population.orders import Orders
from commsim.population.tables import Table, read_table
from commsim.scenario.schema import History

_log = logging.getLogger(__name__)
_FIELD = "community.history"
_EPOCH = dt.date(1970, 1, 1)


def read_history(source: Source, history: History, today: dt.date) -> tuple[Orders, int]:
    """The orders up to the end of an order history, and that day (days since 1970).

    Orders after ``history.until`` are left out, and customers who first ordered after it.  Raises InputError
    with the line for what can't be used.
    """
    orders = read_orders(source, history)
    end = _end(source, history, orders.day, today)
    shown = orders.where(orders.day <= end)
    customers = len(np.unique(shown.customer))
    later = len(orders.ids) - customers
    if later:
        _log.info("%s: %d customers ordered first after the period", source.path, later)
    if len(shown.day) == customers:
        raise InputError(
            "nobody ordered on two days, so buying rates can't be estimated",
            where=str(source.path),
            remedy="give a longer history, or none and set orders_per_week of the segments",
        )
    return shown, end


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
