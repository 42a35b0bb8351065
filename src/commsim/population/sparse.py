"""Edge lists to a simple undirected graph in compressed sparse rows."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from commsim.core.arrays import Ints

Rows = tuple[NDArray[np.int64], NDArray[np.int32]]
"""Offsets (one more than nodes) and neighbours: those of i are neighbours[offsets[i]:offsets[i + 1]]."""


def compress(nodes: int, a: Ints, b: Ints) -> Rows:
    """Both directions of every edge (a[i], b[i]), sorted, without loops and repetitions."""
    offsets, neighbours = _mirror(nodes, a.astype(np.int32, copy=False), b.astype(np.int32, copy=False))
    rows: Rows = _merge(*_transpose(offsets, neighbours))
    return rows


@njit(cache=True)
def _mirror(nodes, a, b):  # type: ignore[no-untyped-def]
    """Both directions of every edge, loops dropped, unsorted."""
    offsets = np.zeros(nodes + 1, np.int64)
    for i in range(len(a)):
        if a[i] != b[i]:
            offsets[a[i] + 1] += 1
            offsets[b[i] + 1] += 1
    for i in range(nodes):
        offsets[i + 1] += offsets[i]
    at = offsets[:-1].copy()
    neighbours = np.empty(offsets[-1], np.int32)
    for i in range(len(a)):
        if a[i] != b[i]:
            neighbours[at[a[i]]] = b[i]
            at[a[i]] += 1
            neighbours[at[b[i]]] = a[i]
            at[b[i]] += 1
    return offsets, neighbours


@njit(cache=True)
def _transpose(offsets, neighbours):  # type: ignore[no-untyped-def]
    """The same symmetric graph with sorted neighbours: handing out rows in order sorts them."""
    at = offsets[:-1].copy()
    out = np.empty_like(neighbours)
    for i in range(len(at)):
        for j in neighbours[offsets[i] : offsets[i + 1]]:
            out[at[j]] = i
            at[j] += 1
    return offsets, out


@njit(cache=True)
def _merge(offsets, neighbours):  # type: ignore[no-untyped-def]
    """Repeated neighbours, which stand side by side, become one; works in place."""
    kept, start = 0, offsets[0]
    for i in range(len(offsets) - 1):
        stop, first = offsets[i + 1], kept
        for k in range(start, stop):
            if kept == first or neighbours[kept - 1] != neighbours[k]:
                neighbours[kept] = neighbours[k]
                kept += 1
        start = stop
        offsets[i + 1] = kept
    return offsets, neighbours[:kept].copy()
