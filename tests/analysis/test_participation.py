"""Inequality of participation against laws whose statistics are known."""

import numpy as np
import pytest
from scipy import stats

from commsim import simulate
from commsim.analysis.participation import participation, written_by_group


def test_equal_posters_are_equal():
    found = participation(np.full(50, 7))
    assert (found.posters, found.messages, found.once) == (50, 350, 0.0)
    assert found.gini == pytest.approx(0)
    assert found.top_tenth == pytest.approx(0.1)
    assert found.shape == np.inf  # less unequal than luck alone would make them


def test_one_who_writes_almost_everything_leaves_little_to_others():
    found = participation(np.array([91, 1, 1, 1, 1, 1, 1, 1, 1, 1]))
    assert found.once == 0.9
    assert found.top_tenth == pytest.approx(0.91)
    assert found.gini == pytest.approx(0.81)


def test_who_wrote_nothing_does_not_count():
    some = np.array([5, 1, 9, 2])
    assert participation(np.append(some, np.zeros(100, int))) == participation(some)


def test_a_tenth_of_fifteen_counts_the_second_by_half():
    counts = np.array([10, 8, *[2] * 13])
    assert participation(counts).top_tenth == pytest.approx((10 + 4) / counts.sum())


def test_statistics_of_a_lognormal_law():
    """Gini 2 Phi(sigma / sqrt 2) - 1, top tenth Phi(sigma - z(.9))."""
    many = np.exp(stats.norm(8, 1.2).ppf((np.arange(200_000) + 0.5) / 200_000)).astype(int)
    found = participation(many)
    assert found.gini == pytest.approx(2 * stats.norm.cdf(1.2 / 2**0.5) - 1, abs=0.002)
    assert found.top_tenth == pytest.approx(stats.norm.cdf(1.2 - stats.norm.ppf(0.9)), abs=0.002)


def test_shape_of_a_negative_binomial_law_far_from_nought():
    drawn = stats.nbinom(0.8, 0.8 / 200.8).ppf((np.arange(20_000) + 0.5) / 20_000).astype(int)
    assert participation(drawn).shape == pytest.approx(0.8, rel=0.03)


def test_nobody_is_compared_with_the_same_person():
    with pytest.raises(ValueError, match="two posters"):
        participation(np.array([0, 12, 0]))


def test_messages_of_a_run_are_those_of_its_groups():
    records = simulate("active-group", 1, detail="full")
    written = written_by_group(records)
    assert sum(int(messages.sum()) for messages in written) == records.daily["messages"].sum()
    groups = records.members["group"][records.members["status"] > 0]
    assert [len(messages) for messages in written] == np.bincount(groups)[np.unique(groups)].tolist()
