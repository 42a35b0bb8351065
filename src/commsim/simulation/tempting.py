"""How what is taken off an order tempts: on the shelf, and at each sale of the day."""

import math

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.compiled import njit
from commsim.core.maths import exp, log
from commsim.simulation import columns as c
from commsim.simulation.cuts import BestOf
from commsim.simulation.dials import Desk
from commsim.simulation.handle import Handle
from commsim.simulation.kernels.settling import lower
from commsim.simulation.kernels.shopping import picks
from commsim.simulation.kernels.uplifts import price_effect


def tempt(day: int, desk: Desk, handle: Handle, least: float) -> None:
    """Turn the dials of persons' own prices by what is taken off what they might buy today.

    What they would take from the shelf is a draw of the day, so it is known which price that is.  At a team
    it is the price of the first rung.  least: share of the usual price below which no price tempts more, as
    at a sale (``buying.sample_price``).
    """
    rows = np.flatnonzero(np.logical_or.reduce([cut.persons for best in desk.cuts for cut in best.cuts]))
    if not rows.size:
        return
    shelf, of_sales = desk.own_prices(handle.today.sales.number[0])
    usual, sales = handle.state.goods.usual, handle.today.sales
    product = picks(day, handle, rows)
    some = product >= 0
    _add(shelf, desk, rows[some], product[some], usual[product[some]], False, least * usual)
    for j, at_sale in enumerate(of_sales):
        sold, fen = np.full(len(rows), sales.rows["product"][j]), np.full(len(rows), sales.fen[j, 0])
        _add(at_sale, desk, rows, sold, fen, True, least * usual)


def _add(
    dial: Floats, desk: Desk, persons: Ints, products: Ints, fen: Ints, on_sale: bool, least: Floats
) -> None:
    """Add to a dial of own prices: what persons would buy there, for how much, on sale or not."""
    fen, where = fen.copy(), np.full(len(persons), on_sale)
    for _, by in desk.prices:
        lower(by, persons, fen)
    for best in desk.cuts:
        off, _ = best.choose(persons, fen, products, where)
        add_log_ratios(dial, persons, fen, fen - off, least[products])
        fen -= off


def wanted_anyway(handle: Handle, best: BestOf, least: float) -> float:
    """How many orders of those that took a cut would be expected at the price without it, on the same day.

    By the elasticity of who ordered, and of prices that tempt as at `tempt`.
    """
    some = np.flatnonzero(best.used >= 0)
    found = np.empty(len(some))
    still_wanted(handle, some, best.fen[some], best.fen[some] - best.off[some], least, found)
    return math.fsum(found.tolist())


@njit()
def still_wanted(handle, orders, before, after, least, found):  # type: ignore[no-untyped-def]
    """Rate of buying at the price before over that at the price after, of some of the day's orders."""
    state, b = handle.state, handle.state.params[0].buying
    for k in range(len(orders)):
        i = state.out.orders[c.PAID_BY, orders[k]]
        usual = state.goods.usual[state.out.orders[c.PAID_FOR, orders[k]]]
        high, low = log(max(before[k], least * usual) / usual), log(max(after[k], least * usual) / usual)
        elasticity, reference = state.people.traits[c.ELASTICITY, i], state.people.reals[c.REFERENCE, i]
        rise = price_effect(elasticity, reference, low, b.reference_gain, b.reference_loss)
        rise -= price_effect(elasticity, reference, high, b.reference_gain, b.reference_loss)
        found[k] = exp(-rise)


@njit()
def add_log_ratios(dial, persons, before, after, least):  # type: ignore[no-untyped-def]
    """Add the log of what a price falls by, as far as it tempts."""
    for k in range(len(persons)):
        if after[k] < before[k]:
            dial[persons[k]] += log(max(after[k], least[k]) / max(before[k], least[k]))
