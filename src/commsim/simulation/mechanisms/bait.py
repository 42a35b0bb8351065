"""Newcomers by bait: who mutes at once, and who leaves when what they came for is over."""

import numpy as np

from commsim.core.dials import Dial
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import exp, log
from commsim.core.mechanisms.bait import BAIT, BaitBehaviour, Lure
from commsim.core.view import LEFT, MEMBER
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.takes import takes

MUTES = purpose("bait, who mutes")
LEAVES = purpose("bait, who leaves")
SURELY = 20.0
"""Log of the factor on the chance to leave of who does: it is sure where `stay.leave` is above 1e-8."""


class Bait(Mechanics):
    """Who came for a prize or a free good, and for how long that moves them to leave."""

    declared = BAIT

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.lured = self.columns["lured"]
        self._b: BaitBehaviour = getattr(home.scenario.behaviour, BAIT.name)
        self._daily = 1.0 - exp(log(1.0 - self._b.leave) / self._b.within)

    def morning(self, day: int) -> None:
        """Nobody has come yet."""
        self._day, self._came, self._going = day, 0, np.zeros(0, np.int64)

    def dial(self, day: int, desk: Desk) -> None:
        """Some of those for whom it is over leave today."""
        lured = np.flatnonzero(self.lured)
        if not lured.size:
            return
        over = lured[(self.lured[lured] <= self._b.within) & (self.home.people.status[lured] == MEMBER)]
        self._going = over[uniforms(key(self.home.seed, LEAVES, day), over) < self._daily]
        if self._going.size:
            desk.turn(Dial.LEAVE, SURELY, self._going)
        self.lured[lured] -= 1

    @takes(Lure)
    def lure(self, effect: Lure, cause: int) -> None:
        """Let them come for it: they leave from the day on after it is over."""
        home, persons = self.home, np.asarray(effect.persons, np.int64)
        self.lured[persons] = effect.days + self._b.within
        self._came += len(persons)
        mutes = persons[uniforms(key(home.seed, MUTES, self._day), persons) < self._b.muted]
        mutes = mutes[~home.people.muted[mutes]]
        home.people.muted[mutes] = True
        home.out.tally[c.N_MUTED] += len(mutes)
        home.recorder.event("mute", self._day, mutes)

    def close(self, day: int) -> dict[str, int]:
        """How many came, and how many went."""
        gone = np.count_nonzero(self.home.people.status[self._going] == LEFT)
        return {"baited": self._came, "bait_left": int(gone)}
