"""Orders become money and parcels: prices, entries by cause, deliveries good and bad."""

from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.compiled import borrowing, njit
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import exp
from commsim.simulation import columns as c
from commsim.simulation.books import DISCOUNT, GOODS, REFUNDS, SALES
from commsim.simulation.dials import TRUST
from commsim.simulation.kernels.streams import stream

_DELIVERY = int(Purpose.DELIVERY)
DIRECT = -2
"""Less its cause: in place of a sale, what a strategy sold to persons at the usual price."""
_HALF = 0.500001  # of a fen, up; a little more, as a discount that went through `log` and `exp` is not exact


class Goods(NamedTuple):
    """By product: usual price and cost in fen, and the share of parcels that are bad."""

    usual: Ints
    cost: Ints
    bad_share: Floats


@njit()
def settle(handle, shelf):  # type: ignore[no-untyped-def]
    """Price the day's orders and enter them by account and cause; count them by group.

    Sales are entered at the usual price, the discount beside them; ``shelf`` is the cause of what was bought
    from it.  Returns fen taken, less those paid for goods.
    """
    state, sales = handle.state, handle.today.sales
    people, out, ledger = state.people, state.out, state.sheets.today
    usual, cost = state.goods.usual, state.goods.cost
    taken, lines = 0, out.tally[c.N_ORDERS] - out.tally[c.N_ADDED]
    for k in range(out.tally[c.N_ORDERS]):
        i, sale = out.rows[c.ORDER_PERSON, k], out.shorts[c.ORDER_SALE, k]
        product = out.shorts[c.ORDER_PRODUCT, k]
        strategy, fen = np.int64(-1), usual[product]
        if sale <= DIRECT:
            strategy = np.int64(DIRECT - sale)
        elif sale >= 0:
            strategy, fen = sales.rows[sale].cause, sales.fen[sale, out.shorts[c.ORDER_RUNG, k]]
        cause = strategy if strategy >= 0 else shelf
        ledger[SALES, cause] += usual[product]
        ledger[DISCOUNT, cause] += fen - usual[product]
        ledger[GOODS, cause] -= cost[product]
        taken += fen - cost[product]
        out.orders[c.PAID_BY, k], out.orders[c.PAID_FOR, k], out.orders[c.FEN, k] = i, product, fen
        out.orders[c.CAUSE, k], out.orders[c.STRATEGY, k] = cause, strategy
        people.large[c.SPENT, i] += fen
        g = people.counts[c.GROUP, i]
        if g >= 0:
            out.by_group[c.ORDERS_IN, g] += k < lines
            out.by_group[c.REVENUE_IN, g] += fen
    for k in range(out.tally[c.N_LEFT]):
        out.by_group[c.LEFT_IN, people.counts[c.GROUP, out.rows[c.LEAVERS, k]]] += 1
    return taken


@njit(inline="always")
def _own_fen(fen, by):  # type: ignore[no-untyped-def]
    """A price for who has one of their own, by its log ratio: to the next fen, and a fen at least."""
    return max(1, np.int64(np.floor(fen * exp(by) + _HALF))) if by != 0.0 else fen


@njit()
def lower(by, persons, fen):  # type: ignore[no-untyped-def]
    """Lower prices for persons (one for each) to their own, by log ratios of all persons."""
    for k in range(len(persons)):
        fen[k] = _own_fen(fen[k], by[persons[k]])


@njit()
def cheapen(handle, by, cause, off):  # type: ignore[no-untyped-def]
    """Let who has a price of their own pay it: a log ratio in ``by``, to the next fen.

    The rest is a discount of ``cause``; ``off`` gets each, and their sum is returned.  A fen is the least.
    """
    state, total = handle.state, 0  # fetched once: that counts references to all arrays
    people, out, ledger = state.people, state.out, state.sheets.today
    for k in range(out.tally[c.N_ORDERS]):
        i, fen = out.rows[c.ORDER_PERSON, k], out.orders[c.FEN, k]
        off[k] = fen - _own_fen(fen, by[i])
        if off[k] != 0:
            total += _take_off(people, out, ledger, k, off[k], cause)
    return total


