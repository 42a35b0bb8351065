"""From a need to an order: what a person wants, their luck with buying today, and what an order changes."""

from typing import NamedTuple

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import exp, log
from commsim.simulation import columns as c
from commsim.simulation.dials import BUY, Dials
from commsim.simulation.kernels.streams import stream
from commsim.simulation.state import BUYER, NEVER

_BUY, _SAMPLE = int(Purpose.BUY), int(Purpose.SAMPLE)
# typed, or `order` is compiled once for each number
NO_MINUTE, FIRST_RUNG = np.int64(-1), np.int64(0)


class Luck(NamedTuple):
    """Everybody's luck with buying today: a stream of draws, and the dials that turn it."""

    key: np.uint64
    dials: Dials


@njit(inline="always")
def luck_of(day, seed, dials):  # type: ignore[no-untyped-def]
    """Everybody's luck with buying on a day."""
    return Luck(stream(seed, _BUY, day, 0), dials)


@borrowing
def wants(people, i):  # type: ignore[no-untyped-def]
    """Orders a day at the usual price, unprompted: the person's rate x need, and what a referral adds."""
    return people.reals[c.RATE, i] * people.reals[c.NEED, i] * people.reals[c.REFERRAL, i]


@borrowing
def buying_draw(luck, i):  # type: ignore[no-untyped-def]
    """A person's luck with buying today: they buy if it is below the chance of their hazard.

    A nudge x works on the draw: u < 1 - exp(-h e^x) is the same as 1 - (1 - u)^(e^-x) < 1 - exp(-h).
    """
    u = uniform(luck.key, i)
    at = luck.dials.at[BUY]
    return 1.0 - exp(log(1.0 - u) * exp(-luck.dials.turned[at, i])) if at >= 0 else u


SLACK = 1e-6
"""Far above the error of `buying_draw`: who draws so much more than their rate x e^nudge does not buy."""


@borrowing
def draw_block(luck, at, draws):  # type: ignore[no-untyped-def]
    """Everybody's luck with buying in a block, before nudges."""
    first = at.start
    for k in range(at.stop - first):
        draws[k] = uniform(luck.key, first + k)


@borrowing
def most_nudged(luck, at):  # type: ignore[no-untyped-def]
    """The highest nudge of buying in a block, and 0 at least."""
    most = 0.0
    if luck.dials.at[BUY] >= 0:
        odds = luck.dials.turned[luck.dials.at[BUY], at]
        for k in range(len(odds)):
            most = max(most, odds[k])
    return most


@borrowing
def customer(day, seed, people, i, sample, p):  # type: ignore[no-untyped-def]
    """Whether an order makes a customer of who was none; a sample, which is noted, does so by chance.

    Who had never bought is then a customer of less worth.
    """
    if sample == 0.0:
        return True
    people.tiny[c.SAMPLED, i] = 1
    converted = uniform(stream(seed, _SAMPLE, day, 0), i) < p.buying.sample_convert
    if converted and people.tiny[c.BUYS, i] == NEVER:
        for rate in (c.BUY_RATE, c.USUAL):
            people.reals[rate, i] = np.float32(people.reals[rate, i] * p.buying.sample_quality)
    return converted


@borrowing
def order(people, i, sale, rung, product, promoted, minute, stays, p, out):  # type: ignore[no-untyped-def]
    """Place an order: need is used up beyond what was wanted; who was no customer is one now, if they stay.

    promoted: log uplift by price, scarcity and others' orders, part of which is borrowed from later.
    minute: since the opening of the sale, or `NO_MINUTE`.
    """
    n = out.tally[c.N_ORDERS]
    out.rows[c.ORDER_PERSON, n], out.rows[c.ORDER_MINUTE, n] = i, minute
    out.shorts[c.ORDER_SALE, n], out.shorts[c.ORDER_RUNG, n] = sale, rung
    out.shorts[c.ORDER_PRODUCT, n] = product
    out.tally[c.N_ORDERS] = n + 1
    out.flags[c.BOUGHT, i] = True
    if promoted > 0.0:
        people.reals[c.NEED, i] = np.float32(
            max(0.0, people.reals[c.NEED, i] - p.buying.borrowed * (1.0 - exp(-promoted)))
        )
    people.counts[c.ORDERS, i] += 1
    if stays:
        people.tiny[c.BUYS, i] = BUYER
        people.reals[c.RATE, i] = people.reals[c.BUY_RATE, i]
