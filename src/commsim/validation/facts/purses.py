"""Money on cards that is never used, and how much is in a basket: F67 and F68."""

import numpy as np

from commsim.records.tables import ORDER, event_kinds
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.orders import ordered
from commsim.validation.facts.plans import MONTH, bare, fewer, price
from commsim.validation.facts.ratio import ratio

YEAR, IDLE = 365, 120
"""Days of the run, and days without an order after which a card lies idle."""
TOP_UPS = ((3.0, 0.1), (10.0, 0.15))
"""Prices of the first product that are paid ahead, and the bonus as a share of them."""
SHOP = (
    {"name": "coffee", "price": 30, "unit_cost": 15},
    {"name": "rolls", "price": 6, "unit_cost": 5, "appeal": 0.8},
    {"name": "eggs", "price": 12, "unit_cost": 11, "appeal": 0.6},
    {"name": "beans", "price": 88, "unit_cost": 38, "appeal": 0.3},
    {"name": "cakes", "price": 25, "unit_cost": 10, "appeal": 0.4},
)
"""The goods of the shipped plan `goods`."""


def _cards(scenario: Scenario) -> dict[str, Scenario]:
    base = fewer(scenario)
    ladder = [
        {"pay": price(base) * pay, "bonus": round(price(base) * pay * bonus, 2)} for pay, bonus in TOP_UPS
    ]
    return {"cards": bare(base, YEAR, {"kind": "stored_value", "top_ups": ladder})}


CARDS = Setup("cards", "members can pay ahead for a bonus of a tenth or more, a year", _cards, events=True)


def _idle(runs: Runs) -> tuple[float]:
    """Of the money paid in: what lies on cards of who has not ordered for four months."""
    run = runs["cards"]
    members, last = run.records.members, ordered(run, YEAR - IDLE)
    lies = members["balance"][last[members["person"]] == 0].sum()
    return (ratio(lies, run.records.daily["paid_in"].sum()),)


def _baskets(scenario: Scenario) -> dict[str, Scenario]:
    return {"shop": bare(fewer(scenario), MONTH, goods={}, products=[*SHOP])}


BASKETS = Setup("baskets", "the five goods of the shipped plan `goods`, 30 days", _baskets, events=True)


def _spread(runs: Runs) -> tuple[float]:
    """Standard deviation of what is paid for an order with all its lines, over its mean."""
    events = runs["shop"].records.events
    day, person, fen = (events[name].astype(np.int64) for name in ("day", "person", "fen"))
    lines = np.isin(events["kind"], (ORDER, event_kinds().index("basket")))
    _, which = np.unique(day[lines] * (person.max() + 1) + person[lines], return_inverse=True)
    paid = np.bincount(which.ravel(), fen[lines])
    return (ratio(paid.std(), paid.mean()),)


FACTS = (
    Fact(
        "F67",
        "A tenth of the money on cards is never used",
        CARDS,
        (Statistic("of what was paid in, on idle cards", 0.05, 0.15, share=True),),
        _idle,
        "document",
        "a coffee chain's breakage, a trade page; half to one and a half of that",
        "C",
    ),
    Fact(
        "F68",
        "Baskets differ as much as in other shops",
        BASKETS,
        (Statistic("coefficient of variation of orders' value", 1.0, 1.7),),
        _spread,
        "warn",
        "CDNOW, grocery and apparel",
        "B",
    ),
)
