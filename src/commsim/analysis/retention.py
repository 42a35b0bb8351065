"""Who stays: newcomers by week of joining, and how many of them are left later."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from commsim.analysis.detail import table
from commsim.core.arrays import Ints
from commsim.core.view import STRANGER
from commsim.records.records import Records
from commsim.records.tables import LEAVE

if TYPE_CHECKING:
    import pandas as pd

WEEK = 7


def cohorts(records: Records) -> "pd.DataFrame":
    """Counts behind `retention`, which add up over runs: cohort, week, size, stayed.

    One row per cohort and full week since joining for which all of it has been watched.
    """
    import pandas as pd

    members = table(records, "members")
    ever = members["status"] != STRANGER
    joined = members["joined"][ever].astype(np.int64)
    cohort = np.where(joined < 0, -1, joined // WEEK)
    stayed = _last_days(records, members["person"][ever]) - np.maximum(joined, 0)
    watched = len(records.daily["day"])
    rows = [
        (int(one), week, count, left)
        for one in np.unique(cohort)
        for week, count, left in _survival(stayed[cohort == one], watched - _latest(int(one)))
    ]
    return pd.DataFrame(rows, columns=["cohort", "week", "size", "stayed"])


def retention(records: Records) -> "pd.DataFrame":
    """Share of each cohort that has not left, by full weeks since joining.

    Rows: week of joining (-1 for the members from the start, who count from day 0).  Columns: weeks
    since joining.  A cell is empty where not the whole cohort has been watched for so long.
    Needs full detail.
    """
    return shares(cohorts(records))


def shares(counts: "pd.DataFrame") -> "pd.DataFrame":
    """The table of `retention` from the counts of `cohorts`, of one run or of several together."""
    sums = counts.groupby(["cohort", "week"])[["stayed", "size"]].sum()
    return (sums["stayed"] / sums["size"]).unstack("week")


def _latest(cohort: int) -> int:
    """Last day on which somebody of a cohort can have joined."""
    return 0 if cohort < 0 else cohort * WEEK + WEEK - 1


def _survival(stayed: Ints, watched: int) -> Iterator[tuple[int, int, int]]:
    """Week, size and how many stayed so long, for each week in which all were watched."""
    for week in range(max(0, watched) // WEEK + 1):
        yield week, len(stayed), int(np.count_nonzero(stayed >= week * WEEK))


def _last_days(records: Records, persons: Ints) -> Ints:
    """Day of leaving per person; the day after the run for who stayed."""
    events = table(records, "events")
    gone = events["kind"] == LEAVE
    last = np.full(int(persons.max(initial=-1)) + 1, len(records.daily["day"]), dtype=np.int64)
    last[events["person"][gone]] = events["day"][gone]
    return np.asarray(last[persons])
