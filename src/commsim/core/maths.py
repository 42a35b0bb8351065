"""exp and log from IEEE additions and multiplications only.

System libraries differ in the last bit from machine to machine (a processor with
fused multiply-add takes another path), and one bit can flip a decision.  These give
the same bits everywhere, compiled or not, at the library's speed.
"""

import math

import numpy as np

from commsim.core.compiled import njit

_LOG2E = 1.4426950408889634
_LN2_HI = 6.93147180369123816490e-01
_LN2_LO = 1.90821492927058770002e-10


@njit("float64(float64)")
def exp(x):  # type: ignore[no-untyped-def]
    """e to the x, for x clipped to [-55, 55]; relative error below 1e-11."""
    x = min(55.0, max(-55.0, x))
    k = np.int64(x * _LOG2E + 80.5)  # positive, so truncation is the floor
    n = k - 80.0
    r = (x - n * _LN2_HI) - n * _LN2_LO
    # Taylor to r^9 with |r| <= 0.347, paired so that the processor can overlap the terms
    r2 = r * r
    low = (1.0 + r) + r2 * (0.5 + r * (1.0 / 6.0))
    mid = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0))
    r4 = r2 * r2
    two_to_n = np.int64((k + 943) << 52).view(np.float64)  # from its exponent's bits
    return (low + r4 * (mid + r4 * (1.0 / 40320.0 + r * (1.0 / 362880.0)))) * two_to_n


@njit("float64(float64)")
def log(x):  # type: ignore[no-untyped-def]
    """Natural logarithm of x > 0; absolute error below 1e-12."""
    m, e = math.frexp(x)
    if m < 0.7071067811865476:
        m *= 2.0
        e -= 1
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    z2 = z * z
    p = (1.0 + z * (1.0 / 3.0)) + z2 * (0.2 + z * (1.0 / 7.0))
    q = (1.0 / 9.0 + z * (1.0 / 11.0)) + z2 * (1.0 / 13.0 + z * (1.0 / 15.0))
    return e * _LN2_HI + (2.0 * s * (p + (z2 * z2) * q) + e * _LN2_LO)


LOG_HALF = log(0.5)
LOG_COUNT = np.array([0.0] + [log(float(n)) for n in range(1, 513)])
