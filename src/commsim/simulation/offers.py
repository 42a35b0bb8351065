"""Offers and team offers of a day, as rows for the kernels."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core import effects as e
from commsim.core import maths
from commsim.core.arrays import Bools
from commsim.population.tastes import appeal
from commsim.scenario.schema import Scenario
from commsim.simulation.announcing import Announcements
from commsim.simulation.audiences import Audiences
from commsim.simulation.clock import attendance
from commsim.simulation.dials import Desk, SomeCall
from commsim.simulation.kernels.teams import mean_readiness
from commsim.simulation.notices import CALL, HINT, SALE, Sales

SCARCE_DAYS = 14
FEW_LEFT = 0.2
"""Share of the stock that is few, if members see what is left."""


class Habits:
    """Rows of habit strength: of a strategy, and of it at one weekday and hour; made when first needed."""

    def __init__(self, persons: int) -> None:
        self.strength = np.zeros((0, persons), np.float32)
        self._row: dict[tuple[int, ...], int] = {}

    def row(self, cause: int, *slot: int) -> int:
        """The row of a strategy, or of it in a slot: its weekday and hour."""
        at = cause, *slot
        if at not in self._row:
            self._row[at] = len(self._row)
            more = np.zeros((len(self._row), self.strength.shape[1]), np.float32)
            # strangers have none, and the memory of zeros that nobody writes to is not used
            np.copyto(more[:-1], self.strength, where=self.strength != 0.0)
            self.strength = more
        return self._row[at]


class Sale(NamedTuple):
    """A sale of today; ``groups`` None for all.  habits: rows of its slot, and of its strategy.

    audience: row of the members whom it is for.
    """

    cause: int
    effect: e.Offer | e.TeamOffer
    habits: tuple[int, int]
    price: float
    cue: float
    audience: int
    groups: Bools | None

    def is_like(self, other: "Sale") -> bool:
        """Whether it is the same as one of another day, in all groups."""
        same = self.effect is other.effect and self.cause == other.cause and self.cue == other.cue
        same &= self.habits == other.habits and self.audience == other.audience
        return same and self.groups is other.groups is None


class Offers:
    """Collects the sales of one morning; remembers scarce ones, which wear off.

    appeal: factor on the buying rate by product and kind of customer, 0 for whom it is not sold to.
    rates: members' rates of buying on the first morning.
    """

    def __init__(
        self,
        scenario: Scenario,
        salts: NDArray[np.uint64],
        audiences: Audiences,
        groups: int,
        rates: NDArray[np.float32],
    ) -> None:
        self._look, self._buying = scenario.behaviour.look, scenario.behaviour.buying
        self._scarcity = maths.log(self._buying.scarcity)
        self._usual = [product.price for product in scenario.products]
        self._salts, self._audiences = salts, audiences
        self.appeal = appeal(scenario.community, scenario.products)
        self._readiness = mean_readiness(rates, scenario.behaviour.invite.team_rate)
        self._scarce: list[int] = []
        self._groups, self._before = groups, list[Sale]()
        self._changes = scenario.goods is not None  # appeal from day to day
        self.announced = Announcements(scenario, audiences)
        self._table = self._empty(1, 1)
        self.morning(0)

    def morning(self, day: int) -> None:
        """Forget yesterday's."""
        self._day = day
        self._today: list[Sale] = []
        self.announced.morning(day)

    def offer(
        self,
        effect: e.Offer | e.TeamOffer,
        cause: int,
        habits: tuple[int, int],
        audience: int,
        groups: Bools | None,
    ) -> float:
        """Take in an offer; returns the log of its price over the usual one, as far as it tempts."""
        cue = 0.0
        if isinstance(effect, e.Offer) and effect.scarce:
            recent = sum(1 for day in self._scarce if self._day - SCARCE_DAYS <= day < self._day)
            cue = self._scarcity * self._buying.scarcity_wear**recent
            self._scarce.append(self._day)
        if effect.last_call:
            cue += self._scarcity
        price = float(maths.log(max(self._buying.sample_price, self._ratio(effect))))
        self._today.append(Sale(cause, effect, habits, price, cue, audience, groups))
        return price

    @property
    def gathering(self) -> list[bool]:
        """Whether teams gather at it, for each sale of today in the order of the table."""
        return [isinstance(sale.effect, e.TeamOffer) for sale in self._today]

    def table(self, desk: Desk) -> Sales:
        """Rows in order of their hour, then of the strategies.

        The same table as yesterday, filled in anew where sales are others, until there are more of them.
        desk: knows how strongly groups and members are called to an hour.
        """
        sales = self._today
        if len(sales) > 1:
            sales.sort(key=lambda sale: (sale.effect.hour, sale.cause))
        alike = len(sales) == len(self._before) and all(map(Sale.is_like, sales, self._before))
        if sales and (self._changes or not alike):
            self._before = sales
            self._fill_in(sales)
        self._table.number[0] = len(sales)
        if sales:
            self._draw(sales, desk)
        if self._table.persons is not self._audiences.table:
            self._table = self._table._replace(persons=self._audiences.table)
        return self._table

    def _empty(self, sales: int, rungs: int) -> Sales:
        return Sales(
            np.zeros(3, np.int64),
            np.zeros(sales, SALE),
            np.zeros((sales, self.appeal.shape[1])),
            np.zeros((sales, self._groups), np.bool_),
            np.zeros((sales, self._groups)),
            np.zeros((sales, rungs), np.int64),
            np.zeros((sales, rungs), np.int64),
            *self._no_hints(1),
            *self._no_calls(1),
            np.zeros(sales, np.int64),
            self._audiences.table,
        )

    def _fill_in(self, sales: list[Sale]) -> None:
        ladders = [_ladder(sale.effect) for sale in sales]
        most, rungs = len(sales), max(len(sizes) for sizes, _ in ladders)
        had = self._table.sizes.shape
        if most > had[0] or rungs > had[1]:
            self._table = self._empty(most, max(rungs, had[1]))
        _, rows, appeal, groups, _, all_sizes, all_fen, *_ = self._table
        for j, (sale, (sizes, fen)) in enumerate(zip(sales, ladders, strict=True)):
            rows[j], appeal[j] = self._row(sale), self.appeal[sale.effect.product]
            groups[j] = True if sale.groups is None else sale.groups
            all_sizes[j], all_fen[j] = 0, 0
            all_sizes[j, : len(sizes)], all_fen[j, : len(fen)] = sizes, fen

    def _no_hints(self, number: int) -> tuple[NDArray[np.void], Bools]:
        return np.zeros(number, HINT), np.zeros((number, self._groups), np.bool_)

    def _no_calls(self, number: int) -> tuple[NDArray[np.void], NDArray[np.float64]]:
        return np.zeros(number, CALL), np.zeros((number, self._groups))

    def _draw(self, sales: list[Sale], desk: Desk) -> None:
        """Note what draws people to them: calls, and posts that have told of them."""
        some: list[tuple[int, SomeCall]] = []
        for j, sale in enumerate(sales):
            calls = desk.called(sale.effect.hour)
            self._table.calls[j] = 0.0 if calls is None else calls
            some += ((j, call) for call in desk.some_called(sale.effect.hour))
            self._table.rows["lift"][j] = desk.streams.get(sale.cause, 0.0)
            self._table.rows["pooled"][j] = sale.cause in desk.streams
        if len(some) > len(self._table.some):
            calls_of, strength = self._no_calls(len(some))
            self._table = self._table._replace(some=calls_of, some_called=strength)
        self._table.number[2] = len(some)
        for h, (j, call) in enumerate(some):
            self._table.some[h], self._table.some_called[h] = (j, call.audience), call.by
        found = self.announced.hints([(sale.cause, sale.effect.hour) for sale in sales])
        if len(found) > len(self._table.hints):
            hints, hinted = self._no_hints(len(found))
            self._table = self._table._replace(hints=hints, hinted=hinted)
        self._table.number[1] = len(found)
        for h, (hint, groups) in enumerate(found):
            self._table.hints[h], self._table.hinted[h] = hint, True if groups is None else groups

    def _row(self, sale: Sale) -> tuple[Any, ...]:
        effect, look = sale.effect, self._look
        there = attendance(effect.hour, effect.hours, look.attention, look.own_hours)
        stock, team, clock = -1, (0, 0.0, 0.0, False), (0.0, -1)
        if isinstance(effect, e.TeamOffer):
            # a window longer or shorter than a day reaches more or fewer friends, with falling returns
            asks = round(effect.asks * 2.0 * (1.0 - 0.5 ** (effect.hours / 24.0)))
            # those chances are a mean member's; kernels multiply them by a person's readiness
            team = asks, effect.yes / self._readiness, effect.wait / self._readiness, effect.outside
        else:
            stock = -1 if effect.stock is None else effect.stock
            few = int(FEW_LEFT * stock) if effect.counter and stock >= 0 else -1
            clock = effect.countdown, few
        return (
            sale.cause, self._salts[sale.cause], effect.product, sale.price, self._sample(effect), there,
            min(effect.hours, 24.0 - effect.hour), stock, sale.cue, *sale.habits, sale.audience,
            effect.previewed, *team, 0.0, False, *clock,
        )  # fmt: skip

    def _ratio(self, effect: e.Offer | e.TeamOffer) -> float:
        """Of its price, or a team's first rung's, to the usual one."""
        return _ladder(effect)[1][0] / self._usual[effect.product]

    def _sample(self, effect: e.Offer | e.TeamOffer) -> float:
        """Hazard of taking it as a first sample; 0 if it is none."""
        least, ratio = self._buying.sample_price, self._ratio(effect)
        return -maths.log(1.0 - self._buying.sample_take) * (1.0 - ratio / least) if ratio < least else 0.0


def _ladder(effect: e.Offer | e.TeamOffer) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Sizes and prices."""
    return (effect.sizes, effect.prices) if isinstance(effect, e.TeamOffer) else ((0,), (effect.price,))
