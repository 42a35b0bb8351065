"""Cash: money of the books on the day on which it moves, and what happens when there is none left."""

import numpy as np

from commsim.core.effects import Account
from commsim.core.mechanisms.cash import CASH
from commsim.scenario.cash import Cash
from commsim.simulation.mechanics import Home, Mechanics

_FROM_MEMBERS = Account.SALES, Account.DISCOUNT, Account.FEES, Account.BREAKAGE
_YEAR = 365


class Purse(Mechanics):
    """Cash of the operator, who pays bills when they are due until they can't.

    The books move all money on the day on which it is earned or owed; beside them stands what of that
    has not moved yet: bills (``_unpaid``), members' money (``_on_the_way``), rent paid ahead (``_ahead``).
    On every evening cash = opening + cash of the books + bills - money on its way - paid ahead.
    """

    declared = CASH

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        assert home.scenario.cash is not None
        self._plan: Cash = home.scenario.cash
        self._operator = len(home.books.causes) - 1
        self._cash, self._seen, self._prepaid = self._plan.opening, 0, 0
        self._stock = self._salvaged = 0
        longest = max(self._plan.pays_suppliers_after, self._plan.customers_pay_after)
        days = home.scenario.days + longest
        self._bills, self._coming = np.zeros((2, days + 1), np.int64)
        self._wages = self._unpaid = self._on_the_way = self._ahead = 0

    def reckon(self, day: int) -> dict[str, int]:
        """Let the day's money move that is due, and see whether there is enough."""
        before = self._cash
        came = self._take_in(day)
        if not self.home.shut:
            self._pay_bills(day)
            self._pay_interest()
        ran_out = not self.home.shut and self._cash + self._plan.credit < 0
        if ran_out:
            self.home.close_shop()
        return {
            "cash": self._cash,
            "put_in": self._plan.opening,
            "cash_in": came,
            "cash_out": before + came - self._cash,
            "unpaid_bills": self._unpaid,
            "on_the_way": self._on_the_way,
            "ran_out": int(ran_out),
        }

    def _take_in(self, day: int) -> int:
        """Note what today's entries will move later; all else has moved.  Returns what came from members."""
        books = self.home.books
        moved, ahead = books.cash - self._seen, books.prepaid - self._prepaid
        stocked, salvaged = books.stock - self._stock, books.salvaged - self._salvaged
        self._seen, self._prepaid = books.cash, books.prepaid
        self._stock, self._salvaged = books.stock, books.salvaged
        taken = sum(books.booked_today(account) for account in _FROM_MEMBERS) + ahead
        # what spoilt goods bring is there at once, and no part of what suppliers wait for
        spoilt = salvaged - books.booked_today(Account.WRITE_OFF)
        goods = stocked + spoilt - books.booked_today(Account.GOODS)
        wages = -books.booked_today(Account.STAFF)
        self._cash += moved - taken + goods + wages
        self._wages += wages
        self._unpaid += goods + wages
        self._bills[day + self._plan.pays_suppliers_after] += goods
        self._coming[day + self._plan.customers_pay_after] += taken
        came = int(self._coming[day])
        self._on_the_way += taken - came
        self._cash += came
        return came

    def _pay_bills(self, day: int) -> None:
        """Suppliers, staff and what is fixed."""
        paid = int(self._bills[day])
        if (day + 1) % self._plan.pays_staff_every == 0:
            paid, self._wages = paid + self._wages, 0
        for one in self._plan.fixed:
            cost, due = one.cost(day), one.due(day)
            if cost:
                self._charge(Account.FIXED, cost)
            if one.months_ahead:
                self._ahead += due - cost
                self._cash -= due
            else:
                self._unpaid += cost
                paid += due
        self._cash -= paid
        self._unpaid -= paid

    def _pay_interest(self) -> None:
        """On what is drawn tonight, to the next fen."""
        fen = round(-self._cash * self._plan.interest / _YEAR) if self._cash < 0 else 0
        if fen:
            self._charge(Account.INTEREST, fen)
            self._cash -= fen

    def _charge(self, account: Account, fen: int) -> None:
        """Enter a cost in the books, which move its money at once."""
        self.home.books.charge(account, self._operator, fen)
        self._seen = self.home.books.cash
