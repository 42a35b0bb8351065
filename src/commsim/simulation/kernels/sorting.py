"""Rows in order of their draws: by the bucket, which compiles ten times faster than numpy's sort."""

import numpy as np

from commsim.core.compiled import njit


@njit("int64[::1](float64[::1])")
def _by_bucket(draws):  # type: ignore[no-untyped-def]
    """Indices, such that draws of later buckets are larger; in a bucket, in their order."""
    n, low, high = len(draws), np.inf, -np.inf
    for draw in draws:
        low, high = min(low, draw), max(high, draw)
    scale = (n - 1) / (high - low) if low < high < np.inf else 0.0
    ends, rows = np.zeros(n + 1, np.int64), np.empty(n, np.int64)
    for draw in draws:
        ends[np.int64((draw - low) * scale) + 1 if scale > 0.0 else 1] += 1
    for bucket in range(n):
        ends[bucket + 1] += ends[bucket]
    for k in range(n):
        at = np.int64((draws[k] - low) * scale) if scale > 0.0 else np.int64(0)
        rows[ends[at]] = k
        ends[at] += 1
    return rows


@njit("int64[::1](float64[::1], int64)")
def in_order(draws, most):  # type: ignore[no-untyped-def]
    """Indices of the ``most`` smallest draws, ascending; of equal draws the lower index comes first.

    Draws that lie as evenly as luck does take a time that rises with their number.
    """
    rows = _by_bucket(draws) if len(draws) > 8 else np.arange(len(draws))
    for k in range(1, len(rows)):
        row, at = rows[k], k
        while at > 0 and draws[rows[at - 1]] > draws[row]:
            rows[at] = rows[at - 1]
            at -= 1
        rows[at] = row
    return rows[:most]
