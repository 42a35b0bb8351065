"""Shares of a whole: the laws that define them, and what permutations leave open."""

import itertools

import numpy as np
import pytest

from commsim.analysis.shapley import MOST_EXACT, alone, needed, orders, shares, taken_out, together


def game(parts, seed=1):
    """A value per subset, drawn by luck, nothing worth nothing."""
    drawn = np.random.default_rng(seed).normal(size=1 << parts)
    return {0: 0.0} | {subset: float(drawn[subset]) for subset in range(1, 1 << parts)}


def by_definition(parts, values):
    """The mean over all orders of what each adds when it comes."""
    found = np.zeros(parts)
    all_orders = list(itertools.permutations(range(parts)))
    for order in all_orders:
        before = 0
        for part in order:
            found[part] += values[before | 1 << part] - values[before]
            before |= 1 << part
    return found / len(all_orders)


@pytest.mark.parametrize("parts", [1, 2, 3, 5])
def test_they_are_the_mean_over_all_orders(parts):
    values = game(parts)
    assert shares(parts, values, seed=0) == pytest.approx(by_definition(parts, values))


def test_they_sum_to_the_whole_and_what_brings_nothing_gets_nothing():
    values = {subset: game(3)[subset & 0b111] for subset in range(16)}
    found = shares(4, values, seed=0)
    assert found.sum() == pytest.approx(values[15])
    assert found[3] == pytest.approx(0.0)


def test_where_parts_add_up_all_ways_agree():
    worth = np.array([3.0, -1.0, 0.5])
    values = {s: float(sum(worth[k] for k in range(3) if s >> k & 1)) for s in range(8)}
    for found in (shares(3, values, 0), alone(3, values), taken_out(3, values)):
        assert found == pytest.approx(worth)
    assert together(3, values.__getitem__) == pytest.approx(np.zeros((3, 3)))


def test_together_by_hand():
    values = {0: 1.0, 1: 2.0, 2: 4.0, 3: 10.0}
    assert together(2, values.__getitem__).tolist() == [[0.0, 5.0], [5.0, 0.0]]
    assert alone(2, values).tolist() == [1.0, 3.0]
    assert taken_out(2, values).tolist() == [6.0, 8.0]


def test_beyond_a_number_orders_are_drawn_each_with_its_reverse():
    parts = MOST_EXACT + 2
    values = game(parts)
    one, reverse = orders(parts, seed=4)
    assert sorted(one) == list(range(parts))
    assert one.tolist() == reverse.tolist()[::-1]
    asked = needed(parts, seed=4)
    assert len(asked) < 5 * parts
    found = shares(parts, {subset: values[subset] for subset in asked}, seed=4)
    assert found.sum() == pytest.approx(values[(1 << parts) - 1])
    assert needed(MOST_EXACT, seed=4) == list(range(1 << MOST_EXACT))


def test_drawn_orders_come_to_the_exact_shares_over_many_worlds():
    parts = MOST_EXACT + 1
    values = game(parts)
    drawn = np.array([shares(parts, values, seed) for seed in range(600)])
    exact = by_weights(parts, values)
    error = drawn.std(axis=0, ddof=1) / np.sqrt(len(drawn))
    assert (np.abs(drawn.mean(axis=0) - exact) < 4 * error).all()


def by_weights(parts, values):
    """The same by the other formula: subsets weighed by how many orders lead through them."""
    from math import factorial

    found = np.zeros(parts)
    for subset in range(1 << parts):
        size = subset.bit_count()
        for part in range(parts):
            if not subset >> part & 1:
                weight = factorial(size) * factorial(parts - size - 1) / factorial(parts)
                found[part] += weight * (values[subset | 1 << part] - values[subset])
    return found
