"""Orders of a day, and parcels on their way."""

from collections import deque
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.effects import Account
from commsim.scenario.schema import Scenario
from commsim.simulation import columns as c
from commsim.simulation.books import Books
from commsim.simulation.cuts import BestOf
from commsim.simulation.handle import Handle
from commsim.simulation.kernels.settling import Goods, cheapen, deliver, settle, take_off
from commsim.simulation.scratch import Out
from commsim.simulation.state import PeopleBlocks


class Orders(NamedTuple):
    """Orders: who, which product, for how much (fen), and what brought them about (`scratch.OutBlocks`)."""

    persons: Ints
    products: Ints
    fen: Ints
    causes: Ints
    strategies: Ints

    def where(self, chosen: Bools) -> "Orders":
        """Some of them."""
        return Orders(*(column[chosen] for column in self))


class Till:
    """Takes the money for the day's orders, and sees the parcels off and in."""

    def __init__(self, scenario: Scenario, shelf: int) -> None:
        self.goods = Goods(
            np.array([product.price for product in scenario.products], np.int64),
            np.array([product.unit_cost for product in scenario.products], np.int64),
            np.array([product.bad_share for product in scenario.products]),
        )
        self._days, self._shelf = scenario.operator.delivery_days, shelf
        self._sent: deque[tuple[int, NDArray[np.int64]]] = deque()

    def settle(
        self,
        day: int,
        handle: Handle,
        prices: list[tuple[int, Floats]],
        cuts: list[BestOf],
        out: Out,
        books: Books,
    ) -> Orders:
        """Price the day's orders, enter them in the books, and send the parcels.

        prices: of persons' own by the cause that pays the rest, see `dials.Desk.cheapen`.  cuts: what is
        taken off after that.
        """
        books.cash += settle(handle, self._shelf)
        n = out.tally[c.N_ORDERS]
        settled = handle.state.out.orders[:, :n]
        if n and books.full:
            self._note(Orders(*settled), handle.state.people, books)
        if n and prices:
            self._cheapen(Orders(*settled), handle, prices, books)
        for best in cuts if n else ():
            self._take_off(Orders(*settled), handle, best, books)
        settled = settled.copy()
        if n:
            self._sent.append((day, settled))
        return Orders(*settled)

    def _cheapen(
        self, orders: Orders, handle: Handle, prices: list[tuple[int, Floats]], books: Books
    ) -> None:
        off, groups = np.zeros(len(orders.persons), np.int64), handle.state.people.counts[c.GROUP]
        for cause, by in prices:
            books.cash -= cheapen(handle, by, cause, off)
            if not books.full:
                continue
            some = off > 0
            persons = orders.persons[some]
            books.note(Account.DISCOUNT, cause, -off[some], persons, groups[persons])

    def _take_off(self, orders: Orders, handle: Handle, best: BestOf, books: Books) -> None:
        """Let orders take cuts, and keep in mind which."""
        at = orders.persons, orders.fen, orders.products, orders.strategies >= 0
        best.fen = orders.fen.copy()
        best.off, best.used = best.choose(*at)
        first = len(best.off) - handle.state.out.tally[c.N_ADDED]  # of a basket, its first product alone
        best.off[first:], best.used[first:] = 0, -1
        off, some = best.off, best.used >= 0
        causes = np.array([cut.cause for cut in best.cuts])[best.used]
        books.cash -= take_off(handle, off, causes)
        if not books.full:
            return
        persons, groups = orders.persons[some], handle.state.people.counts[c.GROUP]
        books.note(Account.DISCOUNT, causes[some], -off[some], persons, groups[persons])

    def deliver(self, day: int, handle: Handle, out: Out, books: Books) -> Orders | None:
        """Deliver what is due today; returns the orders that are refunded, at full detail only."""
        if not self._sent or self._sent[0][0] + self._days > day:
            return None
        ordered, orders = self._sent.popleft()
        refunded = deliver(ordered, handle, orders)
        if not refunded:
            return None
        books.cash -= refunded
        if not books.full:
            return None
        bad = Orders(*orders[:, out.failed[: orders.shape[1]]])
        groups = handle.state.people.counts[c.GROUP]
        books.note(Account.REFUNDS, bad.causes, -bad.fen, bad.persons, groups[bad.persons])
        return bad

    def _note(self, orders: Orders, people: PeopleBlocks, books: Books) -> None:
        group = people.counts[c.GROUP][orders.persons]
        usual = self.goods.usual[orders.products]
        books.note(Account.SALES, orders.causes, usual, orders.persons, group)
        books.note(Account.GOODS, orders.causes, -self.goods.cost[orders.products], orders.persons, group)
        cut = orders.fen != usual
        some = orders.where(cut)
        books.note(Account.DISCOUNT, some.causes, some.fen - usual[cut], some.persons, group[cut])
