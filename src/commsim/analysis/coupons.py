"""What became of the coupons of a run."""

from typing import TYPE_CHECKING

from commsim.core.mechanisms.coupons import COUPONS
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd


def coupons_counted(records: Records) -> "pd.DataFrame | None":
    """One row: sums of what is counted every day, and coupons held on the last; None for other runs."""
    import pandas as pd

    daily = records.daily
    if not records.days or any(column.name not in daily for column in COUPONS.daily):
        return None
    number = {column.name: float(daily[column.name].sum()) for column in COUPONS.daily}
    number["coupons_held"] = float(daily["coupons_held"][-1])
    return pd.DataFrame([number])
