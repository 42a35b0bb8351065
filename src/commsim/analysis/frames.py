"""Frames for notebooks: records in, pandas DataFrame out; money in yuan.

`growth` and `economics` need only the daily records; `funnel` and `retention` need full detail.
"""

from typing import TYPE_CHECKING

import numpy as np

from commsim.core.arrays import Columns, Ints
from commsim.core.view import STRANGER
from commsim.records.records import Records
from commsim.records.tables import LEAVE

if TYPE_CHECKING:
    import pandas as pd

WEEK = 7


def growth(records: Records) -> "pd.DataFrame":
    """One row per day: members, joined, invited, left, net gain, and the share of newcomers invited."""
    import pandas as pd

    frame = pd.DataFrame(
        {name: records.daily[name] for name in ("day", "members", "joined", "invited", "left")}
    )
    frame["net"] = frame["joined"] - frame["left"]
    frame["invited_share"] = frame["invited"] / frame["joined"].where(frame["joined"] > 0)
    return frame


def economics(records: Records) -> "pd.DataFrame":
    """Yuan per cause (rows) and account (columns), with profit per cause and a row of totals.

    The sums are of integer fen, so the total of totals is the profit of the run to the fen.  A cause's
    row is what was booked to it; what it *caused* is the difference from a run without it.
    """
    import pandas as pd

    ledger = records.ledger
    fen = np.zeros((len(records.causes), len(records.accounts)), dtype=np.int64)
    np.add.at(fen, (ledger["cause"], ledger["account"]), ledger["fen"])
    frame = pd.DataFrame(fen, index=list(records.causes), columns=list(records.accounts))
    frame["profit"] = frame.sum(axis=1)
    frame.loc["total"] = frame.sum(axis=0)
    return frame.loc[:, (frame != 0).any(axis=0)] / 100


def funnel(records: Records) -> "pd.DataFrame":
    """Persons who got to each step in the run: member, ordered once, twice, three times or more.

    Columns: step, persons, share of all who ever were members, share of the step before.
    """
    import pandas as pd

    members = _full(records, "members")
    orders = members["orders"][members["status"] != STRANGER]
    steps = ("member", "ordered", "ordered twice", "ordered three times")
    persons = np.array([np.count_nonzero(orders >= k) for k in range(len(steps))])
    before = np.concatenate([persons[:1], persons[:-1]])
    return pd.DataFrame(
        {
            "step": steps,
            "persons": persons,
            "share_of_all": persons / max(1, persons[0]),
            "share_of_previous": persons / np.maximum(1, before),
        }
    )


def retention(records: Records) -> "pd.DataFrame":
    """Share of each cohort that has not left, by full weeks since joining.

    Rows: week of joining (-1 for the members from the start, who count from day 0).  Columns: weeks
    since joining.  A cell is empty where not the whole cohort has been watched for so long.
    """
    import pandas as pd

    members = _full(records, "members")
    ever = members["status"] != STRANGER
    joined = members["joined"][ever].astype(np.int64)
    cohort = np.where(joined < 0, -1, joined // WEEK)
    stayed = _last_days(records, members["person"][ever]) - np.maximum(joined, 0)
    watched = len(records.daily["day"])
    rows = {int(c): _survival(stayed[cohort == c], watched - _latest(int(c))) for c in np.unique(cohort)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="cohort", columns="week")


def _latest(cohort: int) -> int:
    """Last day on which somebody of a cohort can have joined."""
    return 0 if cohort < 0 else cohort * WEEK + WEEK - 1


def _survival(stayed: Ints, watched: int) -> dict[int, float]:
    """Share that stayed at least so many weeks, for each week in which all were watched."""
    return {week: float(np.mean(stayed >= week * WEEK)) for week in range(max(0, watched) // WEEK + 1)}


def _last_days(records: Records, persons: Ints) -> Ints:
    """Day of leaving per person; the day after the run for who stayed."""
    events = _full(records, "events")
    gone = events["kind"] == LEAVE
    last = np.full(int(persons.max(initial=-1)) + 1, len(records.daily["day"]), dtype=np.int64)
    last[events["person"][gone]] = events["day"][gone]
    return np.asarray(last[persons])


def _full(records: Records, table: str) -> Columns:
    columns: Columns = getattr(records, table)
    if not columns:
        raise ValueError(f'the run has no table of {table}; simulate(..., detail="full") keeps it')
    return columns
