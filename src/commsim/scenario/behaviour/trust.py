"""Trust in the shop."""

from commsim.core.part import Part
from commsim.core.units import Portion, param


class Trust(Part):
    """Slow to win, quick to lose."""

    start: float = param(
        0.5,
        "Mean trust of a member at the start",
        unit="trust",
        low=0.0,
        high=1.0,
        source="assumed: middle of the scale",
        grade="D",
    )
    spread: float = param(
        0.12,
        "Standard deviation of it across people",
        unit="trust",
        low=0.0,
        high=0.5,
        source="assumed",
        grade="D",
    )
    good: float = param(
        0.02,
        "Gain from a good delivery, x (1 - trust)",
        unit="trust",
        low=0.0,
        high=1.0,
        source="assumed",
        grade="D",
        neutral=0.0,
        pathway="parcels",
    )
    bad: float = param(
        0.15,
        "Loss from a bad one, x trust",
        unit="trust",
        low=0.0,
        high=1.0,
        source="assumed: negativity bias, 5-8 x",
        grade="D",
        neutral=0.0,
        pathway="parcels",
    )
    past_bad: Portion = param(
        0.03,
        "Share of bad deliveries in what customers bought before the start",
        unit="share",
        low=0.0,
        high=1.0,
        source="assumed",
        grade="D",
    )
    spam: float = param(
        0.0015,
        "Loss per member's advert seen, x trust",
        unit="trust",
        low=0.0,
        high=1.0,
        source="assumed",
        grade="D",
    )
    advert: float = param(
        0.003,
        "Loss per empty advert seen, x trust",
        unit="trust",
        low=0.0,
        high=1.0,
        source="assumed",
        grade="D",
        neutral=0.0,
        pathway="empty_posts",
    )
    recovery: float = param(
        0.01,
        "Daily return to a person's own base",
        unit="per day",
        low=0.0,
        high=1.0,
        source="assumed",
        grade="D",
    )
    scale: float = param(
        0.15,
        "One standard deviation in the trust uplift",
        unit="trust",
        low=0.01,
        high=1.0,
        source="assumed",
        grade="D",
    )
