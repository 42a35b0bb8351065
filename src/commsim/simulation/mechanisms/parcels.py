"""Parcels as mechanisms follow them: who ordered what on which day, and what of it arrives bad."""

from collections import deque
from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.simulation import columns as c
from commsim.simulation.mechanics import Home


class Arrived(NamedTuple):
    """Orders of one day that arrive today.

    ordered: that day.  fen: paid.  strategies: that sold it, -1 for the shelf.  bad: is refunded.
    """

    ordered: int
    persons: Ints
    products: Ints
    fen: Ints
    strategies: Ints
    bad: Bools


class Parcels:
    """Remembers the orders of each day until they arrive."""

    def __init__(self, home: Home) -> None:
        self._home, self._days = home, home.scenario.operator.delivery_days
        self._sent: deque[tuple[int, Ints]] = deque()

    def evening(self, day: int) -> Arrived | None:
        """What arrives today; to be asked once every evening, after deliveries and the pricing of orders."""
        out, arrived = self._home.out, None
        if self._sent and self._sent[0][0] + self._days <= day:
            ordered, (persons, products, fen, strategies) = self._sent.popleft()
            arrived = Arrived(ordered, persons, products, fen, strategies, out.failed[: len(persons)].copy())
        if n := int(out.tally[c.N_ORDERS]):
            columns = (out.paid_by, out.paid_for, out.fen, out.strategy)
            self._sent.append((day, np.stack([column[:n] for column in columns])))
        return arrived
