"""Which product, by who orders; and what else goes into the basket."""

import numpy as np

from commsim.core.compiled import njit
from commsim.core.luck import uniform, uniform_pair
from commsim.core.maths import exp, log
from commsim.simulation import columns as c
from commsim.simulation.kernels.settling import DIRECT

_TO_ONE = 0.5513288954217921
"""Square root of 3 over pi: makes the spread of a logistic draw 1."""


@njit(inline="always")
def _liking(tastes, i, product, spread):  # type: ignore[no-untyped-def]
    """How much a person likes a product, mean 1 in logs: the same on all days and under any plan."""
    u = max(1e-12, uniform_pair(tastes, i, product))
    return exp(spread * _TO_ONE * (log(u) - log(1.0 - u)))


@njit()
def choose(handle, picks, tastes, weights, spread):  # type: ignore[no-untyped-def]
    """Let each order from the shelf be of the product that suits the person.

    weights: by kind of customer and product, today; 0 for what is not on the shelf.
    """
    state, products = handle.state, weights.shape[1]
    out, people, liked = state.out, state.people, np.empty(products)
    for k in range(out.tally[c.N_ORDERS]):
        i = out.rows[c.ORDER_PERSON, k]
        if out.shorts[c.ORDER_SALE, k] != -1:
            continue
        total = 0.0
        for p in range(products):
            by = weights[people.tiny[c.CUSTOMER, i], p]
            liked[p] = by * _liking(tastes, i, p, spread) if by > 0.0 else 0.0
            total += liked[p]
        u, below = uniform(picks, i) * total, 0.0
        for p in range(products):
            below += liked[p]
            if u < below:
                out.shorts[c.ORDER_PRODUCT, k] = p
                break


@njit()
def fill(handle, luck, weights, draws, terms, room):  # type: ignore[no-untyped-def]
    """Add other products to the orders of the day, as lines of their own after them.

    luck: the streams of baskets and tastes, and the spread of these.  draws: which products are for drawing
    people.  terms: chance of a second product, of all that suit the person together; factors on it for those
    that earn beside one that draws, and for what brings the order up to free shipping, from so many fen on.
    room: pieces left by product, -1 without end; less what is taken.  A line costs the usual price, in the
    books of what sold the first.
    """
    baskets, tastes, spread = luck
    chance, drawn, to_free, free_from = terms
    usual = handle.state.goods.usual
    state, sales, products = handle.state, handle.today.sales, weights.shape[1]
    out, people, liked = state.out, state.people, np.empty(products)
    orders = out.tally[c.N_ORDERS]
    n = orders
    for k in range(orders):
        i, first, sale = (
            out.rows[c.ORDER_PERSON, k],
            out.shorts[c.ORDER_PRODUCT, k],
            out.shorts[c.ORDER_SALE, k],
        )
        total, fen = 0.0, usual[first]
        for p in range(products):
            by = weights[people.tiny[c.CUSTOMER, i], p] if p != first else 0.0
            liked[p] = by * _liking(tastes, i, p, spread) if by > 0.0 else 0.0
            total += liked[p]
        for p in range(products):
            if liked[p] == 0.0 or room[p] == 0 or n == out.rows.shape[1]:
                continue
            times = drawn if draws[first] and not draws[p] else 1.0
            if fen < free_from <= fen + usual[p]:
                times *= to_free
            if uniform_pair(baskets, i, p) < chance * times * liked[p] / total:
                out.rows[c.ORDER_PERSON, n], out.rows[c.ORDER_MINUTE, n] = i, out.rows[c.ORDER_MINUTE, k]
                out.shorts[c.ORDER_SALE, n] = DIRECT - sales.rows[sale].cause if sale >= 0 else sale
                out.shorts[c.ORDER_RUNG, n], out.shorts[c.ORDER_PRODUCT, n] = 0, p
                room[p] -= room[p] > 0
                fen += usual[p]
                n += 1
    out.tally[c.N_ORDERS], out.tally[c.N_ADDED] = n, n - orders
