"""Where newcomers came from, as a table and as data, of runs with channels."""

from math import isnan
from typing import Any

from commsim.analysis.channels import FRIENDS, UNASKED, channels_counted, with_shares
from commsim.analysis.counts import Counts
from commsim.core.measures import Unit
from commsim.records.records import Records
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

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


def channel_data(records: Records) -> list[dict[str, Any]]:
    """The same of a run as plain data, None for what is not known; empty where there are no channels."""
    frame = channels_counted(records)
    if frame is None:
        return []
    return [
        {str(name): None if value != value else value for name, value in row.items()}
        for row in with_shares(frame)[list(_COLUMNS)].reset_index().to_dict("records")
    ]


def _name(name: str, say: Language) -> str:
    return say({FRIENDS: "Invited by friends", UNASKED: "Unasked"}.get(name, "")) or say.words.get(
        f"choice.{name}", name
    )


def _cell(value: float, unit: Unit) -> str:
    return "" if isnan(value) else cell(value, unit)
