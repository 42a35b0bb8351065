"""What is told of a run: the measures, their units, and how they read from a run's records."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.effects import Account
from commsim.records.records import Records

Unit = Literal["yuan", "persons", "share", "orders", "messages", "groups"]
RECENT = 7
"""Days at the end of a run over which looking and talk are averaged: one week, so that weekdays cancel."""


COSTS = tuple(account for account in Account if account not in (Account.SALES, Account.DISCOUNT))
"""Accounts that stand between what customers paid and profit."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One number about a run: stable name for files, label for people, and unit.

    cost: left out of tables where it is zero everywhere.  decides: plans may be ranked by it, since
    more of it is better.
    """

    name: str
    label: str
    unit: Unit
    cost: bool = False
    decides: bool = False


MEASURES: tuple[Measure, ...] = (
    Measure("members", "Members at the end", "persons", decides=True),
    Measure("active", f"Look in on a day (last {RECENT} days)", "share", decides=True),
    Measure("messages", f"Messages per group and day (last {RECENT} days)", "messages", decides=True),
    Measure("by_members", f"Of all messages, by members (last {RECENT} days)", "share"),
    Measure("muted", "Muted at the end", "share"),
    Measure("joined", "Joined", "persons", decides=True),
    Measure("left", "Left", "persons"),
    Measure("orders", "Orders", "orders", decides=True),
    Measure("revenue", "Revenue, as paid", "yuan", decides=True),
    Measure("discount", "Discounts, not in revenue", "yuan", cost=True),
    *(Measure(f"cost_{account}", f"Cost: {account}", "yuan", cost=True) for account in COSTS),
    Measure("profit_before_staff", "Profit before staff", "yuan", decides=True),
    Measure("profit", "Profit", "yuan", decides=True),
    Measure("profit_per_member", "Profit per member at the start", "yuan", decides=True),
    Measure("liability", "Points still owed", "yuan", cost=True),
)
"""All measures in the order of tables.  Money is in yuan; costs are positive."""

NAMES = tuple(measure.name for measure in MEASURES)
DECIDING = tuple(measure.name for measure in MEASURES if measure.decides)
PATH = ("members", "looked", "messages", "muted", "orders", "profit")
"""What is kept of every day of every world: columns of the daily table, and profit from the ledger."""

Outcomes = dict[str, float]
"""One run in numbers: a value per measure, in its unit."""


def find(name: str) -> Measure:
    """The measure of a name; ValueError if there is none."""
    return MEASURES[NAMES.index(name)]


def account_sums(records: Records) -> dict[str, int]:
    """Fen per account over the run, exactly; income positive."""
    sums = np.zeros(len(records.accounts), dtype=np.int64)
    np.add.at(sums, records.ledger["account"], records.ledger["fen"])
    return dict(zip(records.accounts, sums.tolist(), strict=True))


def starting_members(records: Records) -> int:
    """Members before the first day."""
    daily = records.daily
    return int(daily["members"][0]) - int(daily["joined"][0]) + int(daily["left"][0])


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
        **{name: float(daily[name].sum()) for name in ("joined", "left", "orders")},
    }


def _money(records: Records) -> Outcomes:
    sums = account_sums(records)
    profit, staff = sum(sums.values()), sums.get(Account.STAFF, 0)
    return {
        "revenue": int(records.daily["revenue"].sum()) / 100,
        "discount": -sums.get(Account.DISCOUNT, 0) / 100,
        **{f"cost_{account}": -sums.get(account, 0) / 100 for account in COSTS},
        "profit_before_staff": (profit - staff) / 100,
        "profit": profit / 100,
        "profit_per_member": profit / 100 / max(1, starting_members(records)),
        "liability": int(records.daily["liability"][-1]) / 100,
    }
