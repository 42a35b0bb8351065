"""Herding within a sale: each who comes sees how many bought before, which is a chain of known law."""

import numpy as np
import pytest
from laws import agree
from still import Attentive, still, world

RATE, GROUP, GROUPS, DAYS = 0.02, 40, 25, 40


def sold(**buying):
    """Pieces sold per group and day in a sale that everybody attends, at the usual price."""
    sale = {"kind": "flash_sale", "product": "box", "price": 99, "open_hours": 24, "hour": 0, "scarce": False}
    scenario = still(
        Attentive(), sale, members=GROUP * GROUPS, days=DAYS, group_size=GROUP, behaviour={"buying": buying}
    )
    made = world(scenario, seed=1)
    made.people.rate[:], made.people.buy_rate[:], made.people.lapse[:] = RATE, RATE, 0.0
    counts = []
    for _ in range(DAYS):
        happened = made.advance()
        bought = happened.order_persons[happened.order_cause >= 0]
        counts.append(np.bincount(made.people.group[bought], minlength=GROUPS)[:GROUPS])
    return np.concatenate(counts)


def law(first, more, cap):
    """Cumulative chances of 0, 1, 2 ... sold after all of a group came one after another."""
    n = np.arange(1, GROUP + 1)
    uplift = np.concatenate([[1.0], np.minimum(cap, np.exp(first + more * np.log(n)))])
    buys = 1 - np.exp(-RATE * uplift)
    chances = np.eye(1, GROUP + 1)[0]
    for _ in range(GROUP):
        chances = chances * (1 - buys) + np.concatenate([[0.0], (chances * buys)[:-1]])
    return chances.cumsum()


@pytest.mark.parametrize(
    ("first", "more", "edges"), [(0.0, 0.0, [0, 1, 2]), (0.26, 0.25, [0, 1, 2, 3]), (0.5, 1.0, [0, 1, 3, 8])]
)
def test_buyers_who_see_buyers_sell_as_the_chain_says(first, more, edges):
    """Nobody looks at others; as shipped; and an uplift in proportion to their number, which runs away."""
    counts = sold(first_buyer=first, more_buyers=more, cap=50.0)
    below = law(first, more, 50.0)
    agree(counts, lambda n: below[n], edges)


def test_a_herd_is_told_apart_from_single_buyers():
    below = law(0.0, 0.0, 8.0)
    with pytest.raises(AssertionError):
        agree(sold(first_buyer=0.26, more_buyers=0.25, cap=8.0), lambda n: below[n], [0, 1, 2])
