"""How customers come back: F30, F31, F32 and F40."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.population.repeat_buying import Purchases, fit
from commsim.records.tables import ORDER
from commsim.scenario.length import with_days
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.plans import QUARTER, bare, from_files
from commsim.validation.facts.ratio import ratio

COHORT, YEAR = 182, 364
"""Days in which customers order first, and for which each is then watched."""


def without_buyers(scenario: Scenario) -> list[dict[str, Any]]:
    """The segments of the scenario, where nobody has bought before."""
    return [{**segment.model_dump(mode="json"), "buyers": 0.0} for segment in scenario.community.segments]


def _newcomers(scenario: Scenario) -> dict[str, Scenario]:
    community = {
        "segments": without_buyers(scenario),
        "outside_per_member": 0.0,
        "groups": None,
        "members": scenario.community.members // 4,
    }
    return {"new": bare(scenario, COHORT + YEAR, community=community)}


NEW = Setup(
    "new customers",
    "members who never bought before, 78 weeks; who orders first in 26 of them is watched for a year",
    _newcomers,
    from_files,
    events=True,
)


class Orders(NamedTuple):
    """Orders of a cohort: customer's number, days since their first order, price; and how many customers."""

    customer: NDArray[np.int64]
    day: NDArray[np.int64]
    fen: NDArray[np.int64]
    customers: int


def cohort(run: Run) -> Orders:
    """Orders in the year after the first one, of those whose first order falls in the first 26 weeks."""
    events = run.records.events
    orders = events["kind"] == ORDER
    person, day, fen = (events[name][orders] for name in ("person", "day", "fen"))
    first = np.full(int(person.max(initial=0)) + 1, COHORT + YEAR)
    np.minimum.at(first, person, day)
    counted = (first[person] < COHORT) & (day - first[person] < YEAR)
    ids, customer = np.unique(person[counted], return_inverse=True)
    return Orders(customer, (day - first[person])[counted], fen[counted], len(ids))


def _refit(runs: Runs) -> tuple[float, float]:
    orders = cohort(runs["new"])
    x = np.bincount(orders.customer, minlength=orders.customers) - 1
    last = np.zeros(orders.customers)
    np.maximum.at(last, orders.customer, orders.day / 7.0)
    if not x.any():
        return float("nan"), float("nan")
    watched, gaps = np.full(orders.customers, YEAR / 7.0), np.zeros(orders.customers)
    found = fit(Purchases(x, last, watched, gaps))  # gaps don't matter where orders come at random
    return found.r, found.a / (found.a + found.b)


def _next(runs: Runs) -> tuple[float, float, float]:
    """Chance of a second order in a year; the smaller of the next two rises; how far the first leads."""
    orders = cohort(runs["new"])
    count = np.bincount(orders.customer, minlength=orders.customers)
    reached = [np.count_nonzero(count >= k) for k in (1, 2, 3, 4)]
    one, two, three = (ratio(*pair) for pair in zip(reached[1:], reached[:-1], strict=True))
    return one, min(two - one, three - two), (two - one) - (three - two)


def _concentration(runs: Runs) -> tuple[float, float, float]:
    """Shares of revenue from the best fifth, the best hundredth and the lesser half of the customers."""
    orders = cohort(runs["new"])
    spent = np.bincount(orders.customer, orders.fen.astype(np.float64), minlength=orders.customers)
    so_far = np.concatenate([[0.0], np.sort(spent)[::-1].cumsum()]) / max(1.0, spent.sum())
    top, best, upper = (float(so_far[round(share * orders.customers)]) for share in (0.2, 0.01, 0.5))
    return top, best, 1.0 - upper


COUPON = {"kind": "flash_sale", "name": "entry coupon", "discount": 0.62, "scarce": False}
"""The coupon with which a member of the chain's groups begins, on any hour of the first week."""


def _chain(scenario: Scenario) -> dict[str, Scenario]:
    plan = with_days(scenario, QUARTER)
    own = [strategy.model_dump(mode="json") for strategy in plan.strategies]
    week = {"starts": 0, "ends": 6, "hour": 8, "open_hours": 15}
    return {"chain": bare(plan, QUARTER, *own, {**COUPON, **week})}


def _another_product(scenario: Scenario) -> str:
    return "its band is that of one coffee chain; it is measured on the shipped plan only"


CHAIN = Setup(
    "coffee chain",
    "the plan with an entry coupon of 62 % in its first week, 90 days",
    _chain,
    _another_product,
)


def _frequency(runs: Runs) -> tuple[float]:
    daily = runs["chain"].records.daily
    return (ratio(daily["orders"].sum(), daily["members"].sum()),)


FACTS = (
    Fact(
        "F30",
        "Orders follow the BG/NBD model with parameters as in other shops",
        NEW,
        (
            Statistic("r of buying rates, refitted", 0.2, 0.7),
            Statistic("mean chance to lapse a / (a + b), refitted", 0.08, 0.30, share=True),
        ),
        _refit,
        "gate",
        "CDNOW, grocery and apparel fits",
        "B",
        tuned=True,
    ),
    Fact(
        "F31",
        "Each order makes the next one likelier, the second most",
        NEW,
        (
            Statistic("customers with a second order in a year", 0.20, 0.72, share=True),
            Statistic("smaller rise to the 3rd and the 4th order", low=0.0, share=True),
            Statistic("rise to the 3rd order less that to the 4th", low=0.0, share=True),
        ),
        _next,
        "gate",
        "RJMetrics (18 M); three order histories",
        "B",
    ),
    Fact(
        "F32",
        "A fifth of the customers bring most of the revenue",
        NEW,
        (
            Statistic("revenue of the top 20 %", 0.55, 0.80, share=True),
            Statistic("revenue of the top 1 %", 0.07, 0.20, share=True),
            Statistic("revenue of the bottom half", 0.05, 0.18, share=True),
        ),
        _concentration,
        "gate",
        "CDNOW, grocery, apparel; RJMetrics",
        "B",
    ),
    Fact(
        "F40",
        "Members of a coffee chain's groups order often",
        CHAIN,
        (Statistic("orders per member and day", 0.02, 0.10),),
        _frequency,
        "warn",
        "Luckin 2020 (121 members a group)",
        "C",
        tuned=True,
    ),
)
