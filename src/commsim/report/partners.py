"""Money by partner, as a table and as data."""

from typing import Any

from commsim.analysis.counts import Counts
from commsim.analysis.partners import ALL, BEST, HALF, TENTH
from commsim.core.measures import Unit
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

ROLES = {"agents": "Agents", "shareholders": "Shareholders", "promoters": "Promoters"}
_WHICH = {ALL: "All of them", BEST: "The best one", TENTH: "The best tenth", HALF: "The lower half"}
_COLUMNS: dict[str, tuple[str, Unit]] = {
    "persons": ("Persons", "persons"),
    "got": ("Got", "yuan"),
    "share": ("Share", "share"),
    "each": ("Each", "yuan"),
    "paid_in": ("Paid in", "yuan"),
    "people": ("People", "persons"),
    "earned": ("Earned on them", "yuan"),
}


def partner_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """What partners got, and how unevenly; no table where there are none."""
    rows = [
        (
            say(ROLES[row["role"]]) if row["which"] == ALL else "",
            say(_WHICH[row["which"]]),
            *("" if row[name] is None else cell(row[name], unit) for name, (_, unit) in _COLUMNS.items()),
        )
        for row in partner_data(counted)
    ]
    header = (say("Partners"), "", *(say(label) for label, _ in _COLUMNS.values()))
    title = say(
        "Money by partner: what each role got, and what their people earned the shop before that (yuan)"
    )
    return [Grid(title, header, tuple(rows), fixed=2)] if rows else []


def partner_data(counted: Counts) -> list[dict[str, Any]]:
    """A row per role and which of its persons, money in yuan; empty where there are no partners.

    share: of what their role got, each: of them; None where nobody got anything.
    """
    if "partners" not in counted:
        return []
    rows = counted["partners"].reset_index().to_dict("records")
    whole = {row["role"]: row["got"] for row in rows if row["which"] == ALL}
    return [
        {str(name): value for name, value in row.items()}
        | {
            "share": row["got"] / whole[row["role"]] if whole[row["role"]] else None,
            "each": row["got"] / row["persons"] if row["persons"] else None,
        }
        for row in rows
    ]
