"""From a need to an order."""

from commsim.core.part import Part
from commsim.core.units import param


class Buying(Part):
    """From a need to an order."""

    shape: float = param(
        0.35,
        "Gamma shape of buying rates across people",
        unit="shape",
        low=0.05,
        high=10.0,
        plausible=(0.24, 0.46),
        source="BG/NBD fits .24-.46: CDNOW, grocery, apparel",
        grade="B",
    )
    trial: float = param(
        0.006,
        "Mean hazard of a first order of who never bought",
        unit="per day",
        low=0.0,
        high=1.0,
        source="assumed: join to first order .15 in 30 d",
        grade="D",
    )
    trial_shape: float = param(
        0.5, "Gamma shape of it across people", unit="shape", low=0.05, high=10.0, source="assumed", grade="D"
    )
    lapse_a: float = param(
        0.6,
        "Beta a of the chance that an order at the usual rate is the last",
        unit="shape",
        low=0.01,
        high=50.0,
        plausible=(0.5, 0.8),
        source="BG/NBD fits .51-.79",
        grade="B",
    )
    lapse_b: float = param(
        3.0,
        "Beta b of it",
        unit="shape",
        low=0.01,
        high=50.0,
        plausible=(2.1, 3.4),
        source="BG/NBD fits 2.1-3.4",
        grade="B",
    )
    past_weeks: float = param(
        52.0,
        "Weeks for which buyers have been customers at the start",
        unit="weeks",
        low=0.0,
        high=1000.0,
        source="assumed",
        grade="D",
    )
    elasticity: float = param(
        2.8,
        "Median price elasticity",
        unit="exponent",
        low=0.0,
        high=10.0,
        plausible=(2.0, 4.5),
        source="Bijmolt et al. 2005 (2.62), van Heerde & Neslin 2008 (3.63)",
        grade="B",
    )
    elasticity_spread: float = param(
        0.25,
        "Log standard deviation of it across people",
        unit="log",
        low=0.0,
        high=2.0,
        source="assumed; .46 across the 88 retailers of the cheese data, noise included",
        grade="C",
    )
    reference_gain: float = param(
        0.2,
        "Extra response below the reference price",
        unit="exponent",
        low=0.0,
        high=5.0,
        source="Hardie et al. 1993 (loss weighs 1.5-2.5 x gain), level assumed",
        grade="C",
    )
    reference_loss: float = param(
        0.4,
        "Extra response above the reference price",
        unit="exponent",
        low=0.0,
        high=5.0,
        source="Hardie et al. 1993 (loss weighs 1.5-2.5 x gain), level assumed",
        grade="C",
    )
    reference_speed: float = param(
        0.031,
        "Move of the reference price to a price seen",
        unit="per day",
        low=0.0,
        high=1.0,
        source="Briesch et al. 1997 (carry-over .6-.9; .8 a week)",
        grade="C",
    )
    cap: float = param(
        8.0,
        "Highest uplift of a buying rate",
        unit="factor",
        low=1.0,
        high=50.0,
        plausible=(5.0, 15.0),
        source="assumed",
        grade="D",
    )
    aware: float = param(
        0.82,
        "Awareness of the shelf outside the group",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.71, 0.91),
        source="Luckin: +30 % orders a month after joining, of who chose to join",
        grade="C",
    )
    aware_activity: float = param(
        0.25,
        "Activity at which a member is fully aware",
        unit="probability",
        low=0.01,
        high=1.0,
        source="assumed",
        grade="D",
    )
    advert: float = param(
        1.8,
        "Uplift of an advert seen by a fresh reader",
        unit="factor",
        low=1.0,
        high=5.0,
        plausible=(1.2, 2.6),
        source="display x2.5 in store (cheese)",
        grade="C",
    )
    scarcity: float = param(
        1.10,
        "Uplift of limited time or supply",
        unit="factor",
        low=1.0,
        high=2.0,
        plausible=(1.0, 1.3),
        source="meta-analyses disagree: Barton et al. 2022, Ladeira et al. 2023",
        grade="C",
    )
    scarcity_wear: float = param(
        0.85,
        "Factor on its log per scarce offer in the last 14 days",
        unit="factor",
        low=0.0,
        high=1.0,
        plausible=(0.7, 0.95),
        source="Hmurovic et al. 2023, size assumed",
        grade="C",
    )
    first_buyer: float = param(
        0.26,
        "Log uplift of one visible buyer",
        unit="log",
        low=0.0,
        high=2.0,
        source="Muchnik et al. 2013 (+32 % votes)",
        grade="A",
    )
    more_buyers: float = param(
        0.25,
        "Elasticity to the number of visible buyers",
        unit="exponent",
        low=0.0,
        high=1.0,
        plausible=(0.1, 0.4),
        source="You et al. 2015 (.236)",
        grade="B",
    )
    trust: float = param(
        0.53,
        "Log uplift per standard deviation of trust",
        unit="log",
        low=0.0,
        high=3.0,
        source="SAGE Open 2022 (trust to intention), Sheeran 2002 (intention to behaviour): r .2-.3",
        grade="C",
    )
    borrowed: float = param(
        0.20,
        "Share of the orders that price, scarcity and visible buyers bring that comes from later ones",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.1, 0.33),
        source="Gupta 1988 (14 % timing), van Heerde et al. 2000 (dip 4-25 % of the bump), "
        "van Heerde et al. 2004 (a third)",
        grade="B",
    )
    regret: float = param(
        0.002,
        "Trust lost by who comes when all is sold",
        unit="trust",
        low=0.0,
        high=0.5,
        source="assumed",
        grade="D",
    )
