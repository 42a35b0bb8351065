"""What a group has lately had for its members: company, content, staff, deals, goods."""

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.maths import exp, log
from commsim.core.mechanisms.want_behaviour import WantBehaviour
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home

WEEK = 7


class Supply:
    """lately: share of days with enough of each need's supply, fading, by need and group."""

    def __init__(self, home: Home, behaviour: WantBehaviour) -> None:
        self._home, self._b = home, behaviour
        groups = len(home.groups.size)
        self.lately = np.ones((5, groups))
        self._kept = exp(log(0.5) / behaviour.memory)
        self._orders: list[Floats] = []

    def close(self, desk: Desk) -> None:
        """Note the day that was."""
        home = self._home
        notices, n = home.handle.today.notices, home.out.tally[c.N_ORDERS]
        buyers = home.people.group[home.out.order_person[:n]]
        orders = np.bincount(buyers[buyers >= 0], minlength=len(home.groups.size)).astype(np.float64)
        size = np.maximum(home.groups.size, 1)
        enough = (
            np.minimum(1.0, home.out.messages / (self._b.talk * size)),
            (notices[c.CONTENT] > 0.0) | (home.groups.rules > 0.2),
            notices[c.STAFFED] > 0.0,
            (notices[c.DEALS] > 0.0) | (desk.lift > 0.0),
            orders > 0.0,
        )
        for lately, today in zip(self.lately, enough, strict=True):
            lately += (1.0 - self._kept) * (np.asarray(today, np.float64) - lately)
        self._orders.append(orders)

    def shows(self) -> Floats:
        """How good the shows of a group's buyers are, of 1: by the orders delivered within the last week."""
        last = len(self._orders) - self._home.scenario.operator.delivery_days + 1
        recent = self._orders[max(0, last - WEEK) : max(0, last)]
        total = np.zeros_like(self.lately[0])
        for orders in recent:
            total += orders
        return np.asarray(total / (total + self._b.shows))
