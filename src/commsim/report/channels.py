"""Where newcomers came from, as a table and as data, of runs with channels."""

from math import isnan
from typing import TYPE_CHECKING, Any

from commsim.analysis.channels import FRIENDS, UNASKED, with_shares
from commsim.analysis.counts import Counts
from commsim.core.measures import Unit
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

_COLUMNS: dict[str, tuple[str, Unit]] = {
    "joined": ("Joined", "persons"),
    "share": ("Share", "share"),
    "cost": ("Cost (yuan)", "yuan"),
    "per_newcomer": ("Each (yuan)", "yuan"),
    "stayed": ("Still there", "share"),
    "buyers": ("Have ordered", "share"),
    "earned": ("Earned from each (yuan)", "yuan"),
}


def channel_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """Newcomers by channel; no table where there are no channels."""
    if "channels" not in counted:
        return []
    header = (say("Channel"), *(say(label) for label, _ in _COLUMNS.values()))
    rows = [
        (
            _name(row["channel"], say),
            *(_cell(float(row[name]), unit) for name, (_, unit) in _COLUMNS.items()),
        )
        for row in with_shares(counted["channels"]).reset_index().to_dict("records")
    ]
    return [Grid(say("Where newcomers came from"), header, tuple(rows))]


def fan_grids(counted: Counts, plan: "Scenario", say: Language = ENGLISH) -> list[Grid]:
    """What became of pools of fans: who joined of them, and what these have paid in a year."""
    frame = counted.get("channels")
    pools = [one for one in plan.sources if one.fans and frame is not None and one.name in frame.index]
    if frame is None or not pools:
        return []
    header = ("Channel", "Fans", "Joined", "Of all fans", "Paid by each, a year (yuan)", "By each fan (yuan)")
    rows = []
    for channel in pools:
        fans = channel.fans or 1
        row = frame.loc[[channel.name]].to_dict("records")[0]
        joined = float(row["joined"])
        paid = float(row["paid"] / row["years"]) if row["years"] else 0.0
        ratios = f"{100 * joined / fans:.3f} %", cell(paid, "yuan"), cell(paid * joined / fans, "yuan")
        rows.append((_name(channel.name, say), cell(fans, "persons"), cell(joined, "persons"), *ratios))
    return [Grid(say("What became of fans"), tuple(map(say, header)), tuple(rows))]


def channel_data(counted: Counts) -> list[dict[str, Any]]:
    """The same as plain data, None for what is not known; empty where there are no channels."""
    if "channels" not in counted:
        return []
    return [
        {str(name): None if value != value else value for name, value in row.items()}
        for row in with_shares(counted["channels"])[list(_COLUMNS)].reset_index().to_dict("records")
    ]


def _name(name: str, say: Language) -> str:
    return say({FRIENDS: "Invited by friends", UNASKED: "Unasked"}.get(name, "")) or say.words.get(
        f"choice.{name}", name
    )


def _cell(value: float, unit: Unit) -> str:
    return "" if isnan(value) else cell(value, unit)
