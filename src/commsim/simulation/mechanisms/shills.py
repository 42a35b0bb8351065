"""Shills: where they are, what they pretend, which groups find out, and who learns of it."""

from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniforms, uniforms_pair
from commsim.core.maths import log
from commsim.core.mechanism import Event, Occurred
from commsim.core.mechanisms.shills import LEARNED, SHILLS, Plant
from commsim.core.mechanisms.shills_behaviour import ShillsBehaviour
from commsim.core.view import STRANGER
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.takes import takes

_FINDS_OUT, _TELLS = purpose("shills, which group finds out"), purpose("shills, whom a friend tells")
_FINED = purpose("shills, whether the shop is fined")


class Planted(NamedTuple):
    """Shills of a strategy today; ``number``: of them by group."""

    cause: int
    terms: Plant
    number: Ints


class Shills(Mechanics):
    """All shills of a run.  Where a group has found out there are none any more, of whatever strategy."""

    declared = SHILLS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.learned = self.columns["learned"]
        self._b: ShillsBehaviour = getattr(home.scenario.behaviour, SHILLS.name)
        groups = len(home.groups.size)
        self._found, self._open_until = np.zeros(groups, np.bool_), np.full(groups, -1)
        self._news: list[tuple[int, Ints]] = []

    def morning(self, day: int) -> None:
        """Nobody is planted yet."""
        self._planted: list[Planted] = []
        self._just_found, self._told = 0, 0
        self._shown = np.zeros_like(self._open_until)

    @takes(Plant)
    def plant(self, effect: Plant, cause: int) -> None:
        """Let shills be in groups today."""
        where = self.home.where(effect.groups, cause) & ~self._found
        number = np.floor(effect.per_100 * self.home.groups.size / 100.0 + 0.5).astype(np.int64)
        self._planted.append(Planted(cause, effect, np.where(where, number, 0)))

    def dial(self, day: int, desk: Desk) -> None:
        """Let groups find out; pay and show the shills of the others."""
        if self._planted:
            self._find_out(day)
            for cause, terms, number in self._planted:
                number[self._found] = 0
                self._pay(cause, terms, int(number.sum()))
                buyers = np.minimum(terms.buyers, number)
                self._shown += buyers
                desk.pretend(buyers, terms.messages * number)
        self._news = [(since, rows) for since, rows in self._news if day - since <= self._b.leaving_days]
        for _, rows in self._news:
            desk.turn(Dial.LEAVE, log(self._b.leaving), rows)

    def _find_out(self, day: int) -> None:
        """A group stays in the dark if none of its shills gives themselves away."""
        dark = np.ones(len(self._found))
        for _, terms, number in self._planted:
            chance = self._b.detect * (self._b.rotated if terms.rotate else 1.0)
            dark *= np.cumprod(np.append(1.0, np.full(number.max(), 1.0 - chance)))[number]
        groups = np.flatnonzero(dark < 1.0)
        draws = uniforms(key(self.home.seed, _FINDS_OUT, day), groups)
        groups = groups[draws >= dark[groups]]
        self._found[groups], self._open_until[groups] = True, day + self._b.open_days - 1
        topics = self.home.groups.topics
        topics[groups] *= np.float32(self._b.topics)
        self._just_found = len(groups)
        if self._b.fined:
            for group in groups[uniforms(key(self.home.seed, _FINED, day), groups) < self._b.fined]:
                cause = next(one.cause for one in self._planted if one.number[group])
                self.home.books.charge(Account.FINES, cause, self._b.fine)

    def _pay(self, cause: int, terms: Plant, shills: int) -> None:
        wage = self.home.scenario.operator.wage_per_hour
        if fen := shills * terms.pay + round(shills * terms.minutes * wage / 60):
            self.home.books.charge(Account.STAFF, cause, fen)

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who looked in where it is known learns of it, and so do friends of who learned of it yesterday."""
        rows = self._learn(day) if self._found.any() else np.zeros(0, np.int64)
        return {LEARNED: Occurred(rows, np.zeros(len(rows), np.int64))}

    def _learn(self, day: int) -> Ints:
        out, people = self.home.out, self.home.people
        lookers = out.lookers[: out.tally[c.N_LOOKERS]].astype(np.int64)
        seen = lookers[(self._open_until >= day)[people.group[lookers]]]
        heard = np.union1d(seen, self._friends(day))
        rows: Ints = heard[self.learned[heard] < 0]
        if rows.size:
            self.learned[rows] = day
            people.trust[rows] *= np.float32(self._b.trust)
            self._news.append((day, rows))
        self._told = len(rows)
        return rows

    def _friends(self, day: int) -> Ints:
        """Whom those tell who learned of it yesterday; strangers don't listen."""
        tellers = [rows for since, rows in self._news if since == day - 1]
        if not tellers:
            return np.zeros(0, np.int64)
        (rows,), (offsets, neighbours) = tellers, self.home.state.graph
        first, degree = offsets[rows], offsets[rows + 1] - offsets[rows]
        places = np.repeat(first - np.append(0, np.cumsum(degree)[:-1]), degree) + np.arange(degree.sum())
        friend, teller = neighbours[places].astype(np.int64), np.repeat(rows, degree)
        hears = uniforms_pair(key(self.home.seed, _TELLS, day), teller, friend) < self._b.told
        told: Ints = friend[hears & self._knows_the_shop[friend]]
        return told

    @property
    def _knows_the_shop(self) -> Bools:
        known: Bools = self.home.people.status != STRANGER
        return known

    def close(self, day: int) -> dict[str, int]:
        """Count the day."""
        sales = self.home.handle.today.sales
        pretended = sales.groups[: sales.number[0]] * self._shown
        return {
            "shills": sum(int(one.number.sum()) for one in self._planted),
            "pretended": int(pretended.sum()),
            "found_out": self._just_found,
            "learned_today": self._told,
        }
