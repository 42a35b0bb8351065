"""Tables of what members pay ahead, of runs that have it."""

from math import isnan
from typing import TYPE_CHECKING

from commsim.analysis.paid_ahead import MONTH, cards_by_month, memberships_by_month, renewal_rate
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


_CARDS: dict[str, tuple[str, Unit]] = {
    "paid_in": ("Paid in (yuan)", "yuan"),
    "card_spent": ("Spent from cards (yuan)", "yuan"),
    "card_lost": ("Lost on cards (yuan)", "yuan"),
    "balances": ("On cards at the end (yuan)", "yuan"),
    "cards": ("Cards with money at the end", "persons"),
}


def paid_ahead_grids(records: Records, say: Language = ENGLISH) -> list[Grid]:
    """By month what members paid ahead; no table of what the plan does not have."""
    found = (
        (memberships_by_month(records), _of_memberships, _MEMBERSHIPS),
        (cards_by_month(records), _of_cards, _CARDS),
    )
    return [_by_month(title(records, say), frame, of, say) for frame, title, of in found if frame is not None]


def _of_cards(records: Records, say: Language) -> str:
    return say("Stored value")


def _of_memberships(records: Records, say: Language) -> str:
    rate = renewal_rate(records)
    if isnan(rate):
        return say("Paid membership")
    share = cell(rate, "share")
    return say("Paid membership: {share} of the terms that came to an end were renewed", share=share)


def _by_month(title: str, frame: "pd.DataFrame", of: dict[str, tuple[str, Unit]], say: Language) -> Grid:
    header = (say("Month of {days} days", days=MONTH), *(say(label) for label, _ in of.values()))
    rows = [
        (str(row["month"]), *(cell(float(row[name]), unit) for name, (_, unit) in of.items()))
        for row in frame.to_dict("records")
    ]
    return Grid(title, header, tuple(rows))
