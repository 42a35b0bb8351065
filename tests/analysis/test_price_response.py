"""The estimators of price response on sales that were made with known slopes."""

import numpy as np
import pytest

from commsim.analysis.price_response import dip, elasticity

WEEKS = 400


@pytest.fixture
def prices():
    """Usual price 10; every eighth week or so a cut by 10 to 40 %."""
    luck = np.random.default_rng(1)
    off = np.where(np.arange(WEEKS) % 8 == 5, luck.uniform(0.1, 0.4, WEEKS), 0.0)
    return 10 * (1 - off)


def test_elasticity_is_the_slope_within_shops(prices):
    """Shops with dear goods that sell more: only what happens within a shop counts."""
    luck = np.random.default_rng(2)
    shop = np.repeat([0, 1, 2], WEEKS)
    price = np.concatenate([prices, 2 * prices, 4 * prices])
    display = luck.uniform(0, 1, 3 * WEEKS)
    units = np.exp(3 + 2 * shop - 2.5 * np.log(price) + 0.9 * display + luck.normal(0, 0.1, 3 * WEEKS))
    found = elasticity(units, price, display, shop=shop)
    assert found == pytest.approx([-2.5, 0.9], abs=0.05)
    assert elasticity(units, price, display)[0] > -1.5  # as if all were one shop


@pytest.mark.parametrize("borrowed", [0.0, 0.3])
def test_a_dip_is_the_share_borrowed_from_the_two_weeks_after(prices, borrowed):
    depth = np.log(10 / prices)
    bump = 500 * depth
    later = 0.7 * np.roll(bump, 1) + 0.3 * np.roll(bump, 2)
    units = 100 + bump - borrowed * later + np.random.default_rng(3).normal(0, 2, WEEKS)
    assert dip(units, prices) == pytest.approx(borrowed, abs=0.02)


def test_a_slow_rise_of_the_usual_price_is_no_cut(prices):
    """Sales follow cuts alone; the usual price doubles over the years."""
    units = 100 + 300 * np.log(10 / prices)
    inflated = prices * np.linspace(1, 2, WEEKS)
    assert dip(units, inflated, np.linspace(0, 1, WEEKS)) == pytest.approx(0.0, abs=0.03)
