"""Customers with a past: where their orders so far have left their trust, and rates that hold there.

The engine multiplies a person's buying rate by what trust and touch make of it.  A rate that was
estimated from orders has these in it already, so here they are divided out.  And a customer starts where
steady buying has brought them: from anywhere else sales would drift for no other reason than that the
past was left out.
"""

from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Floats
from commsim.scenario.behaviour import Behaviour, Trust

_MOST = 0.99
"""Orders a day; a history counts no more than one a day, and the engine makes no more."""


class Past(NamedTuple):
    """Per person: the engine's buying rate (a day), trust at rest, and orders a day of a buyer there."""

    buy_rate: Floats
    trust: Floats
    orders: Floats


def at_rest(orders: Floats, base: Floats, contact: float, behaviour: Behaviour) -> Past:
    """What gives ``orders`` a day, observed at some ``contact`` of people whose trust tends to ``base``."""
    buying = behaviour.buying
    trust = _trust(orders, base, behaviour.trust)
    orders = np.minimum(orders, _MOST)
    hazard = -np.log1p(-orders)
    touch = (1.0 + buying.touch) ** min(1.0, contact / buying.touch_full)
    lift = touch * trust_lift(trust, behaviour)
    return Past(np.divide(hazard, lift, out=hazard.copy(), where=lift > 0.0), trust, orders)


def at_base(rate: Floats, base: Floats, behaviour: Behaviour) -> Past:
    """What gives the hazard at rest that a ``rate`` (a day) has while trust is at its ``base``."""
    trust = _trust(rate, base, behaviour.trust)
    hazard = rate * trust_lift(base, behaviour)
    return Past(hazard / trust_lift(trust, behaviour), trust, -np.expm1(-hazard))


def trust_lift(trust: Floats, behaviour: Behaviour) -> Floats:
    """Factor of trust on buying, as in the kernels."""
    sigmas = np.clip((trust - behaviour.trust.start) / behaviour.trust.scale, -2.0, 1.0)
    return np.asarray(np.exp(behaviour.buying.trust * sigmas))


def _trust(orders: Floats, base: Floats, t: Trust) -> Floats:
    """Trust at which deliveries, good and bad, and the daily return to the base are in balance."""
    gain, loss = orders * (1.0 - t.past_bad) * t.good, orders * t.past_bad * t.bad
    pull = t.recovery + gain + loss
    return np.divide(t.recovery * base + gain, pull, out=base.copy(), where=pull > 0.0)
