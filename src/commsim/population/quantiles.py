"""Quantile tables: keyed uniforms become traits of any distribution at a few nanoseconds a draw.

A table holds quantiles at equally spaced log-odds of the probability, so that both tails keep
their precision down to a probability of 5e-10; between the knots it is linear (relative error
below 3e-4 where it matters).  Tables are made once per process and distribution.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Floats, Ints
from commsim.core.compiled import njit
from commsim.core.luck import uniform
from commsim.core.maths import log

_KNOTS = 2049
_EDGE = 21.4
"""Log-odds of the outermost knots: a probability of 5e-10 from either end."""
_STEP = 2.0 * _EDGE / (_KNOTS - 1)
_LEAST = 5.1e-10

Table = NDArray[np.float64]


def _tails() -> tuple[Floats, Floats]:
    """Probabilities below and above each knot, both without loss of digits."""
    from scipy.special import expit

    odds = np.linspace(-_EDGE, _EDGE, _KNOTS)
    return expit(odds), expit(-odds)


@lru_cache(maxsize=64)
def normal() -> Table:
    """Standard normal quantiles."""
    from scipy.special import ndtri

    below, above = _tails()
    return np.where(below < 0.5, ndtri(below), -ndtri(above))


@lru_cache(maxsize=64)
def lognormal(sigma: float, *, mean: float | None = None, median: float = 1.0) -> Table:
    """Quantiles of exp(sigma z), scaled to a mean or to a median."""
    middle = median if mean is None else mean * np.exp(-0.5 * sigma**2)
    return np.asarray(middle * np.exp(sigma * normal()))


@lru_cache(maxsize=4096)
def gamma(shape: float) -> Table:
    """Gamma quantiles with mean 1, whatever the shape (coefficient of variation 1/sqrt(shape))."""
    from scipy.special import gammainccinv, gammaincinv

    below, above = _tails()
    return np.where(below < 0.5, gammaincinv(shape, below), gammainccinv(shape, above)) / shape


@lru_cache(maxsize=4096)
def beta(a: float, b: float) -> Table:
    """Beta quantiles."""
    from scipy.special import betaincinv

    below, above = _tails()
    return np.where(below < 0.5, betaincinv(a, b, below), 1.0 - betaincinv(b, a, above))


def draw(stream: np.uint64, ids: Ints, table: Table) -> NDArray[np.float32]:
    """One value per id (int64), each a function of the stream and the id alone."""
    out = np.empty(len(ids), np.float32)
    _draw(stream, ids, table, out)
    return out


def at(probabilities: Floats, table: Table) -> Floats:
    """The quantiles at probabilities between 0 and 1."""
    out = np.empty(len(probabilities))
    _at(probabilities, table, out)
    return out


@njit()
def _at(probabilities, table, out):  # type: ignore[no-untyped-def]
    for i in range(len(out)):
        u = min(max(probabilities[i], _LEAST), 1.0 - _LEAST)
        at = (log(u / (1.0 - u)) + _EDGE) / _STEP
        k = int(at)
        out[i] = table[k] + (at - k) * (table[k + 1] - table[k])


@njit()
def _draw(stream, ids, table, out):  # type: ignore[no-untyped-def]
    for i in range(len(ids)):
        u = min(max(uniform(stream, ids[i]), _LEAST), 1.0 - _LEAST)
        at = (log(u / (1.0 - u)) + _EDGE) / _STEP
        k = int(at)
        out[i] = table[k] + (at - k) * (table[k + 1] - table[k])
