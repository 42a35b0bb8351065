"""Buffers that the kernels fill during a day: made once for a run, read out every evening."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools
from commsim.simulation.clock import HOURS
from commsim.simulation.columns import BUFFERS, N_ORDERS

_OF_ORDERS = "order_person", "order_minute", "order_sale", "order_rung", "order_product"


class OutBlocks(NamedTuple):
    """What a day leaves, type by type, one row per name of `columns.BUFFERS`.

    tally: numbers of what happened; lists of persons (rows) and orders (rows, shorts, orders) are filled so
    far.  sums: over members.  reals: gain (value of envelopes) and chance (of a look) by person,
    and the log uplift of what they were offered, kept where other shops have a part.  bits: the
    hours in which a person is lively.  by_group: sums, with one place more than there are groups.  orders:
    who paid for which product, how much, and what brought it about: the cause in the books, and the
    strategy, -1 for the shelf.  hours: messages of members by hour of the day.
    """

    tally: NDArray[np.int64]
    sums: NDArray[np.float64]
    reals: NDArray[np.float32]
    flags: Bools
    bits: NDArray[np.uint32]
    rows: NDArray[np.int32]
    shorts: NDArray[np.int16]
    orders: NDArray[np.int64]
    by_group: NDArray[np.int64]
    messages: NDArray[np.float64]
    hours: NDArray[np.int64]


class Out:
    """The rows of the blocks by name: ``out.lookers``."""

    def __init__(self, blocks: OutBlocks) -> None:
        for name in ("tally", "sums", "messages", "hours"):
            setattr(self, name, getattr(blocks, name))
        for name in ("reals", "flags", "bits", "rows", "shorts", "orders"):
            self._name(BUFFERS[name], getattr(blocks, name))
        # all but the starts of groups are as long as there are groups
        starts, *sums = blocks.by_group
        self._name(BUFFERS["by_group"], (starts, *(row[:-1] for row in sums)))

    def _name(self, names: tuple[str, ...], rows: Any) -> None:
        for name, row in zip(names, rows, strict=True):
            setattr(self, name, row)

    def keep_orders(self, keep: Bools) -> None:
        """Let those of today's orders that are not kept come to nothing; before anything is added to them."""
        n, kept = len(keep), int(np.count_nonzero(keep))
        for name in _OF_ORDERS:
            column = getattr(self, name)
            column[:kept] = column[:n][keep]
        self.tally[N_ORDERS] = kept

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> NDArray[Any]: ...


def make_out(persons: int, groups: int) -> tuple[OutBlocks, Out]:
    """Empty buffers for so many persons and groups."""
    blocks = OutBlocks(
        tally=np.zeros(len(BUFFERS["tally"]), np.int64),
        sums=np.zeros(len(BUFFERS["sums"])),
        reals=np.zeros((len(BUFFERS["reals"]), persons), np.float32),
        flags=np.zeros((len(BUFFERS["flags"]), persons), np.bool_),
        bits=np.zeros((len(BUFFERS["bits"]), persons), np.uint32),
        rows=np.zeros((len(BUFFERS["rows"]), persons), np.int32),
        shorts=np.zeros((len(BUFFERS["shorts"]), persons), np.int16),
        orders=np.zeros((len(BUFFERS["orders"]), persons), np.int64),
        by_group=np.zeros((len(BUFFERS["by_group"]), groups + 1), np.int64),
        messages=np.zeros(groups),
        hours=np.zeros(HOURS, np.int64),
    )
    return blocks, Out(blocks)
