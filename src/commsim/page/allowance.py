"""How often somebody may do something: so many times at once, and then once in so many seconds."""

import time
from collections.abc import Callable

_ADDRESSES = 512
"""Addresses that are remembered, so that nobody fills the memory with theirs."""


class Allowance:
    """What is left to one."""

    def __init__(self, most: float, pause: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._pause, self._clock = most, pause, clock
        self._left, self._when = most, clock()

    @property
    def is_left(self) -> bool:
        """Whether it may be done once more."""
        now = self._clock()
        self._left, self._when = min(self._most, self._left + (now - self._when) / self._pause), now
        return self._left >= 1.0

    def take(self) -> bool:
        """Do it once; gives whether that was allowed."""
        allowed = self.is_left
        self._left -= allowed
        return allowed


class Allowances:
    """What is left to each address."""

    def __init__(self, most: float, pause: float) -> None:
        self._most, self._pause = most, pause
        self._known: dict[str, Allowance] = {}

    def of(self, address: str) -> Allowance:
        """That of one address; where too many are known the one that was met first is forgotten."""
        if address not in self._known:
            if len(self._known) >= _ADDRESSES:
                del self._known[next(iter(self._known))]
            self._known[address] = Allowance(self._most, self._pause)
        return self._known[address]
