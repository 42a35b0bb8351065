"""Who is paid: what each party of a trade gets and pays, which adds up to nothing, to the fen."""

from typing import TYPE_CHECKING

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.effects import Account
from commsim.core.mechanisms.parties import ROLES
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

SHOP, MEMBERS, AGENTS, PROMOTERS, SHAREHOLDERS, STAFF, OUTSIDE = (
    "shop", "members", "agents", "promoters", "shareholders", "staff", "outside",
)  # fmt: skip
_PAYMENTS = Account.SALES, Account.DISCOUNT, Account.REFUNDS, Account.FEES, Account.BREAKAGE
_TO_SHOP = (*_PAYMENTS, Account.ENTRY_FEES, Account.PASSED_ON)
_TO_MEMBERS = Account.ENVELOPES, Account.GIFTS, Account.POINTS
_TO_PARTNERS = Account.MARGIN, Account.COMMISSION, Account.PROFIT_SHARE
_SHARED = (*_TO_PARTNERS, Account.ENTRY_FEES, Account.PARTIES)
_TO_OTHERS = tuple(
    account
    for account in Account
    if account not in (*_TO_SHOP, *_TO_MEMBERS, *_TO_PARTNERS, Account.STAFF, Account.PARTIES)
)


def parties_counted(records: Records) -> "pd.DataFrame | None":
    """One row per party with gets and pays in yuan; None where all that is earned is the shop's.

    Parties: the shop, whose books these are; a supplier and a platform of plans with ``parties``; agents,
    promoters and shareholders; staff; members, who pay for orders and get gifts, envelopes and points; and
    outside, which is makers of goods, carriers, adverts, landlords.  What one gets another pays: gets less
    pays adds up to nothing over all.
    """
    import pandas as pd

    fen = _by_cause(records)
    of = {account: int(fen[:, k].sum()) for k, account in enumerate(map(Account, records.accounts))}
    others = {role: _of(records, role) for role in ROLES if f"{role}_gets" in records.daily}
    if not others and not any(of.get(account) for account in _SHARED):
        return None

    def total(*accounts: Account) -> int:
        return sum(of.get(account, 0) for account in accounts)

    by_agents, by_promoters = _passed_on(records, fen)
    taken = total(*_TO_SHOP)
    found = {
        SHOP: (taken, taken - sum(of.values())),
        **others,
        AGENTS: (-total(Account.MARGIN), total(Account.ENTRY_FEES) + by_agents),
        PROMOTERS: (-total(Account.COMMISSION), by_promoters),
        SHAREHOLDERS: (-total(Account.PROFIT_SHARE), 0),
        STAFF: (-total(Account.STAFF), 0),
        MEMBERS: (-total(*_TO_MEMBERS), total(*_PAYMENTS)),
        OUTSIDE: (-total(*_TO_OTHERS), 0),
    }
    rows = {name: sums for name, sums in found.items() if any(sums)}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["gets", "pays"]) / 100
    return frame.rename_axis("party")


def _by_cause(records: Records) -> Ints:
    """Fen by cause and account."""
    fen = np.zeros((len(records.causes), len(records.accounts)), np.int64)
    np.add.at(fen, (records.ledger["cause"], records.ledger["account"]), records.ledger["fen"])
    return fen


def _of(records: Records, role: str) -> tuple[int, int]:
    daily = records.daily
    return int(daily[f"{role}_gets"].sum()), int(daily[f"{role}_bears"].sum())


def _passed_on(records: Records, fen: Ints) -> tuple[int, int]:
    """What agents and promoters have passed on to their customers."""
    accounts = records.accounts
    if Account.PASSED_ON not in accounts:  # of a run that was kept before
        return 0, 0
    passed, margin = (fen[:, accounts.index(account)] for account in (Account.PASSED_ON, Account.MARGIN))
    of_agents = margin != 0
    return int(passed[of_agents].sum()), int(passed[~of_agents].sum())
