"""Tasks that wait for a process, by number; and those that were in one when it died."""

from collections import deque
from collections.abc import Iterable

TRIES = 3
"""A task whose process died so many times is not tried again."""


class Queue:
    """Numbers from 0: first those that were given back, then new ones in their order."""

    def __init__(self, size: int) -> None:
        self._next, self._size = 0, size
        self._returned: deque[int] = deque()
        self._deaths: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._returned) + self.new

    @property
    def new(self) -> int:
        """How many were never handed out."""
        return self._size - self._next

    def take_new(self) -> int:
        """The next of the new ones; there must be one."""
        self._next += 1
        return self._next - 1

    def take(self, most: int) -> list[int]:
        """Up to so many numbers; one that a process has died of comes alone, so that it can be told."""
        if self._returned and self._returned[0] in self._deaths:
            return [self._returned.popleft()]
        taken: list[int] = []
        while len(taken) < most and self._returned and self._returned[0] not in self._deaths:
            taken.append(self._returned.popleft())
        return taken + [self.take_new() for _ in range(min(most - len(taken), self.new))]

    def give_back(self, numbers: Iterable[int]) -> None:
        """Let them be tried again, before all others."""
        self._returned.extendleft(reversed(list(numbers)))

    def blame(self, numbers: Iterable[int]) -> list[int]:
        """Note that a process died of one of these; those with tries left come back, the others are told."""
        hopeless = []
        for number in numbers:
            self._deaths[number] = self._deaths.get(number, 0) + 1
            if self._deaths[number] < TRIES:
                self._returned.appendleft(number)
            else:
                hopeless.append(number)
        return hopeless
