"""What a team's plan costs, before it is handed in: in trial worlds, which are not those of the ladder."""

import asyncio
import json
import secrets
from collections import defaultdict
from typing import Any, NamedTuple

from commsim.analysis.brought import cost_of
from commsim.analysis.study import run_all
from commsim.experiments.worlds import world_seed
from commsim.page.cards import Made, Taken
from commsim.page.desk import Desk
from commsim.page.messages import MOST_SEED
from commsim.scenario.schema import Scenario

TRIAL_WORLDS = 6
_KNOWN = 500
"""Prices that are remembered, since teams come back to a setting."""


class ToPrice(NamedTuple):
    """A plan, the names of its cards in it, and the seed of the trial worlds."""

    plan: Scenario
    names: tuple[str, ...]
    seed: int


class Price(NamedTuple):
    """Yuan over the trial worlds: means of each card, and of all strategies and sources; the ends of all."""

    each: tuple[float, ...]
    all: float
    low: float
    high: float

    def plain(self) -> dict[str, Any]:
        """For a phone, in whole yuan."""
        return {
            "each": [round(one) for one in self.each],
            "all": round(self.all),
            "low": round(self.low),
            "high": round(self.high),
        }


def price(asked: ToPrice) -> Price:
    """Run the plan in the trial worlds, in this process."""
    plan = asked.plan
    own = {*(one.name for one in plan.strategies), *(one.name for one in plan.sources)}
    totals, each = [], dict.fromkeys(asked.names, 0.0)
    for world in range(TRIAL_WORLDS):
        (records,) = run_all([plan], world_seed(asked.seed, world))
        costs = {
            name: cost_of(records, cause) / 100 for cause, name in enumerate(records.causes) if name in own
        }
        totals.append(sum(costs.values()))
        for name in each:
            each[name] += costs.get(name, 0.0) / TRIAL_WORLDS
    mean = sum(totals) / TRIAL_WORLDS
    return Price(tuple(each[name] for name in asked.names), mean, min(totals), max(totals))


class Till:
    """Tells what plans cost, one plan of a team at a time, in trial worlds of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._seed = desk, secrets.randbelow(MOST_SEED)
        self._known: dict[str, Price] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def cost(self, team: str, made: Made, cards: list[Taken]) -> Price:
        """What the plan of some cards costs; team: by which its phones are known."""
        key = json.dumps([one.model_dump() for one in cards], sort_keys=True)
        async with self._turns[team]:
            if key not in self._known:
                found = await self._desk.work(price, ToPrice(made.plan, made.names, self._seed))
                if len(self._known) >= _KNOWN:
                    del self._known[next(iter(self._known))]
                self._known[key] = found
            return self._known[key]
