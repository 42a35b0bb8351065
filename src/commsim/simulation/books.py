"""The books: every fen is an entry of profit and loss with a counterpart, and they balance every day."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from commsim.core.arrays import Columns, Ints
from commsim.core.effects import Account
from commsim.simulation.handle import Handle
from commsim.simulation.kernels.recording import Sheets, close_books

ACCOUNTS = tuple(Account)
SALES, GOODS, DISCOUNT, REFUNDS = (
    ACCOUNTS.index(a) for a in (Account.SALES, Account.GOODS, Account.DISCOUNT, Account.REFUNDS)
)
_INDEX = {account: k for k, account in enumerate(ACCOUNTS)}
_POINTS = _INDEX[Account.POINTS]
NOT_STEERED = (
    Account.SALES, Account.FEES, Account.BREAKAGE, Account.GOODS, Account.STAFF, Account.FIXED,
    Account.INTEREST, Account.WRITE_OFF, Account.SHIPPING, Account.ENTRY_FEES, Account.PARTIES,
)  # fmt: skip
"""What the spending of a cause leaves out: income, goods and what is bought with them, staff, fixed costs."""
_STEERED = np.array([a not in NOT_STEERED for a in ACCOUNTS], np.int64)


_NOBODY = np.full(1, -1)
_Entry = tuple[int, Ints, Ints, Ints, Ints]


class Books:
    """Profit and loss by account and cause, beside the stocks of money that must explain it.

    cash: of the operator (0 at the start).  held: paid into envelopes that are not yet taken.
    liability: points in members' hands at the worth at which they were given, and what is promised to whom
    chance will choose.  prepaid: what members have paid ahead and not yet got anything for.  stock: goods
    bought and not yet sold, less those sold and not yet bought, at their cost.  salvaged: what spoilt goods
    have brought so far, in cash.  All in fen.
    budgets: the most that a cause may spend in the run, None for no limit.  sheets: see `kernels.recording`.
    """

    def __init__(self, causes: Sequence[str], days: int, *, full: bool) -> None:
        self.causes = tuple(causes)
        self.cash = self.held = self.liability = self.prepaid = self.stock = self.salvaged = 0
        today, total = np.zeros((2, len(ACCOUNTS), len(causes)), np.int64)
        self.sheets = Sheets(today, total, np.zeros((days, *today.shape), np.int64))
        self._today, self._closed = today, 0
        self.full = full
        self.budgets: list[int | None] = [None] * len(causes)
        self._entries: list[_Entry] = []
        self._full: list[Columns] = []

    def charge(self, account: Account, cause: int, fen: int) -> None:
        """One cost that goes to nobody among the members."""
        self._today[_INDEX[account], cause] -= fen
        self.cash -= fen
        if self.full:
            self.note(account, cause, np.array([-fen]), _NOBODY, _NOBODY)

    def pay(self, account: Account, cause: int, fen: int) -> None:
        """Costs that go to members.  To be noted one by one, see `note`."""
        self._today[_INDEX[account], cause] -= fen
        self.cash -= fen

    def receive(self, account: Account, cause: int, fen: int) -> None:
        """Income that members pay at once, for no order.  To be noted one by one, see `note`."""
        self.pay(account, cause, -fen)

    def send(self, fen: int) -> None:
        """Put money into envelopes."""
        self.cash -= fen
        self.held += fen

    def taken(self, causes: Ints, fen: Ints, persons: Ints, groups: Ints) -> None:
        """Shares of envelopes that members took: now they are a cost."""
        self.held += self._profits(Account.ENVELOPES, causes, -fen)
        self.note(Account.ENVELOPES, causes, -fen, persons, groups)

    def returned(self, fen: int) -> None:
        """What nobody took comes back after a day."""
        self.held -= fen
        self.cash += fen

    def owe(self, account: Account, cause: int, fen: int) -> None:
        """Promise so much to whom chance will choose: a cost at once, and a liability; below 0, no longer."""
        self.liability += fen
        self._today[_INDEX[account], cause] -= fen
        if self.full:
            self.note(account, cause, np.array([-fen]), _NOBODY, _NOBODY)

    def award(self, cause: int, fen: int) -> None:
        """Points given: a cost at once, and a liability until used.  To be noted one by one, see `note`."""
        self.liability += fen
        self._today[_POINTS, cause] -= fen

    def redeem(self, cause: int, goods: int, owed: int) -> None:
        """Points used: goods leave, and what was owed for the points.  To be noted one by one, see `note`.

        Goods that cost more than was owed are a cost of who takes the points in, cheaper ones an income.
        """
        self.liability -= owed
        self.cash -= goods
        self._today[_POINTS, cause] -= goods - owed

    def prepay(self, fen: int) -> None:
        """Members pay ahead: the money is there, and owed."""
        self.cash += fen
        self.prepaid += fen

    def use_prepaid(self, fen: int) -> None:
        """Members paid for orders, which are entered as if paid in money, with what they had paid ahead."""
        self.cash -= fen
        self.prepaid -= fen

    def earn(self, account: Account, cause: int, fen: int) -> None:
        """What was paid ahead is income now.  To be noted one by one, see `note`."""
        self.prepaid -= fen
        self._today[_INDEX[account], cause] += fen

    def buy(self, fen: int) -> None:
        """Buy goods before they are sold, or after."""
        self.cash -= fen
        self.stock += fen

    def from_stock(self, fen: int) -> None:
        """Goods that are sold today, and entered as if bought today, were bought before, or will be."""
        self.cash += fen
        self.stock -= fen

    def write_off(self, cause: int, fen: int, back: int) -> None:
        """Goods that are worth nothing any more but what somebody gives back for them."""
        self.stock -= fen
        self.cash += back
        self.salvaged += back
        self._today[_INDEX[Account.WRITE_OFF], cause] -= fen - back
        if self.full:
            self.note(Account.WRITE_OFF, cause, np.array([back - fen]), _NOBODY, _NOBODY)

    def booked_today(self, account: Account) -> int:
        """Fen entered on an account so far today, of all causes: income positive, cost negative."""
        return int(self._today[_INDEX[account]].sum())

    @property
    def owed(self) -> int:
        """Fen owed to members: for points, and what they have paid ahead."""
        return self.liability + self.prepaid

    def spent(self, cause: int) -> int:
        """Fen that a cause has cost so far, discounts included; goods, staff and income left out."""
        return -int((self.sheets.total[:, cause] + self._today[:, cause]) @ _STEERED)

    def may_spend(self, cause: int, fen: int) -> bool:
        """Whether the budget of a cause allows so much more."""
        budget = self.budgets[cause]
        return budget is None or self.spent(cause) + fen <= budget

    def close(self, day: int, handle: Handle) -> None:
        """End the day of the run that the handle is of.

        Raises RuntimeError if the books do not balance, which would be an error of the engine.
        """
        profit = close_books(day, handle)
        if profit != self.cash + self.held + self.stock - self.owed:
            raise RuntimeError(f"the books do not balance on day {day}: an error in the engine")
        self._closed = day + 1
        if self.full:
            self._full.append(_flat(day, self._entries))
            self._entries = []

    def last_profit(self) -> int:
        """Fen earned on the last day; 0 before the first."""
        return int(self.sheets.days[self._closed - 1].sum()) if self._closed else 0

    def ledger(self) -> Columns:
        """Day, account, cause and fen of every sum that is not zero."""
        day, account, cause = np.nonzero(self.sheets.days[: self._closed])
        fen = self.sheets.days[day, account, cause]
        return {"day": day, "account": account, "cause": cause, "fen": fen}

    def entries(self) -> Columns:
        """Entry by entry: day, account, cause, person, group, fen; empty unless kept in full."""
        if not self._full:
            return {}
        return {name: np.concatenate([part[name] for part in self._full]) for name in self._full[0]}

    def _profits(self, account: Account, causes: Ints, fen: Ints) -> int:
        # sums of integers below 2^53 are exact in float64
        by_cause = np.bincount(causes, weights=fen, minlength=len(self.causes)).astype(np.int64)
        self._today[_INDEX[account]] += by_cause
        return int(by_cause.sum())

    def note(self, account: Account, cause: Any, fen: Ints, persons: Ints, groups: Ints) -> None:
        """Keep entries one by one, at full detail only; their sums are entered elsewhere."""
        if self.full:
            causes = np.broadcast_to(cause, len(fen))
            self._entries.append((_INDEX[account], causes, persons, groups, fen))


def _flat(day: int, entries: list[_Entry]) -> Columns:
    sizes = [len(fen) for *_, fen in entries]
    nothing = np.zeros(0, np.int64)
    return {
        "day": np.full(sum(sizes), day),
        "account": np.repeat([e[0] for e in entries], sizes).astype(np.int64),
        "cause": np.concatenate([nothing, *(e[1] for e in entries)]),
        "person": np.concatenate([nothing, *(e[2] for e in entries)]),
        "group": np.concatenate([nothing, *(e[3] for e in entries)]),
        "fen": np.concatenate([nothing, *(e[4] for e in entries)]),
    }
