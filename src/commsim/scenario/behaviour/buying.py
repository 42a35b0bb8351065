"""From a need to an order."""

from commsim.core.part import Part
from commsim.core.units import Portion, param


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
        neutral=0.0,
        pathway="price",
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
        neutral=0.0,
        pathway="price",
    )
    reference_loss: float = param(
        0.4,
        "Extra response above the reference price",
        unit="exponent",
        low=0.0,
        high=5.0,
        source="Hardie et al. 1993 (loss weighs 1.5-2.5 x gain), level assumed",
        grade="C",
        neutral=0.0,
        pathway="price",
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
    sample_price: Portion = param(
        0.3,
        "Share of the usual price below which an offer is a sample, and a lower price no stronger pull",
        unit="share",
        low=0.01,
        high=1.0,
        plausible=(0.2, 0.4),
        source="assumed: responses to prices are known up to half price; what costs next to nothing is tried",
        grade="D",
    )
    sample_take: Portion = param(
        0.3,
        "Chance that who is there takes their first sample if it is free, whatever their need",
        unit="probability",
        low=0.0,
        high=0.99,
        plausible=(0.1, 0.6),
        source="assumed",
        grade="D",
        neutral=0.0,
        pathway="samples",
    )
    sample_convert: Portion = param(
        0.25,
        "Chance that who takes one and was no customer becomes one",
        unit="probability",
        low=0.0,
        high=1.0,
        plausible=(0.1, 0.4),
        source="assumed",
        grade="D",
    )
    sample_quality: float = param(
        0.45,
        "Factor on the rate of buying of who has become a customer by a sample: put in, not found",
        unit="factor",
        low=0.01,
        high=2.0,
        plausible=(0.4, 0.6),
        source="Datta et al. 2015 (customers by free trial are worth 59 % less), Lewis 2006 (at a third off: "
        "half)",
        grade="B",
        neutral=1.0,
        pathway="sample_quality",
    )
    cap: float = param(
        12.0,
        "Highest uplift of a buying rate",
        unit="factor",
        low=1.0,
        high=50.0,
        plausible=(5.0, 15.0),
        source="assumed",
        grade="D",
    )
    touch: Portion = param(
        0.05,
        "What being in touch with a run group adds to buying, on its own: put in, not found",
        unit="share",
        low=-0.5,
        high=1.0,
        plausible=(-0.05, 0.20),
        source="Algesheimer et al. 2010 (invited by lot: bids the same, sums lower), Manchanda et al. 2015 "
        "(19 % of what joiners spent); chosen between, nearer to the experiment",
        grade="C",
        neutral=0.0,
        pathway="touch",
    )
    touch_speed: float = param(
        0.1,
        "Way that contact goes on a day: up on a look at content or a real deal, down on any other day",
        unit="per day",
        low=0.0,
        high=1.0,
        source="assumed",
        grade="D",
    )
    touch_full: Portion = param(
        0.5,
        "Contact from which on touch works in full",
        unit="share",
        low=0.01,
        high=1.0,
        source="assumed: such a look every other day",
        grade="D",
    )
    advert: float = param(
        1.25,
        "Uplift of an advert seen by a fresh reader, on that day; puts in that adverts sell",
        unit="factor",
        low=1.0,
        high=5.0,
        plausible=(1.0, 1.5),
        source="Sahni et al. 2017 (offers by e-mail, by lot: +37 % while they last); "
        "several posts a week must do less each",
        grade="C",
        neutral=1.0,
        pathway="adverts",
    )
    adstock: Portion = param(
        0.25,
        "Effect of an advert on all later days together, as a share of that on its day; "
        "puts in that it lasts",
        unit="share",
        low=0.0,
        high=5.0,
        plausible=(0.0, 0.5),
        source="Sahni et al. 2017 (a quarter in the week after)",
        grade="A",
    )
    adstock_half_life: float = param(
        2.0,
        "Half-life of it",
        unit="days",
        low=0.1,
        high=60.0,
        plausible=(1.0, 7.0),
        source="assumed: nearly all of it within a week",
        grade="D",
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
        neutral=1.0,
        pathway="scarcity",
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
    countdown: float = param(
        0.0,
        "Log uplift of the last minutes of a sale that are counted down, for who looks again; "
        "puts in what a countdown sells",
        unit="log",
        low=0.0,
        high=1.0,
        plausible=(0.0, 0.18),
        source="limited time adds nothing in one meta-analysis (Ladeira et al. 2023), something in another "
        "(Barton et al. 2022)",
        grade="C",
        neutral=0.0,
        pathway="countdown",
    )
    few_left: float = param(
        0.18,
        "Log uplift of stock that members see is down to a fifth or less; puts in that it sells",
        unit="log",
        low=0.0,
        high=1.0,
        plausible=(0.05, 0.34),
        source="demand that makes goods scarce works best of all scarcity (Barton et al. 2022); size assumed",
        grade="C",
        neutral=0.0,
        pathway="scarcity",
    )
    first_buyer: float = param(
        0.26,
        "Log uplift of one visible buyer",
        unit="log",
        low=0.0,
        high=2.0,
        source="Muchnik et al. 2013 (+32 % votes)",
        grade="A",
        neutral=0.0,
        pathway="buyers_seen",
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
        neutral=0.0,
        pathway="buyers_seen",
    )
    trust: float = param(
        0.25,
        "Log uplift per standard deviation of trust; puts in that trust sells",
        unit="log",
        low=0.0,
        high=3.0,
        plausible=(0.1, 0.5),
        source="SAGE Open 2022 (trust to intention), Sheeran 2002 (intention to behaviour): r .2-.3, "
        "log .53; half of a correlation taken for cause",
        grade="C",
        neutral=0.0,
        pathway="trust",
    )
    borrowed: Portion = param(
        0.20,
        "Share of the orders that price, scarcity and visible buyers bring that comes from later ones",
        unit="share",
        low=0.0,
        high=1.0,
        plausible=(0.1, 0.33),
        source="Gupta 1988 (14 % timing), van Heerde et al. 2000 (dip 4-25 % of the bump), "
        "van Heerde et al. 2004 (a third)",
        grade="B",
        neutral=0.0,
        pathway="borrowed",
    )
    regret: float = param(
        0.002,
        "Trust lost by who comes when all is sold",
        unit="trust",
        low=0.0,
        high=0.5,
        source="assumed",
        grade="D",
        neutral=0.0,
        pathway="regret",
    )
