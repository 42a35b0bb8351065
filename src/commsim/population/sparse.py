"""Edge lists to a simple undirected graph in compressed sparse rows."""

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Ints
from commsim.core.compiled import njit

Rows = tuple[NDArray[np.int32] | NDArray[np.int64], NDArray[np.int32]]
"""Offsets (one more than nodes) and neighbours: those of i are neighbours[offsets[i]:offsets[i + 1]]."""


def compress(nodes: int, a: Ints, b: Ints) -> Rows:
    """Both directions of every edge (a[i], b[i]), sorted, without loops and repetitions."""
    a, b = a.astype(np.int32, copy=False), b.astype(np.int32, copy=False)
    offsets, unsorted = np.zeros(nodes + 1, np.int64), np.empty(2 * len(a), np.int32)
    neighbours = np.empty_like(unsorted)
    at = np.empty(nodes, np.int64)
    _mirror(a, b, offsets, at, unsorted)
    kept = _sort(offsets, at, unsorted, neighbours)
    return (offsets.astype(np.int32) if kept < 2**31 else offsets), neighbours[:kept]


@njit()
def _mirror(a, b, offsets, at, out):  # type: ignore[no-untyped-def]
    """Both directions of every edge by row, loops left out, unsorted; fills offsets and out."""
    for i in range(len(a)):
        if a[i] != b[i]:
            offsets[a[i] + 1] += 1
            offsets[b[i] + 1] += 1
    for i in range(len(at)):
        at[i] = offsets[i]
        offsets[i + 1] += offsets[i]
    for i in range(len(a)):
        if a[i] != b[i]:
            out[at[a[i]]] = b[i]
            at[a[i]] += 1
            out[at[b[i]]] = a[i]
            at[b[i]] += 1


@njit()
def _sort(offsets, at, unsorted, out):  # type: ignore[no-untyped-def]
    """The same rows with sorted neighbours, each once; returns how many entries of out are kept.

    The graph is symmetric, so handing out the rows in their order sorts the neighbours, and
    repetitions come to stand side by side.  Changes offsets to those of the rows kept.
    """
    for i in range(len(at)):
        at[i] = offsets[i]
    for i in range(len(at)):
        for k in range(offsets[i], offsets[i + 1]):
            j = unsorted[k]
            out[at[j]] = i
            at[j] += 1
    kept, start = 0, 0
    for i in range(len(at)):
        stop, first = offsets[i + 1], kept
        for k in range(start, stop):
            if kept == first or out[kept - 1] != out[k]:
                out[kept] = out[k]
                kept += 1
        start = stop
        offsets[i + 1] = kept
    return kept
