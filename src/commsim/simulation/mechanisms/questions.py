"""Questions of members that wait for an answer, first come first served."""

from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.core.mechanisms.service import QUESTIONS


class Asked(NamedTuple):
    """Questions: who asks, on which day, and what, as an index of `QUESTIONS`."""

    persons: Ints
    days: Ints
    kinds: Ints

    def where(self, chosen: Bools | Ints) -> "Asked":
        """Some of them, in their order."""
        return Asked(*(column[chosen] for column in self))

    def then(self, later: "Asked") -> "Asked":
        """These, and others behind them."""
        return Asked(*(np.concatenate(both) for both in zip(self, later, strict=True)))


NO_QUESTION = Asked(*np.zeros((len(QUESTIONS), 0), np.int64))


class Desk(NamedTuple):
    """What a desk takes: its cause, kinds of questions as a mask, and a mask over persons, None for all."""

    cause: int
    takes: Bools
    persons: Bools | None

    def mine(self, asked: Asked) -> Bools:
        """Which questions it takes."""
        mine: Bools = self.takes[asked.kinds]
        return mine if self.persons is None else mine & self.persons[asked.persons]


def taken_by_any(desks: list[Desk], asked: Asked) -> Bools:
    """Which questions some desk takes."""
    found: Bools = np.zeros(len(asked.persons), np.bool_)
    for desk in desks:
        found |= desk.mine(asked)
    return found
