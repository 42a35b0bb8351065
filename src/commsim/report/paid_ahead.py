"""Tables of what members pay ahead, of runs that have it."""

from math import isnan
from typing import TYPE_CHECKING

from commsim.analysis.counts import Counts
from commsim.analysis.paid_ahead import MONTH, renewed_of
from commsim.core.measures import Unit
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


_CARDS: dict[str, tuple[str, Unit]] = {
    "paid_in": ("Paid in (yuan)", "yuan"),
    "card_spent": ("Spent from cards (yuan)", "yuan"),
    "card_lost": ("Lost on cards (yuan)", "yuan"),
    "balances": ("On cards at the end (yuan)", "yuan"),
    "cards": ("Cards with money at the end", "persons"),
}


def paid_ahead_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """By month what members paid ahead; no table of what the plan does not have."""
    grids = []
    if "memberships" in counted:
        grids.append(
            _by_month(_of_memberships(counted["terms"], say), counted["memberships"], _MEMBERSHIPS, say)
        )
    if "cards" in counted:
        grids.append(_by_month(say("Stored value"), counted["cards"], _CARDS, say))
    return grids


def _of_memberships(ended: "pd.DataFrame", say: Language) -> str:
    rate = renewed_of(ended)
    if isnan(rate):
        return say("Paid membership")
    share = cell(rate, "share")
    return say("Paid membership: {share} of the terms that came to an end were renewed", share=share)


def _by_month(title: str, frame: "pd.DataFrame", of: dict[str, tuple[str, Unit]], say: Language) -> Grid:
    header = (say("Month of {days} days", days=MONTH), *(say(label) for label, _ in of.values()))
    rows = [
        (str(row["month"]), *(cell(float(row[name]), unit) for name, (_, unit) in of.items()))
        for row in frame.reset_index().to_dict("records")
    ]
    return Grid(title, header, tuple(rows))
