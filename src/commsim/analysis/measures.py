"""How the measures read from a run's records."""

import numpy as np

from commsim.analysis.cash import cash_outcomes
from commsim.analysis.self_run import self_run_days
from commsim.core.arrays import Floats
from commsim.core.effects import Account
from commsim.core.measures import BESIDE_ORDERS, COSTS, RECENT
from commsim.core.mechanisms.satisfaction import USUAL
from commsim.core.mechanisms.service import SATISFACTION
from commsim.core.mechanisms.touches import BEYOND, REFUSED
from commsim.records.records import Records

PATH = ("members", "looked", "messages", "muted", "orders", "profit")
"""What is kept of every day of every world: columns of the daily table, and profit from the ledger."""

Outcomes = dict[str, float]
"""One run in numbers: a value per measure, in its unit."""


def account_sums(records: Records) -> dict[str, int]:
    """Fen per account over the run, exactly; income positive."""
    sums = np.zeros(len(records.accounts), dtype=np.int64)
    np.add.at(sums, records.ledger["account"], records.ledger["fen"])
    return dict(zip(records.accounts, sums.tolist(), strict=True))


def starting_members(records: Records) -> int:
    """Members before the first day."""
    daily = records.daily
    return int(daily["members"][0]) - int(daily["joined"][0]) + int(daily["left"][0])


DIGITS = 6
"""Decimals to which a mean of numbers of 32 bits is told, all that these hold."""


def path(records: Records) -> Floats:
    """The way day by day: an array of days x `PATH`, money in yuan."""
    daily, ledger = records.daily, records.ledger
    profit = np.zeros(len(daily["day"]), dtype=np.int64)
    np.add.at(profit, ledger["day"], ledger["fen"])
    counts = [daily[name].astype(np.float64) for name in PATH[:-1]]
    return np.column_stack([*counts, profit / 100])


def outcomes(records: Records) -> Outcomes:
    """All measures of one run, from its daily table and its ledger.

    Of a run that was kept before the operator's messages were counted, ``by_members`` is NaN.
    A run of no days has no outcomes: ValueError.
    """
    daily = records.daily
    if not len(daily["day"]):
        raise ValueError("a run of no days has no outcomes")
    return {**_people(records), **_money(records)}


def _people(records: Records) -> Outcomes:
    daily = records.daily
    recent = slice(-RECENT, None)
    members_a_day = max(1, int(daily["members"][recent].sum()))
    since = daily["day"][recent][0]
    groups_a_day = max(1, int(np.count_nonzero(records.groups["members"][records.groups["day"] >= since])))
    end = int(daily["members"][-1])
    messages = daily["messages"][recent].sum()
    operators = daily["operator_messages"][recent].sum() if "operator_messages" in daily else np.nan
    return {
        "members": float(end),
        "active": int(daily["looked"][recent].sum()) / members_a_day,
        "messages": int(messages) / groups_a_day,
        "by_members": float(messages / np.maximum(1.0, messages + operators)),
        "muted": int(daily["muted"][-1]) / max(1, end),
        "satisfaction": _above_usual(daily[SATISFACTION.name][recent]) if SATISFACTION.name in daily else 0.0,
        "posts_beyond": float(daily[BEYOND.name].sum()) if BEYOND.name in daily else 0.0,
        "messages_beyond": float(daily[REFUSED.name].sum()) if REFUSED.name in daily else 0.0,
        "self_run": self_run_days(records),
        **{name: float(daily[name].sum()) for name in ("joined", "left", "orders")},
    }


def _above_usual(satisfaction: Floats) -> float:
    """Mean above the usual, as a share of it; what is beyond the digits of 32 bits is noise, and no -0.0."""
    return round(float(satisfaction.mean(dtype=np.float64)) / USUAL - 1.0, DIGITS) + 0.0


def _money(records: Records) -> Outcomes:
    sums = account_sums(records)
    profit, staff = sum(sums.values()), sums.get(Account.STAFF, 0)
    return {
        "revenue": int(records.daily["revenue"].sum()) / 100,
        "discount": -sums.get(Account.DISCOUNT, 0) / 100,
        **{str(account): sums.get(account, 0) / 100 for account in BESIDE_ORDERS},
        **{f"cost_{account}": -sums.get(account, 0) / 100 for account in COSTS},
        "profit_before_staff": (profit - staff) / 100,
        "profit": profit / 100,
        "profit_per_member": profit / 100 / max(1, starting_members(records)),
        "liability": int(records.daily["liability"][-1]) / 100,
        **cash_outcomes(records.daily),
    }
