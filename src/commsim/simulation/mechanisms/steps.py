"""Steps: whose offer each person has taken so far."""

import numpy as np

from commsim.core.mechanisms.steps import STEPS
from commsim.simulation import columns as c
from commsim.simulation.mechanics import Home, Mechanics


class Steps(Mechanics):
    """Orders at strategies, and what mechanisms tell of (`Home.taken`)."""

    declared = STEPS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.took = self.columns["took"]

    def close(self, day: int) -> dict[str, int]:
        """Note the steps of the day; they count from tomorrow on."""
        out, n = self.home.out, self.home.out.tally[c.N_ORDERS]
        sold = out.strategy[:n] >= 0
        orders = out.paid_by[:n][sold], out.strategy[:n][sold]
        new = 0
        for cause, rows in (
            *self.home.taken,
            *((k, orders[0][orders[1] == k]) for k in np.unique(orders[1])),
        ):
            fresh = np.unique(rows[(self.took[rows] >> int(cause) & 1) == 0])
            self.took[fresh] |= 1 << int(cause)
            new += len(fresh)
        return {"first_steps": new}
