"""What a day adds up to: its row of the daily table, and of the table of groups."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.compiled import njit
from commsim.simulation import columns as c

COUNTS = (
    "members", "looked", "wrote", "messages", "muted", "joined", "invited", "left", "muted_today",
    "unmuted_today", "orders", "revenue", "teams", "teams_failed",
)  # fmt: skip
REALS = "spam", "activity", "trust"
GROUP_COUNTS = "members", "looked", "messages", "muted", "left", "orders"
GROUP_MONEY = ("revenue",)
GROUP_REALS = "spam", "topics"
"""The columns of the two tables that `record` fills, in order."""


class Sums(NamedTuple):
    """The columns of both tables, one after the other as they are named above, by day (and group).

    hours: messages by day and hour.
    """

    counts: NDArray[np.int64]
    reals: NDArray[np.float64]
    group_counts: NDArray[np.int32]
    group_money: NDArray[np.int64]
    group_reals: NDArray[np.float32]
    hours: NDArray[np.int64]


class Sheets(NamedTuple):
    """Profit and loss by account and cause, in fen: of today, of all days closed, and of each of them."""

    today: NDArray[np.int64]
    total: NDArray[np.int64]
    days: NDArray[np.int64]


@njit()
def close_books(day, handle):  # type: ignore[no-untyped-def]
    """Let the day's entries pass into the sums, and return the profit of all days."""
    today, total, days = handle.state.sheets
    profit = np.int64(0)
    for account in range(today.shape[0]):
        for cause in range(today.shape[1]):
            days[day, account, cause] = today[account, cause]
            total[account, cause] += today[account, cause]
            profit += total[account, cause]
            today[account, cause] = 0
    return profit


@njit()
def record(at, handle, joined):  # type: ignore[no-untyped-def]
    """Fill row ``at`` of all columns, of those of groups the next; ``joined`` is the number of newcomers.

    Orders of people outside any group are in none.
    """
    state = handle.state
    groups, out, tally = state.groups, state.out, state.out.tally
    counts, reals, group_counts, group_money, group_reals, hours = state.sums
    for hour in range(len(out.hours)):
        hours[at, hour] = out.hours[hour]
    starts, n_groups = out.by_group[c.STARTS], len(groups.size)
    row = at % group_counts.shape[1]
    members = messages = muted = 0
    for g in range(n_groups):
        members += groups.size[g]
        messages += int(out.messages[g])
        muted += out.by_group[c.MUTED_IN, g]
        group_reals[0, row, g], group_reals[1, row, g] = groups.spam[g], groups.topics[g]
        group_counts[0, row, g], group_counts[1, row, g] = groups.size[g], starts[g + 1] - starts[g]
        group_counts[2, row, g], group_money[0, row, g] = int(out.messages[g]), out.by_group[c.REVENUE_IN, g]
        for k, counted in enumerate((c.MUTED_IN, c.LEFT_IN, c.ORDERS_IN)):
            group_counts[3 + k, row, g] = out.by_group[counted, g]
    invited = revenue = 0
    for k in range(joined):
        invited += state.people.counts[c.INVITER, out.rows[c.NEWCOMERS, k]] >= 0
    for k in range(tally[c.N_ORDERS]):
        revenue += out.orders[c.FEN, k]
    found = (
        members, tally[c.N_LOOKERS], tally[c.N_WRITERS], messages, muted, joined, invited,
        tally[c.N_LEFT], tally[c.N_MUTED], tally[c.N_UNMUTED],
        tally[c.N_ORDERS] - tally[c.N_ADDED], revenue, tally[c.N_TEAMS], tally[c.N_FAILED],
    )  # fmt: skip
    for k in range(len(found)):
        counts[k, at] = found[k]
    heads = max(1, members)
    reals[0, at] = out.sums[c.ALL_SPAM]
    reals[1, at], reals[2, at] = out.sums[c.ALL_ACTIVITY] / heads, out.sums[c.ALL_TRUST] / heads
