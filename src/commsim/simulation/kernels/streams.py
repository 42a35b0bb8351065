"""Luck inside kernels: streams of draws, and numbers drawn from them."""

from commsim.core.compiled import njit
from commsim.core.luck import stream as stream
from commsim.core.maths import exp


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
