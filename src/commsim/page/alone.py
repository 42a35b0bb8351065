"""The same community with nobody running it, in the same world: what a plan's money is counted from."""

from commsim.analysis.measures import path
from commsim.core.arrays import Floats
from commsim.page.watched import Deeds, open_world
from commsim.scenario.schema import Scenario

_MOST_KEPT = 128
_kept: dict[tuple[str, int], Floats] = {}
"""Of the last communities, by what they are and their world: panels on the same people share one."""


def alone(scenario: Scenario, seed: int) -> Floats:
    """Profit of each day in yuan if nobody ran the community of a plan."""
    plain = scenario.left_alone().model_copy(update={"name": "", "about": ""})
    key = plain.model_dump_json(), seed
    if key not in _kept:
        if len(_kept) >= _MOST_KEPT:
            del _kept[next(iter(_kept))]
        _kept[key] = daily_profit(plain, seed)
    return _kept[key]


def daily_profit(scenario: Scenario, seed: int) -> Floats:
    """Profit of each day of a run in yuan."""
    world = open_world(scenario, seed, Deeds(scenario.days), full=False)
    for _ in range(scenario.days):
        world.advance()
    return path(world.records())[:, -1]
