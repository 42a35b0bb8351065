"""Rows in order of their draws: a plain heap, which compiles ten times faster than numpy's sort."""

import numpy as np

from commsim.core.compiled import njit


@njit(inline="always")
def _after(draws, i, j):  # type: ignore[no-untyped-def]
    return draws[i] > draws[j] or (draws[i] == draws[j] and i > j)


@njit("void(float64[::1], int64[::1], int64, int64)")
def _sink(draws, heap, root, size):  # type: ignore[no-untyped-def]
    """Put an entry of the heap below all that come before it."""
    while 2 * root + 1 < size:
        child = 2 * root + 1
        if child + 1 < size and _after(draws, heap[child], heap[child + 1]):
            child += 1
        if not _after(draws, heap[root], heap[child]):
            break
        heap[root], heap[child] = heap[child], heap[root]
        root = child


@njit("int64[::1](float64[::1], int64)")
def in_order(draws, most):  # type: ignore[no-untyped-def]
    """Indices of the ``most`` smallest draws, ascending; of equal draws the lower index comes first."""
    left = len(draws)
    heap = np.arange(left)
    for root in range(left // 2 - 1, -1, -1):
        _sink(draws, heap, root, left)
    taken = np.empty(min(most, left), np.int64)
    for k in range(len(taken)):
        taken[k] = heap[0]
        left -= 1
        heap[0] = heap[left]
        _sink(draws, heap, 0, left)
    return taken
