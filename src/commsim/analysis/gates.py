"""When strategies that wait for a state began, and when those ended that go up to one."""

from typing import TYPE_CHECKING

import numpy as np

from commsim.core.mechanisms.gates import BEGAN, ENDED, GATES
from commsim.records.records import Records
from commsim.records.tables import event_kinds

if TYPE_CHECKING:
    import pandas as pd


def gates_counted(records: Records) -> "pd.DataFrame | None":
    """One row per strategy that began or ended by its state; None where none could, or at daily detail.

    Columns: began and ended, how often; began_day and ended_day, the sums of these days.
    """
    import pandas as pd

    if not records.events or any(column.name not in records.daily for column in GATES.daily):
        return None
    found: dict[str, dict[str, float]] = {}
    for event in (BEGAN, ENDED):
        rows = np.flatnonzero(records.events["kind"] == event_kinds().index(event.name))
        for at in rows.tolist():
            name = records.causes[records.events["cause"][at]]
            one = found.setdefault(name, dict.fromkeys(("began", "began_day", "ended", "ended_day"), 0.0))
            one[event.name] += 1.0
            one[f"{event.name}_day"] += float(records.events["day"][at])
    columns = ["began", "began_day", "ended", "ended_day"]
    frame = pd.DataFrame.from_dict(found, orient="index", columns=columns)
    return frame.rename_axis("strategy")
