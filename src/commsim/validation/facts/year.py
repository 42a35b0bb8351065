"""A shop's groups over a year, tended, left alone or advertised to death: F43 to F46."""

import numpy as np

from commsim.analysis.lives import QUIET, fallen_below
from commsim.core.arrays import Bools
from commsim.core.view import STRANGER
from commsim.scenario.length import with_days
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.plans import QUARTER, bare, of_kind
from commsim.validation.facts.ratio import ratio

YEAR = 365
LAST_QUARTER = slice(-YEAR // 4, None)
WEEKS = 52
"""Days in a year on which somebody looks in at least, to count as one who looks: once a week."""


def _plans(scenario: Scenario) -> dict[str, Scenario]:
    shop = of_kind(scenario, "coupon")
    return {
        "silence": bare(shop, YEAR),
        "adverts": bare(shop, YEAR, {"kind": "advert", "posts": 3, "hours": [10, 15, 20]}),
        "tended": with_days(shop, YEAR),
        "interest": with_days(of_kind(scenario, "interest"), QUARTER),
    }


A_YEAR = Setup(
    "a year",
    "a shop's coupon groups for a year: silence, three empty adverts a day, or the plan itself; "
    "and the plan in groups of a common interest, 90 days",
    _plans,
)


def _orders(run: Run, days: slice = slice(None)) -> int:
    return int(run.records.daily["orders"][days].sum())


def _worn(runs: Runs) -> tuple[float]:
    return (ratio(_orders(runs["adverts"], LAST_QUARTER), _orders(runs["silence"], LAST_QUARTER)),)


def written_by_members(run: Run, days: int) -> float:
    """Share of the messages of the first days that members wrote; the operator wrote the others."""
    daily = run.records.daily
    members, operator = (int(daily[name][:days].sum()) for name in ("messages", "operator_messages"))
    return ratio(members, members + operator)


def _who_writes(runs: Runs) -> tuple[float, float]:
    return tuple(written_by_members(runs[name], QUARTER) for name in ("tended", "interest"))  # type: ignore


def _quiet(runs: Runs) -> tuple[float, float]:
    lives = fallen_below(runs["tended"].records, QUIET)
    return float(np.median(lives)), float(np.mean(lives >= YEAR))


def from_the_start(run: Run) -> Bools:
    """Who was a member on the first morning, whether or not they still are."""
    people = run.world.people
    return np.asarray((people.status != STRANGER) & (people.joined < 0))


def _lift(runs: Runs) -> tuple[float, float]:
    """Orders of the members of the first morning, tended over silence; and of those who look when tended."""
    tended, silence = runs["tended"], runs["silence"]
    everybody = from_the_start(tended) & from_the_start(silence)
    lookers = everybody & (tended.world.looked >= WEEKS)
    return tuple(  # type: ignore[return-value]
        ratio(tended.world.people.orders[who].sum(), silence.world.people.orders[who].sum())
        for who in (everybody, lookers)
    )


FACTS = (
    Fact(
        "F43",
        "A year of empty adverts costs orders",
        A_YEAR,
        (Statistic("orders of the last quarter over those in silence", 0.85, 0.98),),
        _worn,
        "warn",
        "Ferecatu et al. 2024 (sign); opt-outs",
        "C",
        tuned=True,
    ),
    Fact(
        "F44",
        "In a shop's groups the operator writes most, in groups of an interest members do",
        A_YEAR,
        (
            Statistic("messages by members, coupon groups", 0.10, 0.40, share=True),
            Statistic("messages by members, groups of an interest", low=0.50, share=True),
        ),
        _who_writes,
        "warn",
        "67 WeCom groups, 510,000 messages",
        "C",
        tuned=True,
    ),
    Fact(
        "F45",
        "Most groups that a shop runs fall quiet within months, a few last",
        A_YEAR,
        (
            Statistic("days until talk is a tenth of its peak, median", 30, 120),
            Statistic("groups whose talk lasts beyond a year", 0.05, 0.15, share=True),
        ),
        _quiet,
        "document",
        "67 WeCom groups",
        "C",
        tuned=True,
    ),
    Fact(
        "F46",
        "Tending a group adds a little to what the same people order",
        A_YEAR,
        (
            Statistic("orders of all members over those in silence", 1.02, 1.15),
            Statistic("the same, of who looks in weekly", 1.05, 1.25),
        ),
        _lift,
        "gate",
        "Algesheimer et al. 2010; Manchanda et al. 2015",
        "B",
        tuned=True,
    ),
)
