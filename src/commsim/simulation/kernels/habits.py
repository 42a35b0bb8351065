"""Habits of coming to sales and of checking in."""

import numpy as np

from commsim.core.compiled import njit


@njit(inline="always")
def trained(habit, done, speed, missed):  # type: ignore[no-untyped-def]
    """A habit grows with every occasion that is used and hardly suffers from one that is missed."""
    return habit + np.float32(speed * (1.0 - habit)) if done else habit * np.float32(1.0 - missed)
