"""Offers far below the usual price: whoever is there tries one, once, whatever they buy otherwise."""

import numpy as np
import pytest
from still import Attentive, still, world

from commsim.simulation.state import BUYER, LAPSED, NEVER

PEOPLE, TAKE, CONVERT, LEAST = 2000, 0.3, 0.25, 0.3
USUAL = 30


def offered(price, days=1, lapsed=0.0, behaviour=None, **segment):
    """A world after a day or some on which tea is offered from 8 to 23 h, so that nearly everybody comes."""
    sale = {"kind": "flash_sale", "price": price, "hour": 8, "open_hours": 15.0, "scarce": False, "posts": 1}
    segments = [{"buyers": 0.0, "orders_per_week": 0.0, "lapsed": lapsed, **segment}]
    scenario = still(Attentive(), sale, members=PEOPLE, days=days, segments=segments, behaviour=behaviour)
    made = world(scenario)
    for _ in range(days):
        made.advance()
    return made


@pytest.mark.parametrize("price", [1, 5, 8])
def test_who_is_no_buyer_takes_a_sample_by_its_price_alone(price):
    chance = 1 - (1 - TAKE) ** (1 - price / USUAL / LEAST)
    taken = np.count_nonzero(offered(price).people.orders)
    assert abs(taken - PEOPLE * chance) < 4.5 * np.sqrt(PEOPLE * chance * (1 - chance)) + 1e-3 * PEOPLE


def test_what_is_dearer_is_no_sample():
    assert offered(9).people.orders.sum() == offered(12).people.orders.sum() == 0


def test_below_a_sample_a_lower_price_pulls_no_harder():
    """Of people who mind prices and take no samples."""
    minding = {"buying": {"elasticity": 1.0, "sample_take": 0.0}}
    sold = [
        offered(price, behaviour=minding, buyers=1.0, orders_per_week=0.5).people.orders.sum()
        for price in (12, 9, 1)
    ]
    assert 100 < sold[0] < sold[1] == sold[2]


def test_a_sample_is_taken_once_and_makes_a_customer_of_some():
    """Who was none stays none, but for a quarter; in the end everybody has taken theirs."""
    people = offered(0.01, days=60).people
    assert people.orders.max() == 1
    assert (people.sampled == (people.orders > 0)).all()
    assert people.sampled.mean() > 0.999
    customers = np.count_nonzero(people.buys == BUYER)
    assert np.count_nonzero(people.buys == NEVER) == PEOPLE - customers
    assert abs(customers - CONVERT * PEOPLE) < 4.5 * np.sqrt(PEOPLE * CONVERT * (1 - CONVERT))


def test_who_has_lapsed_can_be_won_back():
    people = offered(0.01, buyers=1.0, lapsed=1.0, orders_per_week=0.5).people
    taken, back = people.sampled == 1, people.buys == BUYER
    assert (people.buys[~taken] == LAPSED).all()
    assert not (back & ~taken).any()
    assert abs(back.sum() - CONVERT * taken.sum()) < 4.5 * np.sqrt(taken.sum() * CONVERT * (1 - CONVERT))
    assert (people.rate[back] == people.buy_rate[back]).all()
    assert (people.rate[~back] == 0.0).all()


def test_next_to_nothing_sells_more_than_less():
    """Twelve, five and one yuan in place of thirty, to people who buy: each sells otherwise."""
    sold = [
        offered(price, buyers=0.8, lapsed=0.3, orders_per_week=0.25).people.orders.sum()
        for price in (12, 9, 5, 1)
    ]
    assert sold[0] == sold[1]  # nobody minds the price in a world without elasticities
    assert sold[1] < 0.8 * sold[2] < 0.64 * sold[3]
