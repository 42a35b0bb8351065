"""What stays of who came for next to nothing, and which prizes pay: F57 and F58."""

import numpy as np

from commsim.scenario.schema import Scenario
from commsim.validation.facts.customers import without_buyers
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.orders import happened, ordered
from commsim.validation.facts.plans import bare, fewer, price
from commsim.validation.facts.ratio import ratio

TRIED, FOLLOWED = 7, 120
"""Day of the samples, and days for which customers are followed from their first order."""
BEGINNING = 60
"""Days within which others begin by themselves."""


def _samples(scenario: Scenario) -> dict[str, Scenario]:
    """Nobody has bought before, so that everybody who does is a new customer."""
    days = BEGINNING + FOLLOWED
    new = {"segments": without_buyers(scenario)}
    trial = {"kind": "trial", "price": 1, "starts": TRIED, "ends": TRIED, "warm_up": 2}
    return {"trial": bare(scenario, days, trial, community=new), "none": bare(scenario, days, community=new)}


SAMPLES = Setup(
    "samples",
    f"members who never bought: one yuan for the first product on day {TRIED}, or nothing; "
    f"customers are followed for {FOLLOWED} days",
    lambda scenario: _samples(fewer(scenario)),
    events=True,
)


def _further(run: Run, first: int, last: int, cause: str) -> float:
    """Orders in so many days after the first one, on days first to before last, of who had another one."""
    events, rows = run.records.events, happened(run, "order")
    person, day = events["person"][rows], events["day"][rows]
    begun = np.full(len(run.world.people.status), run.days)
    np.minimum.at(begun, person, day)
    new = (begun >= first) & (begun < last)
    if cause:
        new &= ordered(run, first, last, cause) > 0
    within = (day > begun[person]) & (day <= begun[person] + FOLLOWED) & new[person]
    again = np.bincount(person[within], minlength=len(begun))
    return ratio(again.sum(), np.count_nonzero(again))


def _won(runs: Runs) -> tuple[float]:
    won = _further(runs["trial"], TRIED, TRIED + 1, "trial")
    return (ratio(won, _further(runs["none"], 0, BEGINNING, "")),)


PRIZES, NUMBER, MONTHS = 10, 200, 60
"""Prices of the first product that all prizes are worth together, in how many small ones, and days."""


def _lotteries(scenario: Scenario) -> dict[str, Scenario]:
    base = fewer(scenario)
    worth = PRIZES * round(price(base))
    draw = {"kind": "lottery", "invite": False, "open_days": 7, "starts": 7, "staff_minutes": 0}
    small, large = {"number": NUMBER, "worth": worth / NUMBER}, {"number": 1, "worth": worth}
    return {
        "none": bare(base, MONTHS),
        "small": bare(base, MONTHS, {**draw, "prizes": [small]}),
        "large": bare(base, MONTHS, {**draw, "prizes": [large]}),
    }


LOTTERIES = Setup(
    "lotteries",
    f"a draw of one prize, or of {NUMBER} that come to the same; or none",
    _lotteries,
)


def _returns(runs: Runs) -> tuple[float]:
    """Yuan that come back for each of prizes: many small ones less one large one."""
    names = ("sales", "discount", "goods", "refunds")

    def sold(run: Run) -> float:
        accounts = [run.records.accounts.index(name) for name in names]
        return (
            float(run.records.ledger["fen"][np.isin(run.records.ledger["account"], accounts)].sum()) / 100.0
        )

    spent = PRIZES * round(price(runs["none"].world.scenario))
    return ((sold(runs["small"]) - sold(runs["large"])) / spent,)


FACTS = (
    Fact(
        "F57",
        "Who is won by a free trial is worth about half of another customer",
        SAMPLES,
        (Statistic("later orders, won by a trial over others", 0.35, 0.6),),
        _won,
        "warn",
        "Datta et al. 2015: 59 % less; Lewis 2006: half, at 35 % off",
        "B",
        tuned=True,
    ),
    Fact(
        "F58",
        "Many small prizes pay better than one large one",
        LOTTERIES,
        (Statistic("margin by a yuan of prizes, small less large", low=0.0),),
        _returns,
        "warn",
        "Kubota 2025: 1,079 % against 6 to 9 %",
        "A",
        tuned=True,
    ),
)
