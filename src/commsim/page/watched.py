"""A run that is watched: what the operator did each day beside what it did to the members."""

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from commsim.core import effects as e
from commsim.population.build import build
from commsim.population.people import Population
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Community, Scenario
from commsim.simulation.world import Observer, World


class Deed(NamedTuple):
    """Something that the operator did in the groups: ``what`` is the word of an effect or ``preview``.

    cause: index of the strategy.  posts: commercial ones.  hour: -1 if it has none.
    """

    cause: int
    what: str
    posts: int
    hour: int
    effect: e.Effect


class Deeds:
    """An observer that notes the operator's deeds, day by day."""

    def __init__(self, days: int) -> None:
        self.days: list[list[Deed]] = [[] for _ in range(days)]

    def carried_out(self, day: int, effect: e.Effect, cause: int) -> None:
        """Note what members can see of it."""
        if effect.terms.word:
            post = effect if isinstance(effect, e.Announce) else None
            what = "preview" if post and post.preview else effect.terms.word
            hour = getattr(effect, "hour", -1)
            self.days[day].append(Deed(cause, what, post.count if post else 0, hour, effect))

    def awake(self, world: World) -> None:
        """Let the members live."""

    def shelf_opens(self, world: World) -> None:
        """Let them buy."""


@lru_cache(maxsize=2)
def _people(community: Community, behaviour: Behaviour, start: dt.date, seed: int) -> Population:
    """Panels on the same people share them."""
    return build(community, behaviour, seed, today=start)


def people_of(scenario: Scenario, seed: int) -> Population:
    """The people of a plan's community in one world."""
    return _people(scenario.community, scenario.behaviour, scenario.start, seed)


def open_world(scenario: Scenario, seed: int, observer: Observer, *, full: bool = True) -> World:
    """A world on its first morning; ``full`` keeps its events."""
    return World(scenario, people_of(scenario, seed), seed, full=full, observer=observer)
