"""Group by group, the table of one world; and how invitations spread."""

from math import isnan

import numpy as np

from commsim.analysis.closeup import Closeup
from commsim.analysis.groups import group_table
from commsim.core.arrays import Bools
from commsim.core.measures import Unit
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
    grids = []
    for name, closeup in zip(case.names, case.closeups, strict=True):
        tried, told = _tried(closeup), say.of(closeup.scenario)
        header = (
            say("Group"),
            *(say(label) for label, _ in _COLUMNS.values()),
            *([say("For it")] * bool(tried)),
        )
        found = group_table(closeup.typical).sort_values(["revenue", "group"], ascending=[False, True])
        if len(found) > MOST:
            found = found.iloc[[*range(MOST // 2), *range(len(found) - MOST // 2, len(found))]]
        rows = [
            (
                str(row["name"]),
                *(_told(row[column], unit) for column, (_, unit) in _COLUMNS.items()),
                *([say.listed(told.cause(one) for one in tried if tried[one][row["group"]])] * bool(tried)),
            )
            for row in found.to_dict("records")
        ]
        grids.append(Grid(name, header, tuple(rows)))
    return grids


def _tried(closeup: Closeup) -> dict[str, Bools]:
    """Strategies that are not for all groups, and the groups that they are for in the typical world."""
    from commsim.population.listed import groups_at_start
    from commsim.simulation.pilots import GroupsByName

    scenario, records = closeup.scenario, closeup.typical
    if all(one.groups is None for one in scenario.strategies):
        return {}
    at_start = len(groups_at_start(scenario.community, scenario.start))
    number = max(at_start, int(records.groups["group"].max()) + 1)
    by_name = GroupsByName(records.seed, records.group_names[:at_start], at_start, number)
    chosen = zip(scenario.strategies, by_name.choose(scenario.strategies), strict=True)
    return {one.name: groups for one, groups in chosen if groups is not None}


def _told(value: float, unit: Unit) -> str:
    return "" if isnan(value) else cell(float(value), unit)


def spread(case: Case, say: Language) -> Grid | None:
    """How invitations spread, per plan: newcomers, those brought, K, depth of the tree; None without any."""
    rows = []
    for name, closeup in zip(case.names, case.closeups, strict=True):
        frame = closeup.generations
        brought, persons = float(frame["brought"].sum()), float(frame["persons"].sum())
        depth = [int(one.generations["generation"].max()) for one in closeup.replications]
        joined = float(closeup.curve("joined").sum(axis=1).mean())
        told = (f"{brought / max(1.0, persons):.3f}", f"{np.mean(depth):.1f}", str(max(depth)))
        rows.append((name, cell(round(joined), "persons"), cell(round(brought), "persons"), *told))
    header = ("", say("Joined"), say("Brought by members"), say("K"), say("Depth, mean"), say("Depth, most"))
    return Grid(say("Invitations"), header, tuple(rows)) if any(row[2] != "0" for row in rows) else None
