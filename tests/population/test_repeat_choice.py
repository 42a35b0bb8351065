"""Which model a history asks for: plain where orders come at random; else even, with a trend if need be."""

import numpy as np
import pytest

from commsim.population.orders import YEAR, Orders, observe
from commsim.population.repeat_choice import REGULAR, choose

END = 19_000


def history(k, trend=0.0, people=1200, days=730, seed=1, a=0.3, b=6.0):
    """Orders of people whose pace changes by the calendar, to 1 at last; all begin in the first quarter."""
    luck = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        rate, lapse = luck.gamma(1.2, 1 / 14.0), luck.beta(a, b)
        at = luck.uniform(0, 90)
        while at < days:
            rows.append((person, END - days + 1 + int(at)))
            if luck.random() < lapse:
                break
            by_then = luck.gamma(k, 1 / (k * rate))
            pace = np.exp(trend * (at - days) / YEAR)
            slope = trend / YEAR
            left = by_then / pace if trend == 0 else np.log(max(1e-9, 1 + slope * by_then / pace)) / slope
            at += left
    customer, day = np.unique(np.array(rows), axis=0).T
    return Orders(tuple(map(str, range(people))), customer, day)


def test_random_orders_are_left_to_the_plain_model():
    choice = choose(history(k=1, trend=-0.6), END)
    assert choice.fitted.shares == (1.0,)
    assert choice.trend == 0.0
    assert choice.regularity < REGULAR


def test_even_orders_of_a_steady_pace_have_no_trend():
    choice = choose(history(k=4), END)
    assert sum(choice.fitted.shares[1:]) > 0.9
    assert choice.trend == 0.0


@pytest.mark.parametrize("trend", [-0.5, 0.4])
def test_a_trend_is_found_and_weeks_are_those_of_the_pace_at_the_end(trend):
    choice = choose(history(k=3, trend=trend), END)
    assert choice.trend == pytest.approx(trend, abs=0.12)
    assert choice.fitted.r / choice.fitted.alpha == pytest.approx(1.2 / 14.0 * 7, rel=0.1)


def test_what_is_seen_of_customers():
    """Two with orders 10 and 4, and 7 days before the end; then with a pace that falls by two logs a year."""
    orders = Orders(("a", "b"), np.array([0, 0, 1]), END - np.array([10, 4, 7]))
    plain = observe(orders, END)
    assert plain.seen.x.tolist() == [1, 0]
    assert plain.seen.t * 7 == pytest.approx([6, 0])
    assert pytest.approx([10, 7]) == plain.seen.T * 7
    assert plain.seen.gaps == pytest.approx([np.log(6 / 7), 0.0])
    assert plain.last.tolist() == [END - 4, END - 7]
    assert plain.pace == 0.0
    falling = observe(orders, END, trend=-2.0)
    days = np.arange(0, 10, 0.001)
    watched = np.exp(2.0 * days / YEAR).sum() * 0.001
    assert falling.seen.T[0] * 7 == pytest.approx(watched, rel=1e-4)
    assert falling.pace == pytest.approx(2.0 * 4 / YEAR)


def test_orders_after_the_end_and_their_customers_are_not_seen():
    orders = history(k=1, people=300)
    early = choose(orders, END - 200)
    assert early.observed.last.max() <= END - 200
    known = orders.where(orders.day <= END - 200)
    assert early.observed.customers.tolist() == np.unique(known.customer).tolist()
