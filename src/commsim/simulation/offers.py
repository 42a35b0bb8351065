"""Offers and team offers of a day, as rows for the kernels."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.core import effects as e
from commsim.core import maths
from commsim.core.arrays import Bools
from commsim.scenario.schema import Scenario
from commsim.simulation.clock import presence
from commsim.simulation.notices import SALE, Sales

SCARCE_DAYS = 14


class Habits:
    """Rows of habit strength, one per strategy that holds sales; made when first needed."""

    def __init__(self, persons: int) -> None:
        self.strength = np.zeros((0, persons), np.float32)
        self._row: dict[int, int] = {}

    def row(self, cause: int) -> int:
        """The row of a strategy."""
        if cause not in self._row:
            self._row[cause] = len(self._row)
            fresh = np.zeros((1, self.strength.shape[1]), np.float32)
            self.strength = np.concatenate([self.strength, fresh])
        return self._row[cause]


class Offers:
    """Collects the sales of one morning; remembers scarce ones, which wear off.

    appeal: factor on the buying rate by product and segment, 0 for whom it is not sold to.
    """

    def __init__(
        self, scenario: Scenario, salts: NDArray[np.uint64], reaching: list[np.uint64], groups: int
    ) -> None:
        self._look, self._buying = scenario.behaviour.look, scenario.behaviour.buying
        self._scarcity = maths.log(self._buying.scarcity)
        self._usual = [product.price for product in scenario.products]
        self._salts, self._reaching = salts, reaching
        segments = scenario.community.segments
        self.appeal = np.array(
            [
                [p.appeal if not p.segments or s.name in p.segments else 0.0 for s in segments]
                for p in scenario.products
            ]
        )
        self._scarce: list[int] = []
        ladder, appeal = np.zeros((0, 1), np.int64), np.zeros((0, len(segments)))
        self._nothing = Sales(np.zeros(0, SALE), appeal, np.zeros((0, groups), np.bool_), ladder, ladder)
        self.morning(0)

    def morning(self, day: int) -> None:
        """Forget yesterday's."""
        self._day = day
        self._today: list[tuple[int, tuple[Any, ...], int, Bools, tuple[int, ...], tuple[int, ...]]] = []

    def offer(self, effect: e.Offer, cause: int, habit: int, groups: Bools) -> float:
        """Take in an offer; returns the log of its price over the usual one."""
        cue = 0.0
        if effect.scarce:
            recent = sum(1 for day in self._scarce if self._day - SCARCE_DAYS <= day < self._day)
            cue = self._scarcity * self._buying.scarcity_wear**recent
            self._scarce.append(self._day)
        stock = -1 if effect.stock is None else effect.stock
        terms = (stock, cue, (0, 0.0, 0.0, False))
        return self._sell(effect, cause, habit, groups, (0,), (effect.price,), terms)

    def team_offer(self, effect: e.TeamOffer, cause: int, habit: int, groups: Bools) -> float:
        """Take in a team offer; returns the log of its first rung's price over the usual one."""
        # a window longer or shorter than a day reaches more or fewer friends, with falling returns
        asks = round(effect.asks * 2.0 * (1.0 - 0.5 ** (effect.hours / 24.0)))
        terms = (-1, 0.0, (asks, effect.yes, effect.wait, effect.outside))
        return self._sell(effect, cause, habit, groups, effect.sizes, effect.prices, terms)

    def table(self) -> Sales:
        """Rows in order of their hour, then of the strategies."""
        if not self._today:
            return self._nothing
        sales = sorted(self._today, key=lambda sale: (sale[0], sale[1][0]))
        rungs = max(len(sizes) for *_, sizes, _ in sales)
        ladder = np.zeros((2, len(sales), rungs), np.int64)
        for j, (*_, sizes, fen) in enumerate(sales):
            ladder[0, j, : len(sizes)], ladder[1, j, : len(fen)] = sizes, fen
        _, rows, products, masks, *_ = zip(*sales, strict=True)
        return Sales(np.array(list(rows), SALE), self.appeal[list(products)], np.array(masks), *ladder)

    def _sell(
        self,
        effect: e.Offer | e.TeamOffer,
        cause: int,
        habit: int,
        groups: Bools,
        sizes: tuple[int, ...],
        fen: tuple[int, ...],
        terms: tuple[int, float, tuple[int, float, float, bool]],
    ) -> float:
        stock, cue, team = terms
        if effect.last_call:
            cue += self._scarcity
        look = self._look
        there = presence(effect.hour, effect.hours, look.attention, look.own_hours, look.preview)
        price = float(maths.log(fen[0] / self._usual[effect.product]))
        row = (
            cause, self._salts[cause], effect.product, price, there, stock, cue, habit, effect.reach,
            self._reaching[cause], effect.previewed, *team,
        )  # fmt: skip
        self._today.append((effect.hour, row, effect.product, groups, sizes, fen))
        return price
