"""Keys of luck inside kernels, equal to `commsim.core.luck.key`."""

import numpy as np

from commsim.core.compiled import njit
from commsim.core.luck import mix
from commsim.core.maths import exp

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_ONE = np.uint64(1)


@njit("uint64(uint64, int64, int64, uint64)")
def stream(seed, purpose, day, salt):  # type: ignore[no-untyped-def]
    """The stream of draws for one purpose, day and strategy."""
    x = mix(np.uint64(seed) * _GOLDEN + _ONE)
    x = mix((x ^ np.uint64(purpose)) + _GOLDEN)
    x = mix((x ^ np.uint64(day)) + _GOLDEN)
    return mix((x ^ np.uint64(salt)) + _GOLDEN)


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
