"""Two plans on one seed share their luck, so that a small difference shows in a few worlds."""

import numpy as np
import pytest
from worlds import plan

from commsim.population.build import build
from commsim.simulation.run import simulate

WORLDS = 24
ENVELOPE = {"kind": "red_envelope", "weekdays": ["mon", "wed", "sat"], "staff_minutes": 1}
SALE = {"kind": "flash_sale", "discount": 0.15, "weekdays": ["tue", "thu"], "warm_up": 2, "starts": 3}


def profits(*plans):
    """Profit in fen, plans x worlds."""
    found = []
    for seed in range(WORLDS):
        first = plans[0]
        people = build(first.community, first.behaviour, seed, today=first.start)
        runs = [simulate(scenario, seed, population=people) for scenario in plans]
        found.append([records.ledger["fen"].sum() for records in runs])
    return np.array(found, float).T


@pytest.mark.parametrize(
    ("one", "other", "at_least"),
    [
        pytest.param(ENVELOPE, ENVELOPE | {"total": 12}, 20, id="envelope of 10 or 12 yuan"),
        pytest.param(SALE, SALE | {"hour": 19}, 4, id="sale at 20 or 19 o'clock"),
        pytest.param(SALE, SALE | {"discount": 0.16}, 10, id="15 or 16 % off"),
    ],
)
def test_a_small_difference_stands_out_of_the_luck(one, other, at_least):
    """Standard deviation of the profit difference: other seeds over the same seed, 24 worlds each."""
    a, b = profits(*(plan(s, members=1000, group_size=200, days=30) for s in (one, other)))
    same_seed, other_seeds = (b - a).std(ddof=1), (b - np.roll(a, 1)).std(ddof=1)
    assert same_seed > 0
    assert other_seeds / same_seed > at_least
