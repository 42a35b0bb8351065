"""How long groups run by themselves once their operator has left them alone."""

import numpy as np

from commsim.analysis.lives import WEEK
from commsim.core.arrays import Floats
from commsim.core.mechanisms.hands_off import BY_ITSELF
from commsim.records.records import Records

HALF = 0.5


def self_run_days(records: Records) -> float:
    """Mean days over groups until a group's week of looks is below half of its last week under care.

    A group runs by itself on the days from the first without its operator to the one before the first such
    week begins, or up to the end of the run.  0 where nobody is left alone, and of groups into which nobody
    looked in that last week: they have nothing to keep up.
    """
    looked, first = _looks(records), left_alone_on(records)
    if first is None or not looked.shape[1]:
        return 0.0
    before = looked[max(0, first - WEEK) : first].sum(axis=0) / max(1, min(WEEK, first))
    total = np.vstack([np.zeros(looked.shape[1]), looked[first:].cumsum(axis=0)])
    weeks = (total[WEEK:] - total[:-WEEK]) / WEEK
    low = weeks < HALF * before
    rest = records.days - first
    days = np.where(low.any(axis=0), low.argmax(axis=0), rest) if len(low) else np.full(low.shape[1], rest)
    return float(np.where(before > 0.0, days, 0).mean())


def left_alone_on(records: Records) -> int | None:
    """The day from which on the operator leaves the groups alone; None where they never do."""
    alone = records.daily.get(BY_ITSELF.name)
    return int(np.argmax(alone)) if alone is not None and alone.any() else None


def _looks(records: Records) -> Floats:
    """Looks by day and group, of groups that had members on the day before they were left alone."""
    first = left_alone_on(records)
    looked = records.groups["looked"].reshape(records.days, -1).astype(np.float64)
    there = records.groups["members"].reshape(records.days, -1) > 0
    return looked[:, there[max(0, (first or 0) - 1)]]
