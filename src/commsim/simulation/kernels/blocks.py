"""Persons by the block: what is reckoned for all of them alike stays in the processor's nearest cache.

A loop that only reads and writes columns (no lists, no look-up by group, no rare case) does eight persons
at once.  So kernels reckon for a block of rows first, and then see to those to whom something happens.
"""

import numpy as np

from commsim.core.compiled import njit
from commsim.core.view import STRANGER

BLOCK = 512


@njit(inline="always")
def block_at(first, persons):  # type: ignore[no-untyped-def]
    """The rows of the block that starts with row ``first``."""
    return slice(first, min(first + BLOCK, persons))


@njit("boolean(int8[::1])")
def all_strangers(status):  # type: ignore[no-untyped-def]
    """Whether nobody of a block has ever come."""
    others = 0
    for k in range(len(status)):
        others += status[k] != STRANGER
    return others == 0


@njit("int64(boolean[::1], int64, int32[::1], int64)")
def list_rows(chosen, first, rows, n):  # type: ignore[no-untyped-def]
    """Add the chosen of a block, whose rows are from ``first`` on, to a list that has ``n`` already.

    Returns how many it has then.  Without a branch, which a processor would often guess wrong.
    """
    for k in range(len(chosen)):
        rows[n] = first + k
        n += np.int64(chosen[k])
    return n
