"""Tables of whom strategies have brought, of runs in which they have."""

from math import isnan

from commsim.analysis.brought import with_costs
from commsim.analysis.counts import Counts
from commsim.core.measures import Unit
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

_COLUMNS: dict[str, tuple[str, Unit]] = {
    "joined": ("Joined", "persons"),
    "cost": ("Cost (yuan)", "yuan"),
    "per_newcomer": ("Each (yuan)", "yuan"),
    "buyers": ("Have ordered", "persons"),
    "per_buyer": ("Each of these (yuan)", "yuan"),
    "left": ("Have left", "persons"),
}


def brought_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """What newcomers cost by strategy, staff and goods sold left out; no table where none has brought any."""
    if "newcomers" not in counted:
        return []
    title = say("What newcomers cost")
    if "given" in counted:
        given, idle = (float(counted["given"][name].iloc[0]) for name in ("given", "idle"))
        title = say(
            "What newcomers cost; of {given} goods for nothing {share} went to who has ordered nothing since",
            given=cell(given, "orders"),
            share=cell(idle / given, "share"),
        )
    header = (say("Strategy"), *(say(label) for label, _ in _COLUMNS.values()))
    rows = [
        (
            say.cause(row["strategy"]),
            *(_cell(float(row[name]), unit) for name, (_, unit) in _COLUMNS.items()),
        )
        for row in with_costs(counted["newcomers"]).reset_index().to_dict("records")
    ]
    return [Grid(title, header, tuple(rows))]


def _cell(value: float, unit: Unit) -> str:
    return "" if isnan(value) else cell(value, unit)
