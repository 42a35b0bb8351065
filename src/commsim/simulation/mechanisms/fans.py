"""Fans who are not the payers: how often they look in, and who pays for what they order."""

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.core.dials import Dial
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import log
from commsim.core.mechanism import Event, Occurred
from commsim.core.mechanisms.fans import FANS, PAID_FOR, FansBehaviour
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics

OTHERS = purpose("fans, whose order somebody else is to pay for")
REFUSES = purpose("fans, who refuses to pay")


class Fans(Mechanics):
    """Segments with ``looking`` or ``paid_for``.

    All that a person orders on a day is paid for by one, who is asked once; so what is added to a basket goes
    with the order that it is added to.
    """

    declared = FANS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.given = self.columns["given"]
        self._b: FansBehaviour = getattr(home.scenario.behaviour, FANS.name)
        segments, of = home.scenario.community.segments, home.people.segment
        looking = np.array([log(segment.looking) for segment in segments])
        self._eager = np.flatnonzero(looking[of])
        self._more = looking[of[self._eager]]
        self._paid_for = np.array([segment.paid_for for segment in segments])
        self._anybody = bool(self._paid_for.any())

    def dial(self, day: int, desk: Desk) -> None:
        """Fans look in more."""
        if self._eager.size:
            desk.turn(Dial.LOOK, self._more, self._eager)

    def _is_given(self, day: int, persons: Ints) -> Bools:
        """Whose orders of today somebody else is to pay for."""
        share = self._paid_for[self.home.people.segment[persons]]
        return np.asarray(uniforms(key(self.home.seed, OTHERS, day), persons) < share)

    def checkout(self, day: int) -> None:
        """What nobody will pay for comes to nothing."""
        home, out = self.home, self.home.out
        self._asked = self._refused = 0
        if not (self._anybody and out.tally[c.N_ORDERS]):
            return
        persons = out.order_person[: out.tally[c.N_ORDERS]].astype(np.int64)
        given = self._is_given(day, persons)
        self._asked = int(np.count_nonzero(given))
        refused = given & (uniforms(key(home.seed, REFUSES, day), persons) < self._b.refuses)
        self._refused = int(np.count_nonzero(refused))
        if self._refused:
            home.people.orders[persons[refused]] -= 1
            out.keep_orders(~refused)

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Tell whose orders somebody else has paid for, baskets and all."""
        out, n = self.home.out, self.home.out.tally[c.N_ORDERS]
        self._fen = 0
        if not (self._anybody and n):
            return {}
        persons = out.order_person[:n].astype(np.int64)
        given = self._is_given(day, persons)
        who, fen = persons[given], out.fen[:n][given].copy()
        np.add.at(self.given, who, fen)
        self._fen = int(fen.sum())
        return {PAID_FOR: Occurred(who, fen)}

    def close(self, day: int) -> dict[str, int]:
        """How many orders were for others to pay, and what these paid."""
        return {
            "asked_to_pay": self._asked,
            "not_paid_for": self._refused,
            "paid_by_others": self._fen,
        }
