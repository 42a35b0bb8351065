"""What streams came to: who watched, who ordered, what came back; and what became of shills."""

from typing import TYPE_CHECKING

import numpy as np

from commsim.core.mechanisms.live import LIVE
from commsim.core.mechanisms.shills import SHILLS
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd


def streams_counted(records: Records) -> "pd.DataFrame | None":
    """One row: days with a stream, and sums of what is counted of them; None for other runs."""
    import pandas as pd

    daily = records.daily
    if not records.days or any(column.name not in daily for column in LIVE.daily):
        return None
    number = {column.name: float(daily[column.name].sum()) for column in LIVE.daily}
    return pd.DataFrame([{"streams": float(np.count_nonzero(daily["watched"])), **number}])


def shills_counted(records: Records) -> "pd.DataFrame | None":
    """One row: sums of what is counted of shills; None for other runs."""
    import pandas as pd

    daily = records.daily
    if not records.days or any(column.name not in daily for column in SHILLS.daily):
        return None
    return pd.DataFrame([{column.name: float(daily[column.name].sum()) for column in SHILLS.daily}])
