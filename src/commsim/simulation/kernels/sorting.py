"""Rows in order of their draws: a plain heap sort, which compiles ten times faster than numpy's."""

import numpy as np

from commsim.core.compiled import njit


@njit()
def in_order(draws):  # type: ignore[no-untyped-def]
    """Indices that sort ``draws`` ascending; of equal draws the lower index comes first."""
    n = len(draws)
    heap = np.arange(n)
    for end in range(2 * n - 1, 0, -1):
        # first half of the rounds: build the heap from the middle; second half: take out the largest
        if end >= n:
            root, size = end - n, n
        else:
            heap[0], heap[end] = heap[end], heap[0]
            root, size = 0, end
        while 2 * root + 1 < size:
            child = 2 * root + 1
            if child + 1 < size and _after(draws, heap[child + 1], heap[child]):
                child += 1
            if not _after(draws, heap[child], heap[root]):
                break
            heap[root], heap[child] = heap[child], heap[root]
            root = child
    return heap


@njit(inline="always")
def _after(draws, i, j):  # type: ignore[no-untyped-def]
    return draws[i] > draws[j] or (draws[i] == draws[j] and i > j)
