"""What is sold: a product, what it costs, when there is stock of it, and when its effect shows."""

from typing import Literal

from commsim.core.part import Part
from commsim.core.units import MOST_DAYS, Day, Fen, Name, Probability, described, param

MOST_PIECES = 10_000_000


class Product(Part):
    """Something that is sold."""

    name: Name = described(..., "Name", unit="text")
    price: Fen = param(..., "Usual price", unit="yuan", low=0.01, source="operator's choice", grade="D")
    unit_cost: Fen = param(..., "Cost of goods", unit="yuan", low=0, source="operator's choice", grade="D")
    shelf: bool = param(
        True, "Whether it can be bought any day at the usual price", unit="yes/no", source="-", grade="D"
    )
    role: Literal["traffic", "profit"] = param(
        "profit",
        "What it is for: to draw people or to earn",
        unit="choice",
        source="operators' guides",
        grade="D",
    )
    bad_share: Probability = param(
        0.03,
        "Share of deliveries that disappoint and are refunded",
        unit="share",
        source="assumed",
        grade="D",
    )
    appeal: float = param(
        1.0,
        "Factor on the buying rate for this product",
        unit="factor",
        low=0.0,
        high=10.0,
        source="-",
        grade="D",
    )
    segments: tuple[str, ...] = described((), "Segments to whom it is sold; all if empty", unit="names")
    launched: Day | None = param(
        None,
        "Day from which on it is sold, as something new",
        unit="day",
        source="operator's choice",
        grade="D",
    )
    presale_days: int = param(
        0,
        "Days from then on in which it is sold before it is bought; who orders waits for their end",
        unit="days",
        low=0,
        high=180,
        source="operator's choice",
        grade="D",
    )
    stock: int | None = param(
        None,
        "Pieces bought beforehand, on the first day of its sale from stock; if empty bought as sold",
        unit="pieces",
        low=0,
        high=MOST_PIECES,
        source="operator's choice",
        grade="D",
    )
    restock: int = param(
        0,
        "Pieces bought again each time",
        unit="pieces",
        low=0,
        high=MOST_PIECES,
        source="operator's choice",
        grade="D",
    )
    restock_every: int | None = param(
        None,
        "Days from one time to the next",
        unit="days",
        low=1,
        high=MOST_DAYS,
        source="operator's choice",
        grade="D",
    )
    keeps: int | None = param(
        None,
        "Days after which unsold pieces have spoilt",
        unit="days",
        low=1,
        high=MOST_DAYS,
        source="operator's choice",
        grade="D",
    )
    salvage: Probability = param(
        0.0, "Share of their cost that these still bring", unit="share", source="operator's choice", grade="D"
    )
    pack_of: Name | None = described(
        None, "Product of which this is a pack: several pieces at one price, in one parcel", unit="name"
    )
    pieces: int = param(
        1,
        "Pieces of it in the pack",
        unit="pieces",
        low=1,
        high=1000,
        source="operator's choice",
        grade="D",
    )
    effect_days: int | None = param(
        None,
        "Days of use after which its effect can be seen; empty for goods without one",
        unit="days",
        low=0,
        high=365,
        source="operator's choice",
        grade="D",
    )
    effect_works: Probability = param(
        0.8,
        "Share of good parcels that show their effect then",
        unit="share",
        source="assumed",
        grade="D",
        assumed=True,
    )
    effect_known: Probability = param(
        0.0,
        "Share of who bought before the run who had seen its effect then",
        unit="share",
        source="operator's choice",
        grade="D",
    )
