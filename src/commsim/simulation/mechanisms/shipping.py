"""Parcels: where they go, what they cost, what customers pay of it, and what that does to their buying."""

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import log
from commsim.scenario.goods import Shipping
from commsim.simulation import columns as c
from commsim.simulation.kernels.buying import NO_MINUTE
from commsim.simulation.mechanics import Home

SHARES = purpose("goods, who has parcels sent to a friend")
WITH = purpose("goods, to which friend")
NEVER = 2**62
"""Fen from which on shipping is free where it never is."""


class Parcels:
    """Parcels to each segment.

    free_from: fen from which on an order is shipped free.
    """

    def __init__(self, home: Home, plan: Shipping) -> None:
        names = [segment.name for segment in home.scenario.community.segments]
        self._home, self._plan = home, plan
        self._at = addresses(home, plan.shared)
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

    def address(self) -> None:
        """Find the address of each of the day's orders, as long as it is known who launched which team."""
        if not self._plan.together:
            return
        out, n = self._home.out, self._home.out.tally[c.N_ORDERS]
        persons: Ints = out.order_person[:n].astype(np.int64)
        if self._plan.teams and n:
            of_team = self._home.handle.today.sales.sizes[:, 0] > 0
            joined = (out.order_sale[:n] >= 0) & (out.order_minute[:n] == NO_MINUTE)
            joined[joined] = of_team[out.order_sale[:n][joined]]
            launched = np.maximum.accumulate(
                np.where(joined, 0, np.arange(n))
            )  # the team's first is its launcher
            persons = persons[launched]
        self._to = self._at[persons]

    def keep(self, orders: Bools) -> None:
        """Forget the orders that came to nothing."""
        if self._plan.together:
            self._to = self._to[orders]

    def send(self) -> tuple[int, int]:
        """Book the day's parcels in the books of what sold the first order in each.

        Returns how many were sent, and how many of them were free of a fee.
        """
        out, people = self._home.out, self._home.people
        n = out.tally[c.N_ORDERS]
        first = n - out.tally[c.N_ADDED]
        persons = out.order_person[:first]
        order = np.argsort(persons, kind="stable")
        at = order[np.searchsorted(persons[order], out.order_person[:n])]
        leads: Ints = np.arange(first)  # the order that stands for each parcel
        if self._plan.together:
            to, leads, parcel = np.unique(self._to, return_index=True, return_inverse=True)
            at, persons = parcel[at], to
        totals = np.zeros(len(leads), np.int64)
        np.add.at(totals, at, out.fen[:n])
        free: Bools = totals >= self.free_from
        segment = people.segment[persons]
        net: Ints = self._cost[segment] - np.where(free, 0, self._fee[segment])
        for cause in np.unique(out.cause[leads]).tolist():
            fen = int(net[out.cause[leads] == cause].sum())
            if fen:
                self._home.books.charge(Account.SHIPPING, cause, fen)
        return len(leads), int(np.count_nonzero(free))


def addresses(home: Home, shared: float) -> Ints:
    """Where parcels to each person go, by the person who lives there: with a friend who keeps their own."""
    persons = len(home.people.status)
    at: Ints = np.arange(persons)
    if not shared:
        return at
    moves = uniforms(key(home.seed, SHARES), at) < shared
    offsets, neighbours = home.state.graph
    who = np.repeat(at, np.diff(offsets))
    pairs = moves[who] & ~moves[neighbours]
    pair = np.unique(np.stack([who[pairs], neighbours[pairs].astype(np.int64)]), axis=1)
    rows, first, friends = np.unique(pair[0], return_index=True, return_counts=True)
    which = np.floor(uniforms(key(home.seed, WITH), rows) * friends).astype(np.int64)
    at[rows] = pair[1][first + which]
    return at
