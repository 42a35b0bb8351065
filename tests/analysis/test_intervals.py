"""Paired differences against closed forms and by coverage."""

import numpy as np
import pytest

from commsim.analysis.intervals import (
    Interval,
    differences,
    joint_confidence,
    next_interval,
    shares_best,
    t_interval,
)


def test_interval_of_known_numbers():
    # mean 3, s = sqrt(2.5), t(4, .975) = 2.7764451; by hand
    found = t_interval(np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    assert found.mean == 3.0
    assert found.half_width == pytest.approx(2.7764451 * np.sqrt(2.5 / 5), rel=1e-7)
    assert found.low == pytest.approx(1.0367568, abs=1e-6)


def test_interval_equals_scipy_for_any_confidence():
    from scipy import stats

    sample = np.random.default_rng(1).normal(3.0, 2.0, 37)
    for confidence in (0.8, 0.95, 0.999):
        expected = stats.t.interval(confidence, 36, sample.mean(), stats.sem(sample))
        found = t_interval(sample, confidence)
        assert (found.low, found.high) == pytest.approx(expected, rel=1e-10)


def test_one_world_gives_no_interval():
    with pytest.raises(ValueError, match="two worlds"):
        t_interval(np.array([1.0]))


def test_pairing_takes_out_what_worlds_have_in_common():
    luck = np.random.default_rng(2).normal(0.0, 1000.0, 50)
    behind = differences(np.array([luck + 10.0, luck]), best=0)
    assert behind[0].is_nothing
    assert behind[1].mean == pytest.approx(-10.0)
    assert behind[1].half_width < 1e-9


def test_intervals_of_several_plans_hold_together():
    assert joint_confidence(2) == pytest.approx(0.95)
    assert joint_confidence(5) == pytest.approx(1 - 0.05 / 10)


def test_ties_are_split():
    values = np.array([[5.0, 1.0, 2.0, 2.0], [5.0, 3.0, 2.0, 1.0], [0.0, 2.0, 2.0, 0.0]])
    assert shares_best(values) == pytest.approx([(0.5 + 1 / 3 + 1) / 4, (0.5 + 1 + 1 / 3) / 4, (1 / 3) / 4])


def test_sign_is_certain_only_away_from_zero():
    assert Interval(2.0, 1.0, 3.0).excludes_zero
    assert Interval(-2.0, -3.0, -1.0).excludes_zero
    assert not Interval(1.0, -1.0, 3.0).excludes_zero
    assert Interval(2.0, 1.0, 3.0).reversed() == Interval(-2.0, -3.0, -1.0)


@pytest.mark.parametrize(("plans", "least"), [(2, 0.94), (4, 0.94)])
def test_the_best_by_chance_is_covered_too(plans, least):
    """Plans with equal means: the picked best's lead over each other plan is truly zero."""
    rng = np.random.default_rng(3)
    covered = 0
    for _ in range(2000):
        values = rng.normal(0.0, 1.0, (plans, 20))
        behind = differences(values, int(values.mean(axis=1).argmax()))
        covered += all(interval.low <= 0.0 <= interval.high for interval in behind)
    assert covered / 2000 >= least


def test_next_value_falls_into_its_range_as_often_as_stated():
    luck = np.random.default_rng(4)
    draws = luck.normal(5.0, 2.0, (4000, 11))
    ranges = [next_interval(sample) for sample in draws[:, :10]]
    inside = [r.low < value < r.high for r, value in zip(ranges, draws[:, 10], strict=True)]
    assert np.mean(inside) == pytest.approx(0.95, abs=0.012)
