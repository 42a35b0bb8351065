"""A run that is watched: what the operator did each day beside what it did to the members."""

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from commsim.core import effects as e
from commsim.core.arrays import Bools
from commsim.core.luck import Purpose, key, salt, uniforms
from commsim.population.build import build
from commsim.population.people import Population
from commsim.scenario.behaviour import Behaviour
from commsim.scenario.schema import Community, Scenario
from commsim.simulation.world import World


class Deed(NamedTuple):
    """Something that the operator did in the groups: ``what`` is the word of an effect or ``preview``.

    cause: index of the strategy.  posts: commercial ones.  hour: -1 if it has none.  reach: share of
    the members whom it can reach.  groups: a mask over groups; None for all.
    """

    cause: int
    what: str
    posts: int
    hour: int
    reach: float
    groups: Bools | None


class Watched(World):
    """A world that notes the operator's deeds, day by day, in ``deeds``."""

    def __init__(self, scenario: Scenario, population: Population, seed: int, *, full: bool) -> None:
        self.deeds: list[list[Deed]] = [[] for _ in range(scenario.days)]
        super().__init__(scenario, population, seed, full=full)
        self._reaching = [key(seed, Purpose.REACH, 0, salt(name)) for name in self.causes]

    def _carry_out(self, effect: e.Effect, cause: int) -> None:
        refused = isinstance(effect, e.Envelope) and self._beyond_budget(effect, cause)
        if effect.terms.word and not refused:
            self.deeds[self.day].append(_deed(effect, cause))
        super()._carry_out(effect, cause)

    def reaches(self, deed: Deed, person: int) -> bool:
        """Whether a deed can reach a person, by the luck of the run."""
        if deed.groups is not None and not deed.groups[self.people.group[person]]:
            return False
        return bool(uniforms(self._reaching[deed.cause], np.array([person]))[0] < deed.reach)


def _deed(effect: e.Effect, cause: int) -> Deed:
    preview = isinstance(effect, e.Announce) and effect.preview
    return Deed(
        cause,
        "preview" if preview else effect.terms.word,
        effect.count if isinstance(effect, e.Announce) else 0,
        getattr(effect, "hour", -1),
        getattr(effect, "reach", 1.0),
        getattr(effect, "groups", None),
    )


@lru_cache(maxsize=2)
def _people(community: Community, behaviour: Behaviour, start: dt.date, seed: int) -> Population:
    """Panels on the same people share them."""
    return build(community, behaviour, seed, today=start)


def people_of(scenario: Scenario, seed: int) -> Population:
    """The people of a plan's community in one world."""
    return _people(scenario.community, scenario.behaviour, scenario.start, seed)


def open_world(scenario: Scenario, seed: int, *, full: bool = True) -> Watched:
    """A watched world on its first morning; ``full`` keeps its events."""
    return Watched(scenario, people_of(scenario, seed), seed, full=full)
