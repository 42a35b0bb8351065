"""Orders of a day, and parcels on their way."""

from collections import deque
from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.effects import Account
from commsim.scenario.schema import Scenario
from commsim.simulation import columns as c
from commsim.simulation.books import Books
from commsim.simulation.dials import Dials
from commsim.simulation.handle import Handle
from commsim.simulation.kernels.settling import cheapen, deliver, settle
from commsim.simulation.notices import Sales
from commsim.simulation.scratch import Out
from commsim.simulation.state import PeopleBlocks


class Orders(NamedTuple):
    """Orders, one row each: who, which product, for how much (fen), and what brought them about."""

    persons: Ints
    products: Ints
    fen: Ints
    causes: Ints

    def where(self, chosen: Bools) -> "Orders":
        """Some of them."""
        return Orders(*(column[chosen] for column in self))


class Till:
    """Takes the money for the day's orders, and sees the parcels off and in."""

    def __init__(self, scenario: Scenario, shelf: int) -> None:
        self._usual = np.array([product.price for product in scenario.products], np.int64)
        self._cost = np.array([product.unit_cost for product in scenario.products], np.int64)
        self._bad_share = np.array([product.bad_share for product in scenario.products])
        self._days, self._shelf = scenario.operator.delivery_days, shelf
        self._sent: deque[tuple[int, Orders]] = deque()

    def settle(
        self,
        day: int,
        handle: Handle,
        sales: Sales,
        prices: list[tuple[int, Floats]],
        out: Out,
        books: Books,
    ) -> Orders:
        """Price the day's orders, enter them in the books, and send the parcels.

        prices: of persons' own by the cause that pays the rest, see `dials.Desk.cheapen`.
        """
        taken, paid = settle(handle, sales, self._usual, self._cost, self._shelf, books.today)
        books.cash += taken - paid
        n = out.tally[c.N_ORDERS]
        orders = Orders(
            out.order_person[:n].astype(np.int64),
            out.order_product[:n].astype(np.int64),
            out.fen[:n].copy(),
            out.order_cause[:n].astype(np.int64),
        )
        if books.full:
            self._note(orders, handle.state.people, books)
        if prices and n:
            orders = self._cheapen(orders, handle, prices, out, books)
        if n:
            self._sent.append((day, orders))
        return orders

    def _cheapen(
        self,
        orders: Orders,
        handle: Handle,
        prices: list[tuple[int, Floats]],
        out: Out,
        books: Books,
    ) -> Orders:
        off, groups = np.zeros(len(orders.persons), np.int64), handle.state.people.counts[c.GROUP]
        for cause, by in prices:
            books.cash -= cheapen(handle, by, cause, books.today, off)
            some = off > 0
            persons = orders.persons[some]
            books.note(Account.DISCOUNT, cause, -off[some], persons, groups[persons])
        return orders._replace(fen=out.fen[: len(off)].copy())

    def deliver(self, day: int, handle: Handle, dials: Dials, books: Books) -> Orders | None:
        """Deliver what is due today; returns the orders that are refunded, if any."""
        if not self._sent or self._sent[0][0] + self._days > day:
            return None
        ordered, orders = self._sent.popleft()
        failed = np.zeros(len(orders.persons), np.bool_)
        refunded = deliver(
            ordered,
            handle,
            *orders,
            self._bad_share,
            dials,
            books.today,
            failed,
        )
        if not refunded:
            return None
        books.cash -= refunded
        bad = orders.where(failed)
        groups = handle.state.people.counts[c.GROUP]
        books.note(Account.REFUNDS, bad.causes, -bad.fen, bad.persons, groups[bad.persons])
        return bad

    def _note(self, orders: Orders, people: PeopleBlocks, books: Books) -> None:
        group = people.counts[c.GROUP][orders.persons]
        usual = self._usual[orders.products]
        books.note(Account.SALES, orders.causes, usual, orders.persons, group)
        books.note(Account.GOODS, orders.causes, -self._cost[orders.products], orders.persons, group)
        cut = orders.fen != usual
        some = orders.where(cut)
        books.note(Account.DISCOUNT, some.causes, some.fen - usual[cut], some.persons, group[cut])
