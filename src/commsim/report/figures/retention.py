"""Who stays, by week of joining."""

from typing import TYPE_CHECKING

import numpy as np

from commsim.analysis.retention import shares
from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.panels import Figure, Heat

if TYPE_CHECKING:
    import pandas as pd

MOST = 14
"""Weeks of joining, and weeks since, that are shown; those beyond are left out evenly."""


def retention(case: Case, say: Language) -> list[Figure]:
    """A table per plan: share of each week's newcomers who are still there so many weeks later."""
    tables = [_thinned(shares(closeup.cohorts)) for closeup in case.closeups]
    lowest = min(0.9, *(float(np.nanmin(table.to_numpy(float))) for table in tables))
    return [
        _heat(plan, name, table, lowest, say)
        for plan, (name, table) in enumerate(zip(case.names, tables, strict=True))
    ]


def _thinned(table: "pd.DataFrame") -> "pd.DataFrame":
    return table.iloc[:: -(-len(table) // MOST), :: -(-table.shape[1] // MOST)]


def _heat(plan: int, name: str, table: "pd.DataFrame", lowest: float, say: Language) -> Heat:
    named = [
        say("from the start") if week < 0 else say("week {week}", week=week + 1)
        for week in table.index.tolist()
    ]
    return Heat(
        say,
        f"retention-{plan + 1}",
        name,
        "share",
        say("share still there"),
        say("Rows: when they joined. Columns: full weeks since then. Empty: not watched for so long."),
        say("Joined"),
        tuple(named),
        tuple(str(week) for week in table.columns),
        table.to_numpy(float),
        lowest,
        plan,
    )
