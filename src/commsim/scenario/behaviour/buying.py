"""From a need to an order."""

from commsim.scenario.behaviour.section import Section, number


class Buying(Section):
    """From a need to an order."""

    shape: float = number(
        0.35,
        "Gamma shape of buying rates across people",
        "shape",
        "BG/NBD fits .24-.46: CDNOW, grocery, apparel",
        "B",
        0.05,
        10.0,
        (0.24, 0.46),
    )
    trial: float = number(
        0.006,
        "Mean hazard of a first order of who never bought",
        "per day",
        "assumed: join to first order .15 in 30 d",
        "D",
        0.0,
        1.0,
    )
    trial_shape: float = number(0.5, "Gamma shape of it across people", "shape", "assumed", "D", 0.05, 10.0)
    lapse_a: float = number(
        0.6,
        "Beta a of the chance to lapse after an order",
        "shape",
        "BG/NBD fits .51-.79",
        "B",
        0.01,
        50.0,
        (0.5, 0.8),
    )
    lapse_b: float = number(3.0, "Beta b of it", "shape", "BG/NBD fits 2.1-3.4", "B", 0.01, 50.0, (2.1, 3.4))
    past_weeks: float = number(
        52.0, "Weeks for which buyers have been customers at the start", "weeks", "assumed", "D", 0.0, 1000.0
    )
    elasticity: float = number(
        2.8,
        "Median price elasticity",
        "exponent",
        "Bijmolt et al. 2005 (2.62), van Heerde & Neslin 2008 (3.63)",
        "B",
        0.0,
        10.0,
        (2.0, 4.5),
    )
    elasticity_spread: float = number(
        0.25,
        "Log standard deviation of it across people",
        "log",
        "assumed; .46 across the 88 retailers of the cheese data, noise included",
        "C",
        0.0,
        2.0,
    )
    reference_gain: float = number(
        0.2,
        "Extra response below the reference price",
        "exponent",
        "Hardie et al. 1993 (loss weighs 1.5-2.5 x gain), level assumed",
        "C",
        0.0,
        5.0,
    )
    reference_loss: float = number(
        0.4,
        "Extra response above the reference price",
        "exponent",
        "Hardie et al. 1993 (loss weighs 1.5-2.5 x gain), level assumed",
        "C",
        0.0,
        5.0,
    )
    reference_speed: float = number(
        0.031,
        "Move of the reference price to a price seen",
        "per day",
        "Briesch et al. 1997 (carry-over .6-.9; .8 a week)",
        "C",
        0.0,
        1.0,
    )
    cap: float = number(
        8.0, "Highest uplift of a buying rate", "factor", "assumed", "D", 1.0, 50.0, (5.0, 15.0)
    )
    aware: float = number(
        0.82,
        "Awareness of the shelf outside the group",
        "share",
        "Luckin: +30 % orders a month after joining, of who chose to join",
        "C",
        0.0,
        1.0,
        (0.71, 0.91),
    )
    aware_activity: float = number(
        0.25, "Activity at which a member is fully aware", "probability", "assumed", "D", 0.01, 1.0
    )
    advert: float = number(
        1.8,
        "Uplift of an advert seen by a fresh reader",
        "factor",
        "display x2.5 in store (cheese)",
        "C",
        1.0,
        5.0,
        (1.2, 2.6),
    )
    scarcity: float = number(
        1.10,
        "Uplift of limited time or supply",
        "factor",
        "meta-analyses disagree: Barton et al. 2022, Ladeira et al. 2023",
        "C",
        1.0,
        2.0,
        (1.0, 1.3),
    )
    scarcity_wear: float = number(
        0.85,
        "Factor on its log per scarce offer in the last 14 days",
        "factor",
        "Hmurovic et al. 2023, size assumed",
        "C",
        0.0,
        1.0,
        (0.7, 0.95),
    )
    first_buyer: float = number(
        0.26, "Log uplift of one visible buyer", "log", "Muchnik et al. 2013 (+32 % votes)", "A", 0.0, 2.0
    )
    more_buyers: float = number(
        0.25,
        "Elasticity to the number of visible buyers",
        "exponent",
        "You et al. 2015 (.236)",
        "B",
        0.0,
        1.0,
        (0.1, 0.4),
    )
    trust: float = number(
        0.53,
        "Log uplift per standard deviation of trust",
        "log",
        "SAGE Open 2022 (trust to intention), Sheeran 2002 (intention to behaviour): r .2-.3",
        "C",
        0.0,
        3.0,
    )
    borrowed: float = number(
        0.15,
        "Need used up by an order beyond what was wanted",
        "share",
        "van Heerde et al. 2000: dip 4-25 % of the bump",
        "B",
        0.0,
        1.0,
        (0.1, 0.4),
    )
    regret: float = number(
        0.002, "Trust lost by who comes when all is sold", "trust", "assumed", "D", 0.0, 0.5
    )
