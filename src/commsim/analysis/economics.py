"""Money: by strategy and account, and step by step from sales to profit."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from commsim.core.effects import Account
from commsim.core.measures import BESIDE_ORDERS
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

_EARNED = (Account.SALES, Account.DISCOUNT)
_BESIDE = tuple(map(str, BESIDE_ORDERS))


def economics(records: Records) -> "pd.DataFrame":
    """Yuan per cause (rows) and account (columns), with profit per cause and a row of totals.

    The sums are of integer fen, so the total of totals is the profit of the run to the fen.  A cause's
    row is what was booked to it; what it *caused* is the difference from a run without it
    (`commsim.analysis.closeup.Closeup.caused`).
    """
    import pandas as pd

    ledger = records.ledger
    fen = np.zeros((len(records.causes), len(records.accounts)), dtype=np.int64)
    np.add.at(fen, (ledger["cause"], ledger["account"]), ledger["fen"])
    frame = pd.DataFrame(fen, index=list(records.causes), columns=list(records.accounts))
    frame["profit"] = frame.sum(axis=1)
    frame.loc["total"] = frame.sum(axis=0)
    return frame.loc[:, (frame != 0).any(axis=0) | (frame.columns == "profit")] / 100


def waterfall(economics: "pd.DataFrame") -> "pd.DataFrame":
    """The way from sales to profit, from a frame of `economics` or a mean of such frames.

    Columns: step (an account, or a sum: ``revenue``, ``profit before staff``, ``profit``), yuan, and
    whether it is a sum of all above.  Income that is no order stands below revenue.  Staff comes last, so
    that profit stands there without and with labour.
    """
    import pandas as pd

    total = {str(account): float(yuan) for account, yuan in economics.loc["total"].to_dict().items()}
    known = (*_EARNED, *_BESIDE, Account.STAFF, "profit")
    costs = [name for name in total if name not in known]
    steps: list[tuple[str, float, bool]] = []

    def enter(names: Iterable[str], so_far: str) -> None:
        steps.extend((name, total[name], False) for name in names if name in total)
        steps.append((so_far, sum(yuan for _, yuan, is_sum in steps if not is_sum), True))

    enter(map(str, _EARNED), "revenue")
    enter((*_BESIDE, *costs), "profit before staff")
    enter([str(Account.STAFF)], "profit")
    return pd.DataFrame(steps, columns=["step", "yuan", "sum"])


def contributions(economics: "pd.DataFrame") -> "pd.DataFrame":
    """What is booked to each cause, from a frame of `economics`: before staff, staff, profit, in yuan."""
    import pandas as pd

    staff = economics.get(Account.STAFF, pd.Series(0.0, index=economics.index))
    return pd.DataFrame(
        {
            "before_staff": economics["profit"] - staff,
            "staff": staff,
            "profit": economics["profit"],
        }
    )
