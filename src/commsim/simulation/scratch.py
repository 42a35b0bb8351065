"""Buffers that the kernels fill during a day: made once for a run, read out every evening."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from commsim.core.arrays import Bools

Rows = NDArray[np.int32]


class Out(NamedTuple):
    """What a day leaves.  Lists of persons are filled up to the counters of `kernels.day.live`.

    sums: activity and trust over members, adverts by members.  gain: value of envelopes.  chance: of a
    look.  draws: luck with buying.  muted_in: muted members per group.
    """

    count: NDArray[np.int64]
    sums: NDArray[np.float64]
    gain: NDArray[np.float32]
    chance: NDArray[np.float32]
    draws: NDArray[np.float64]
    caught: Bools
    bought: Bools
    teamed: Bools
    checked: Bools
    lookers: Rows
    left: Rows
    muted: Rows
    checkers: Rows
    queue: Rows
    invited: Rows
    failed: Rows
    order_person: Rows
    order_sale: NDArray[np.int16]
    order_rung: NDArray[np.int16]
    order_product: NDArray[np.int16]
    failed_sale: NDArray[np.int16]
    starts: NDArray[np.int64]
    sold: NDArray[np.int64]
    muted_in: NDArray[np.int64]
    messages: NDArray[np.float64]


class OutBlocks(NamedTuple):
    """The same buffers, type by type; by_group has one place more than there are groups."""

    count: NDArray[np.int64]
    sums: NDArray[np.float64]
    reals: NDArray[np.float32]
    draws: NDArray[np.float64]
    flags: Bools
    rows: NDArray[np.int32]
    shorts: NDArray[np.int16]
    by_group: NDArray[np.int64]
    messages: NDArray[np.float64]


@njit(cache=True, inline="always")
def unpack_out(b):  # type: ignore[no-untyped-def]
    """Name the buffers of the blocks."""
    f, r, s, g = b.flags, b.rows, b.shorts, b.by_group
    n = len(b.messages)
    return Out(
        b.count, b.sums, b.reals[0], b.reals[1], b.draws, f[0], f[1], f[2], f[3], r[0], r[1], r[2], r[3], r[4],
        r[5], r[6], r[7], s[0], s[1], s[2], s[3], g[0], g[1, :n], g[2, :n], b.messages,
    )  # fmt: skip


def make_out(persons: int, groups: int) -> tuple[OutBlocks, Out]:
    """Empty buffers for so many persons and groups."""
    blocks = OutBlocks(
        count=np.zeros(10, np.int64),
        sums=np.zeros(3),
        reals=np.zeros((2, persons), np.float32),
        draws=np.zeros(persons),
        flags=np.zeros((4, persons), np.bool_),
        rows=np.zeros((8, persons), np.int32),
        shorts=np.zeros((4, persons), np.int16),
        by_group=np.zeros((3, groups + 1), np.int64),
        messages=np.zeros(groups),
    )
    return blocks, unpack_out.py_func(blocks)
