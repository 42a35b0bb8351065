"""What coupons take off an order: how much, for whom, and which of several one order takes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.compiled import njit

_HALF = 0.500001  # of a fen, up, as where prices are log ratios (`kernels.settling`)


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Something that takes money off one order of who has it in hand.

    cause: pays it.  persons: who has it in hand (all rows).  fen: what it takes off; share: what part of the
    price, where that is not 0.  least: the smallest order that it holds for, in fen.  products: those that
    it holds for.  sales: whether it holds at sales and teams, not only on the shelf.
    """

    cause: int
    persons: Bools
    fen: int
    share: float
    least: int
    products: Bools
    sales: bool


class Cuts(NamedTuple):
    """Several of them, as a kernel reads them: in rows.  terms: fen, least and sales of each."""

    persons: Bools
    products: Bools
    terms: Ints
    shares: Floats


@dataclass(slots=True, eq=False)
class BestOf:
    """Cuts of which an order takes the one that takes off most, the first of equal ones.

    used: by order of the day, the number of the cut that it took, -1 for none; off: the fen; fen: what it
    cost without it; all are known when orders are priced.
    """

    cuts: Sequence[Cut]
    used: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    off: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    fen: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    _table: Cuts = field(init=False)

    def __post_init__(self) -> None:
        """Lay the cuts out for kernels."""
        self._table = Cuts(
            np.array([cut.persons for cut in self.cuts]),
            np.array([cut.products for cut in self.cuts]),
            np.array([(cut.fen, cut.least, cut.sales) for cut in self.cuts], np.int64),
            np.array([cut.share for cut in self.cuts], np.float64),
        )

    def choose(self, persons: Ints, fen: Ints, products: Ints, on_sale: Bools) -> tuple[Ints, Ints]:
        """Fen off each order that costs so much without it, and the number of the cut."""
        off, which = np.zeros(len(fen), np.int64), np.full(len(fen), -1)
        choose(self._table, persons, fen, products, on_sale, off, which)
        return off, which


@njit()
def choose(cuts, persons, fen, products, on_sale, off, which):  # type: ignore[no-untyped-def]
    """Fill in for each order what the best cut takes off, and its number; a fen is the least that is paid."""
    for k in range(len(persons)):
        for cut in range(len(cuts.shares)):
            by, least, sales = cuts.terms[cut]
            if cuts.shares[cut] != 0.0:
                by = fen[k] - np.int64(np.floor(fen[k] * (1.0 - cuts.shares[cut]) + _HALF))
            holds = cuts.persons[cut, persons[k]] and cuts.products[cut, products[k]] and fen[k] >= least
            by = min(by, fen[k] - 1) if holds and (sales or not on_sale[k]) else 0
            if by > off[k]:
                off[k], which[k] = by, cut
