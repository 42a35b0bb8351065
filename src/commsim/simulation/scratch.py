"""Buffers that the kernels fill during a day: made once for a run, read out every evening."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools

Rows = NDArray[np.int32]


class Out(NamedTuple):
    """What a day leaves.

    tally: numbers of what happened, at `columns.N_ORDERS` and so on; lists of persons are filled so far.

    sums: activity and trust over members, adverts by members.  gain: value of envelopes.  chance: of a
    look.  fen: price of each order.  *_in: sums per group.
    """

    tally: NDArray[np.int64]
    sums: NDArray[np.float64]
    gain: NDArray[np.float32]
    chance: NDArray[np.float32]
    caught: Bools
    bought: Bools
    teamed: Bools
    lookers: Rows
    left: Rows
    muted: Rows
    checkers: Rows
    queue: Rows
    invited: Rows
    order_person: Rows
    order_sale: NDArray[np.int16]
    order_rung: NDArray[np.int16]
    order_product: NDArray[np.int16]
    order_cause: NDArray[np.int16]
    fen: NDArray[np.int64]
    starts: NDArray[np.int64]
    sold: NDArray[np.int64]
    muted_in: NDArray[np.int64]
    left_in: NDArray[np.int64]
    orders_in: NDArray[np.int64]
    revenue_in: NDArray[np.int64]
    messages: NDArray[np.float64]


class OutBlocks(NamedTuple):
    """The same buffers, type by type; by_group has one place more than there are groups."""

    tally: NDArray[np.int64]
    sums: NDArray[np.float64]
    reals: NDArray[np.float32]
    flags: Bools
    rows: NDArray[np.int32]
    shorts: NDArray[np.int16]
    fen: NDArray[np.int64]
    by_group: NDArray[np.int64]
    messages: NDArray[np.float64]


def name_buffers(b: OutBlocks) -> Out:
    """The buffers of the blocks, by name."""
    groups = (b.by_group[0], *b.by_group[1:, : len(b.messages)])
    buffers = (b.tally, b.sums, *b.reals, *b.flags, *b.rows, *b.shorts, b.fen, *groups, b.messages)
    return Out(*buffers)


def make_out(persons: int, groups: int) -> tuple[OutBlocks, Out]:
    """Empty buffers for so many persons and groups."""
    blocks = OutBlocks(
        tally=np.zeros(10, np.int64),
        sums=np.zeros(3),
        reals=np.zeros((2, persons), np.float32),
        flags=np.zeros((3, persons), np.bool_),
        rows=np.zeros((7, persons), np.int32),
        shorts=np.zeros((4, persons), np.int16),
        fen=np.zeros(persons, np.int64),
        by_group=np.zeros((6, groups + 1), np.int64),
        messages=np.zeros(groups),
    )
    return blocks, name_buffers(blocks)
