"""What needs several friends to spread, on friendships of the model and on others as many: F39."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Floats
from commsim.core.luck import key, purpose, uniforms
from commsim.core.view import STRANGER
from commsim.population.build import build
from commsim.population.people import Population
from commsim.population.sparse import compress
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run, observe
from commsim.validation.facts.plans import bare, from_files
from commsim.validation.facts.ratio import ratio

SEEDS, POOL, DAYS = 60, 1200, 40
"""Members of one group at the start, people around it, and days of asking."""
SWAPS = 10
"""Tries to exchange ends with another tie, for each tie."""
_REWIRED = purpose("facts, friendships that are rewired")
CAMPAIGN = {
    "kind": "distributor_rebate",
    "base": 0.4,
    "reward": 10,
    "levels": [0],
    "asks_again": 2,
    "weekdays": ["mon", "wed", "fri"],
}
ALL_ASK = {
    "invite": {"spread": 0.0, "trust": 0.0, "delay": 1.0},
    "stay": {"leave": 0.0, "leave_message": 0.0, "mute_message": 0.0},
    "activity": {"floor": 0.5},
}
"""People who all ask as many friends and stay, so that the graph alone decides how far it goes."""


def rewired(population: Population, seed: int) -> Population:
    """The same people with as many friends each, who know each other no more than by chance.

    Two ties exchange their ends at a time, unless that would make a tie twice (Maslov and Sneppen 2002).
    """
    a = np.repeat(np.arange(population.n_persons), np.diff(population.offsets))
    ahead = a < population.neighbours
    ties = [[int(i), int(j)] for i, j in zip(a[ahead], population.neighbours[ahead], strict=True)]
    there = {(i, j) for i, j in ties}
    tries = SWAPS * len(ties)
    draws = uniforms(key(seed, _REWIRED), np.arange(3 * tries)).reshape(tries, 3)
    for first, second, side in draws.tolist():
        one, other = ties[int(first * len(ties))], ties[int(second * len(ties))]
        (p, q), (r, s) = one, other if side < 0.5 else other[::-1]
        made = (min(p, s), max(p, s)), (min(r, q), max(r, q))
        if p == s or r == q or made[0] == made[1] or there.intersection(made):
            continue
        there -= {(min(p, q), max(p, q)), (min(r, s), max(r, s))}
        there |= set(made)
        one[:], other[:] = made
    ends: NDArray[np.int64] = np.array(ties, np.int64)
    offsets, neighbours = compress(population.n_persons, ends[:, 0], ends[:, 1])
    return replace(population, offsets=offsets, neighbours=neighbours)


def _spreads(scenario: Scenario) -> dict[str, Scenario]:
    people = {
        "members": SEEDS,
        "group_size": SEEDS,
        "groups": None,
        "outside_per_member": POOL / SEEDS,
        "muted": 0.0,
        "activity": 1.0,
        "arrivals_per_day": 0.0,
    }
    return {
        name: bare(
            scenario,
            DAYS,
            CAMPAIGN,
            community=people,
            behaviour={**ALL_ASK, "invite": {**ALL_ASK["invite"], "doubtful": doubtful}},
        )
        for name, doubtful in (("simple", 0.0), ("complex", 1.0))
    }


class OnTwoGraphs(Setup):
    """Every plan among the people's own friendships, and again, as ``NAME, rewired``, among others."""

    def run(self, scenario: Scenario, seed: int) -> dict[str, Run]:
        """Run all plans in one world, on both graphs."""
        found = {}
        for name, plan in self.plans(scenario).items():
            own = build(plan.community, plan.behaviour, seed, today=plan.start)
            for called, people in ((name, own), (f"{name}, rewired", rewired(own, seed))):
                found[called] = observe(plan, people, seed, events=False)
        return found


SPREAD = OnTwoGraphs(
    "on two graphs",
    f"{SEEDS} members bring friends, who bring theirs, three times a week for {DAYS} days: one friend who "
    "asks is enough, or it takes two; among the friendships of the model, and among as many others",
    _spreads,
    from_files,
)


def reached(run: Run) -> float:
    """Who joined, as a mean over the days: how far it spread and how fast."""
    joined: Floats = np.cumsum(run.records.daily["joined"]).astype(np.float64)
    assert run.world.people.status[:SEEDS].max() != STRANGER
    return float(joined.mean())


def _farther(runs: Runs) -> tuple[float, float]:
    """How much farther it spreads where friends know each other: by two friends, and by one."""
    by_two, by_one = (
        ratio(reached(runs[name]), reached(runs[f"{name}, rewired"])) for name in ("complex", "simple")
    )
    return by_two, by_one


FACTS = (
    Fact(
        "F39",
        "What needs several friends to spread goes farther where friends know each other, and what needs one "
        "does not",
        SPREAD,
        (
            Statistic("reached by two friends, own ties over rewired", 1.1, 1.8),
            Statistic("reached by one friend, own ties over rewired", high=1.05),
        ),
        _farther,
        "warn",
        "Centola 2010",
        "A",
    ),
)
