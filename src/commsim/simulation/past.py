"""Customers with a past: where their orders so far have left trust and need, and rates that hold there.

A buying rate that was estimated from orders is what came out of a person's trust, awareness and need
together.  The engine multiplies these in again, so here they are divided out.  And he starts where
steady buying at that rate has brought him: from anywhere else sales would drift for no other reason
than that the past was left out.
"""

from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Floats
from commsim.scenario.behaviour import Behaviour, Buying, Trust

_MOST = 0.99
"""Orders a day; a history counts no more than one a day, and the engine makes no more."""


class Past(NamedTuple):
    """Per person: the engine's buying rate (a day), trust and need at rest."""

    buy_rate: Floats
    trust: Floats
    need: Floats


def at_rest(orders: Floats, base: Floats, activity: Floats, bad_share: float, behaviour: Behaviour) -> Past:
    """What gives ``orders`` a day, observed at some ``activity`` of people whose trust tends to ``base``.

    bad_share: share of deliveries that disappoint.
    """
    buying = behaviour.buying
    trust = _trust(orders, base, bad_share, behaviour.trust)
    sigmas = np.clip((trust - behaviour.trust.start) / behaviour.trust.scale, -2.0, 1.0)
    lift = np.exp(buying.trust * sigmas)
    aware = buying.aware + (1.0 - buying.aware) * np.minimum(1.0, activity / buying.aware_activity)
    need = _need(lift, aware, buying)
    hazard = -np.log1p(-np.minimum(orders, _MOST))
    return Past(hazard / (aware * lift * need), trust, need)


def _trust(orders: Floats, base: Floats, bad_share: float, t: Trust) -> Floats:
    """Trust at which deliveries, good and bad, and the daily return to the base are in balance."""
    gain, loss = orders * (1.0 - bad_share) * t.good, orders * bad_share * t.bad
    pull = t.recovery + gain + loss
    return np.divide(t.recovery * base + gain, pull, out=base.copy(), where=pull > 0.0)


def _need(lift: Floats, aware: Floats, buying: Buying) -> Floats:
    """Need at which what orders use up comes back between them; without any lift it is whole."""
    return np.asarray(1.0 / (1.0 + buying.borrowed * aware * np.maximum(lift - 1.0, 0.0)))
