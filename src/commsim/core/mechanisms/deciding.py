"""How members take up an offer that costs them money ahead: parameters that such mechanisms share."""

from commsim.core.part import Part
from commsim.core.units import param


class Deciding(Part):
    """Who considers an offer, and how what it is worth to them decides."""

    notice: float = param(
        0.05,
        "Chance that a look makes a member consider the offer, which stands there every day",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.01, 0.3),
        source="assumed",
        grade="D",
    )
    steepness: float = param(
        2.0,
        "How steeply the odds of yes rise with its worth to them over its price",
        unit="power",
        low=0.0,
        high=20.0,
        plausible=(1.0, 4.0),
        source="assumed; even odds where the worth is the price",
        grade="D",
    )
    trust: float = param(
        0.5,
        "What a standard deviation of trust adds to the log-odds of yes",
        unit="log-odds",
        low=0.0,
        high=5.0,
        plausible=(0.0, 1.0),
        source="assumed",
        grade="D",
        neutral=0.0,
    )
