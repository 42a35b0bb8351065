"""Newcomers whom strategies have brought: what each cost, and what became of them."""

from typing import TYPE_CHECKING

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.core.effects import Account
from commsim.records.records import Records
from commsim.records.tables import event_kinds

if TYPE_CHECKING:
    import pandas as pd


def newcomers_by_strategy(records: Records) -> "pd.DataFrame | None":
    """One row per strategy that has brought somebody, money in yuan; None where there is none.

    Columns: strategy, joined, cost (all that it cost, goods that were sold and staff left out), per_newcomer,
    buyers (of the newcomers, who have ordered), per_buyer (NaN without any), left.  Needs full detail.
    """
    import pandas as pd

    if not records.events:
        return None
    events, rows = records.events, []
    joined, ordered = _of(records, "join"), _persons(records, "order")
    gone = _persons(records, "leave")
    for cause in np.unique(events["cause"][joined]):
        if cause < 0:
            continue
        persons = events["person"][joined & (events["cause"] == cause)]
        cost = _cost(records, int(cause)) / 100
        buyers = int(np.isin(persons, ordered).sum())
        rows.append(
            {
                "strategy": records.causes[cause],
                "joined": len(persons),
                "cost": cost,
                "per_newcomer": cost / len(persons),
                "buyers": buyers,
                "per_buyer": cost / buyers if buyers else np.nan,
                "left": int(np.isin(persons, gone).sum()),
            }
        )
    return pd.DataFrame(rows) if rows else None


def freeloaders(records: Records) -> tuple[int, int]:
    """Goods given for bargains, and how many of them to people who have ordered nothing afterwards."""
    if not records.events or "bargained" not in event_kinds():
        return 0, 0
    events, got = records.events, _of(records, "bargained")
    last = np.full(int(events["person"].max(initial=0)) + 1, -1)
    orders = _of(records, "order")
    np.maximum.at(last, events["person"][orders], events["day"][orders])
    return int(got.sum()), int((last[events["person"][got]] <= events["day"][got]).sum())


def _cost(records: Records, cause: int) -> int:
    """Fen that a strategy has cost; goods that were sold and staff are left out, as in its budget."""
    ledger, left_out = records.ledger, (Account.SALES, Account.GOODS, Account.STAFF)
    chosen = (ledger["cause"] == cause) & ~np.isin(
        ledger["account"], [records.accounts.index(account) for account in left_out]
    )
    return -int(ledger["fen"][chosen].sum())


def _of(records: Records, kind: str) -> Bools:
    return np.asarray(records.events["kind"] == event_kinds().index(kind))


def _persons(records: Records, kind: str) -> Ints:
    return np.asarray(records.events["person"][_of(records, kind)])
