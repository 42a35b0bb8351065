"""Offers and team offers of a day, as rows for the kernels."""

from typing import Any, NamedTuple

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


class Sale(NamedTuple):
    """A sale of today; ``groups`` None for all."""

    cause: int
    effect: e.Offer | e.TeamOffer
    habit: int
    price: float
    cue: float
    groups: Bools | None

    def is_like(self, other: "Sale") -> bool:
        """Whether it is the same as one of another day, in all groups."""
        same = self.effect is other.effect and self.cause == other.cause and self.cue == other.cue
        return same and self.groups is other.groups is None


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
        self._everywhere = np.ones(groups, np.bool_)
        ladder, appeal = np.zeros((0, 1), np.int64), np.zeros((0, len(segments)))
        self._nothing = Sales(np.zeros(0, SALE), appeal, np.zeros((0, groups), np.bool_), ladder, ladder)
        self._before, self._table = list[Sale](), self._nothing
        self.morning(0)

    def morning(self, day: int) -> None:
        """Forget yesterday's."""
        self._day = day
        self._today: list[Sale] = []

    def offer(self, effect: e.Offer | e.TeamOffer, cause: int, habit: int, groups: Bools | None) -> float:
        """Take in an offer; returns the log of its price (a team's first rung's) over the usual one."""
        cue, fen = 0.0, effect.prices[0] if isinstance(effect, e.TeamOffer) else effect.price
        if isinstance(effect, e.Offer) and effect.scarce:
            recent = sum(1 for day in self._scarce if self._day - SCARCE_DAYS <= day < self._day)
            cue = self._scarcity * self._buying.scarcity_wear**recent
            self._scarce.append(self._day)
        if effect.last_call:
            cue += self._scarcity
        price = float(maths.log(fen / self._usual[effect.product]))
        self._today.append(Sale(cause, effect, habit, price, cue, groups))
        return price

    def table(self) -> Sales:
        """Rows in order of their hour, then of the strategies; the same table where nothing has changed."""
        if not self._today:
            return self._nothing
        sales, before = sorted(self._today, key=lambda sale: (sale.effect.hour, sale.cause)), self._before
        if len(sales) != len(before) or not all(map(Sale.is_like, sales, before)):
            self._before, self._table = sales, self._make(sales)
        return self._table

    def _make(self, sales: list[Sale]) -> Sales:
        ladders = [_ladder(sale.effect) for sale in sales]
        ladder = np.zeros((2, len(sales), max(len(sizes) for sizes, _ in ladders)), np.int64)
        for j, (sizes, fen) in enumerate(ladders):
            ladder[0, j, : len(sizes)], ladder[1, j, : len(fen)] = sizes, fen
        return Sales(
            np.array([self._row(sale) for sale in sales], SALE),
            self.appeal[[sale.effect.product for sale in sales]],
            np.array([self._everywhere if sale.groups is None else sale.groups for sale in sales]),
            *ladder,
        )

    def _row(self, sale: Sale) -> tuple[Any, ...]:
        effect, look = sale.effect, self._look
        there = presence(effect.hour, effect.hours, look.attention, look.own_hours, look.preview)
        stock, team = -1, (0, 0.0, 0.0, False)
        if isinstance(effect, e.TeamOffer):
            # a window longer or shorter than a day reaches more or fewer friends, with falling returns
            asks = round(effect.asks * 2.0 * (1.0 - 0.5 ** (effect.hours / 24.0)))
            team = asks, effect.yes, effect.wait, effect.outside
        elif effect.stock is not None:
            stock = effect.stock
        return (
            sale.cause, self._salts[sale.cause], effect.product, sale.price, there, stock, sale.cue,
            sale.habit, effect.reach, self._reaching[sale.cause], effect.previewed, *team,
        )  # fmt: skip


def _ladder(effect: e.Offer | e.TeamOffer) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Sizes and prices."""
    return (effect.sizes, effect.prices) if isinstance(effect, e.TeamOffer) else ((0,), (effect.price,))
