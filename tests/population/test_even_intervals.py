"""Regularity of orders whose intervals are gamma distributed, with a rate of each customer's own."""

import math

import numpy as np
import pytest

from commsim.population.orders import regularity


def orders(shape, customers=3000, each=6, seed=1):
    """Customers and days of orders; mean intervals from weeks to years."""
    luck = np.random.default_rng(seed)
    scale = luck.gamma(2.0, 200.0, (customers, 1))
    gaps = np.maximum(1, np.rint(luck.gamma(shape, scale / shape, (customers, each))))
    return np.repeat(np.arange(customers), each), gaps.cumsum(axis=1).astype(np.int64).ravel()


@pytest.mark.parametrize("shape", [0.7, 1.0, 2.5])
def test_the_shape_of_intervals_is_found_whatever_the_rates(shape):
    assert regularity(*orders(shape)) == pytest.approx(shape, rel=0.08)


def test_only_the_last_two_intervals_of_each_customer_count():
    """Before them anything may have happened, and who ordered twice tells nothing."""
    customer, day = orders(1.0, customers=200)
    first = np.arange(0, len(day), 6)
    day[first] -= 5000
    moved = day - day.min()
    twice = np.array([200, 200])
    assert regularity(np.append(customer, twice), np.append(moved, [3, 900])) == regularity(customer, day)


def test_a_weekly_order_is_as_even_as_can_be():
    customer, week = np.divmod(np.arange(300), 3)
    jitter = np.where(np.arange(300) % 6 == 1, 1, 0)
    assert regularity(customer, 7 * week + jitter) > 20


def test_a_few_customers_tell_nothing():
    customer, day = orders(1.0, customers=49)
    assert math.isnan(regularity(customer, day))
    assert math.isnan(regularity(customer[:1], day[:1]))
