"""Campaigns that ask members to bring friends: which occasion of each has asked whom."""

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools
from commsim.core.luck import key, purpose, uniforms

NOT_ASKED = -1
DOUBTS = purpose("invitations, whom one friend does not move")


def doubtful(seed: int, persons: int, share: float) -> Bools:
    """Who comes only when a second one has asked them."""
    return np.asarray(uniforms(key(seed, DOUBTS), np.arange(persons)) < share)


class Campaigns:
    """Occasions of every strategy that asks, counted from 0 in each group.

    asked: the last occasion at which each person was asked, a row for each campaign, `NOT_ASKED` before;
    rows are made when first needed.
    """

    def __init__(self, persons: int, groups: int) -> None:
        self.asked = np.full((0, persons), NOT_ASKED, np.int16)
        self._groups = groups
        self._row: dict[int, int] = {}
        self._occasion: list[NDArray[np.int16]] = []
        self._last_day: list[NDArray[np.int16]] = []

    def ask(self, cause: int, day: int, again: int, groups: Bools) -> tuple[int, NDArray[np.int16]]:
        """Let a campaign ask in some groups; returns its row, and the occasion there, `NOT_ASKED` elsewhere.

        Where it has rested for ``again`` days, a new occasion begins.
        """
        row = self._row.setdefault(cause, len(self._row))
        if row == len(self.asked):
            fresh = np.full((1, self.asked.shape[1]), NOT_ASKED, np.int16)
            self.asked = np.concatenate([self.asked, fresh])
            self._occasion.append(np.full(self._groups, NOT_ASKED, np.int16))
            self._last_day.append(np.zeros(self._groups, np.int16))
        occasion, last_day = self._occasion[row], self._last_day[row]
        occasion[groups & ((occasion == NOT_ASKED) | (day - last_day >= again))] += 1
        last_day[groups] = day
        return row, np.where(groups, occasion, np.int16(NOT_ASKED))
