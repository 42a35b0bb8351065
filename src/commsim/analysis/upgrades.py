"""The way to a dearer version: to whom it was open, who considered it, who bought it."""

from typing import TYPE_CHECKING

from commsim.core.mechanisms.upgrade import UPGRADE
from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

STEPS = "open_to", "considered", "upgraded"


def upgrade_funnel(records: Records) -> "pd.DataFrame | None":
    """Persons by step of a run with upgrades, each once; None for other runs.

    Columns: step, payers (who had paid for the earlier version when they took it), others, and of both the
    share of the step before.  Of several upgrades it is the sum.
    """
    import pandas as pd

    if not records.days or any(column.name not in records.daily for column in UPGRADE.daily):
        return None
    payers = [int(records.daily[f"{step}_payers"].sum()) for step in STEPS]
    others = [int(records.daily[step].sum()) - paid for step, paid in zip(STEPS, payers, strict=True)]
    return pd.DataFrame(
        {
            "step": STEPS,
            "payers": payers,
            "others": others,
            "payers_share": _shares(payers),
            "others_share": _shares(others),
        }
    )


def _shares(persons: list[int]) -> list[float]:
    before = [persons[0], *persons[:-1]]
    return [now / max(1, then) for now, then in zip(persons, before, strict=True)]
