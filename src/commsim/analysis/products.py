"""Money by product, of runs with goods beside each other."""

from typing import TYPE_CHECKING, Any

from commsim.records.records import Records

if TYPE_CHECKING:
    import pandas as pd

_MONEY = "revenue", "cost", "written_off"


def products_counted(records: Records) -> "pd.DataFrame | None":
    """One row per product that was sold or has spoilt, money in yuan; None for runs without ``goods``.

    Index: product.  Columns: orders, lines (pieces in baskets beside another product), revenue, cost,
    written_off, earned (what is left of the first of these three).  Refunds are in none: nobody knows of a
    parcel which of its goods was bad.
    """
    import pandas as pd

    if not records.products:
        return None
    frame = pd.DataFrame(records.products).drop(columns="day").groupby("product", sort=False).sum()
    frame[list(_MONEY)] = frame[list(_MONEY)] / 100
    frame["earned"] = frame["revenue"] - frame["cost"] - frame["written_off"]
    return frame


def product_data(records: Records) -> dict[str, dict[str, Any]] | None:
    """The same for files: by product its numbers; None for runs without ``goods``."""
    frame = products_counted(records)
    if frame is None:
        return None
    numbers = frame.to_dict("index")
    return {
        str(name): {str(key): float(value) for key, value in row.items()} for name, row in numbers.items()
    }
