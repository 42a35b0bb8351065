"""Money by product as a table."""

from commsim.analysis.counts import Counts
from commsim.core.measures import Unit
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell
from commsim.report.tables import Grid

_COLUMNS: dict[str, tuple[str, Unit]] = {
    "orders": ("Orders", "orders"),
    "lines": ("Beside others", "orders"),
    "revenue": ("Paid (yuan)", "yuan"),
    "cost": ("Cost (yuan)", "yuan"),
    "written_off": ("Spoilt (yuan)", "yuan"),
    "earned": ("Earned (yuan)", "yuan"),
}


def product_grids(counted: Counts, say: Language = ENGLISH) -> list[Grid]:
    """What was sold of each product and what it earned before refunds; none for plans without goods."""
    if "products" not in counted:
        return []
    rows = [
        (str(row["product"]), *(cell(float(row[name]), unit) for name, (_, unit) in _COLUMNS.items()))
        for row in counted["products"].reset_index().to_dict("records")
    ]
    header = (say("Product"), *(say(label) for label, _ in _COLUMNS.values()))
    return [Grid(say("Money by product"), header, tuple(rows))]
