"""From reach to repurchase: how many members get to each step."""

from typing import TYPE_CHECKING

import numpy as np

from commsim.analysis.detail import table
from commsim.core.view import STRANGER
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

STEPS = ("member", "looked in", "ordered", "ordered twice", "ordered three times")


def funnel(records: Records) -> "pd.DataFrame":
    """Persons who got to each of `STEPS` in the run.

    Columns: step, persons, share of all who ever were members, share of the step before.  Who orders
    from the shelf need not have looked into the group, so a step may exceed the one before it.
    Needs full detail.
    """
    import pandas as pd

    members = table(records, "members")
    ever = members["status"] != STRANGER
    looked, orders = members["looked"][ever], members["orders"][ever]
    reached = (np.ones(len(orders), bool), looked >= 1, *(orders >= k for k in (1, 2, 3)))
    persons = np.array([np.count_nonzero(step) for step in reached])
    before = np.concatenate([persons[:1], persons[:-1]])
    return pd.DataFrame(
        {
            "step": STEPS,
            "persons": persons,
            "share_of_all": persons / max(1, persons[0]),
            "share_of_previous": persons / np.maximum(1, before),
        }
    )
