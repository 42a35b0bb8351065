"""Orders become entries in the books, and parcels at somebody's door."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.effects import Account
from commsim.core.luck import Purpose, key, uniforms
from commsim.scenario.schema import Product, Scenario
from commsim.simulation.books import Books
from commsim.simulation.notices import Sales
from commsim.simulation.scratch import Out
from commsim.simulation.state import People


class Orders(NamedTuple):
    """Orders of a day, one row each: who, what, for how much (fen), and what brought them about.

    usual: the usual price.  cost: of the goods.
    """

    persons: Ints
    products: Ints
    fen: Ints
    causes: Ints
    usual: Ints
    cost: Ints


class Prices:
    """Usual price and cost of every product, in fen."""

    def __init__(self, products: Sequence[Product]) -> None:
        self.usual = np.array([product.price for product in products], np.int64)
        self.cost = np.array([product.unit_cost for product in products], np.int64)


def price_orders(out: Out, sales: Sales, prices: Prices, shelf: int) -> Orders:
    """Read the day's orders from the buffers; ``shelf`` is the cause of those from the shelf."""
    n = out.count[0]
    product, sale = out.order_product[:n].astype(np.int64), out.order_sale[:n].astype(np.int64)
    usual = prices.usual[product]
    fen, causes = usual.copy(), np.full(n, shelf)
    if len(sales.rows):
        offered = np.flatnonzero(sale >= 0)
        fen[offered] = sales.fen[sale[offered], out.order_rung[offered]]
        causes[offered] = sales.rows["cause"][sale[offered]]
    return Orders(out.order_person[:n].astype(np.int64), product, fen, causes, usual, prices.cost[product])


def enter_orders(books: Books, orders: Orders, group: Ints) -> None:
    """Sales at the usual price, the discount beside them, and the cost of the goods."""
    who = (orders.persons, group[orders.persons])
    books.enter_each(Account.SALES, orders.causes, orders.usual, *who)
    books.enter_each(Account.GOODS, orders.causes, -orders.cost, *who)
    off = orders.fen - orders.usual
    if off.any():
        changed = off != 0
        where = (part[changed] for part in who)
        books.enter_each(Account.DISCOUNT, orders.causes[changed], off[changed], *where)


class Deliveries:
    """Parcels on their way."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._days = scenario.operator.delivery_days
        self._bad = np.array([product.bad_share for product in scenario.products])
        self._trust = scenario.behaviour.trust
        self._seed = seed
        self._sent: deque[tuple[int, Orders]] = deque()

    def send(self, day: int, orders: Orders) -> None:
        """Take over the orders of a day."""
        if len(orders.persons):
            self._sent.append((day, orders))

    def arrive(self, day: int, people: People) -> Orders | None:
        """Deliver what is due: trust grows a little or falls a lot.  Returns the bad ones, to be refunded."""
        if not self._sent or self._sent[0][0] + self._days > day:
            return None
        ordered, orders = self._sent.popleft()
        draws = uniforms(key(self._seed, Purpose.DELIVERY, ordered), orders.persons)
        failed = draws < self._bad[orders.products]
        trust = people.trust[orders.persons].astype(np.float64)
        moved = np.where(failed, trust - self._trust.bad * trust, trust + self._trust.good * (1.0 - trust))
        people.trust[orders.persons] = moved
        return Orders(*(column[failed] for column in orders)) if failed.any() else None
