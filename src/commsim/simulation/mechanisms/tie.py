"""Ties with the operator: who is talked with, what that is felt as, and how it fades."""

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniforms
from commsim.core.mechanisms.tie import START, TIE, Approach, TieBehaviour
from commsim.core.view import MEMBER
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.parcels import Parcels
from commsim.simulation.takes import takes

_TALKS = purpose("tie, with whom staff talk")
_START = np.float32(START)
_USUAL = float(_START)


class Ties(Mechanics):
    """Everybody's tie; only what is above the usual one acts, so that without contact nothing does."""

    declared = TIE

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.tie = self.columns["tie"]
        self._b: TieBehaviour = getattr(home.scenario.behaviour, TIE.name)
        self._elasticity = home.people.elasticity.astype(np.float64)  # without any tie
        self._parcels = Parcels(home)
        self._close = np.zeros(0, np.int64)  # who was ever talked with

    def morning(self, day: int) -> None:
        """Ties fade, and prices matter as much as they leave of it."""
        self._talks: list[tuple[int, Approach]] = []
        if self._close.size:
            more = self._more(self._close)
            self.tie[self._close] = _USUAL + more * (1.0 - self._b.fading)
            whole = 1.0 - self._b.softens * _USUAL
            left = (whole - self._b.softens * self._more(self._close)) / whole
            self.home.people.elasticity[self._close] = self._elasticity[self._close] * left

    def _more(self, rows: Ints) -> Floats:
        """How far ties are above the usual."""
        more: Floats = self.tie[rows].astype(np.float64) - _USUAL
        return more

    @takes(Approach)
    def approach(self, effect: Approach, cause: int) -> None:
        """Let staff talk with members today."""
        self._talks.append((cause, effect))

    def dial(self, day: int, desk: Desk) -> None:
        """Who is close buys more, and leaves less."""
        if self._close.size:
            more = self._more(self._close)
            desk.turn(Dial.BUY, more, self._close, times=self._b.buying)
            desk.turn(Dial.LEAVE, more, self._close, times=-self._b.leaving)

    def close(self, day: int) -> dict[str, int | float]:
        """Bad parcels are forgiven in part; then staff talk with who is due, and are paid."""
        self._forgive(day)
        here, talked = self.home.people.status == MEMBER, 0
        for cause, talk in self._talks:
            whom = self.home.audience(cause)
            rows: Ints = np.flatnonzero(here if whom is None else here & whom)
            luck = uniforms(key(self.home.seed, _TALKS, day, int(self.home.salts[cause])), rows)
            rows = self.home.message(rows[luck < talk.chance])
            now = self.tie[rows].astype(np.float64)
            self.tie[rows] = now + self._b.gain * (1.0 - now)
            self._pay(cause, talk, len(rows))
            talked += len(rows)
        if talked:
            self._close = np.flatnonzero(self.tie != _START)
        ties = self.tie[here]
        unmoved = bool((ties == _START).all())  # also where nobody is left
        mean = _USUAL if unmoved else float(ties.astype(np.float64).mean())
        return {"approached": talked, "mean_tie": mean}

    def _pay(self, cause: int, talk: Approach, number: int) -> None:
        wage = self.home.scenario.operator.wage_per_hour if talk.wage is None else talk.wage
        if fen := round(number * talk.minutes * wage / 60):
            self.home.books.charge(Account.STAFF, cause, fen)

    def _forgive(self, day: int) -> None:
        """Give back a part of the trust that bad parcels of today have cost who is close."""
        arrived, bad = self._parcels.evening(day), self.home.scenario.behaviour.trust.bad
        if arrived is None or not self._close.size or bad >= 1.0:
            return
        rows = arrived.persons[arrived.bad]
        trust = self.home.people.trust[rows].astype(np.float64)
        lost = trust * (bad / (1.0 - bad))
        self.home.people.trust[rows] = trust + self._b.forgives * self._more(rows) * lost