@njit()
def take_off(handle, off, causes):  # type: ignore[no-untyped-def]
    """Take fen off the day's orders, a discount of the cause of each; returns their sum."""
    state, total = handle.state, 0
    people, out, ledger = state.people, state.out, state.sheets.today
    for k in range(len(off)):
        if off[k] != 0:
            total += _take_off(people, out, ledger, k, off[k], causes[k])
    return total


@borrowing
def _take_off(people, out, ledger, k, off, cause):  # type: ignore[no-untyped-def]
    i = out.rows[c.ORDER_PERSON, k]
    out.orders[c.FEN, k] -= off
    people.large[c.SPENT, i] -= off
    if people.counts[c.GROUP, i] >= 0:
        out.by_group[c.REVENUE_IN, people.counts[c.GROUP, i]] -= off
    ledger[DISCOUNT, cause] -= off
    return off


@njit()
def deliver(ordered, handle, orders):  # type: ignore[no-untyped-def]
    """Deliver the orders of a day: trust grows a little, or falls a lot and the money goes back.

    orders: rows as in `scratch.OutBlocks`.  Marks which are bad (``out.flags``); returns the fen refunded.
    """
    state, dials = handle.state, handle.today.dials
    people, trust, failed = state.people, state.params[0].trust, state.out.flags[c.FAILED]
    key = stream(state.seed, _DELIVERY, ordered, 0)
    refunded = 0
    for k in range(orders.shape[1]):
        i, fen = orders[c.PAID_BY, k], orders[c.FEN, k]
        t = people.reals[c.TRUST, i]
        failed[k] = uniform(key, i) < state.goods.bad_share[orders[c.PAID_FOR, k]]
        if failed[k]:
            t -= trust.bad * t
            refunded += fen
            state.sheets.today[REFUNDS, orders[c.CAUSE, k]] -= fen
        else:
            gain = trust.good * (1.0 - t)
            if dials.at[TRUST] >= 0:
                gain *= exp(dials.turned[dials.at[TRUST], i])
            t += gain
        people.reals[c.TRUST, i] = np.float32(t)
    return refunded


@njit()
def award(points, worths, persons, amounts, worth, fen):  # type: ignore[no-untyped-def]
    """Give points to persons, who may occur more than once; returns the rise of what is owed.

    ``fen`` gets each part.  What is owed to a person is their points at the mean worth at which they were
    given (``worths``), to the next fen, so that parts of a fen are never lost.
    """
    total = 0
    for k in range(len(persons)):
        i = persons[k]
        held, owed = points[i], _in_fen(points[i], worths[i])
        points[i] = held + amounts[k]
        if held == 0:
            worths[i] = worth
        else:
            worths[i] += (worth - worths[i]) * (amounts[k] / points[i])
        fen[k] = _in_fen(points[i], worths[i]) - owed
        total += fen[k]
    return total


@njit()
def redeem(points, worths, persons, amounts, worth, goods, owed):  # type: ignore[no-untyped-def]
    """Take points from persons: ``goods`` gets the fen that they buy, ``owed`` what was owed for them.

    Returns the sums of both.
    """
    all_goods = all_owed = 0
    for k in range(len(persons)):
        i = persons[k]
        left = points[i] - amounts[k]
        goods[k] = _in_fen(points[i], worth) - _in_fen(left, worth)
        owed[k] = _in_fen(points[i], worths[i]) - _in_fen(left, worths[i])
        points[i] = left
        all_goods += goods[k]
        all_owed += owed[k]
    return all_goods, all_owed


@njit(inner=True)
def _in_fen(points, worth):  # type: ignore[no-untyped-def]
    return np.int64(np.floor(points * worth + 0.5))
