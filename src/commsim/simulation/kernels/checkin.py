"""The daily check-in, and the habit that it makes."""

import numpy as np

from commsim.core.compiled import njit
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import exp
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.kernels.streams import stream

_CHECK = int(Purpose.CHECK_IN)


@njit(inline="always")
def train(habit, i, done, speed, missed):  # type: ignore[no-untyped-def]
    """A habit grows with every occasion that is used and hardly suffers from one that is missed."""
    h = habit[i]
    habit[i] = h + np.float32(speed * (1.0 - h)) if done else h * np.float32(1.0 - missed)


@njit()
def check_in(day, seed, people, base, pull, habit, p, out):  # type: ignore[no-untyped-def]
    """Who checks in: lookers by base chance and habit, others by habit alone; returns their number."""
    key = stream(seed, _CHECK, day, 0)
    one = np.uint32(1)
    n = 0
    for i in range(people.reals.shape[1]):
        if people.tiny[c.STATUS, i] != MEMBER:
            continue
        h = habit[i]
        looks = people.bits[c.LOOKS, i] & one
        chance = base + (1.0 - base) * h if looks else h * out.reals[c.CHANCE, i]
        if chance <= 0.0:
            continue
        if pull[i] != 0.0:
            odds = exp(pull[i])
            chance = chance * odds / (1.0 - chance + chance * odds)
        done = uniform(key, i) < min(0.97, chance)
        if done:
            out.rows[c.CHECKERS, n] = i
            n += 1
        train(habit, i, done, people.traits[c.HABIT_SPEED, i], p.habit.missed)
    return n
