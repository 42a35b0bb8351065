"""How an envelope is split: each share uniform up to twice the mean of what is left, the last the rest."""

import math

import numpy as np
import pytest

from commsim.core.arrays import Ints
from commsim.core.luck import Purpose, key
from commsim.simulation.mechanisms.opening import split


def shares_of(total: int, shares: int, envelope: int) -> Ints:
    out = np.zeros(100, np.int64)
    split(total, shares, key(1, Purpose.SPLIT, envelope), out)
    return out[:shares]


@pytest.mark.parametrize(
    ("total", "shares"), [(1, 1), (5, 5), (1000, 20), (20_000, 100), (101, 100), (999, 7)]
)
def test_an_envelope_is_split_to_the_last_fen(total, shares):
    for envelope in range(200):
        amounts = shares_of(total, shares, envelope)
        assert amounts.sum() == total
        assert amounts.min() >= 1
        assert amounts[0] <= max(1, 2 * total // shares)


def test_the_first_share_is_uniform_up_to_twice_the_mean():
    """10 yuan in 20 shares: uniform on 1 to 99 fen.  Later shares have the same mean."""
    n, most = 20_000, 99
    amounts = np.array([shares_of(1000, 20, envelope) for envelope in range(n)])
    mean, variance = (most + 1) / 2, (most**2 - 1) / 12
    assert abs(amounts[:, 0].mean() - mean) < 4.5 * math.sqrt(variance / n)
    # the sample variance of a uniform law has a variance of (mu4 - sigma^4) / n, with mu4 = 9/5 sigma^4
    assert abs(amounts[:, 0].var() - variance) < 4.5 * variance * math.sqrt(0.8 / n)
    assert set(amounts[:, 0]) == set(range(1, most + 1))
    errors = amounts.std(axis=0) / math.sqrt(n)
    assert (abs(amounts.mean(axis=0) - 50) < 4.5 * errors + 1).all()


def law(total: int, shares: int):
    """Mean and variance per position for shares of a continuous amount.

    With L left for m shares, X is uniform on (0, 2 L / m): E X = L / m and E X^2 = 4/3 (L / m)^2, so every
    share has the same mean and E L'^2 = E L^2 (1 - 2/m + 4/3 / m^2); the last one is what is left.
    """
    left, variances = float(total) ** 2, []
    for m in range(shares, 1, -1):
        variances.append(4 / 3 * left / m**2 - (total / shares) ** 2)
        left *= 1 - 2 / m + 4 / 3 / m**2
    return total / shares, np.array([*variances, left - (total / shares) ** 2])


@pytest.mark.parametrize(("total", "shares"), [(20_000, 10), (20_000, 4), (2_000, 2)])
def test_shares_have_the_known_mean_and_variance_at_every_position(total, shares):
    """Means and variances within 4.5 standard errors and the rounding to fen; later shares vary more."""
    amounts = np.array([shares_of(total, shares, envelope) for envelope in range(20_000)], float)
    mean, variances = law(total, shares)
    errors = amounts.std(axis=0) / math.sqrt(len(amounts))
    assert (abs(amounts.mean(axis=0) - mean) < 4.5 * errors + 1).all()
    spread = ((amounts - mean) ** 2).std(axis=0) / math.sqrt(len(amounts))
    assert (abs(amounts.var(axis=0) - variances) < 4.5 * spread + 2 * mean).all()
    assert (np.diff(variances) >= -1e-6 * variances[0]).all()
