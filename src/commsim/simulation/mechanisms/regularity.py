"""Customers who order evenly: an order is the k-th event of a Poisson process."""

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.dials import Dial
from commsim.core.luck import key, purpose, uniforms
from commsim.core.mechanisms.regularity import REGULARITY
from commsim.core.view import STRANGER
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.usual import exps, logs, usual_hazard

EVENTS = purpose("regularity, events of the day")
_LEAST = 1e-12
"""Hazards below are nobody's: they buy nothing here, or have lapsed."""
MOST = 12
"""Events of a day beyond which nobody counts."""


class Regularity(Mechanics):
    """Those whose history says so; with k events to an order, at k times the rate, they order as often."""

    declared = REGULARITY

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._k, self._so_far = self.columns.values()
        population = home.population
        if population.regularity is not None and population.events is not None:
            self._k[:], self._so_far[:] = population.regularity, population.events
        self._rows = np.flatnonzero(self._k > 1)
        self._at = self._rows[:0]

    def dial(self, day: int, desk: Desk) -> None:
        """Turn the rate to that of the events that are missing: at least so many come today."""
        people, rows = self.home.people, self._rows
        hazard = usual_hazard(self.home, rows)
        some = (hazard > _LEAST) & (people.status[rows] != STRANGER)
        self._at, hazard = rows[some], hazard[some]
        if not len(self._at):
            return
        k = self._k[self._at].astype(np.int64)
        self._missing = k - self._so_far[self._at]
        self._mean = k * hazard
        self._fewer = _fewer(self._mean, self._missing)
        desk.turn(Dial.BUY, logs(-logs(self._fewer)) - logs(hazard), self._at)

    def close(self, day: int) -> dict[str, int]:
        """Count the events of the day, of whoever ordered at least as many as made the order."""
        if len(self._at):
            out = self.home.out
            ordered = np.zeros(len(self._k), np.bool_)
            ordered[out.order_person[: out.tally[c.N_ORDERS]]] = True
            luck = uniforms(key(self.home.seed, EVENTS, day), self._at)
            bought = ordered[self._at]
            events = _drawn(
                self._mean, np.where(bought, self._fewer + luck * (1.0 - self._fewer), luck * self._fewer)
            )
            events = np.where(
                bought, np.maximum(events, self._missing), np.minimum(events, self._missing - 1)
            )
            k = self._k[self._at]
            self._so_far[self._at] = np.minimum(k - 1, self._so_far[self._at] + events - k * bought)
        return {}


def _fewer(mean: Floats, missing: Ints) -> Floats:
    """Chance that a Poisson number is below one of 1 to `SHAPES`; never quite 1."""
    term = total = exps(-mean)
    for n in range(1, int(missing.max())):
        term = term * (mean / n)
        total = np.where(n < missing, total + term, total)
    return np.asarray(np.minimum(total, 1.0 - 1e-15))


def _drawn(mean: Floats, u: Floats) -> Ints:
    """The Poisson numbers of probabilities u."""
    term = total = exps(-mean)
    events = np.zeros(len(mean), np.int64)
    for n in range(1, MOST + 1):
        events += u >= total
        term = term * (mean / n)
        total = total + term
    return events
