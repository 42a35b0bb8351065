"""How customers come back: at random or evenly, until they lapse; fitted by maximum likelihood.

Fader, Hardie and Lee (2005), "Counting your customers the easy way", Marketing Science 24(2), is BG/NBD: a
customer orders at a Poisson rate, gamma distributed over people (shape r, rate alpha), and lapses for good
after an order with a probability that is beta(a, b) distributed over people.  Reutterer, Platzer and
Schroeder (2021), "Leveraging purchase regularity for predicting customer behavior the easy way",
International Journal of Research in Marketing 38(1), count an order at every k-th event of the Poisson
process, which makes its intervals Erlang-k: the more even, the higher k.  Here shares of the customers have
k = 1, 2, ..., at the same distribution of orders a week; with all at k = 1 it is BG/NBD.

Of each customer it needs x, the repeat orders; t, the time of the last one; T, the time observed; both since
their first order; and for k > 1 the sum of the logarithms of the intervals.  Times are in weeks.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Floats, Ints

SHAPES = 4
"""Highest k: a few orders hardly tell intervals that are more even yet from those of k = 4."""
_BOUND = 8.0
"""Fitted parameters stay between exp(-8) and exp(8), and so do ratios of shares."""
_LEAST = 1e-6
"""The chance of an n-th order below which no further ones are reckoned."""


@dataclass(frozen=True, eq=False)
class Purchases:
    """Sufficient statistics of customers: x repeat orders, t weeks to the last, T weeks observed.

    gaps: sum of the natural logarithms of the weeks between orders, 0 without a repeat order.
    """

    x: NDArray[np.int64]
    t: Floats
    T: Floats
    gaps: Floats

    def take(self, rows: Ints) -> "Purchases":
        """The customers at these rows; -1 stands for somebody of whom no order is known."""
        known = rows >= 0
        return Purchases(
            *(np.where(known, column[rows], 0) for column in (self.x, self.t, self.T, self.gaps))
        )


@dataclass(frozen=True)
class Fit:
    """Parameters of the population: r, alpha (weeks), a, b, and the shares with k = 1, 2, ..."""

    r: float
    alpha: float
    a: float
    b: float
    shares: tuple[float, ...] = (1.0,)

    def alive(self, seen: Purchases) -> Floats:
        """Chance per customer not to have lapsed; 1 without repeat orders."""
        chances = self.chances(seen)
        return sum(
            (chances[at] for at, stage in enumerate(self.stages) if stage.lives), np.zeros(len(seen.x))
        )

    @property
    def stages(self) -> tuple["Stage", ...]:
        """What a customer can be in, rows of `chances`."""
        return _stages(len(self.shares))

    def chances(self, seen: Purchases) -> Floats:
        """Chance of each stage (rows) per customer, after what was seen of them."""
        weights = _log_weights(self, seen)
        return np.asarray(np.exp(weights - _log_sum(weights)))

    def log_likelihood(self, seen: Purchases) -> float:
        """Of all customers together."""
        return float(_log_sum(_log_weights(self, seen)).sum())

    def orders_to_come(self, seen: Purchases, weeks: float) -> float:
        """Expected orders of all customers in the next weeks, given what was seen.

        The n-th order comes if n k - j events of a Poisson process do, of a customer with j events since
        their last order, and if they have not lapsed after one of the n - 1 before it.  For k = 1 it is
        equation 10 of Fader, Hardie and Lee.
        """
        alike, of = np.unique(np.column_stack([seen.x, seen.T]), axis=0, return_inverse=True)
        x, watched = alike.T
        total = 0.0
        for stage, chance in zip(self.stages, self.chances(seen), strict=True):
            if stage.lives:
                living = np.bincount(of.reshape(-1), weights=chance, minlength=len(x))
                total += float(living @ self._to_come(stage, x, watched, weeks))
        return total

    def _to_come(self, stage: "Stage", x: Floats, watched: Floats, weeks: float) -> Floats:
        """Expected orders of customers who are in a living stage."""
        from scipy.special import betainc

        k, a, b = stage.k, self.a, self.b + x
        part = k * weeks / (self.alpha + k * (watched + weeks))
        total, stays = np.zeros(len(x)), np.ones(len(x))
        left, n = np.arange(len(x)), 1
        while len(left):
            events = n * k - stage.j
            comes = stays[left] * betainc(events, self.r + k * x[left] + stage.j, part[left])
            total[left] += comes
            stays[left] *= (b[left] + n - 1) / (a + b[left] + n - 1)
            left, n = left[comes > _LEAST], n + 1
        return total


class Stage(NamedTuple):
    """A customer who orders at every k-th event: the events since their last order, or lapsed after it."""

    k: int
    j: int
    lives: bool


def _stages(shapes: int) -> tuple[Stage, ...]:
    living = [Stage(k, j, True) for k in range(1, shapes + 1) for j in range(k)]
    return (*living, *(Stage(k, 0, False) for k in range(1, shapes + 1)))


def fit(seen: Purchases, shapes: int = 1, start: Fit | None = None) -> Fit:
    """Maximum likelihood; someone must have ordered repeatedly.  shapes: highest k.  start: a guess."""
    from scipy.optimize import minimize

    guess = [0.5, max(1.0, float(seen.T.mean()) / 4), 0.6, 3.0]
    ratios = [1.0] * (shapes - 1)
    if start is not None:
        guess = [start.r, start.alpha, start.a, start.b]
        ratios = [share / start.shares[0] for share in start.shares[1:]]
    begin = np.clip(np.log(np.maximum([*guess, *ratios], 1e-9)), -_BOUND, _BOUND)
    bounds = [(-_BOUND, _BOUND)] * len(begin)
    found = minimize(
        _loss, begin, args=(seen, _Known(seen, shapes)), jac=True, method="L-BFGS-B", bounds=bounds
    )
    return _fit_of(found.x)


def _fit_of(logs: Floats) -> Fit:
    """Parameters from the logarithms of r, alpha, a, b, and of the ratios of shares to that of k = 1."""
    r, alpha, a, b, *ratios = (float(value) for value in np.exp(logs))
    whole = 1.0 + sum(ratios)
    return Fit(r, alpha, a, b, (1.0 / whole, *(ratio / whole for ratio in ratios)))


class _Known:
    """What does not hang on the parameters: where weights of stages start from, and numbers of orders."""

    def __init__(self, seen: Purchases, shapes: int) -> None:
        from scipy.special import gammaln

        self.distinct, self.of = np.unique(seen.x, return_inverse=True)
        silent = seen.T - seen.t
        rows = []
        for k, j, lives in _stages(shapes):
            weight = k * seen.x * np.log(k) + (k - 1) * seen.gaps - seen.x * gammaln(k)
            if j:
                with np.errstate(divide="ignore"):
                    weight = weight + j * np.log(k * silent) - gammaln(j + 1)
            rows.append(weight if lives else np.where(seen.x > 0, weight, -np.inf))
        self.weights = np.array(rows)
        self.until = {True: seen.T, False: seen.t}

    def by_orders(self, function: "np.ufunc", plus: float, times: int = 1) -> Floats:
        """A function of (times x + plus) for every customer, reckoned once for every x."""
        return np.asarray(function(times * self.distinct + plus))[self.of]


def _log_weights(at: Fit, seen: Purchases, known: _Known | None = None) -> Floats:
    """Logarithm of share x likelihood of each stage, per customer."""
    from scipy.special import betaln, gammaln

    known = known or _Known(seen, len(at.shares))
    stays = betaln(at.a, at.b + known.distinct)[known.of]
    leaves = betaln(at.a + 1.0, at.b + np.maximum(known.distinct, 1) - 1)[known.of]
    out = known.weights + (at.r * np.log(at.alpha) - gammaln(at.r) - betaln(at.a, at.b))
    for row, (k, j, lives) in zip(out, at.stages, strict=True):
        events = at.r + k * seen.x + j
        row += known.by_orders(gammaln, at.r + j, k) - events * np.log(at.alpha + k * known.until[lives])
        row += (stays if lives else leaves) + np.log(max(at.shares[k - 1], 1e-300))
    return np.asarray(out)


def _log_sum(weights: Floats) -> Floats:
    """Logarithm of the sum over stages."""
    most = weights.max(axis=0)
    return np.asarray(most + np.log(np.exp(weights - most).sum(axis=0)))


def _loss(logs: Floats, seen: Purchases, known: _Known) -> tuple[float, Floats]:
    """Mean negative log-likelihood and its gradient in the logarithms of `_fit_of`."""
    from scipy.special import digamma

    at = _fit_of(logs)
    r, alpha, a, b = at.r, at.alpha, at.a, at.b
    weights = _log_weights(at, seen, known)
    whole = _log_sum(weights)
    chances = np.exp(weights - whole)
    n = len(seen.x)
    slopes, of_shape = np.zeros(4), np.zeros(len(at.shares))
    fewer = known.by_orders(digamma, a + b)
    slopes[2] = digamma(a + b) - fewer.mean()
    slopes[3] = slopes[2] - digamma(b)
    stays, leaves = known.by_orders(digamma, b), digamma(b + np.maximum(known.distinct, 1) - 1)[known.of]
    slopes[:2] = np.log(alpha) - digamma(r), r / alpha
    for chance, (k, j, lives) in zip(chances, at.stages, strict=True):
        watched = alpha + k * known.until[lives]
        slopes[0] += chance @ (known.by_orders(digamma, r + j, k) - np.log(watched)) / n
        slopes[1] -= chance @ ((r + k * seen.x + j) / watched) / n
        slopes[2] += 0.0 if lives else chance.sum() / a / n
        slopes[3] += chance @ (stays if lives else leaves) / n
        of_shape[k - 1] += chance.sum() / n
    gradient = np.concatenate([slopes * np.exp(logs[:4]), (of_shape - at.shares)[1:]])
    return -float(whole.mean()), -gradient
