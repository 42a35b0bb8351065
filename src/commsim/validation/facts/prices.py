"""Price cuts, what is missing after them, and visible buyers: F19, F20, F20b and F37."""

import numpy as np

from commsim.core.view import MEMBER
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.plans import bare
from commsim.validation.facts.ratio import ratio

BEFORE, WEEK = 14, 7
"""Days before the promotion, and days that it lasts."""
SILENT = {"advert": 1.0, "first_buyer": 0.0, "more_buyers": 0.0}
"""Buying without any help to a price: no announcement effect, nobody seen to buy."""


AFTER = (24 * WEEK, 48 * WEEK)
"""Days after the promotion in which what is missing is summed up."""


def _promotions(scenario: Scenario) -> dict[str, Scenario]:
    end = BEFORE + WEEK
    sale = {"kind": "flash_sale", "starts": BEFORE, "ends": end - 1, "hour": 8, "open_hours": 15}
    lengths = {0.0: end + AFTER[-1], 0.2: end + AFTER[-1], 0.3: end}
    return {
        f"{discount:.0%}": bare(
            scenario,
            days,
            {**sale, "discount": discount, "scarce": False},
            behaviour={"buying": SILENT},
        )
        for discount, days in lengths.items()
    }


PROMOTION = Setup(
    "promotion week",
    "one week at the usual price, 20 % or 30 % off, without announcement, scarcity or visible buyers",
    _promotions,
)


def _units(runs: Runs) -> tuple[float, float]:
    """Orders of those present in the promotion week, over those of the same people at the usual price."""
    sold = {name: _sold_at_event(run) for name, run in runs.items()}
    return ratio(sold["20%"], sold["0%"]), ratio(sold["30%"], sold["0%"])


def _sold_at_event(run: Run) -> int:
    """What was sold in the promotion, at the usual price: the same product in all plans."""
    ledger, accounts, causes = run.records.ledger, run.records.accounts, run.records.causes
    sold = (ledger["cause"] == causes.index("flash_sale")) & (ledger["account"] == accounts.index("sales"))
    return int(ledger["fen"][sold].sum())


def _dip(runs: Runs) -> tuple[float]:
    """What is missing in twice the mean time between a buyer's orders."""
    return (shortfall(runs, _two_orders(runs["20%"].world.scenario)),)


def _two_orders(scenario: Scenario) -> int:
    """Twice the mean time between a buyer's orders, in days."""
    weights, rates = np.array([(s.share, s.orders_per_week) for s in scenario.community.segments]).T
    return max(WEEK, round(2 * WEEK / max(0.02, float(np.average(rates, weights=weights)))))


def shortfall(runs: Runs, days: int) -> float:
    """Orders missing in so many days after the promotion, over those that it brought."""
    usual, cut = (runs[name].records.daily["orders"].astype(np.float64) for name in ("0%", "20%"))
    week, after = slice(BEFORE, BEFORE + WEEK), slice(BEFORE + WEEK, BEFORE + WEEK + days)
    return ratio((usual - cut)[after].sum(), (cut - usual)[week].sum())


def _sale(scenario: Scenario) -> dict[str, Scenario]:
    sale = {"kind": "flash_sale", "discount": 0.15, "starts": WEEK}
    return {"sale": bare(scenario, WEEK + 1, sale)}


SALE = Setup("flash sale", "the first evening of a flash sale at 15 % off, on its eighth day", _sale)
VIEWERS = 200
"""Members whose chances to buy are looked at: every so many-th of those who want something."""
BUYERS = (1, 2, 3, 5, 8, 13, 21)
"""Numbers of visible buyers at which the elasticity is taken."""


def _visible(runs: Runs) -> tuple[float, float]:
    """Odds to buy after the first visible buyer, and elasticity to their number: the model's own chances."""
    world = runs["sale"].world
    want = np.flatnonzero((world.people.status == MEMBER) & (world.people.rate > 0.0))
    rows = want[:: max(1, len(want) // VIEWERS)]
    none, *some = (float(world.chances(rows, sold).mean()) for sold in (0, *BUYERS))
    odds = some[0] / (1.0 - some[0]) * (1.0 - none) / none
    return odds, float(np.polyfit(np.log(BUYERS), np.log(some), 1)[0])


FACTS = (
    Fact(
        "F19",
        "A price cut multiplies what is sold",
        PROMOTION,
        (
            Statistic("units at 20 % off over the usual price", 1.5, 2.6),
            Statistic("units at 30 % off over the usual price", 2.0, 4.0),
        ),
        _units,
        "gate",
        "Bijmolt et al. 2005; van Heerde & Neslin 2008",
        "B",
        tuned=True,
    ),
    Fact(
        "F20",
        "A part of what a promotion sells is missing afterwards",
        PROMOTION,
        (Statistic("shortfall after 20 % off over its bump", 0.04, 0.40, share=True),),
        _dip,
        "gate",
        "van Heerde et al. 2000; tuna scanner data",
        "B",
        tuned=True,
    ),
    Fact(
        "F20b",
        "Little of what a promotion sells is missing for good",
        PROMOTION,
        (
            Statistic("shortfall by week 24 over the bump", high=0.33, share=True),
            Statistic("shortfall by week 48 over the bump", high=0.33, share=True),
        ),
        lambda runs: tuple(shortfall(runs, days) for days in AFTER),
        "gate",
        "Gupta 1988; van Heerde et al. 2000 and 2004",
        "B",
        tuned=True,
    ),
    Fact(
        "F37",
        "Buyers who are seen bring buyers",
        SALE,
        (
            Statistic("odds to buy, one visible buyer over none", 1.1, 1.45),
            Statistic("elasticity to the number of visible buyers", 0.1, 0.4),
        ),
        _visible,
        "warn",
        "Muchnik et al. 2013; You et al. 2015",
        "A",
    ),
)
