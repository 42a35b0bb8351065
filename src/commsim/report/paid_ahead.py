"""Tables of what members pay ahead, of runs that have it."""

from math import isnan
from typing import TYPE_CHECKING

from commsim.analysis.paid_ahead import MONTH, memberships_by_month, renewal_rate
from commsim.core.measures import Unit
from commsim.records.records import Records
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

if TYPE_CHECKING:
    import pandas as pd

_MEMBERSHIPS: dict[str, tuple[str, Unit]] = {
    "enrolled": ("Joined the programme", "persons"),
    "renewed": ("Renewed", "persons"),
    "expired": ("Ran out", "persons"),
    "fees_paid": ("Fees paid (yuan)", "yuan"),
    "fees_earned": ("Fees earned (yuan)", "yuan"),
    "paying": ("Paying at the end", "persons"),
}


def paid_ahead_grids(records: Records, say: Language = ENGLISH) -> list[Grid]:
    """By month what members paid ahead; no table of what the plan does not have."""
    frame = memberships_by_month(records)
    if frame is None:
        return []
    rate = renewal_rate(records)
    title = say("Paid membership")
    if not isnan(rate):
        title = say(
            "Paid membership: {share} of the terms that came to an end were renewed",
            share=cell(rate, "share"),
        )
    return [_by_month(title, frame, _MEMBERSHIPS, say)]


def _by_month(title: str, frame: "pd.DataFrame", of: dict[str, tuple[str, Unit]], say: Language) -> Grid:
    header = (say("Month of {days} days", days=MONTH), *(say(label) for label, _ in of.values()))
    rows = [
        (str(row["month"]), *(cell(float(row[name]), unit) for name, (_, unit) in of.items()))
        for row in frame.to_dict("records")
    ]
    return Grid(title, header, tuple(rows))
