"""Who looks on some persons' days, and asks the engine for the chances that it draws with."""

from typing import Any, NamedTuple

import numpy as np

from commsim.core.view import MEMBER, STRANGER
from commsim.page.fates import stand
from commsim.page.watched import Deeds
from commsim.simulation.kernels.reasons import Urge, Why
from commsim.simulation.reasons import Wish
from commsim.simulation.world import World

SERIES = ("posts", "look", "leave", "mute", "buy", "trust", "worn")
"""What is kept of every day of a person; None where they have none.

posts: commercial ones that reached them.  look, leave, mute: chances of the day (mute: of who has muted, to
let it ring again).  buy: chance to order where they did, or else from the shelf.  trust, worn (posts lately
seen): in the evening.
"""


class Reasons(NamedTuple):
    """Of a person on a day: None for who is no member, or who was asked to join a friend's team."""

    why: Why | None
    urge: Urge | None


class Witness(Deeds):
    """Notes the reasons of some persons, and how they stand (`fates.stand`), day by day."""

    def __init__(self, days: int) -> None:
        super().__init__(days)
        self.persons: tuple[int, ...] = ()
        self.reasons: dict[int, list[Reasons]] = {}
        self.series: dict[int, dict[str, list[float | None]]] = {}
        self.standing: dict[int, list[int]] = {}
        self._why: dict[int, Why] = {}
        self._wish: dict[int, Wish] = {}

    def watch(self, persons: tuple[int, ...]) -> None:
        """Watch these from the first day on."""
        self.persons = persons
        for person in persons:
            self.reasons[person], self.standing[person] = [], []
            self.series[person] = {name: [] for name in SERIES}

    def awake(self, world: World) -> None:
        """Ask before they live their day."""
        members = [person for person in self.persons if world.people.status[person] == MEMBER]
        self._why = {person: world.reasons.why(world.day, person) for person in members}
        self._wish = {person: world.reasons.wish(person) for person in self.persons}

    def shelf_opens(self, world: World) -> None:
        """Ask what moves them to buy."""
        for person in self.persons:
            urge = None
            if world.people.status[person] != STRANGER:
                urge = world.reasons.urge(world.day, person, self._wish[person])
            self.reasons[person].append(Reasons(self._why.get(person), urge))

    def evening(self, world: World) -> None:
        """Note how they stand, once the day is over."""
        people, standing = world.people, stand(world)
        for person in self.persons:
            (why, urge), series = self.reasons[person][-1], self.series[person]
            self.standing[person].append(int(standing[person]))
            told: dict[str, Any] = dict.fromkeys(SERIES)
            if why is not None:
                told |= {name: getattr(why, name) for name in ("posts", "look", "leave", "mute")}
            if urge is not None:
                told["buy"] = urge.chance
            if people.status[person] == MEMBER:
                told |= {"trust": people.trust[person], "worn": people.fatigue[person]}
            for name in SERIES:
                series[name].append(None if told[name] is None else short(told[name]))


def short(value: float) -> float:
    """Four digits of a number: what is told needs no more."""
    return float(np.format_float_positional(value, 4, fractional=False)) if value else 0.0
