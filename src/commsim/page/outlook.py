"""What a plan comes to in many worlds: the band behind its curves, and the money of the quarter after it."""

from typing import Any

import numpy as np

from commsim.analysis.measures import path
from commsim.core.arrays import Floats
from commsim.page.alone import alone
from commsim.page.trace import Wanted
from commsim.page.watched import Deeds, open_world
from commsim.records.records import Records
from commsim.scenario.schema import Scenario

WORLDS = 40
QUARTER = 91
"""Days of the quarter after the run."""
AFTERWARDS = 12
"""Worlds that are followed into that quarter."""
MOST = 8_000_000
"""Members x days in all, up to which this is found unasked; of larger plans fewer worlds are looked at."""
FEWEST = 10
"""Worlds below which there is no band."""
NINE_IN_TEN = (5.0, 95.0)
MEASURES = ("active", "ringing", "own")


def outlook(wanted: Wanted) -> dict[str, Any]:
    """Nine in ten worlds of each shown curve by day, and of the money of the next quarter; empty if large.

    worlds: how many.  band: of each measure the lowest and the highest.  quarter: mean, low and high in yuan
    of what a further quarter brings if the plan goes on as it is, beyond nobody running the community.
    """
    plan = wanted.scenario
    size = max(1, plan.community.members * plan.days)
    worlds = min(WORLDS, MOST // size)
    if worlds < FEWEST:
        return {}
    found = [curves(plan, seed) for seed in range(worlds)]
    stacked = {name: np.array([one[name] for one in found]) for name in MEASURES}
    band = {name: np.percentile(values, NINE_IN_TEN, axis=0).round(3) for name, values in stacked.items()}
    after = [next_quarter(plan, seed) for seed in range(min(worlds, AFTERWARDS))]
    low, high = np.percentile(after, NINE_IN_TEN)
    return {
        "worlds": worlds,
        "band": {name: edges.tolist() for name, edges in band.items()},
        "quarter": {"mean": float(np.mean(after)), "low": float(low), "high": float(high)},
    }


def curves(plan: Scenario, seed: int) -> dict[str, Floats]:
    """The curves that the page draws first, day by day in one world."""
    return curves_of(lived(plan, seed), alone(plan, seed))


def curves_of(records: Records, left_alone: Floats) -> dict[str, Floats]:
    """The same of a run; left_alone: profit of each day with nobody running the community."""
    daily, profit = records.daily, path(records)[:, -1]
    members = np.maximum(1, daily["members"])
    return {
        "active": 100.0 * daily["looked"] / members,
        "ringing": (daily["members"] - daily["muted"]).astype(np.float64),
        "own": np.cumsum(profit - left_alone),
    }


def next_quarter(plan: Scenario, seed: int) -> float:
    """Yuan that a plan brings in the quarter after its last day, if it goes on, beyond nobody running it."""
    longer = plan.model_copy(update={"days": plan.days + QUARTER})
    profit = path(lived(longer, seed))[:, -1] - alone(longer, seed)
    return float(profit[plan.days :].sum())


def lived(plan: Scenario, seed: int) -> Records:
    """A run, from its first day to its last."""
    world = open_world(plan, seed, Deeds(plan.days), full=False)
    for _ in range(plan.days):
        world.advance()
    return world.records()
