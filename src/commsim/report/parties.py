"""Who is paid, as a table and as data."""

from typing import Any

from commsim.analysis.counts import Counts
from commsim.analysis.parties import (
    AGENTS,
    MEMBERS,
    OUTSIDE,
    PROMOTERS,
    SHAREHOLDERS,
    SHOP,
    STAFF,
)
from commsim.core.mechanisms.parties import PLATFORM, SUPPLIER
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

NAMES = {
    SHOP: "The shop, whose plan it is",
    SUPPLIER: "Supplier",
    PLATFORM: "Platform",
    AGENTS: "Agents",
    PROMOTERS: "Promoters",
    SHAREHOLDERS: "Shareholders",
    STAFF: "Employees",
    MEMBERS: "Members",
    OUTSIDE: "Others: goods, parcels, adverts, rent",
}


def party_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """What each party gets and pays, and its net sum; no table where all that is earned is the shop's."""
    rows = [
        (
            say(NAMES[row["party"]]),
            *(cell(row[name], "yuan") for name in ("gets", "pays", "net")),
            "" if row["of_each_100"] is None else f"{row['of_each_100']:.1f}",
        )
        for row in party_data(counted)
    ]
    header = ("Who is paid", "Gets", "Pays", "Net", "Of each 100 yuan")
    title = say("Who is paid: what one gets another pays, so that all net sums together are nothing (yuan)")
    return [Grid(title, tuple(map(say, header)), tuple(rows))] if rows else []


def party_data(counted: Counts) -> list[dict[str, Any]]:
    """A row per party: gets, pays, net, and that of each 100 yuan that members pay; or none."""
    if "parties" not in counted:
        return []
    rows = counted["parties"].reset_index().to_dict("records")
    paid = sum(row["pays"] for row in rows if row["party"] == MEMBERS)
    return [
        {str(name): value for name, value in row.items()}
        | {
            "net": (net := round(row["gets"] - row["pays"], 2)),
            "of_each_100": 100 * net / paid if paid > 0 else None,
        }
        for row in rows
    ]
