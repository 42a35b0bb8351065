"""Newcomers whom strategies have brought: what each cost, and what became of them."""

from typing import TYPE_CHECKING

import numpy as np

from commsim.analysis.channels import channel_causes
from commsim.core.arrays import Bools, Ints
from commsim.records.records import Records
from commsim.records.tables import event_kinds
from commsim.simulation.books import NOT_STEERED

if TYPE_CHECKING:
    import pandas as pd


def newcomers_counted(records: Records) -> "pd.DataFrame | None":
    """One row per strategy that has brought somebody; None where there is none.

    Those of the plan's channels stand in `commsim.analysis.channels`.

    Columns: joined, cost in yuan (all that it cost, goods that were sold and staff left out), buyers (of the
    newcomers, who have ordered), left.  Needs full detail.
    """
    import pandas as pd

    if not records.events:
        return None
    events, rows = records.events, {}
    joined, ordered = _of(records, "join"), _persons(records, "order")
    gone = _persons(records, "leave")
    for cause in np.setdiff1d(events["cause"][joined], channel_causes(records)):
        if cause < 0:
            continue
        persons = events["person"][joined & (events["cause"] == cause)]
        rows[records.causes[cause]] = {
            "joined": len(persons),
            "cost": cost_of(records, int(cause)) / 100,
            "buyers": int(np.isin(persons, ordered).sum()),
            "left": int(np.isin(persons, gone).sum()),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy") if rows else None


def with_costs(newcomers: "pd.DataFrame") -> "pd.DataFrame":
    """A frame of `newcomers_counted`, or a mean of such frames, with per_newcomer and per_buyer (or NaN)."""
    each = {name: newcomers["cost"] / newcomers[of].replace(0, np.nan) for name, of in _PER.items()}
    return newcomers.assign(**each)


_PER = {"per_newcomer": "joined", "per_buyer": "buyers"}


def given_away(records: Records) -> "pd.DataFrame | None":
    """One row: goods given for bargains, and how many of them to people who ordered nothing afterwards."""
    import pandas as pd

    if not records.events or "bargained" not in event_kinds():
        return None
    events, got = records.events, _of(records, "bargained")
    last = np.full(int(events["person"].max(initial=0)) + 1, -1)
    orders = _of(records, "order")
    np.maximum.at(last, events["person"][orders], events["day"][orders])
    idle = int((last[events["person"][got]] <= events["day"][got]).sum())
    return pd.DataFrame([{"given": int(got.sum()), "idle": idle}]) if got.any() else None


def cost_of(records: Records, cause: int) -> int:
    """Fen that a strategy has cost; goods that were sold and staff are left out, as in its budget."""
    ledger = records.ledger
    left_out = [records.accounts.index(one) for one in NOT_STEERED if one in records.accounts]
    chosen = (ledger["cause"] == cause) & ~np.isin(ledger["account"], left_out)
    return -int(ledger["fen"][chosen].sum())


def spent(records: Records) -> float:
    """Yuan that all strategies and sources have cost, discounts too; what a budget leaves out is left out."""
    shelf_and_operator = 2  # the last causes
    return sum(cost_of(records, cause) for cause in range(len(records.causes) - shelf_and_operator)) / 100


def _of(records: Records, kind: str) -> Bools:
    return np.asarray(records.events["kind"] == event_kinds().index(kind))


def _persons(records: Records, kind: str) -> Ints:
    return np.asarray(records.events["person"][_of(records, kind)])
