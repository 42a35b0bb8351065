"""Shareholders: who takes a seat, what it moves them to, and what they pay in and get."""

from collections import deque

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.compiled import njit
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.errors import InputError
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import log
from commsim.core.mechanism import NOBODY, Event, Occurred
from commsim.core.mechanisms.shareholders import (
    MONTH,
    SEATED,
    SHARED,
    SHAREHOLDERS,
    Seats,
    ShareholdersBehaviour,
)
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.deciding import chance_of_yes
from commsim.simulation.takes import takes

CONSIDERS, TAKES = purpose("shareholders, who considers a seat"), purpose("shareholders, who takes a seat")
_NONE: Ints = np.zeros(0, np.int64)


class Shareholders(Mechanics):
    """One programme of seats; who has paid in stays a holder to the end of the term, wherever they are."""

    declared = SHAREHOLDERS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.until, self.paid_in = self.columns.values()
        self._b: ShareholdersBehaviour = getattr(home.scenario.behaviour, SHAREHOLDERS.name)
        self._programme: tuple[int, Seats] | None = None
        self._profits: deque[int] = deque(maxlen=MONTH)
        self._holders = _NONE
        self._sold = self._shared = 0

    def morning(self, day: int) -> None:
        """Terms end, and each month the profit of the last one is shared."""
        self._open: Seats | None = None
        self._paid = NOBODY
        if day:  # what was shared is no loss before sharing
            self._profits.append(self.home.books.last_profit() + self._shared)
        self._shared = 0
        if self._programme is None:
            return
        if day % MONTH == 0:
            self._share(day, *self._programme)
        self._end(day, *self._programme)

    def _share(self, day: int, cause: int, terms: Seats) -> None:
        """Pay every holder the part of a seat of what there was of profit."""
        fen = int(max(0, sum(self._profits)) * terms.share) // terms.seats
        if fen and self._holders.size:
            home, parts = self.home, np.full(len(self._holders), fen)
            self._paid, self._shared = Occurred(self._holders, parts), int(parts.sum())
            home.books.pay(Account.PROFIT_SHARE, cause, self._shared)
            home.books.note(
                Account.PROFIT_SHARE, cause, -parts, self._holders, home.people.group[self._holders]
            )
            home.recorder.event("payment", day, self._holders, -1, parts, cause)

    def _end(self, day: int, cause: int, terms: Seats) -> None:
        """Pay back whose term is over, where that was agreed."""
        over = self._holders[self.until[self._holders] == day - 1]
        if over.size:
            if terms.returned:
                self.home.books.use_prepaid(int(self.paid_in[over].sum()))
                self.paid_in[over] = 0
            self._holders = np.flatnonzero(self.until >= day)

    @takes(Seats)
    def open(self, effect: Seats, cause: int) -> None:
        """Open seats today.  Raises InputError if another strategy has some."""
        if self._programme is not None and self._programme[0] != cause:
            raise InputError(
                "two strategies make members shareholders",
                where="strategies",
                remedy="leave one of them out",
            )
        self._programme, self._open = (cause, effect), effect

    def dial(self, day: int, desk: Desk) -> None:
        """Holders buy more for a while, and bring more friends."""
        if not self._holders.size or self._programme is None:
            return
        here = self._holders[self.home.people.status[self._holders] == MEMBER]
        desk.turn(Dial.INVITE, log(self._b.friends), here)
        since = day - (self.until[here].astype(np.int64) - self._programme[1].term + 1)
        desk.turn(Dial.BUY, self._b.buying, here[since < self._b.buying_days])

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who looked in may take a seat that is left."""
        seated = NOBODY
        if self._open is not None and self._programme is not None:
            seated = self._sell(day, self._programme[0], self._open)
        self._sold = len(seated.persons)
        return {SEATED: seated, SHARED: self._paid}

    def _sell(self, day: int, cause: int, terms: Seats) -> Occurred:
        left = terms.seats - len(self._holders)
        home, salt = self.home, int(self.home.salts[cause])
        rows = home.out.lookers[: home.out.tally[c.N_LOOKERS]].astype(np.int64)
        whom = home.audience(cause)
        fit = (home.people.status[rows] == MEMBER) & (self.until[rows] < day)
        rows = rows[fit if whom is None else fit & whom[rows]]
        rows = rows[uniforms(key(home.seed, CONSIDERS, day, salt), rows) < self._b.notice]
        if left <= 0 or not rows.size or not self._profits:
            return NOBODY
        worth = max(0.0, sum(self._profits) / len(self._profits)) * terms.term * terms.share / terms.seats
        at_stake = terms.fen * (self._b.risk if terms.returned else 1.0)
        chance = np.empty(len(rows))
        weigh(home.handle, rows, worth, at_stake, self._b.steepness, self._b.trust, chance)
        luck = uniforms(key(home.seed, TAKES, day, salt), rows)
        first = np.argsort(luck, kind="stable")
        rows = rows[first][luck[first] < chance[first]][:left]
        self.until[rows], self.paid_in[rows] = day + terms.term, terms.fen
        home.books.prepay(terms.fen * len(rows))
        self._holders = np.flatnonzero(self.until >= day)
        home.taken.append((cause, rows))
        return Occurred(rows, np.full(len(rows), terms.fen))

    def close(self, day: int) -> dict[str, int]:
        """What is not paid back is earned day by day."""
        if self._programme is not None and not self._programme[1].returned and self._holders.size:
            self._earn(day, self._programme[0])
        holding = int(np.count_nonzero(self.until[self._holders] >= day))
        return {"holders": holding, "seated": self._sold, "shared_profit": self._shared}

    def _earn(self, day: int, cause: int) -> None:
        """To the fen: the last day of a term takes what is left."""
        earned = self.paid_in[self._holders] // (self.until[self._holders].astype(np.int64) - day + 1)
        self.paid_in[self._holders] -= earned
        some = earned > 0
        if some.any():
            persons, fen = self._holders[some], earned[some]
            self.home.books.earn(Account.FEES, cause, int(fen.sum()))
            self.home.books.note(Account.FEES, cause, fen, persons, self.home.people.group[persons])


@njit()
def weigh(handle, rows, worth, price, steepness, pull, chance):  # type: ignore[no-untyped-def]
    """Chance that each person takes what is worth the same to all, by their trust."""
    people, p = handle.state.people, handle.state.params[0]
    for k in range(len(rows)):
        trust = people.reals[c.TRUST, rows[k]]
        chance[k] = chance_of_yes(worth, price, trust, steepness, pull, p)
