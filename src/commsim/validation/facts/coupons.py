"""When coupons are redeemed, how many, by whom, and what they sell: F49 to F52."""

import numpy as np

from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.orders import happened, ordered, persons
from commsim.validation.facts.plans import bare, fewer
from commsim.validation.facts.ratio import ratio
from commsim.validation.facts.year import from_the_start

SENT, VALID = 28, 14
"""Day on which coupons are sent, and days for which they are good."""
EXPIRES = SENT + VALID
FIRST, MIDDLE, LAST = (0, 3), (6, 11), (12, 14)
"""Days since they were sent: the first three, some in the middle, and the last two."""


def _coupons(scenario: Scenario) -> dict[str, Scenario]:
    base, coupon = fewer(scenario), {"kind": "coupon", "starts": SENT, "valid_days": VALID, "remind": True}
    sent = {**coupon, "given": "sent", "ends": SENT}
    return {
        "none": bare(base, EXPIRES),
        "15%": bare(base, EXPIRES, {**sent, "discount": 0.15}),
        "30%": bare(base, EXPIRES, {**sent, "discount": 0.3}),
        "asked for": bare(base, EXPIRES, {**coupon, "discount": 0.15, "ends": SENT + 1}),
    }


COUPONS = Setup(
    "coupons",
    f"a coupon of 15 % or 30 % off, sent to all members on day {SENT}, of which they are reminded, and good "
    f"for {VALID} days; or posted for two days to who takes it; or none",
    _coupons,
    events=True,
)


def _redeemed(run: Run, days: tuple[int, int]) -> float:
    """Coupons redeemed a day, on days since they were sent."""
    first, last = days
    return np.count_nonzero(happened(run, "redeemed", SENT + first, SENT + last)) / (last - first)


def _peaks(runs: Runs) -> tuple[float, float]:
    middle = _redeemed(runs["15%"], MIDDLE)
    return tuple(ratio(_redeemed(runs["15%"], days), middle) for days in (FIRST, LAST))  # type: ignore


def _share(run: Run) -> float:
    daily = run.records.daily
    return ratio(daily["coupons_redeemed"].sum(), daily["coupons_issued"].sum())


def _shares(runs: Runs) -> tuple[float, float]:
    return _share(runs["15%"]), _share(runs["asked for"])


def _alike(runs: Runs) -> tuple[float]:
    """What twice the face does to redeeming by who had ordered in the four weeks before, over by others."""
    before = (ordered(runs["none"], 0, SENT) > 0) & from_the_start(runs["none"])
    others = from_the_start(runs["none"]) & ~before
    used = {name: persons(runs[name], happened(runs[name], "redeemed")) for name in ("15%", "30%")}
    lifts = [ratio(used["30%"][who].sum(), used["15%"][who].sum()) for who in (before, others)]
    return (ratio(*lifts),)


def _sold(runs: Runs) -> tuple[float]:
    """Orders while it is good, of everybody, over those of the same people without it."""
    return (ratio(*(runs[name].records.daily["orders"][SENT:].sum() for name in ("15%", "none"))),)


FACTS = (
    Fact(
        "F49",
        "Coupons are redeemed at once, and again just before they expire",
        COUPONS,
        (
            Statistic("redeemed a day, first three days over the middle", low=1.0),
            Statistic("the same, last two days over the middle", low=1.0),
        ),
        _peaks,
        "warn",
        "Inman & McAlister 1994",
        "B",
        tuned=True,
    ),
    Fact(
        "F50",
        "Few of the coupons that are sent are redeemed, and many of those that are asked for",
        COUPONS,
        (
            Statistic("redeemed of those sent to everybody", 0.03, 0.16, share=True),
            Statistic("redeemed of those that were taken", 0.30, 0.50, share=True),
        ),
        _shares,
        "document",
        "a vendor's retailers: 3-10 % by text, 8-16 % by app, 30-50 % asked for",
        "C",
    ),
    Fact(
        "F51",
        "A higher face draws earlier buyers and others alike",
        COUPONS,
        (Statistic("gain by twice the face, buyers over others", 0.75, 1.33),),
        _alike,
        "warn",
        "Krishna & Shoemaker 1992",
        "A",
    ),
    Fact(
        "F52",
        "What coupons add to orders while they are good is little, with either sign",
        COUPONS,
        (Statistic("orders with a coupon of 15 % over without", 0.837, 1.104),),
        _sold,
        "warn",
        "two field experiments: up to -16.3 % and up to +10.4 %",
        "A",
    ),
)
