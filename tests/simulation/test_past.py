"""Customers with a past start where their orders have left them, and their rates hold there."""

import numpy as np
import pytest

from commsim.scenario.behaviour import Behaviour
from commsim.simulation.past import at_base, at_rest, trust_lift

B = Behaviour()
BASE = np.array([0.3, 0.5, 0.7])


def test_without_orders_trust_is_its_base_and_nobody_buys():
    past = at_rest(np.zeros(3), BASE, 0.0, B)
    assert past.trust == pytest.approx(BASE)
    assert (past.buy_rate == 0).all()


def test_trust_is_where_a_long_simulation_of_it_ends():
    orders, bad = 0.03, B.trust.past_bad
    past = at_rest(np.full(3, orders), BASE, 0.0, B)
    trust = BASE.copy()
    for _ in range(5000):
        trust += B.trust.recovery * (BASE - trust)
        trust += orders * ((1 - bad) * B.trust.good * (1 - trust) - bad * B.trust.bad * trust)
    assert past.trust == pytest.approx(trust, abs=0.003)


@pytest.mark.parametrize("contact", [0.0, 0.1, 0.9])
def test_the_engine_s_hazard_gives_the_orders_back(contact):
    orders = np.array([0.001, 0.05, 0.5])
    past = at_rest(orders, BASE, contact, B)
    touch = 1.05 ** min(1.0, contact / 0.5)
    lift = np.exp(B.buying.trust * np.clip((past.trust - B.trust.start) / B.trust.scale, -2.0, 1.0))
    assert 1 - np.exp(-past.buy_rate * touch * lift) == pytest.approx(orders)


def test_trust_that_never_returns_is_left_alone_where_nobody_orders():
    still = B.model_copy(update={"trust": B.trust.model_copy(update={"recovery": 0.0})})
    assert at_rest(np.zeros(3), BASE, 0.0, still).trust == pytest.approx(BASE)


def test_more_than_an_order_a_day_is_as_many_as_the_engine_makes():
    past = at_rest(np.array([0.99, 5.0]), np.full(2, 0.5), 0.0, B)
    assert past.buy_rate[0] == past.buy_rate[1] < np.inf


def test_a_stated_rate_holds_at_rest_as_it_would_at_the_base():
    rate = np.array([0.001, 0.05, 0.5])
    past = at_base(rate, BASE, B)
    assert (past.trust > BASE)[1:].all()
    assert past.buy_rate * trust_lift(past.trust, B) == pytest.approx(rate * trust_lift(BASE, B))
