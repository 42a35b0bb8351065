"""Shares of a whole among its parts: Shapley values, exactly or by permutations.

Shapley, L. S. (1953), A value for n-person games: a part's share is what it adds, averaged over all orders in
which parts can come.  The shares sum to what all add together.
Up to `MOST_EXACT` parts every subset is run.  Beyond, orders are drawn, each with its reverse (antithetic:
Mitchell, R. et al. (2022), Sampling permutations for Shapley value estimation, JMLR 23), other ones in every
world, so that the spread over the worlds holds what the draw adds.
A subset is a whole number whose bits say which parts are in it.
"""

from collections.abc import Callable, Iterator
from math import comb

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.luck import key, salt, uniforms

MOST_EXACT = 7
"""Parts of which all subsets are run: 128 a world."""
Values = dict[int, float]
"""What each subset brings in one world."""


def needed(parts: int, seed: int) -> list[int]:
    """The subsets to run in a world: all, or those of its orders, each part alone and each left out."""
    whole = (1 << parts) - 1
    if parts <= MOST_EXACT:
        return list(range(whole + 1))
    alone = [1 << part for part in range(parts)]
    found = {0, whole, *alone, *(whole ^ bit for bit in alone)}
    for order in orders(parts, seed):
        found |= set(_grown(order))
    return sorted(found)


def orders(parts: int, seed: int) -> Iterator[Ints]:
    """The orders of a world: one drawn by its luck, and its reverse."""
    drawn = np.argsort(
        uniforms(key(seed, 0, 0, salt("order of strategies")), np.arange(parts)), kind="stable"
    )
    yield drawn
    yield drawn[::-1]


def _grown(order: Ints) -> Iterator[int]:
    subset = 0
    for part in order.tolist():
        subset |= 1 << part
        yield subset


def shares(parts: int, values: Values, seed: int) -> Floats:
    """The share of each part in one world."""
    return _exact(parts, values) if parts <= MOST_EXACT else _by_orders(parts, values, seed)


def _exact(parts: int, values: Values) -> Floats:
    found = np.zeros(parts)
    for subset in range(1 << parts):
        size = subset.bit_count()
        for part in range(parts):
            if not subset >> part & 1:
                added = values[subset | 1 << part] - values[subset]
                found[part] += added / (parts * comb(parts - 1, size))
    return found


def _by_orders(parts: int, values: Values, seed: int) -> Floats:
    found = np.zeros(parts)
    for order in orders(parts, seed):
        before = 0
        for part, subset in zip(order.tolist(), _grown(order), strict=True):
            found[part] += (values[subset] - values[before]) / 2
            before = subset
    return found


def alone(parts: int, values: Values) -> Floats:
    """What each part brings where there is no other."""
    return np.array([values[1 << part] - values[0] for part in range(parts)])


def taken_out(parts: int, values: Values) -> Floats:
    """What goes if one part goes and the others stay."""
    whole = (1 << parts) - 1
    return np.array([values[whole] - values[whole ^ 1 << part] for part in range(parts)])


def together(parts: int, value: Callable[[int], float]) -> Floats:
    """What two parts bring beyond what each brings alone: parts x parts, 0 on the diagonal."""
    found = np.zeros((parts, parts))
    for one in range(parts):
        for other in range(one):
            pair = value(1 << one | 1 << other) - value(1 << one) - value(1 << other) + value(0)
            found[one, other] = found[other, one] = pair
    return found
