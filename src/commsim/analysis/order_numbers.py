"""Money by order number: what the first, the second and later sales to the same person bring."""

from typing import TYPE_CHECKING, Any

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.effects import Account
from commsim.records.records import Records
from commsim.records.tables import ORDER

if TYPE_CHECKING:
    import pandas as pd

LAST = 3
"""The third and all later sales are one row."""
_REVENUE = (Account.SALES, Account.DISCOUNT)
_WITH_AN_ORDER = (*_REVENUE, Account.GOODS, Account.PARTIES)


def money_by_order(records: Records) -> "pd.DataFrame | None":
    """One row per number of an order: 0 for money before a person's first, 1, 2, and `LAST` for all later.

    Columns: orders, revenue (as paid), earned: all that was booked to a person (sales, goods, discounts,
    refunds, points, gifts, commission ...), staff left out, in yuan.  What is booked with an order belongs
    to it, evenly to several of a day, and the rest to the latest order by then; what a contract with a
    supplier or platform takes on a day, by the usual prices of that day's orders.  Orders are counted from
    the first day: who bought before has had others.  What is booked to nobody in person, and a settlement
    of a day without orders, stands in no row.  Needs full detail.
    """
    import pandas as pd

    if not records.events or not records.days:
        return None
    orders = records.events["kind"] == ORDER
    moments = np.sort(_moment(records, records.events["person"][orders], records.events["day"][orders]))
    entries = {name: column[records.entries["person"] >= 0] for name, column in records.entries.items()}
    entries = _with_contracts(records, entries)
    revenue, booked = (
        _by_number(records, moments, entries, _is_of(records, entries, _REVENUE)),
        _by_number(records, moments, entries, ~_is_of(records, entries, (Account.STAFF,))),
    )
    number = np.minimum(np.arange(len(moments)) - _before(records, moments, moments) + 1, LAST)
    columns = {"orders": np.bincount(number, minlength=LAST + 1).astype(float)}
    columns |= {"revenue": revenue, "earned": booked}
    return pd.DataFrame(columns, index=pd.RangeIndex(LAST + 1, name="number"))


def _with_contracts(records: Records, entries: dict[str, Any]) -> dict[str, Any]:
    """Entries with each day's settlement with supplier and platform, shared among the sales of the day."""
    if Account.PARTIES not in records.accounts:  # of a run that was kept before
        return entries
    ledger, account = records.ledger, records.accounts.index(Account.PARTIES)
    chosen = ledger["account"] == account
    if not chosen.any():
        return entries
    settled = np.bincount(ledger["day"][chosen], ledger["fen"][chosen], minlength=records.days + 1)
    sales = _is_of(records, entries, (Account.SALES,))
    day, usual = entries["day"][sales], entries["fen"][sales].astype(np.float64)
    shares = settled[day] * usual / np.bincount(day, usual, minlength=records.days + 1)[day]
    more = {
        "person": entries["person"][sales],
        "day": day,
        "fen": shares,
        "account": np.full(len(day), account),
    }
    return {name: np.concatenate([entries[name], column]) for name, column in more.items()}


def _moment(records: Records, person: Ints, day: Ints) -> Ints:
    """Persons and days as one number, by which orders can be sorted."""
    return np.asarray(person.astype(np.int64) * (records.days + 1) + day)


def _before(records: Records, moments: Ints, at: Ints) -> Ints:
    """How many of all orders belong to persons before those of some moments."""
    first = at // (records.days + 1) * (records.days + 1)
    return np.searchsorted(moments, first, side="left")


def _is_of(records: Records, entries: dict[str, Any], accounts: tuple[Account, ...]) -> Bools:
    return np.isin(entries["account"], [records.accounts.index(account) for account in accounts])


def _by_number(records: Records, moments: Ints, entries: dict[str, Any], chosen: Bools) -> Floats:
    """Yuan of the chosen entries by number of the order that they belong to."""
    at = _moment(records, entries["person"], entries["day"])[chosen]
    fen = entries["fen"][chosen].astype(np.float64)
    latest = np.searchsorted(moments, at, side="right") - _before(records, moments, at)
    same_day = np.searchsorted(moments, at, side="right") - np.searchsorted(moments, at, side="left")
    with_order = _is_of(records, entries, _WITH_AN_ORDER)[chosen]
    parts = np.where(with_order, np.maximum(1, same_day), 1)
    total = np.zeros(LAST + 1)
    for part in range(int(parts.max(initial=0))):
        some = parts > part
        number = np.minimum(latest[some] - part, LAST)
        total += np.bincount(number, fen[some] / parts[some], minlength=LAST + 1)
    return np.asarray(total / 100)
