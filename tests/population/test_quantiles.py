import numpy as np
import pytest
from scipy import stats

from commsim.core.luck import key, uniforms
from commsim.population import quantiles
from commsim.population.quantiles import draw

STREAM = key(7, 1)
IDS = np.arange(50_000)
CASES = [
    (quantiles.normal(), stats.norm()),
    (quantiles.lognormal(1.8, mean=1.0), stats.lognorm(1.8, scale=np.exp(-(1.8**2) / 2))),
    (quantiles.lognormal(0.25, median=2.8), stats.lognorm(0.25, scale=2.8)),
    (quantiles.gamma(0.35), stats.gamma(0.35, scale=1 / 0.35)),
    (quantiles.gamma(0.15), stats.gamma(0.15, scale=1 / 0.15)),
    (quantiles.beta(0.6, 3.0), stats.beta(0.6, 3.0)),
]


@pytest.mark.parametrize(("table", "exact"), CASES)
def test_draws_are_the_quantiles_of_their_luck(table, exact):
    drawn = draw(STREAM, IDS, table)
    expected = exact.ppf(uniforms(STREAM, IDS))
    assert drawn.dtype == np.float32
    np.testing.assert_allclose(drawn, expected, rtol=2e-3, atol=1e-6)


@pytest.mark.parametrize(("table", "exact"), CASES)
@pytest.mark.parametrize("tail", [1e-9, 1e-6, 1e-3])
def test_tables_reach_far_into_both_tails(table, exact, tail):
    odds = np.linspace(-21.4, 21.4, len(table))
    low, high = np.interp([np.log(tail / (1 - tail)), -np.log(tail / (1 - tail))], odds, table)
    assert low == pytest.approx(exact.ppf(tail), rel=5e-3, abs=1e-9)
    assert high == pytest.approx(exact.isf(tail), rel=5e-3)


def test_compiled_draw_equals_plain_python():
    table, some, plain = quantiles.gamma(0.35), IDS[:500], np.empty(500, np.float32)
    quantiles._draw.py_func(STREAM, some, table, plain)
    assert draw(STREAM, some, table).tobytes() == plain.tobytes()
