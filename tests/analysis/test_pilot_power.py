"""Formulas of trials in groups, held against trials that are drawn."""

from math import inf, sqrt

import numpy as np
import pytest
from scipy import stats

from commsim.analysis.pilot.power import (
    adjusted,
    design_effect,
    groups_for,
    picks_wrong,
    power_of,
    smallest_seen,
)

TRIALS = 20_000


def drawn(groups, difference, *, r=0.0, seed=1):
    """Baselines and outcomes of both arms, of standard deviation 1: trials x arms x groups."""
    luck = np.random.default_rng(seed)
    before, rest = luck.normal(size=(2, TRIALS, 2, groups))
    after = r * before + sqrt(1 - r * r) * rest
    after[:, 0] += difference
    return before, after


def found_share(before, after, *, adjust):
    """Share of trials that find a difference, by Student's t or by ANCOVA."""
    groups = after.shape[2]
    gap = after[:, 0].mean(1) - after[:, 1].mean(1)
    free = 2 * groups - 2
    x, y = (one - one.mean(2, keepdims=True) for one in (before, after))
    rest, scale = (y**2).sum((1, 2)), 2 / groups
    if adjust:
        xx, xy = (x**2).sum((1, 2)), (x * y).sum((1, 2))
        apart = before[:, 0].mean(1) - before[:, 1].mean(1)
        gap = gap - xy / xx * apart
        rest, free, scale = rest - xy**2 / xx, free - 1, scale + apart**2 / xx
    return float(np.mean(np.abs(gap) / np.sqrt(rest / free * scale) > stats.t.ppf(0.975, free)))


@pytest.mark.parametrize(("groups", "difference", "r"), [(3, 1.5, 0.7), (6, 1.0, 0.0), (20, 0.6, 0.8)])
def test_power_is_that_of_trials_with_and_without_a_baseline(groups, difference, r):
    before, after = drawn(groups, difference, r=r)
    assert power_of(difference, 1.0, groups) == pytest.approx(
        found_share(before, after, adjust=False), abs=0.012
    )
    slack = 0.015 if groups > 5 else 0.06  # with three it is on the safe side
    assert power_of(difference, adjusted(1.0, r), groups, 1) == pytest.approx(
        found_share(before, after, adjust=True), abs=slack
    )


def test_the_groups_needed_are_the_fewest_whole_number_and_reach_the_power():
    for difference in (0.1, 0.4, 0.9, 1.7, 6.0):
        needed = int(groups_for(difference, 1.0))
        assert power_of(difference, 1.0, needed) >= 0.8
        assert needed == 2 or power_of(difference, 1.0, needed - 1) < 0.8
    before, after = drawn(17, 1.0)
    assert groups_for(1.0, 1.0) == 17  # the normal formula asks for 16
    assert found_share(before, after, adjust=False) == pytest.approx(0.8, abs=0.02)


def test_with_very_few_groups_the_normal_formula_would_ask_for_too_few():
    normal = 2 * ((stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) / 3.0) ** 2
    assert normal < 2
    assert groups_for(3.0, 1.0) == 4


def test_what_can_not_be_found_takes_groups_without_end():
    assert groups_for(0.0, 1.0) == inf
    assert groups_for(1e-4, 1.0) == inf
    assert smallest_seen(1.0, 2, covariates=1) == inf
    assert groups_for(1.0, 0.0) == 2
    assert power_of(0.0, 1.0, 9) == pytest.approx(0.05)


def test_the_smallest_difference_seen_is_seen_with_that_power():
    for groups, covariates in ((2, 0), (3, 1), (5, 1), (40, 0)):
        least = smallest_seen(3.0, groups, covariates)
        assert power_of(least, 3.0, groups, covariates) == pytest.approx(0.8, abs=1e-6)


def test_the_wrong_pick_is_that_of_trials():
    for groups, difference in ((2, 0.3), (10, 0.5)):
        _, after = drawn(groups, difference)
        share = float(np.mean(after[:, 0].mean(1) < after[:, 1].mean(1)))
        assert picks_wrong(difference, 1.0, 1.0, groups) == pytest.approx(share, abs=0.012)
    assert picks_wrong(-0.5, 1.0, 1.0, 10) > 0.5  # a length at which the sign is the other one
    assert picks_wrong(0.2, 1.0, 0.0, 3) == 0.0


def test_likeness_costs_what_the_design_effect_says():
    luck = np.random.default_rng(5)
    members, rho = 50, 0.05
    common = luck.normal(size=(20_000, 1)) * sqrt(rho)
    sums = (common + luck.normal(size=(20_000, members)) * sqrt(1 - rho)).sum(1)
    assert sums.var() / members == pytest.approx(design_effect(members, rho), rel=0.05)
    assert design_effect(1, 0.3) == 1.0
