"""What coupons take off an order: how much, for whom, and which of several one order takes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from commsim.core.arrays import Bools, Ints

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

    def off(self, persons: Ints, fen: Ints, products: Ints, on_sale: Bools) -> Ints:
        """Fen off orders that cost so much without it; a fen is the least that is paid."""
        by = fen - np.floor(fen * (1.0 - self.share) + _HALF).astype(np.int64) if self.share else self.fen
        holds = self.persons[persons] & self.products[products] & (fen >= self.least)
        if not self.sales:
            holds &= ~on_sale
        return np.where(holds, np.minimum(by, fen - 1), 0)


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

    def choose(self, persons: Ints, fen: Ints, products: Ints, on_sale: Bools) -> tuple[Ints, Ints]:
        """Fen off each order, and the number of the cut; see `Cut.off`."""
        off, which = np.zeros(len(fen), np.int64), np.full(len(fen), -1)
        for number, cut in enumerate(self.cuts):
            by = cut.off(persons, fen, products, on_sale)
            better = by > off
            off[better], which[better] = by[better], number
        return off, which
