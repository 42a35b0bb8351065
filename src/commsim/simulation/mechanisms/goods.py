"""Goods beside each other: what is on the shelf today, who takes which, and what else they take."""

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.dials import Dial
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import exp, log
from commsim.core.mechanism import Event, Occurred
from commsim.core.mechanisms.goods import AT_HOME, BASKET, GOODS, GoodsBehaviour
from commsim.scenario.schema import Product
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.kernels.shopping import on_shelf
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.baskets import choose, fill
from commsim.simulation.mechanisms.packs import Packs
from commsim.simulation.mechanisms.shipping import NEVER, Parcels
from commsim.simulation.mechanisms.stock import Stock

TASTES = purpose("goods, who likes what")
PICKS = purpose("goods, which product")
BASKETS = purpose("goods, what goes into the basket")
SERVED = purpose("goods, who is served first")


class Assortment(Mechanics):
    """All products of a plan: how much each draws today, and how many pieces there are of it."""

    declared = GOODS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        assert home.scenario.goods is not None
        self._plan = home.scenario.goods
        self._b: GoodsBehaviour = getattr(home.scenario.behaviour, GOODS.name)
        self._products: tuple[Product, ...] = home.scenario.products
        self._names = np.array([product.name for product in self._products], object)
        self._packs = Packs(self._products, self.columns[AT_HOME.name], self._b.stocked)
        singles = [Stock(product) for product in self._products]
        self._stocks = [
            singles[number] for number in self._packs.single.tolist()
        ]  # packs have none of their own
        shipping = self._plan.shipping
        self._parcels = None if shipping is None else Parcels(home, shipping)
        self._dearer: Floats | None = None
        self._appeal = home.appeal.copy()  # by product and kind of customer
        self._shelf = np.array([product.shelf for product in self._products])
        self._draws = np.array([product.role == "traffic" for product in self._products])
        self._operator = len(home.books.causes) - 1
        self._factors = np.full((len(self._products), 2), -1.0)
        self._weights = np.zeros(self._appeal.T.shape)

    def morning(self, day: int) -> None:
        """Buy, throw away, and put on the shelf what there is today."""
        self._spoilt = np.zeros((2, len(self._stocks)), np.int64)  # pieces, and fen
        self._packs.morning(self.home.people.buy_rate)
        if self.home.shut:
            return
        for number, stock in self._singles():
            self._spoilt[:, number] = stock.morning(day, self.home.books, self._operator)
        both = zip(self._stocks, self._products, strict=True)
        factors = np.array([self._factors_of(stock, product, day) for stock, product in both])
        if (factors != self._factors).any():
            self._factors = factors
            self._lay_out()

    def _singles(self) -> list[tuple[int, Stock]]:
        """The stock of each product that is no pack, with its number."""
        return [(n, stock) for n, stock in enumerate(self._stocks) if not self._packs.is_pack[n]]

    def _factors_of(self, stock: Stock, product: Product, day: int) -> tuple[float, float]:
        """On the appeal of a product today: 0 where there is none; more while it is new, less for waiting."""
        b, by = self._b, 0.0
        if product.launched is not None:
            age = day - product.launched
            by += log(b.novelty) * exp(-log(2.0) * age / b.novelty_days)
        if b.waiting < 1.0:
            by += log(1.0 - b.waiting) * stock.waits(day)
        return float(stock.is_there(day, product.pieces)), float(exp(by))

    def _lay_out(self) -> None:
        """Let shelf and sales have today's appeal: the more there is to choose from, the more is bought.

        What is new is bought beside the rest, and not in its place; so is what waiting takes away.
        """
        there, by = self._factors.T
        usual, appeal = self._appeal * there[:, None], self.home.appeal
        appeal[:] = usual * by[:, None]
        plain, self._weights = (np.ascontiguousarray((of * self._shelf[:, None]).T) for of in (usual, appeal))
        shelf = self.home.state.shelf
        shelf.below[:] = on_shelf(self._weights).below
        for kind, most in enumerate(plain.max(axis=1)):
            total, today = float(plain[kind].sum()), float(self._weights[kind].sum())
            chosen = most * exp(self._b.variety * log(total / most)) if most > 0.0 else 0.0
            shelf.factor[kind] = chosen * (today / total) if most > 0.0 else 0.0
        if self._parcels is not None:
            self._dearer = self._parcels.dearer(self._weights)

    def dial(self, day: int, desk: Desk) -> None:
        """Who pays for parcels buys as if all were dearer by that; who has a pack at home buys less."""
        if self._dearer is not None:
            desk.turn(Dial.BUY, self._dearer)
        self._packs.dial(desk)

    def checkout(self, day: int) -> None:
        """Which product, whether it is there, and what else."""
        home, out = self.home, self.home.out
        self._sold_out = 0
        if not out.tally[c.N_ORDERS]:
            return
        tastes, spread = key(home.seed, TASTES), self._b.taste if self._plan.tastes else 0.0
        if self._plan.tastes:
            choose(home.handle, key(home.seed, PICKS, day), tastes, self._weights, spread)
        if self._parcels is not None:
            self._parcels.address()
        self._refuse(day)
        room = np.array([-1 if (room := stock.room(day)) is None else room for stock in self._stocks])
        n = out.tally[c.N_ORDERS]
        room -= np.where(room > 0, self._packs.sold(out.order_product[:n]), 0)
        room[self._packs.is_pack] = 0  # nobody takes one along
        self._packs.take_home(out.order_person[:n], out.order_product[:n])
        if self._plan.baskets and n:
            b = self._b
            baskets = key(home.seed, BASKETS, day)
            free_from = NEVER if self._parcels is None else self._parcels.free_from
            luck, terms = (baskets, tastes, spread), (b.add_on, b.drawn, b.to_free, free_from)
            fill(home.handle, luck, self._weights, self._draws, terms, room)
        sold = self._packs.sold(out.order_product[: out.tally[c.N_ORDERS]])
        for number, stock in self._singles():
            if sold[number]:
                stock.sell(day, int(sold[number]), home.books)

    def _refuse(self, day: int) -> None:
        """Orders beyond the pieces that there are come to nothing, by chance; these trust less."""
        home, out, n = self.home, self.home.out, self.home.out.tally[c.N_ORDERS]
        keep = np.ones(n, np.bool_)
        for number, stock in self._singles():
            room = stock.room(day)
            if room is None:
                continue
            wanted = np.flatnonzero(self._packs.single[out.order_product[:n]] == number)
            pieces = self._packs.pieces[out.order_product[wanted]]
            if pieces.sum() > room:
                turn = uniforms(key(home.seed, SERVED, day), out.order_person[wanted].astype(np.int64))
                served = np.argsort(turn, kind="stable")
                keep[wanted[served[np.cumsum(pieces[served]) > room]]] = False
        if keep.all():
            return
        lost = out.order_person[:n][~keep]
        people, regret = home.people, home.scenario.behaviour.buying.regret
        people.orders[lost] -= 1
        people.trust[lost] = np.maximum(0.0, people.trust[lost].astype(np.float64) - regret)
        out.keep_orders(keep)
        self._sold_out = len(lost)
        if self._parcels is not None:
            self._parcels.keep(keep)

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Tell of what went into baskets beside other things."""
        out = self.home.out
        n, added = out.tally[c.N_ORDERS], out.tally[c.N_ADDED]
        self._sent, self._free = self._parcels.send() if self._parcels is not None and n else (0, 0)
        persons: Ints = out.order_person[n - added : n].astype(np.int64)
        return {BASKET: Occurred(persons, out.fen[n - added : n].copy())}

    def close(self, day: int) -> dict[str, int]:
        """What happened to goods today."""
        added = int(self.home.out.tally[c.N_ADDED])
        numbers = self._by_product(day)
        earned = numbers["revenue"] - numbers["cost"]
        return {
            "basket_lines": added,
            "sold_out": self._sold_out,
            "pieces_left": sum(stock.left or 0 for _, stock in self._singles()),
            "stock_value": self.home.books.stock,
            "pieces_spoilt": int(self._spoilt[0].sum()),
            "shipped_free": self._free,
            "parcels": self._sent,
            "traffic_earned": int(earned[self._draws].sum()),
            "profit_earned": int(earned[~self._draws].sum()),
        }

    def _by_product(self, day: int) -> dict[str, Ints]:
        """What was sold of each product today, and what of it has spoilt; kept in the table of products."""
        out, goods, n = self.home.out, self.home.state.goods, self.home.out.tally[c.N_ORDERS]
        products, first = out.order_product[:n], n - out.tally[c.N_ADDED]
        orders, lines = (
            np.bincount(some, minlength=len(self._stocks)) for some in (products[:first], products[first:])
        )
        # sums of integers below 2^53 are exact in float64
        revenue = np.bincount(products, weights=out.fen[:n], minlength=len(self._stocks)).astype(np.int64)
        numbers: dict[str, Ints] = {
            "orders": orders,
            "lines": lines,
            "revenue": revenue,
            "cost": (orders + lines) * goods.cost,
            "written_off": self._spoilt[1],
        }
        self.home.recorder.product_day(day, self._names, numbers)
        return numbers
