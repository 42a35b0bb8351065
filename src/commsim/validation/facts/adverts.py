"""Adverts and nothing else, from none to three a day: F10, F11 and F12."""

import numpy as np

from commsim.core.units import WEEKDAYS
from commsim.scenario.length import with_days
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.plans import HALF_YEAR, MONTH, QUARTER, bare
from commsim.validation.facts.ratio import ratio

A_WEEK: dict[int, tuple[int, tuple[str, ...]]] = {
    1: (1, ("wed",)),
    2: (1, ("tue", "fri")),
    3: (1, ("mon", "wed", "fri")),
    7: (1, WEEKDAYS),
    14: (2, WEEKDAYS),
    21: (3, WEEKDAYS),
}
"""Adverts a week: posts a day, and the weekdays."""
INTERIOR = (2, 3, 7, 14)
FEWER_A_WEEK = {"kept": WEEKDAYS[:6], "cut": ("tue", "fri")}
"""Weekdays with an advert, before and after two thirds of them are left out."""
CUT = MONTH
"""Day from which on two thirds of the adverts are left out."""
FORTNIGHT = 14


def _frequencies(scenario: Scenario) -> dict[str, Scenario]:
    plans = {"the plan": with_days(scenario, QUARTER), "0": bare(scenario, QUARTER)}
    for a_week, (posts, weekdays) in A_WEEK.items():
        strategy = {"kind": "advert", "posts": posts, "weekdays": weekdays, "hour": 12}
        plans[str(a_week)] = bare(scenario, QUARTER, strategy)
    return plans


ADVERTS = Setup(
    "adverts only", "adverts and nothing else, none to 3 a day, or the plan itself, 90 days", _frequencies
)


def _cut(scenario: Scenario) -> dict[str, Scenario]:
    often, seldom = ({"kind": "advert", "hour": 12, "weekdays": days} for days in FEWER_A_WEEK.values())
    before, after = {**often, "name": "before", "ends": CUT - 1}, {**seldom, "name": "after", "starts": CUT}
    return {"kept": bare(scenario, HALF_YEAR, often), "cut": bare(scenario, HALF_YEAR, before, after)}


FEWER = Setup("fewer adverts", "6 adverts a week for 180 days, or 2 a week from day 30 on", _cut)


def _patience(runs: Runs) -> tuple[float, float]:
    left = {name: int(runs[name].records.daily["left"][:MONTH].sum()) for name in ("21", "3")}
    daily = runs["21"].records.daily
    return ratio(left["21"], left["3"]), ratio(daily["muted"][59], daily["members"][59])


def _orders(run: Run) -> int:
    return int(run.records.daily["orders"].sum())


def _response(runs: Runs) -> tuple[float, float, float]:
    """Orders per advert, daily over 2 a week and 2 a day over daily; and the height of the maximum."""
    orders = {a_week: _orders(runs[str(a_week)]) for a_week in (0, *A_WEEK)}
    few, daily, many = ((orders[a_week] - orders[0]) / a_week for a_week in (2, 7, 14))
    inside = max(orders[a_week] for a_week in INTERIOR)
    outside = max(orders[a_week] for a_week in orders if a_week not in INTERIOR)
    return ratio(daily, few), ratio(many, daily), ratio(inside, outside) - 1.0


def _gap(runs: Runs) -> tuple[float, float]:
    """What cutting down costs in orders at first, and what is left of that at the end."""
    kept, cut = (runs[name].records.daily["orders"] for name in ("kept", "cut"))
    missing = (kept - cut).astype(np.float64)
    first, last = missing[CUT:][:FORTNIGHT].sum(), missing[-FORTNIGHT:].sum()
    return ratio(first, kept[CUT:][:FORTNIGHT].sum()), ratio(last, first)


FACTS = (
    Fact(
        "F10",
        "Adverts three times a day chase people out and into silence",
        ADVERTS,
        (
            Statistic("leaving in 30 days, 3 a day over 3 a week", 2, 8),
            Statistic("muted on day 60 at 3 a day", 0.50, 0.85, share=True),
        ),
        _patience,
        "gate",
        "China Youth Daily 2020; e-mail opt-outs",
        "B",
        tuned=True,
    ),
    Fact(
        "F11",
        "Adverts wear out: neither few nor many sell most",
        ADVERTS,
        (
            Statistic("orders per advert, daily over 2 a week", high=1.0),
            Statistic("orders per advert, 2 a day over daily", high=1.0),
            Statistic("best of 2 a week to 2 a day over the ends", low=0.0, share=True),
        ),
        _response,
        "gate",
        "Ferecatu et al. 2024",
        "B",
    ),
    Fact(
        "F12",
        "Cutting adverts costs sales at first and not in the end",
        FEWER,
        (
            Statistic("orders lost in the first 14 days", low=0.0, share=True),
            Statistic("share of that gap left by day 180", high=0.5, share=True),
        ),
        _gap,
        "warn",
        "Meta 2022; Ferecatu et al. 2024",
        "B",
    ),
)
