"""Firms: what they want today is ordered when all who have a say have had it."""

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.dials import Dial
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import log
from commsim.core.mechanisms.firms import FIRMS
from commsim.core.view import STRANGER
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.usual import exps, logs, usual_hazard

WANTS = purpose("firms, who decides to buy")
TAKES = purpose("firms, for how long it is under way")
SURELY = 20.0
"""Log of a factor that makes an order sure, or rules it out."""
LONGEST = 3650


class Firms(Mechanics):
    """People of segments with ``decision_days``; what moves orders today moves their impulses only."""

    declared = FIRMS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.deciding = self.columns["deciding"]
        segments = home.scenario.community.segments
        days = np.array([segment.decision_days for segment in segments])
        impulse = np.array([segment.impulse for segment in segments])
        self._rows = np.flatnonzero(days[home.people.segment] > 0.0)
        of = home.people.segment[self._rows]
        self._considered = 1.0 - impulse[of]
        self._at_once = np.array([log(one) if one > 0.0 else -SURELY for one in impulse.tolist()])[of]
        # log of the chance that a day more is needed, of a geometric number of days from 1 on
        more = [log(1.0 - 1.0 / mean) if mean > 1.0 else -SURELY for mean in days.tolist()]
        self._more = np.array(more)[of]

    def dial(self, day: int, desk: Desk) -> None:
        """Who has decided orders on the day, and not before; who has not may decide today."""
        people, rows, left = self.home.people, self._rows, self.deciding[self._rows].astype(np.int64)
        buyers = (people.rate[rows] > 0.0) & (people.status[rows] != STRANGER)
        left[~buyers] = -1
        left[left > 0] -= 1
        free = np.flatnonzero((left < 0) & buyers)
        at = rows[free]
        decides = uniforms(key(self.home.seed, WANTS, day), at) < self._chance(at, self._considered[free])
        chosen = free[decides]
        u = uniforms(key(self.home.seed, TAKES, day), rows[chosen])
        takes = 1 + (logs(1.0 - u) / self._more[chosen]).astype(np.int64)
        left[chosen] = np.minimum(takes, LONGEST)
        self.deciding[rows] = left
        by = np.where(left == 0, SURELY, np.where(left > 0, -SURELY, self._at_once))
        if rows.size:
            desk.turn(Dial.BUY, by, rows)

    def _chance(self, rows: Ints, considered: Floats) -> Floats:
        """That a need of today is decided upon: as an order at the usual price, by trust and touch."""
        return np.asarray(1.0 - exps(-(considered * usual_hazard(self.home, rows))))

    def close(self, day: int) -> dict[str, int]:
        """What was ordered is under way no more."""
        out = self.home.out
        self.deciding[out.order_person[: out.tally[c.N_ORDERS]]] = -1
        return {"under_way": int(np.count_nonzero(self.deciding >= 0))}
