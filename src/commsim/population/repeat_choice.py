"""Which model of repeat buying a history asks for, by its orders alone.

Where intervals between orders are more even than chance, shares of the customers order at every k-th event,
and everybody's pace may have a trend by the calendar, ``exp(trend * years)``, if the likelihood asks for it
by more than a parameter costs (Schwarz 1978, "Estimating the dimension of a model", Annals of Statistics
6(2)).  The trend is estimated with the rest, in a time in which the pace is constant, and not extrapolated:
after the end the pace stays what it was then.  Where orders come at random nobody can tell a customer who
orders less from one who has lapsed, and so no trend from lapses that are not quite as assumed: there it is
BG/NBD as it stands.
"""

import math
from dataclasses import dataclass

from commsim.population.orders import Observed, Orders, observe, regularity
from commsim.population.repeat_buying import SHAPES, Fit, fit

REGULAR = 1.5
"""Regularity of orders from which on shares of the customers may order more evenly than at random."""
_STEEPEST = 3.0
"""Bounds of a trend, log per year."""


@dataclass(frozen=True, eq=False)
class Choice:
    """The model of a history's customers.

    observed: of each, in weeks of the pace at the end.  trend: of the pace, log per year; 0 for none.
    regularity: see `commsim.population.orders.regularity`.
    """

    observed: Observed
    fitted: Fit
    trend: float
    regularity: float


def choose(orders: Orders, end: int) -> Choice:
    """Of the orders up to the end, its day included; someone must have ordered repeatedly."""
    orders = orders.where(orders.day <= end)
    even, observed, trend = regularity(orders.customer, orders.day), observe(orders, end), 0.0
    fitted = fit(observed.seen, SHAPES if even >= REGULAR else 1)
    if even >= REGULAR:
        observed, fitted, trend = _with_trend(orders, end, observed, fitted)
    return Choice(observed, fitted, trend, even)


def _with_trend(orders: Orders, end: int, observed: Observed, fitted: Fit) -> tuple[Observed, Fit, float]:
    """The fit with a trend, or the one that it was given if that is as good for a parameter less."""
    from scipy.optimize import minimize_scalar

    found = [(fitted.log_likelihood(observed.seen), observed, fitted, 0.0)]

    def miss(trend: float) -> float:
        seen = observe(orders, end, trend)
        refitted = fit(seen.seen, len(fitted.shares), start=max(found, key=_likely)[2])
        found.append((refitted.log_likelihood(seen.seen) + seen.pace, seen, refitted, trend))
        return -found[-1][0]

    minimize_scalar(miss, bounds=(-_STEEPEST, _STEEPEST), method="bounded", options={"xatol": 0.01})
    best, plain = max(found, key=_likely), found[0]
    asked = 0.5 * math.log(len(observed.customers))
    return best[1:] if best[0] - plain[0] > asked else plain[1:]


def _likely(one: tuple[float, Observed, Fit, float]) -> float:
    return one[0]
