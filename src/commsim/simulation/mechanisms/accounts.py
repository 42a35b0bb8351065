"""The shop's accounts in a run: how many friends each has, and which are blocked."""

import numpy as np

from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import exp
from commsim.scenario.accounts import Accounts

_BLOCKED = purpose("sources, which account is blocked")
_DAYS_OF_MONTH = 365.0 / 12.0


class Register:
    """Friends by account.  asked: requests sent today.  blocked: of today, accounts; lost: their friends."""

    def __init__(self, accounts: Accounts, slope: float, seed: int) -> None:
        self.accounts, self._slope, self._seed = accounts, slope, seed
        self.friends = np.zeros(accounts.number, np.int64)
        self._back = np.zeros(accounts.number, np.int64)
        self.asked = self.blocked = self.lost = 0

    def morning(self, day: int) -> None:
        """Nobody was asked yet; accounts that are replaced are there again."""
        self._works, self.asked, self.blocked, self.lost = self._back <= day, 0, 0, 0

    @property
    def total(self) -> int:
        """Friends whom the shop can reach."""
        return int(self.friends.sum())

    def add(self, people: int) -> int:
        """Let people become friends, as many as there is room for; returns how many do."""
        room = np.where(self._works, self.accounts.cap - self.friends, 0)
        added = min(people, int(room.sum()))
        left = added
        while left > 0:
            free = np.flatnonzero(self._works & (self.friends < self.accounts.cap))
            fewest = self.friends[free].min()
            low = free[self.friends[free] == fewest]
            others = self.friends[free][self.friends[free] > fewest]
            step = int(others.min() if len(others) else self.accounts.cap) - int(fewest)
            each = min(step, left // len(low))
            self.friends[low] += each
            left -= each * len(low)
            if left < len(low):
                self.friends[low[:left]] += 1
                left = 0
        return added

    def cost(self, day: int) -> int:
        """Fen of a day; they add up to the months'."""
        daily = self.accounts.cost * self.accounts.number / _DAYS_OF_MONTH
        return round(daily * (day + 1)) - round(daily * day)

    def evening(self, day: int) -> float:
        """Some accounts that asked too many are blocked; returns the share of all friends that is lost."""
        works = np.flatnonzero(self._works)
        over = self.asked / len(works) - self.accounts.safe if len(works) else 0.0
        if over <= 0.0:
            return 0.0
        chance = 1.0 - exp(-self._slope * over / self.accounts.safe)
        gone = works[uniforms(key(self._seed, _BLOCKED, day), works) < chance]
        before, self.lost = self.total, int(self.friends[gone].sum())
        after = self.accounts.replaced_after
        self._back[gone] = np.iinfo(np.int64).max if after is None else day + 1 + after
        self.friends[gone], self.blocked = 0, len(gone)
        return self.lost / before if before else 0.0
