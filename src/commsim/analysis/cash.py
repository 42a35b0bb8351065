"""What became of an operator's cash: whether it ran out, how low it went, when it was back."""

from typing import TYPE_CHECKING, Any

import numpy as np

from commsim.core.arrays import Columns, Ints
from commsim.core.mechanisms.cash import CASH, CASH_LEFT, PUT_IN, RAN_OUT
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

MONTH = 30
_MEASURES = "ran_out", "cash", "lowest_cash", "payback"


def has_cash(daily: Columns) -> bool:
    """Whether a run kept count of its operator's cash."""
    return RAN_OUT.name in daily


def cash_outcomes(daily: Columns) -> dict[str, float]:
    """Of one run: 1 if cash ran out, cash at the end and at its lowest (yuan), days to payback.

    All 0 for a run without cash.  Lowest is of the evenings until it ran out, if it did.
    """
    if not has_cash(daily):
        return dict.fromkeys(_MEASURES, 0.0)
    cash = _open(daily)
    return {
        "ran_out": float(daily[RAN_OUT.name].sum()),
        "cash": int(daily[CASH_LEFT.name][-1]) / 100,
        "lowest_cash": int(cash.min()) / 100,
        "payback": float(days_to_payback(daily)),
    }


def _open(daily: Columns) -> Ints:
    """Cash on the evenings until it ran out."""
    ran_out = np.flatnonzero(daily[RAN_OUT.name])
    cash: Ints = daily[CASH_LEFT.name][: ran_out[0] + 1 if ran_out.size else None]
    return cash


def days_to_payback(daily: Columns) -> int:
    """Days until cash is at or above what was put in, and stays there to the end of the run.

    One more than there are days where that is not so within the run, or where cash ran out.
    """
    days = len(daily["day"])
    below = np.flatnonzero(daily[CASH_LEFT.name] < daily[PUT_IN.name])
    last = int(below[-1]) if below.size else -1
    return days + 1 if daily[RAN_OUT.name].any() or last == days - 1 else last + 2


def lowest_day(daily: Columns) -> int:
    """The first day on whose evening cash was lowest, from 0."""
    return int(np.argmin(_open(daily)))


def ran_out_day(daily: Columns) -> int | None:
    """The day on which cash ran out, from 0."""
    found = np.flatnonzero(daily[RAN_OUT.name])
    return int(found[0]) if found.size else None


def cash_by_month(records: Records) -> "pd.DataFrame | None":
    """One row per 30 days, money in yuan; None for a run without cash.

    Index: month (from 1) and its days.  Columns: came (from members), paid, cash, lowest (evening), unpaid
    (bills) and on_the_way at its end.
    """
    import pandas as pd

    daily = records.daily
    if not records.days or not has_cash(daily):
        return None
    month = daily["day"] // MONTH
    yuan = {column.name: daily[column.name] / 100 for column in CASH.daily if column.money}
    by = pd.DataFrame({"month": month + 1, "days": 1, **yuan}).groupby("month")
    return pd.DataFrame(
        {
            "days": by["days"].sum().astype(int),
            "came": by["cash_in"].sum(),
            "paid": by["cash_out"].sum(),
            "cash": by["cash"].last(),
            "lowest": by["cash"].min(),
            "unpaid": by["unpaid_bills"].last(),
            "on_the_way": by["on_the_way"].last(),
        }
    ).set_index("days", append=True)


def cash_days(records: Records) -> dict[str, Any] | None:
    """Of one run, for files: days from 0 on which cash was lowest and ran out, days to payback; else None."""
    daily = records.daily
    if not records.days or not has_cash(daily):
        return None
    payback = days_to_payback(daily)
    return {
        "lowest_day": lowest_day(daily),
        "ran_out_day": ran_out_day(daily),
        "payback_days": payback if payback <= records.days else None,
    }
