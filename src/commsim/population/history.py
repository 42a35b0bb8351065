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
    """Everybody who ordered, in order of first appearance in the file, and what was seen of them."""

    ids: tuple[str, ...]
    seen: Purchases


def read_history(source: Source, history: History, today: dt.date) -> Customers:
    """The customers of an order history.  Raises InputError with the line for what can't be used.

    Orders after ``history.until`` are left out, and customers who first ordered after it.  Orders of
    one customer on one day are one order.
    """
    import pandas as pd

    table = read_table(source, _FIELD, history.encoding)
    customer = table.column("customer", history.customer)
    table.refuse(customer.to_numpy() == "", lambda i: "the customer's id is empty", "give every order one")
    day = table.days(table.column("date", history.date))
    _check_amounts(table, history)
    codes, ids = pd.factorize(customer)
    end = _end(table, history, day, today)
    return _summarise(source, ids.to_numpy(), codes, day, end)


def _check_amounts(table: Table, history: History) -> None:
    """Amounts are not used, but a bad one means that the file is not what it should be."""
    name = history.amount
    if name is not None and (name in table.frame.columns or "amount" in history.model_fields_set):
        table.numbers(table.column("amount", name))


def _end(table: Table, history: History, day: NDArray[np.int64], today: dt.date) -> int:
    """The last day of the observation."""
    if history.until is not None:
        end = (history.until - _EPOCH).days
        if end < day.min():
            raise InputError(
                f"there is no order up to {history.until}",
                where=str(table.source.path),
                remedy=f"set {_FIELD}.until to {_date(int(day.min()))} or later",
            )
    else:
        end = int(day.max())
    if end > (today - _EPOCH).days:
        raise InputError(
            f"the history goes on to {_date(end)}, after the first day of the plan ({today})",
            where=str(table.source.path),
            remedy=f"set `start` of the scenario to a later day, or {_FIELD}.until to the day before it",
        )
    return end


def _date(day: int) -> dt.date:
    return _EPOCH + dt.timedelta(days=day)


def _summarise(
    source: Source, ids: NDArray[np.object_], codes: NDArray[np.int64], day: NDArray[np.int64], end: int
) -> Customers:
    start, within = day.min(), day <= end
    span = end - start + 1
    shopped = np.unique(codes[within] * span + (day[within] - start))  # one number per customer and day
    who, at, orders = np.unique(shopped // span, return_index=True, return_counts=True)
    first, last = (start + shopped[i] % span for i in (at, at + orders - 1))
    if len(who) < len(ids):
        _log.info("%s: %d customers ordered first after the period", source.path, len(ids) - len(who))
    if orders.max() == 1:
        raise InputError(
            "nobody ordered on two days, so buying rates can't be estimated",
            where=str(source.path),
            remedy="give a longer history, or none and set orders_per_week of the segments",
        )
    seen = Purchases(orders - 1, (last - first) / 7.0, (end - first) / 7.0)
    return Customers(tuple(ids[who]), seen)
