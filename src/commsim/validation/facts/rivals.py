"""What promotions take from other shops, and lose to them: F47 and F48."""

import numpy as np

from commsim.scenario.rivals import USUAL_SHARE
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.plans import bare
from commsim.validation.facts.prices import BEFORE, SILENT, WEEK
from commsim.validation.facts.ratio import ratio

FOUR = 4
"""Rivals of the same size, of whom one cuts its price."""
CUT = 0.2


def _beside_rivals(scenario: Scenario) -> dict[str, Scenario]:
    sale = {"kind": "flash_sale", "starts": BEFORE, "hour": 8, "open_hours": 15, "scarce": False}
    theirs = {"starts": BEFORE, "discount": CUT}
    plans = {"usual": (0.0, []), "our cut": (CUT, []), "one rival's cut": (0.0, [theirs])}
    return {
        name: bare(
            scenario,
            BEFORE + WEEK,
            {**sale, "discount": discount},
            behaviour={"buying": SILENT},
            rivals=[
                {"name": f"rival {k}", "share": USUAL_SHARE / FOUR, "sales": sales if k == 0 else []}
                for k in range(FOUR)
            ],
        )
        for name, (discount, sales) in plans.items()
    }


BESIDE = Setup(
    "beside rivals",
    f"a week beside {FOUR} rivals of one size: at usual prices, 20 % off here, or 20 % off at one of them",
    _beside_rivals,
)


def _in_the_week(run: Run, column: str) -> float:
    return float(run.records.daily[column][BEFORE:].sum())


def _taken(runs: Runs) -> tuple[float]:
    """Orders that rivals lose to our promotion, over those that it brings."""
    there = _in_the_week(runs["usual"], "rival_orders") - _in_the_week(runs["our cut"], "rival_orders")
    return (ratio(there, _in_the_week(runs["our cut"], "orders") - _in_the_week(runs["usual"], "orders")),)


def _cross(runs: Runs) -> tuple[float]:
    """Elasticity of our orders to the price of one of the rivals."""
    left = ratio(_in_the_week(runs["one rival's cut"], "orders"), _in_the_week(runs["usual"], "orders"))
    return (float(np.log(left) / np.log(1.0 - CUT)) if left > 0.0 else np.nan,)


FACTS = (
    Fact(
        "F47",
        "About a third of a promotion's bump is taken from other shops",
        BESIDE,
        (Statistic("taken from rivals by 20 % off, over the bump", 0.2, 0.5, share=True),),
        _taken,
        "gate",
        "van Heerde et al. 2004",
        "B",
        tuned=True,
    ),
    Fact(
        "F48",
        "One rival's price moves our orders a little",
        BESIDE,
        (Statistic("elasticity to the price of one rival of four", 0.1, 0.52),),
        _cross,
        "warn",
        "Auer & Papies 2020: mean .26, median .10; up to twice the mean",
        "B",
    ),
)
