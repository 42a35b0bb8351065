"""What weekly sales say of prices, by plain least squares: the elasticity, and the dip after a price cut.

The same estimators for scanner data and for simulated sales, so that the two can be held against each other.
"""

import numpy as np

from commsim.core.arrays import Floats, Ints

WINDOW, USUAL = 9, 0.8
"""Weeks around a week, and the quantile of their prices that counts as the usual price."""
LAGS = 2
"""Weeks after a cut in which sales may be missing."""


def elasticity(units: Floats, price: Floats, *controls: Floats, shop: Ints | None = None) -> Floats:
    """Slopes of ln(units) on ln(price) and on the controls; each shop has a level of its own.

    units, price: one value per shop and week, above 0.  controls: as long, such as display or a trend.
    shop: number of the shop, 0 for all if left out.  The first slope is the price elasticity.
    """
    shop = np.zeros(len(units), np.int64) if shop is None else shop
    columns = [_within(column, shop) for column in (np.log(price), *controls)]
    return _slopes(np.column_stack(columns), _within(np.log(units), shop))


def dip(units: Floats, price: Floats, *controls: Floats) -> float:
    """Sales missing in the weeks after price cuts, as a share of what the cuts sold more.

    units, price: one shop's weeks in their order, without gaps.  Units are regressed on the depth of
    this week's cut and of the two before, ln(usual price / price), and on the controls.
    """
    import pandas as pd

    usual = pd.Series(price).rolling(WINDOW, center=True, min_periods=1).quantile(USUAL).to_numpy()
    depth = np.maximum(0.0, np.log(usual / price))
    lagged = [depth[LAGS - lag : len(depth) - lag] for lag in range(LAGS + 1)]
    others = [np.ones(len(units) - LAGS), *(control[LAGS:] for control in controls)]
    slopes = _slopes(np.column_stack([*lagged, *others]), units[LAGS:])
    return float(-slopes[1 : LAGS + 1].sum() / slopes[0])


def _within(values: Floats, shop: Ints) -> Floats:
    """Deviations from each shop's mean."""
    sums, counts = np.bincount(shop, weights=values), np.bincount(shop)
    return np.asarray(values - (sums / np.maximum(1, counts))[shop])


def _slopes(columns: Floats, target: Floats) -> Floats:
    slopes: Floats = np.linalg.lstsq(columns, target, rcond=None)[0]
    return slopes
