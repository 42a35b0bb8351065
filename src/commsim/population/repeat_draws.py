"""Buying rates, lapses and regularity of customers, drawn from what their orders leave open."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.luck import Purpose, key, salt, uniforms
from commsim.population import quantiles
from commsim.population.quantiles import draw
from commsim.population.repeat_buying import Fit, Purchases


class Customers(NamedTuple):
    """Rate (orders a day), chance to lapse, whether they live; k, and j: see `repeat_buying.Stage`."""

    rate: NDArray[np.float32]
    lapse: NDArray[np.float32]
    lives: Bools
    k: NDArray[np.int8]
    j: NDArray[np.int8]


def draw_customers(fitted: Fit, seen: Purchases, chances: Floats, seed: int) -> Customers:
    """A draw from the joint posterior for every row of ``seen``, given ``chances`` (`Fit.chances`).

    Who has lapsed did so right after their last order.  Without any order seen it is a draw from the
    population.
    """
    n = len(seen.x)
    rate, lapse = np.empty(n, np.float32), np.empty(n, np.float32)
    stage, lives = _stages_of(fitted, chances, seed)
    k, j = (np.array([getattr(one, name) for one in fitted.stages])[stage] for name in ("k", "j"))
    rates, lapses = (key(seed, Purpose.TRAIT, 0, salt(name)) for name in ("buy_rate", "lapse"))
    watched = fitted.alpha + k * np.where(lives, seen.T, seen.t)
    for events, rows in _by_count(k * seen.x + j):
        shape = fitted.r + events
        rate[rows] = draw(rates, rows, quantiles.gamma(shape)) * (shape / 7.0 / watched[rows])
    for x, rows in _by_count(seen.x):
        for living, some in ((True, rows[lives[rows]]), (False, rows[~lives[rows]])):
            if len(some):
                a, b = (fitted.a, fitted.b + x) if living else (fitted.a + 1, fitted.b + x - 1)
                lapse[some] = draw(lapses, some, quantiles.beta(a, b))
    return Customers(rate, lapse, lives, k.astype(np.int8), j.astype(np.int8))


def _stages_of(fitted: Fit, chances: Floats, seed: int) -> tuple[Ints, Bools]:
    """The stage of each, and whether it is one of the living."""
    ids, living = np.arange(chances.shape[1]), np.array([stage.lives for stage in fitted.stages])
    alive = chances[living].sum(axis=0)
    lives = uniforms(key(seed, Purpose.PAST, 0, salt("alive")), ids) < alive
    luck = uniforms(key(seed, Purpose.PAST, 0, salt("stage")), ids)
    within = np.where(living[:, None] == lives, chances, 0.0).cumsum(axis=0)
    return (within <= luck * within[-1]).sum(axis=0), lives


def _by_count(counts: Ints) -> Iterator[tuple[int, Ints]]:
    """Rows of each number."""
    order = np.argsort(counts, kind="stable")
    distinct, starts = np.unique(counts[order], return_index=True)
    for number, rows in zip(distinct, np.split(order, starts[1:]), strict=True):
        yield int(number), rows
