"""The way to a dearer version: to whom it was open, who considered it, who bought it."""

from typing import TYPE_CHECKING

from commsim.core.mechanisms.upgrade import UPGRADE
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

STEPS = "open_to", "considered", "upgraded"


def upgrades_counted(records: Records) -> "pd.DataFrame | None":
    """Persons by step of a run with upgrades, each once; None for other runs.

    Columns: payers (who had paid for the earlier version when they took it) and others.  Of several upgrades
    it is the sum.
    """
    import pandas as pd

    if not records.days or any(column.name not in records.daily for column in UPGRADE.daily):
        return None
    payers = [int(records.daily[f"{step}_payers"].sum()) for step in STEPS]
    others = [int(records.daily[step].sum()) - paid for step, paid in zip(STEPS, payers, strict=True)]
    return pd.DataFrame({"payers": payers, "others": others}, index=pd.Index(STEPS, name="step"))


def upgrade_funnel(counted: "pd.DataFrame") -> "pd.DataFrame":
    """A frame of `upgrades_counted`, or a mean of such frames, with shares of the step before."""
    before = counted.shift().fillna(counted.iloc[0]).clip(lower=1.0)
    return counted.join((counted / before).add_suffix("_share"))
