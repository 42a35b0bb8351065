"""Packs: several pieces of one product as one order, and what of them is still at home."""

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.dials import Dial
from commsim.core.maths import log
from commsim.scenario.schema import Product
from commsim.simulation.dials import Desk


class Packs:
    """Of every product, which single one it is made of, and how many pieces of it.

    single: index of a product.  pieces: 1 of products that are no packs.  is_pack: of each product.
    """

    def __init__(self, products: tuple[Product, ...], at_home: Floats, stocked: float) -> None:
        names = [product.name for product in products]
        self.single: Ints = np.array([names.index(one.pack_of or one.name) for one in products])
        self.pieces: Ints = np.array([one.pieces for one in products])
        self.is_pack: Bools = self.pieces > 1
        self._at_home, self._log, self._have = at_home, log(1.0 - stocked), np.zeros(0, np.int64)

    def morning(self, buy_rate: Floats) -> None:
        """Let people use what they have, as fast as they would otherwise buy it."""
        if self._have.size:
            left = self._at_home[self._have].astype(np.float64) - buy_rate[self._have]
            self._at_home[self._have] = np.maximum(0.0, left)
            self._have = self._have[left > 0.0]

    def dial(self, desk: Desk) -> None:
        """Who still has some buys less."""
        if self._have.size and self._log:
            desk.turn(Dial.BUY, self._log, self._have)

    def take_home(self, persons: Ints, products: Ints) -> None:
        """Keep what packs have beyond the first piece."""
        some = self.is_pack[products]
        if some.any():
            who = persons[some].astype(np.int64)
            np.add.at(self._at_home, who, (self.pieces[products[some]] - 1).astype(np.float32))
            self._have = np.union1d(self._have, who)

    def sold(self, products: Ints) -> Ints:
        """Pieces of every single product in some orders; 0 for packs."""
        return np.bincount(
            self.single[products], weights=self.pieces[products], minlength=len(self.pieces)
        ).astype(np.int64)  # sums of whole numbers are exact
