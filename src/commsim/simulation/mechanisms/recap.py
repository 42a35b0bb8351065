"""Recaps: who has read how many bought, and has them in mind at the next sale."""

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.declare import Effect
from commsim.core.dials import Dial
from commsim.core.effects import Announce, Work
from commsim.core.mechanism import Event, Occurred
from commsim.core.mechanisms.recap import RECAP, RecapBehaviour, Tell
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.takes import takes


class Recaps(Mechanics):
    """All recaps of a run."""

    declared = RECAP
    admits = (Announce, Work)

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.in_mind = self.columns["in_mind"]
        self._b: RecapBehaviour = getattr(home.scenario.behaviour, RECAP.name)
        self._kept = np.float32(0.5 ** (1.0 / self._b.half_life))
        self._sold = self._of_today()
        self._moved = False

    def morning(self, day: int) -> None:
        """Some of what was told is forgotten."""
        self._tells: list[tuple[int, Tell]] = []
        self._silent: set[int] = set()
        self._read = 0
        if self._moved:
            self.in_mind *= self._kept

    @takes(Tell)
    def tell(self, effect: Tell, cause: int) -> bool:
        """A recap of yesterday stands in the groups, if there is anything to tell."""
        if not self._sold.any():
            self._silent.add(cause)
            return False
        self._tells.append((cause, effect))
        return True

    def admit(self, day: int, effect: Effect, cause: int) -> tuple[Effect, ...]:
        """No post where there is nothing to tell, and no work for it."""
        return () if cause in self._silent else (effect,)

    def dial(self, day: int, desk: Desk) -> None:
        """Let members come with that number in mind."""
        if self._moved:
            rows = np.flatnonzero(self.in_mind >= 1.0)
            desk.turn(Dial.SEEN, np.floor(self.in_mind[rows].astype(np.float64)), rows)

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who looked in has read it; count what was sold today."""
        for cause, effect in self._tells:
            self._let_read(cause, effect)
        self._sold = self._of_today()
        return {}

    def _let_read(self, cause: int, effect: Tell) -> None:
        out, people = self.home.out, self.home.people
        rows = out.lookers[: out.tally[c.N_LOOKERS]].astype(np.int64)
        rows = rows[self.home.where(effect.groups, cause)[people.group[rows]]]
        whom = self.home.audience(cause, effect.reach)
        rows = rows if whom is None else rows[whom[rows]]
        told = (self._b.counts * self._sold[people.group[rows]]).astype(np.float32)
        self.in_mind[rows] = np.maximum(self.in_mind[rows], told)
        self._read += len(rows)
        self._moved = True

    def _of_today(self) -> Ints:
        """Orders at sales by group."""
        out, groups = self.home.out, len(self.home.groups.size)
        n = out.tally[c.N_ORDERS]
        at_sale = out.order_person[:n][out.order_sale[:n] >= 0]
        group = self.home.people.group[at_sale]
        return np.bincount(group[group >= 0], minlength=groups)

    def close(self, day: int) -> dict[str, int]:
        """Count the day."""
        return {"told_sold": self._read}
