"""What members pay ahead, month by month: fees of memberships, and money on cards."""

from typing import TYPE_CHECKING

import numpy as np

from commsim.core.arrays import Columns, Ints
from commsim.core.effects import Account
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.membership import MEMBERSHIP
from commsim.core.mechanisms.stored_value import STORED_VALUE
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

MONTH = 30
"""Days of a month of a run; the last one may be shorter."""


def memberships_by_month(records: Records) -> "pd.DataFrame | None":
    """One row per month of a run with paid memberships, money in yuan; None for other runs.

    Index: month (from 1) and its days.  Columns: enrolled, renewed, expired, fees_paid, fees_earned,
    paying (on its last day).  Who renews does so before the term ends, so a share of renewals is one of the
    whole run: see `renewal_rate`.
    """
    import pandas as pd

    if not _uses(records, MEMBERSHIP):
        return None
    return pd.DataFrame(
        {
            **_months(records),
            **{name: _by_month(records.daily, name) for name in ("enrolled", "renewed", "expired")},
            "fees_paid": _by_month(records.daily, "fees_paid") / 100,
            "fees_earned": _booked(records, Account.FEES) / 100,
            "paying": _last(records.daily, "paying"),
        }
    ).set_index(["month", "days"])


def cards_by_month(records: Records) -> "pd.DataFrame | None":
    """One row per month of a run with stored value, money in yuan; None for other runs.

    Index: month (from 1) and its days.  Columns: paid_in, card_spent, card_lost, balances and cards
    (on its last day).
    """
    import pandas as pd

    if not _uses(records, STORED_VALUE):
        return None
    flows = ("paid_in", "card_spent", "card_lost")
    return pd.DataFrame(
        {
            **_months(records),
            **{name: _by_month(records.daily, name) / 100 for name in flows},
            "balances": _last(records.daily, "balances") / 100,
            "cards": _last(records.daily, "cards"),
        }
    ).set_index(["month", "days"])


def terms_ended(records: Records) -> "pd.DataFrame | None":
    """One row: terms of memberships that were renewed, and that ran out; None for other runs."""
    import pandas as pd

    if not _uses(records, MEMBERSHIP):
        return None
    return pd.DataFrame([{name: float(records.daily[name].sum()) for name in ("renewed", "expired")}])


def renewal_rate(records: Records) -> float:
    """Share of the terms that were renewed among those renewed or run out; NaN without any."""
    ended = terms_ended(records)
    return np.nan if ended is None else renewed_of(ended)


def renewed_of(ended: "pd.DataFrame") -> float:
    """The same from a frame of `terms_ended`, or a mean of such frames."""
    renewed, expired = float(ended["renewed"].iloc[0]), float(ended["expired"].iloc[0])
    return renewed / (renewed + expired) if renewed + expired else np.nan


def _uses(records: Records, mechanism: Mechanism) -> bool:
    return records.days > 0 and all(column.name in records.daily for column in mechanism.daily)


def _months(records: Records) -> Columns:
    days = np.bincount(np.arange(records.days) // MONTH)
    return {"month": np.arange(1, len(days) + 1), "days": days}


def _by_month(table: Columns, name: str) -> Ints:
    return np.add.reduceat(table[name].astype(np.int64), np.arange(0, len(table[name]), MONTH))


def _last(table: Columns, name: str) -> Ints:
    at = np.minimum(np.arange(MONTH - 1, len(table[name]) + MONTH - 1, MONTH), len(table[name]) - 1)
    return table[name][at]


def _booked(records: Records, account: Account) -> Ints:
    """Fen on an account by month."""
    sums = np.zeros(-(-records.days // MONTH), np.int64)
    ledger = records.ledger
    chosen = ledger["account"] == records.accounts.index(account)
    np.add.at(sums, ledger["day"][chosen] // MONTH, ledger["fen"][chosen])
    return sums
