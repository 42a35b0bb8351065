"""Luck inside kernels: streams of draws, and numbers drawn from them."""

from commsim.core.compiled import njit
from commsim.core.luck import stream as stream
from commsim.core.luck import uniform_pair
from commsim.core.maths import exp, log


@njit("int64(float64, float64)")
def poisson(u, rate):  # type: ignore[no-untyped-def]
    """Poisson by inversion of one uniform, so that paired runs stay paired; rates above 700 count as 700."""
    if u < 1.0 - rate:  # exp(-rate) is never below 1 - rate
        return 0
    rate = min(rate, 700.0)
    p = exp(-rate if rate < 50.0 else -rate / 16.0)  # `exp` ends at e^-55, so large rates in four squarings
    for _ in range(4 if rate >= 50.0 else 0):
        p *= p
    total, k = p, 0
    while u >= total and k < 1000:
        k += 1
        p *= rate / k
        total += p
    return k


_AT_ONCE = 32.0


@njit("int64(uint64, int64, int64, float64)")
def binomial(stream, what, n, p):  # type: ignore[no-untyped-def]
    """How many of n pass with a chance p each, exactly; costs what the number that passes costs.

    what: tells decisions of one stream apart.  By inversion in blocks of a power of two, of which at most 32
    pass in the mean: a chance moved a little moves the number a little.
    """
    if p > 0.5:
        return n - binomial(stream, what, n, 1.0 - p)
    if p <= 0.0 or n <= 0:
        return 0
    most = 1
    while most < n and most * p * 2.0 <= _AT_ONCE:
        most *= 2
    passed, block, odds, none = 0, 0, p / (1.0 - p), log(1.0 - p)
    while n > 0:
        size = min(n, most)
        u, k = uniform_pair(stream, what, block), 0
        chance = exp(size * none)
        total = chance
        while u >= total and k < size:
            chance *= odds * (size - k) / (k + 1.0)
            k += 1
            total += chance
        passed, n, block = passed + k, n - size, block + 1
    return passed
