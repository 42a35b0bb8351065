"""How long groups live: alive, quiet or dead by what their members write, told in hindsight."""

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Floats, Ints
from commsim.records.records import Records

WEEK = 7
DEAD, QUIET = 0.05, 0.1
"""A group is dead, or quiet, from the first week after its peak week that is below this share of it."""
STATES = ("alive", "quiet", "dead")


def messages_by_week(records: Records) -> Floats:
    """Mean messages a day over seven days, by first day of the seven and group."""
    groups = records.groups["messages"].reshape(records.days, -1).astype(np.float64)
    total = np.vstack([np.zeros(groups.shape[1]), groups.cumsum(axis=0)])
    return np.asarray((total[WEEK:] - total[:-WEEK]) / WEEK)


def fallen_below(records: Records, share: float, quiet: float = np.inf) -> NDArray[np.int64]:
    """Days from the start of a group to the first week, after its peak, below a share of its peak week.

    The length of the run where there is none.  quiet: messages a day that it must be below too.  A week
    counts from its first day: from its last one nobody could live for less than seven days.
    """
    weeks = messages_by_week(records)
    low = (weeks < share * weeks.max(axis=0)) & (weeks < quiet)
    low &= np.arange(len(weeks))[:, None] > weeks.argmax(axis=0)
    return np.where(low.any(axis=0), low.argmax(axis=0), records.days)


def lives_by_day(records: Records) -> Ints:
    """Groups with members by state on every day: days x `STATES`.

    A group without a message in the whole run is dead from its first day.
    """
    there = records.groups["members"].reshape(records.days, -1) > 0
    day = np.arange(records.days)[:, None]
    if records.days < WEEK:
        silent = np.zeros(there.shape, np.bool_)
        return _counted(there, silent, silent)
    spoke = records.groups["messages"].reshape(records.days, -1).any(axis=0)
    dead = (day >= fallen_below(records, DEAD)) | ~spoke
    return _counted(there, day >= fallen_below(records, QUIET), dead)


def _counted(there: NDArray[np.bool_], quiet: NDArray[np.bool_], dead: NDArray[np.bool_]) -> Ints:
    states = (there & ~quiet & ~dead, there & quiet & ~dead, there & dead)
    return np.stack([state.sum(axis=1) for state in states], axis=1)
