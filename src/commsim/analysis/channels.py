"""Where newcomers came from: the share of each channel, what each cost, and what they have earned since."""

from typing import TYPE_CHECKING

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.effects import Account
from commsim.core.mechanisms.sources import CHANNEL
from commsim.core.view import MEMBER
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

FRIENDS, UNASKED = "friends", "unasked"
YEAR = 365
_EARNED = Account.SALES, Account.GOODS, Account.DISCOUNT, Account.REFUNDS


def channel_causes(records: Records) -> Ints:
    """Numbers in the ledger of the channels by which somebody came; none without full detail."""
    codes = records.members.get(CHANNEL.name)
    return np.zeros(0, np.int64) if codes is None else np.unique(codes[codes >= 0]).astype(np.int64)


def channels_counted(records: Records) -> "pd.DataFrame | None":
    """One row per channel by which somebody came, then friends and who came unasked; None without channels.

    Columns: joined, cost in yuan (staff too; of channels only, since what brings others belongs to
    strategies), stayed (members at the end), buyers (who have ordered), earned (yuan: sales less goods,
    discounts and refunds, since they joined), paid (yuan, for orders), years (of all of them, since they
    joined).  Needs full detail.
    """
    import pandas as pd

    causes = channel_causes(records)
    if not len(causes):
        return None
    members, earned = records.members, _earned(records)
    came, channel = members["joined"] >= 0, members[CHANNEL.name]
    others = came & (channel < 0)
    ways = [
        (records.causes[cause], came & (channel == cause), _cost(records, int(cause)) / 100)
        for cause in causes
    ]
    ways += [
        (FRIENDS, others & (members["inviter"] >= 0), 0.0),
        (UNASKED, others & (members["inviter"] < 0), 0.0),
    ]
    rows = {
        name: {
            "joined": int(some.sum()),
            "cost": cost,
            "stayed": int((members["status"][some] == MEMBER).sum()),
            "buyers": int((members["orders"][some] > 0).sum()),
            "earned": float(earned[members["person"][some]].sum()) / 100,
            "paid": float(members["spent"][some].sum()) / 100,
            "years": float((records.days - members["joined"][some]).sum()) / YEAR,
        }
        for name, some, cost in ways
        if some.any()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("channel")


def with_shares(counted: "pd.DataFrame") -> "pd.DataFrame":
    """A frame of `channels_counted`, or a mean of such frames, with shares and yuan a newcomer.

    Columns: joined, share (of all newcomers), cost, per_newcomer, stayed, buyers (shares), earned (each).
    Costs of who came by no channel are NaN.
    """
    joined, by_channel = counted["joined"], ~counted.index.isin((FRIENDS, UNASKED))
    each = {name: counted[name] / joined for name in ("stayed", "buyers", "earned")}
    cost = counted["cost"].where(by_channel)
    return counted.assign(share=joined / joined.sum(), cost=cost, per_newcomer=cost / joined, **each)


def _earned(records: Records) -> Ints:
    """Fen earned from each person, by their number."""
    entries = records.entries
    kept = np.isin(entries["account"], [records.accounts.index(account) for account in _EARNED])
    kept &= entries["person"] >= 0
    least = int(records.members["person"].max(initial=0)) + 1
    sums = np.bincount(entries["person"][kept], weights=entries["fen"][kept], minlength=least)
    return np.asarray(sums.astype(np.int64))


def _cost(records: Records, cause: int) -> int:
    return -int(records.ledger["fen"][records.ledger["cause"] == cause].sum())
