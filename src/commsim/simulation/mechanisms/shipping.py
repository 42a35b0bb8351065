"""Parcels of baskets: what they cost, what customers pay of it, and what that does to their buying."""

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.effects import Account
from commsim.core.maths import log
from commsim.scenario.goods import Shipping
from commsim.simulation import columns as c
from commsim.simulation.mechanics import Home

NEVER = 2**62
"""Fen from which on shipping is free where it never is."""


class Parcels:
    """Parcels to each segment.

    free_from: fen from which on an order is shipped free.
    """

    def __init__(self, home: Home, plan: Shipping) -> None:
        names = [segment.name for segment in home.scenario.community.segments]
        self._home = home
        self._cost, self._fee = np.array([plan.of(name) for name in names], np.int64).T
        self.free_from = NEVER if plan.free_from is None else plan.free_from
        self._elasticity = home.people.elasticity.astype(np.float64)

    def dearer(self, weights: Floats) -> Floats | None:
        """Log of a factor on everybody's rate of buying: what a fee on one piece does to its price.

        weights: by kind of customer and product on the shelf today, of whose fees it is the mean.  None where
        nobody pays any.
        """
        if not self._fee.any():
            return None
        prices, segments = self._home.state.goods.usual, len(self._fee)
        rise = np.zeros(len(weights))
        for kind, of in enumerate(weights):
            total, fee = float(of.sum()), int(self._fee[kind % segments])
            for price, by in zip(prices.tolist(), of.tolist(), strict=True):
                if by > 0.0 and price < self.free_from:
                    rise[kind] += by / total * log(1.0 + fee / price)
        found: Floats = -self._elasticity * rise[self._home.people.customer]
        return found

    def send(self) -> int:
        """Book the day's parcels, one an order, in the books of what sold it; returns how many were free."""
        out, people = self._home.out, self._home.people
        n = out.tally[c.N_ORDERS]
        first = n - out.tally[c.N_ADDED]
        persons = out.order_person[:first]
        order = np.argsort(persons, kind="stable")
        at = order[np.searchsorted(persons[order], out.order_person[:n])]
        totals = np.zeros(first, np.int64)
        np.add.at(totals, at, out.fen[:n])
        free: Bools = totals >= self.free_from
        segment = people.segment[persons]
        net: Ints = self._cost[segment] - np.where(free, 0, self._fee[segment])
        for cause in np.unique(out.cause[:first]).tolist():
            fen = int(net[out.cause[:first] == cause].sum())
            if fen:
                self._home.books.charge(Account.SHIPPING, cause, fen)
        return int(np.count_nonzero(free))
