"""Whether a trial pays, on paper: what is lost on it, and what those bring whom it wins."""

from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Floats
from commsim.scenario.schema import Scenario
from commsim.strategies.calendar import formal_days
from commsim.strategies.trial import Trial


class Balance(NamedTuple):
    """Of one trial that is taken on the first day of a strategy, in fen, until the end of the run.

    lost: on it.  back: margin of the orders that it adds.  won: chance that it makes a customer.  anyway:
    chance that who takes it would have begun to buy by themselves by the end.
    """

    lost: float
    back: float
    won: float
    anyway: float


def balance(strategy: Trial, scenario: Scenario) -> Balance:
    """It pays if won x (quality x orders of a customer - orders of who begins by themselves) x margin > lost.

    The orders are those of the buyers whom the plan describes, at the usual price and without anything that
    moves them; whose own rate to begin differs from that of others as `buying.trial_shape` says.
    """
    b = scenario.behaviour.buying
    named = [one for one in scenario.products if one.name == strategy.product]
    product = (*named, scenario.products[0])[0]
    days = scenario.days - min(formal_days(strategy, scenario.start, scenario.days), default=scenario.days)
    begun = 1.0 - (1.0 + b.trial * np.arange(days + 1) / b.trial_shape) ** -b.trial_shape
    orders = orders_of_a_customer(scenario, np.arange(days + 1.0))
    by_themselves = float((np.diff(begun) * (1.0 + orders[:days][::-1])).sum())
    gain = b.sample_convert * (b.sample_quality * float(orders[days]) - by_themselves)
    margin = product.price - product.unit_cost
    return Balance(product.unit_cost - strategy.price, gain * margin, b.sample_convert, float(begun[days]))


def orders_of_a_customer(scenario: Scenario, days: Floats) -> Floats:
    """Mean orders in so many days of a customer who is won today, until they lapse (BG/NBD).

    The rate is gamma distributed; after each order a customer lapses with a chance p, which is beta
    distributed: (1 - exp(-rate x p x days)) / p orders in the mean.
    """
    from scipy.stats import beta

    b, segments = scenario.behaviour.buying, scenario.community.segments
    all_shares = sum(one.share for one in segments)
    rate = sum(one.share * one.orders_per_week / 7.0 for one in segments) / all_shares
    lapse = np.maximum(beta.ppf((np.arange(200) + 0.5) / 200, b.lapse_a, b.lapse_b), 1e-6)[:, None]
    stays = (1.0 + rate * lapse * days / b.shape) ** -b.shape  # the mean of exp(-rate x p x days)
    return np.asarray(((1.0 - stays) / lapse).mean(axis=0))
