"""Group by group: the table of one world."""

from math import isnan

from commsim.analysis.groups import group_table
from commsim.analysis.measures import Unit
from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

MOST = 24
"""Groups in the table of a plan, by revenue: the first and the last ones of more."""
_COLUMNS: dict[str, tuple[str, Unit]] = {
    "first": ("First day", "persons"),
    "members": ("Last day", "persons"),
    "active": ("Look in", "share"),
    "messages": ("Messages a day", "messages"),
    "muted": ("Muted", "share"),
    "left": ("Left", "persons"),
    "orders": ("Orders", "orders"),
    "revenue": ("Revenue (yuan)", "yuan"),
}


def group_grids(case: Case, say: Language) -> list[Grid]:
    """Per plan, in the typical world: the groups by revenue, the best first."""
    header = (say("Group"), *(say(label) for label, _ in _COLUMNS.values()))
    grids = []
    for name, closeup in zip(case.names, case.closeups, strict=True):
        found = group_table(closeup.typical).sort_values(["revenue", "group"], ascending=[False, True])
        if len(found) > MOST:
            found = found.iloc[[*range(MOST // 2), *range(len(found) - MOST // 2, len(found))]]
        rows = [
            (
                str(int(row["group"]) + 1),
                *(_told(row[column], unit) for column, (_, unit) in _COLUMNS.items()),
            )
            for row in found.to_dict("records")
        ]
        grids.append(Grid(name, header, tuple(rows)))
    return grids


def _told(value: float, unit: Unit) -> str:
    return "" if isnan(value) else cell(float(value), unit)
