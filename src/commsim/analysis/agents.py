"""Break-even of agents: who has their entry fee back, when, and how many pay the shop's own costs."""

from typing import TYPE_CHECKING

import numpy as np

from commsim.core.effects import Account
from commsim.core.mechanisms.agents import AGENT, SINCE
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

_LEFT = (
    Account.SALES, Account.GOODS, Account.DISCOUNT, Account.REFUNDS, Account.MARGIN, Account.PASSED_ON,
    Account.ENTRY_FEES, Account.CONTENT,
)  # fmt: skip
_FIXED = Account.STAFF, Account.FIXED, Account.TOOLS


def agents_counted(records: Records) -> "pd.DataFrame | None":
    """One row; None for runs without agents.  Needs full detail.

    Columns: agents, paid (entry fees, yuan), back (agents whose margin, less what they passed on, has come
    to the fee they paid; all where there was none), waited (days until then, of them all), left (yuan that
    their groups have left to the shop since they were appointed: sales less goods, discounts, refunds and
    margin, plus entry fees, less material), months (of 30 days, of all agents since then), fixed (yuan that
    the shop's staff, tools and fixed costs came to in the run), whole (months of the run).
    """
    import pandas as pd

    members = records.members
    if AGENT.name not in members or not (members[AGENT.name] > 0).any():
        return None
    rows = np.flatnonzero(members[AGENT.name] > 0)
    waited = [_waited(records, int(members["person"][row]), int(members[SINCE.name][row])) for row in rows]
    found = [days for days in waited if days is not None]
    groups, since = members["group"][rows], members[SINCE.name][rows]
    numbers = {
        "agents": float(len(rows)),
        "paid": _booked(records, Account.ENTRY_FEES),
        "back": float(len(found)),
        "waited": float(sum(found)),
        "left": _left(records, groups.tolist(), since.tolist()),
        "months": float((records.days - since).sum()) / 30,
        "fixed": -sum(_booked(records, account) for account in _FIXED),
        "whole": records.days / 30,
    }
    return pd.DataFrame([numbers])


def _waited(records: Records, person: int, since: int) -> int | None:
    """Days from the appointment until an agent has back what they paid; None if not within the run."""
    entries = records.entries
    own = entries["person"] == person
    codes = {account: records.accounts.index(account) for account in _LEFT}
    fees = entries["fen"][own & (entries["account"] == codes[Account.ENTRY_FEES])].sum()
    got = own & np.isin(entries["account"], [codes[Account.MARGIN], codes[Account.PASSED_ON]])
    order = np.argsort(entries["day"][got], kind="stable")
    so_far = np.cumsum(-entries["fen"][got][order])
    if fees <= 0:
        return 0
    there = np.flatnonzero(so_far >= fees)
    return int(entries["day"][got][order][there[0]]) - since if there.size else None


def _left(records: Records, groups: list[int], since: list[int]) -> float:
    """Of groups since they had an agent; material is booked to no group, and taken off as a whole."""
    entries = records.entries
    chosen = np.isin(entries["account"], [records.accounts.index(account) for account in _LEFT])
    days = dict(zip(groups, since, strict=True))
    first = np.array([days.get(group, records.days) for group in range(max(groups) + 1)])
    known = chosen & (entries["group"] >= 0) & (entries["group"] <= max(groups))
    at = known & (entries["day"] >= first[np.where(known, entries["group"], 0)])
    margin = records.accounts.index(Account.MARGIN)
    cause = entries["cause"][entries["account"] == margin]
    material = (entries["account"] == records.accounts.index(Account.CONTENT)) & np.isin(
        entries["cause"], np.unique(cause)
    )
    return float(entries["fen"][at | material].sum()) / 100


def _booked(records: Records, account: Account) -> float:
    ledger = records.ledger
    return float(ledger["fen"][ledger["account"] == records.accounts.index(account)].sum()) / 100
