"""The BG/NBD model of repeat buying, fitted by maximum likelihood and drawn from exactly.

Fader, Hardie and Lee (2005), "Counting your customers the easy way", Marketing Science 24(2): a
customer orders at a Poisson rate, gamma distributed over people (shape r, rate alpha), and lapses
for good after an order with a probability that is beta(a, b) distributed over people.  Of each
customer it needs x, the repeat orders; t, the time of the last one; T, the time observed; both
since their first order.  Times are in weeks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.luck import Purpose, key, salt, uniforms
from commsim.population import quantiles
from commsim.population.quantiles import draw

_BOUND = 8.0
"""Fitted parameters stay between exp(-8) and exp(8)."""
_NEAR = 1e-7
"""The expectation is a limit at a = 1; this near to it digits and limit are both good to 1e-7."""


@dataclass(frozen=True, eq=False)
class Purchases:
    """Sufficient statistics of customers: x repeat orders, t weeks to the last, T weeks observed."""

    x: NDArray[np.int64]
    t: Floats
    T: Floats

    def take(self, rows: Ints) -> "Purchases":
        """The customers at these rows; -1 stands for somebody of whom no order is known."""
        known = rows >= 0
        return Purchases(*(np.where(known, column[rows], 0) for column in (self.x, self.t, self.T)))


@dataclass(frozen=True)
class Fit:
    """Parameters of the population: r, alpha (weeks), a, b."""

    r: float
    alpha: float
    a: float
    b: float

    def alive(self, seen: Purchases) -> Floats:
        """Chance per customer not to have lapsed; 1 without repeat orders."""
        odds = np.exp(_log_odds_lapsed(self, seen))
        return np.where(seen.x > 0, 1.0 / (1.0 + odds), 1.0)

    def orders_to_come(self, seen: Purchases, weeks: float) -> Floats:
        """Expected orders per customer in the next weeks, given what was seen (equation 10 of the paper)."""
        from scipy.special import hyp2f1

        r, b = self.r + seen.x, self.b + seen.x
        a = self.a if abs(self.a - 1.0) > _NEAR else 1.0 + _NEAR
        watched = self.alpha + seen.T
        share = watched / (watched + weeks)
        stayed = share**r * hyp2f1(r, b, a + b - 1.0, 1.0 - share)
        return np.asarray(self.alive(seen) * (a + b - 1.0) / (a - 1.0) * (1.0 - stayed))


def fit(seen: Purchases) -> Fit:
    """Maximum likelihood; someone must have ordered repeatedly."""
    from scipy.optimize import minimize

    start = np.log([0.5, max(1.0, float(seen.T.mean()) / 4), 0.6, 3.0])
    found = minimize(_loss, start, args=(seen,), jac=True, method="L-BFGS-B", bounds=[(-_BOUND, _BOUND)] * 4)
    return Fit(*(float(p) for p in np.exp(found.x)))


def _log_odds_lapsed(at: Fit, seen: Purchases) -> Floats:
    """Log-odds of having lapsed after the last order; meaningful for x > 0."""
    ratio = np.log((at.alpha + seen.T) / (at.alpha + seen.t))
    return np.asarray(np.log(at.a / (at.b + np.maximum(seen.x, 1) - 1)) + (at.r + seen.x) * ratio)


def _loss(log_parameters: Floats, seen: Purchases) -> tuple[float, Floats]:
    """Mean negative log-likelihood and its gradient in the logs of r, alpha, a, b."""
    from scipy.special import digamma, expit, gammaln

    at = Fit(*np.exp(log_parameters))
    r, alpha, a, b = at.r, at.alpha, at.a, at.b
    x, whole, last = seen.x, alpha + seen.T, alpha + seen.t
    repeated = x > 0
    odds = _log_odds_lapsed(at, seen)
    lapsed = np.where(repeated, expit(odds), 0.0)
    likelihood = (
        *(gammaln(r + x) - gammaln(r), r * np.log(alpha) - (r + x) * np.log(whole)),
        *(gammaln(a + b) - gammaln(a + b + x), gammaln(b + x) - gammaln(b)),
        np.where(repeated, np.logaddexp(0.0, odds), 0.0),
    )
    slopes = (
        digamma(r + x) - digamma(r) + np.log(alpha / whole) + lapsed * np.log(whole / last),
        r / alpha - (r + x) / whole + lapsed * (r + x) * (1 / whole - 1 / last),
        digamma(a + b) - digamma(a + b + x) + lapsed / a,
        digamma(a + b) - digamma(a + b + x) + digamma(b + x) - digamma(b)
        - lapsed / (b + np.maximum(x, 1) - 1),
    )  # fmt: skip
    gradient = np.array([slope.mean() for slope in slopes]) * np.exp(log_parameters)
    return -float(sum(term.mean() for term in likelihood)), -gradient


def draw_customers(
    fitted: Fit, seen: Purchases, alive: Floats, seed: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], Bools]:
    """Rate (orders a day), lapse probability and whether they are alive, for every row of ``seen``.

    A draw from the joint posterior given ``alive``, the chances of `Fit.alive`: who has lapsed did
    so right after their last order.  Without any order seen it is a draw from the population.
    """
    rate, lapse = np.empty(len(seen.x), np.float32), np.empty(len(seen.x), np.float32)
    ids = np.arange(len(seen.x))
    lives = uniforms(key(seed, Purpose.PAST, 0, salt("alive")), ids) < alive
    rates, lapses = (key(seed, Purpose.TRAIT, 0, salt(name)) for name in ("buy_rate", "lapse"))
    watched = fitted.alpha + np.where(lives, seen.T, seen.t)
    for x, rows in _by_count(seen.x):
        shape = fitted.r + x
        rate[rows] = draw(rates, rows, quantiles.gamma(shape)) * (shape / 7.0 / watched[rows])
        for living, some in ((True, rows[lives[rows]]), (False, rows[~lives[rows]])):
            if len(some):
                a, b = (fitted.a, fitted.b + x) if living else (fitted.a + 1, fitted.b + x - 1)
                lapse[some] = draw(lapses, some, quantiles.beta(a, b))
    return rate, lapse, lives


def _by_count(x: NDArray[np.int64]) -> list[tuple[int, NDArray[np.int64]]]:
    """Rows of each number of repeat orders."""
    order = np.argsort(x, kind="stable")
    counts, starts = np.unique(x[order], return_index=True)
    return [(int(n), rows) for n, rows in zip(counts, np.split(order, starts[1:]), strict=True)]
