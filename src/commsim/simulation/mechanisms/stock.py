"""Pieces of one product: bought, sold, spoilt, or sold before they are bought."""

from collections import deque

from commsim.scenario.schema import Product
from commsim.simulation.books import Books


class Stock:
    """What is left of a product; the oldest pieces go first.

    left: pieces, None without end.  Money for pieces moves when they are bought; their cost is booked when
    they are sold, as all goods.
    """

    def __init__(self, product: Product) -> None:
        self._product, self._lots, self._presold = product, deque[list[int]](), 0
        self.opens = product.launched or 0
        self.bought_from = self.opens + product.presale_days
        self.left: int | None = None if product.stock is None else 0

    def waits(self, day: int) -> int:
        """Days until pieces that are sold today are bought; 0 outside a pre-sale."""
        return max(0, self.bought_from - day) if day >= self.opens else 0

    def is_there(self, day: int, pieces: int) -> bool:
        """Whether so many pieces can be ordered: it is launched, and in stock or on pre-sale."""
        enough = self.left is None or self.left >= pieces
        return day >= self.opens and (enough or self.waits(day) > 0)

    def room(self, day: int) -> int | None:
        """Most pieces that can be ordered now; None without end."""
        return None if self.waits(day) else self.left

    def morning(self, day: int, books: Books, operator: int) -> tuple[int, int]:
        """Let old pieces spoil, buy new ones; returns how many have spoilt, and the fen lost on them."""
        product, spoilt, lost = self._product, 0, 0
        if product.keeps is not None:
            while self._lots and day - self._lots[0][0] >= product.keeps:
                spoilt += self._lots.popleft()[1]
        if spoilt:
            assert self.left is not None
            self.left -= spoilt
            cost = spoilt * product.unit_cost
            back = round(cost * product.salvage)
            lost = cost - back
            books.write_off(operator, cost, back)
        if self._presold and day >= self.bought_from:
            books.buy(self._presold * product.unit_cost)
            self._presold = 0
        self._buy(day, books)
        return spoilt, lost

    def _buy(self, day: int, books: Books) -> None:
        """The first pieces, and more every few days."""
        product, since = self._product, day - self.bought_from
        if product.stock is None or since < 0:
            return
        again = product.restock_every and since and since % product.restock_every == 0
        pieces = product.stock if since == 0 else product.restock if again else 0
        if pieces:
            assert self.left is not None
            self._lots.append([day, pieces])
            self.left += pieces
            books.buy(pieces * product.unit_cost)

    def sell(self, day: int, pieces: int, books: Books) -> None:
        """Take pieces from the stock, or note that they are to be bought."""
        if self.waits(day):
            self._presold += pieces
        elif self.left is None:
            return
        else:
            self.left -= pieces
            rest = pieces
            while rest:
                lot = self._lots[0]
                taken = min(rest, lot[1])
                lot[1] -= taken
                rest -= taken
                if not lot[1]:
                    self._lots.popleft()
        books.from_stock(pieces * self._product.unit_cost)
