"""Invitations alone are a Galton-Watson process whose offspring is Poisson with a lognormal mean."""

import math
from functools import cache

import numpy as np
import pytest
from laws import agree
from scipy import stats
from still import Attentive, still, world

from commsim.records.tables import INVITATION

SPREAD = 1.8
"""Log standard deviation of sociability over people, as shipped."""
ROOTS, STRANGERS, FRIENDS = 400, 20, 20
PERSONS = ROOTS * (1 + STRANGERS)
MOST = 200
"""Sizes up to which laws of totals are reckoned."""
NORMAL = np.linspace(-8.0, 8.0, 4001)
WEIGHTS = stats.norm.pdf(NORMAL) * (NORMAL[1] - NORMAL[0])


def sociability(spread=SPREAD):
    """Its values at the points of `NORMAL`."""
    return np.exp(spread * NORMAL - spread**2 / 2)


@cache
def trees(mean, days, spread=SPREAD, seed=1):
    """Invitations as arrays: the root of the tree that the newcomer belongs to, and their generation.

    The reward is the usual one, so that a member brings ``mean`` friends on average.  Everybody knows 20
    strangers and brings others when these are gone; who is invited comes on the next day and is asked on it.
    """
    rebate = {"kind": "distributor_rebate", "base": mean, "reward": 10, "levels": [], "posts": 0}
    scenario = still(
        Attentive(), rebate, members=ROOTS, days=days, outside_per_member=float(STRANGERS),
        behaviour={"invite": {"spread": spread}},
    )  # fmt: skip
    knows = np.random.default_rng(seed).integers(ROOTS, PERSONS, PERSONS * FRIENDS)
    made = world(scenario, seed, np.column_stack([np.repeat(np.arange(PERSONS), FRIENDS), knows]))
    for _ in range(days):
        made.advance()
    events = made.records().events
    asked = events["kind"] == INVITATION
    root = np.arange(PERSONS)
    for inviter, invited in zip(events["person"][asked], events["other"][asked], strict=True):
        root[invited] = root[inviter]
    return root[events["other"][asked]], events["day"][asked] + 1


def offspring(mean):
    """Chances that somebody brings 0, 1, 2 ... friends."""
    return stats.poisson.pmf(np.arange(MOST)[:, None], mean * sociability()) @ WEIGHTS


def variance(mean, spread=SPREAD):
    """Of that number: Poisson, and of its mean."""
    return mean + mean**2 * (math.exp(spread**2) - 1)


def brought_by_roots(**more):
    root, generation = trees(0.5, days=60, **more)
    return np.bincount(root[generation == 1], minlength=ROOTS)


def test_a_member_brings_a_poisson_number_of_friends_with_a_lognormal_mean():
    """First generation by chi-square: three quarters of the members bring nobody."""
    below = offspring(0.5).cumsum()
    assert 0.7 < below[0] < 0.8
    agree(brought_by_roots(), lambda n: below[n], edges=[0, 1, 3])


def test_trees_have_the_sizes_of_total_progeny():
    """P(size = n) = P(n people bring n - 1) / n (Dwass 1969), and the mean is 1 / (1 - R)."""
    root, generation = trees(0.5, days=60)
    size = 1 + np.bincount(root, minlength=ROOTS)
    one, together, law = offspring(0.5), np.ones(1), []
    for n in range(1, MOST):
        together = np.convolve(together, one)[:MOST]
        law.append(together[n - 1] / n)
    agree(size, lambda n: sum(law[:n]), edges=[1, 2, 4, 9])
    assert abs(size.mean() - 2.0) < 4.5 * math.sqrt(variance(0.5) / (1 - 0.5) ** 3 / ROOTS)
    assert generation.max() < 40  # 400 trees of which a 2^-40th lives so long


@pytest.mark.parametrize(("mean", "generations"), [(0.5, 6), (1.0, 5), (1.5, 3)])
def test_trees_die_out_generation_by_generation(mean, generations):
    """Alive in generation g with the chance 1 - G(G(...G(0))); above one a part never dies."""
    root, generation = trees(mean, days=60 if mean < 1 else generations)
    dead = 0.0
    for g in range(1, generations + 1):
        dead = np.exp(-mean * (1 - dead) * sociability()) @ WEIGHTS
        alive = len(set(root[generation == g].tolist()))
        assert abs(alive - ROOTS * (1 - dead)) < 4.5 * math.sqrt(ROOTS * dead * (1 - dead)), g


def test_numbers_grow_by_the_mean_in_every_generation():
    """R^g per root, whether it dies out or not: within 4.5 standard deviations of generation g."""
    for mean, days in ((0.5, 60), (1.5, 3)):
        _, generation = trees(mean, days=days)
        spread = 0.0
        for g in range(1, 4):
            spread = mean ** (g - 1) * variance(mean) + mean**2 * spread
            assert abs((generation == g).sum() - ROOTS * mean**g) < 4.5 * math.sqrt(ROOTS * spread)


def test_the_largest_tree_dwarfs_the_usual_one():
    """And it is broad, not deep: people who bring many make it, which no number of close friends limits."""
    root, generation = trees(0.5, days=60)
    size = 1 + np.bincount(root, minlength=ROOTS)
    assert size.max() > 20 * np.median(size)
    assert brought_by_roots().max() > FRIENDS
    assert generation[root == size.argmax()].max() < 0.5 * size.max()


def test_more_even_sociability_is_told_apart():
    below = offspring(0.5).cumsum()
    with pytest.raises(AssertionError):
        agree(brought_by_roots(spread=0.9), lambda n: below[n], edges=[0, 1, 3])
