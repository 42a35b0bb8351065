"""Ties with the operator: who is talked with or sees the owner, what that is felt as, and how it fades."""

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniforms
from commsim.core.mechanisms.tie import OWNER, START, TIE, Appear, Approach, TieBehaviour
from commsim.core.view import MEMBER
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.parcels import Parcels
from commsim.simulation.takes import takes

_TALKS = purpose("tie, with whom staff talk")
_START = np.float32(START)
_USUAL = float(_START)
_OF_A_WEEK = 6.0 / 7.0
"""Of what was seen lately that is still so a day later: of as many posts every day, a week's worth."""


class Ties(Mechanics):
    """Everybody's tie; only what is above the usual one acts, so that without contact nothing does."""

    declared = TIE

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.tie, self._seen = self.columns["tie"], self.columns[OWNER.name]
        self._b: TieBehaviour = getattr(home.scenario.behaviour, TIE.name)
        self._elasticity = home.people.elasticity.astype(np.float64)  # without any tie
        self._parcels = Parcels(home)
        self._close = np.zeros(0, np.int64)  # who was ever talked with, or saw the owner
        self._shown = False  # whether the owner ever was

    def morning(self, day: int) -> None:
        """Ties fade, and prices matter as much as they leave of it."""
        self._talks: list[tuple[int, Approach]] = []
        self._shows: list[tuple[int, Appear]] = []
        if self._shown:
            self._seen[:] = self._seen.astype(np.float64) * _OF_A_WEEK
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

    @takes(Appear)
    def appear(self, effect: Appear, cause: int) -> None:
        """Let who looks in today see the owner."""
        self._shows.append((cause, effect))

    def dial(self, day: int, desk: Desk) -> None:
        """Who is close buys more, and leaves less."""
        if self._close.size:
            more = self._more(self._close)
            desk.turn(Dial.BUY, more, self._close, times=self._b.buying)
            desk.turn(Dial.LEAVE, more, self._close, times=-self._b.leaving)

    def close(self, day: int) -> dict[str, int | float]:
        """Bad parcels are forgiven in part; staff talk with who is due; who looked in has seen the owner."""
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
        for cause, show in self._shows:
            self._show(cause, show)
        if talked or self._shows:
            self._close = np.flatnonzero(self.tie != _START)
        ties = self.tie[here]
        unmoved = bool((ties == _START).all())  # also where nobody is left
        mean = _USUAL if unmoved else float(ties.astype(np.float64).mean())
        return {"approached": talked, "mean_tie": mean}

    def _show(self, cause: int, show: Appear) -> None:
        """Who has looked in there is closer to the owner by each post, or, of too many, less close again."""
        rows, people = self.home.lookers(), self.home.people
        rows = rows[self.home.where(show.groups, cause)[people.group[rows]] & (people.status[rows] == MEMBER)]
        whom = self.home.audience(cause)
        rows = rows if whom is None else rows[whom[rows]]
        tie, seen = self.tie[rows].astype(np.float64), self._seen[rows].astype(np.float64)
        for _ in range(show.posts):
            by = self._b.shown * (1.0 - seen / self._b.enough)
            tie += np.where(by > 0.0, by * (1.0 - tie), np.maximum(by, -1.0) * np.maximum(tie - _USUAL, 0.0))
            seen += 1.0
        self.tie[rows], self._seen[rows] = tie, seen
        self._shown = True

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
