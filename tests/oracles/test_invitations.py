"""Invitations alone are a Galton-Watson process whose offspring is negative binomial."""

import math
from functools import cache

import numpy as np
import pytest
from laws import agree
from scipy import stats
from still import Attentive, still, world

from commsim.records.tables import INVITATION

SHAPE = 0.15
"""Of sociability over people, as shipped."""
ROOTS, STRANGERS, FRIENDS = 400, 20, 150
PERSONS = ROOTS * (1 + STRANGERS)


@cache
def trees(mean, days, shape=SHAPE, seed=1):
    """Invitations as arrays: the root of the tree that the newcomer belongs to, and their generation.

    The reward is the usual one, so that a member brings ``mean`` friends on average.  Everybody knows
    150 strangers, far more than anybody brings; who is invited comes on the next day and is asked on it.
    """
    rebate = {"kind": "distributor_rebate", "base": mean, "reward": 10, "levels": [], "posts": 0}
    scenario = still(
        Attentive(), rebate, members=ROOTS, days=days, outside_per_member=float(STRANGERS),
        behaviour={"invite": {"dispersion": shape}},
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


def offspring(mean, people=1):
    """How many friends so many people bring: negative binomial."""
    return stats.nbinom(people * SHAPE, SHAPE / (SHAPE + mean))


def test_a_member_brings_a_negative_binomial_number_of_friends():
    """First generation by chi-square: 80 % of the members bring nobody."""
    root, generation = trees(0.5, days=60)
    brought = np.bincount(root[generation == 1], minlength=ROOTS)
    agree(brought, offspring(0.5).cdf, edges=[0, 1, 3])


def test_trees_have_the_sizes_of_total_progeny():
    """P(size = n) = P(n people bring n - 1) / n (Dwass 1969), and the mean is 1 / (1 - R)."""
    root, generation = trees(0.5, days=60)
    size = 1 + np.bincount(root, minlength=ROOTS)
    law = [offspring(0.5, people=n).pmf(n - 1) / n for n in range(1, 200)]
    agree(size, lambda n: sum(law[:n]), edges=[1, 2, 4, 9])
    variance = (0.5 + 0.5**2 / SHAPE) / (1 - 0.5) ** 3
    assert abs(size.mean() - 2.0) < 4.5 * math.sqrt(variance / ROOTS)
    assert generation.max() < 40  # 400 trees of which a 2^-40th lives so long


@pytest.mark.parametrize(("mean", "generations"), [(0.5, 6), (1.0, 5), (1.5, 4)])
def test_trees_die_out_generation_by_generation(mean, generations):
    """Alive in generation g with the chance 1 - G(G(...G(0))); above one a part never dies."""
    root, generation = trees(mean, days=60 if mean < 1 else generations)
    dead = 0.0
    for g in range(1, generations + 1):
        dead = (1 + mean * (1 - dead) / SHAPE) ** -SHAPE
        alive = len(set(root[generation == g].tolist()))
        assert abs(alive - ROOTS * (1 - dead)) < 4.5 * math.sqrt(ROOTS * dead * (1 - dead)), g


def test_numbers_grow_by_the_mean_in_every_generation():
    """R^g per root, whether it dies out or not: within 4.5 standard deviations of generation g."""
    for mean, days in ((0.5, 60), (1.5, 4)):
        _, generation = trees(mean, days=days)
        variance, one = 0.0, mean + mean**2 / SHAPE
        for g in range(1, 5):
            variance = mean ** (g - 1) * one + mean**2 * variance
            assert abs((generation == g).sum() - ROOTS * mean**g) < 4.5 * math.sqrt(ROOTS * variance)


def test_more_even_sociability_is_told_apart():
    root, generation = trees(0.5, days=60, shape=0.5)
    brought = np.bincount(root[generation == 1], minlength=ROOTS)
    with pytest.raises(AssertionError):
        agree(brought, offspring(0.5).cdf, edges=[0, 1, 3])
