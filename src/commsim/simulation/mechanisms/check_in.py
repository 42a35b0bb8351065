"""The check-in: who does it today, and the habit that it makes."""

import numpy as np

from commsim.core.compiled import borrowing, njit
from commsim.core.dials import Dial
from commsim.core.errors import InputError
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import exp
from commsim.core.mechanism import NOBODY, Event, Occurred
from commsim.core.mechanisms.check_in import CHECK_IN, CHECKED_IN, CheckIn
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.kernels.blocks import BLOCK, all_strangers, block_at, list_rows
from commsim.simulation.kernels.habits import trained
from commsim.simulation.kernels.streams import stream
from commsim.simulation.mechanics import Mechanics
from commsim.simulation.takes import takes

_CHECK = int(Purpose.CHECK_IN)
_EVERYBODY = np.zeros(0, np.bool_)
_LIFT = Dial.LIFT  # to ask an enum for a member costs as much as to turn a dial of a small community


class CheckIns(Mechanics):
    """One check-in a day; its habit brings people to look in."""

    declared = CHECK_IN

    def morning(self, day: int) -> None:
        """Nothing is open yet."""
        self._day = day
        self._opened: tuple[int, CheckIn] | None = None
        self._by = -1
        self._done = NOBODY

    @takes(CheckIn)
    def open(self, effect: CheckIn, cause: int) -> None:
        """Open the check-in.  Raises InputError if another strategy has opened one today."""
        if self._opened is not None:
            raise InputError(
                "a community has one check-in, and two strategies open one on the same day",
                where=f"{self.home.both(self._by, cause)}, day {self._day}",
                remedy="put them together, or give them other weekdays",
            )
        self._opened, self._by = (self.home.habits.row(cause), effect), cause
        self._for = self.home.audience(cause)

    def dial(self, day: int, desk: Desk) -> None:
        """The habit lifts the chance of a look."""
        if self._opened is not None:
            habit = self.home.habits.strength[self._opened[0]]
            if self._for is not None:
                habit = np.where(self._for, habit, np.float32(0.0))
            desk.turn(_LIFT, habit, times=self.home.scenario.behaviour.look.check_in)

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who has checked in."""
        if self._opened is not None:
            row, opened = self._opened
            pull, some = np.asarray(opened.pull, np.float32), self._for is not None
            for_whom = self._for if self._for is not None else _EVERYBODY
            n = check_in(day, self.home.handle, row, float(opened.base), pull, some, for_whom)
            checkers = self.home.out.queue[:n].astype(np.int64)
            self._done = Occurred(checkers, np.zeros(n, np.int64))
        return {CHECKED_IN: self._done}

    def close(self, day: int) -> dict[str, int]:
        """How many it were."""
        return {"checked_in": len(self._done.persons)}


@borrowing
def _likely(people, at, base, pull, habit, likely, chance):  # type: ignore[no-untyped-def]
    """Chances to check in: of lookers by base chance and habit, of others by habit alone."""
    looks, one = people.bits[c.LOOKS, at], np.uint32(1)
    for k in range(len(looks)):
        h = habit[k]
        chance[k] = base + (1.0 - base) * h if looks[k] & one else h * likely[k]
    for k in range(len(looks)):
        x, odds = chance[k], exp(pull[k])
        chance[k] = x * odds / (1.0 - x + x * odds) if (x > 0.0) & (pull[k] != 0.0) else x


@borrowing
def _check(people, at, key, missed, chance, habit, done):  # type: ignore[no-untyped-def]
    """Draw who of the members checks in; all who might have train their habit."""
    status, speed, first = people.tiny[c.STATUS, at], people.traits[c.HABIT_SPEED, at], at.start
    for k in range(len(status)):
        may = (status[k] == MEMBER) & (chance[k] > 0.0)
        does = may & (uniform(key, first + k) < min(0.97, chance[k]))
        habit[k] = trained(habit[k], does, speed[k], missed) if may else habit[k]
        done[k] = does


@njit()
def check_in(day, handle, row, base, pull, some, for_whom):  # type: ignore[no-untyped-def]
    """Who checks in, by a row of habits: fills the queue with them and returns their number.

    some: whether it is open to those of ``for_whom`` only.
    """
    state, habit = handle.state, handle.today.habits[row]
    people, out, missed = state.people, state.out, state.params[0].habit.missed
    checkers = out.rows[c.QUEUE]
    key = stream(state.seed, _CHECK, day, 0)
    chance, done = np.empty(BLOCK), np.empty(BLOCK, np.bool_)
    n, persons = 0, len(people.muted)
    for first in range(0, persons, BLOCK):
        at = block_at(first, persons)
        if not all_strangers(people.tiny[c.STATUS, at]):
            _likely(people, at, base, pull[at], habit[at], out.reals[c.CHANCE, at], chance)
            if some:
                for k in range(at.stop - first):
                    chance[k] *= for_whom[first + k]
            _check(people, at, key, missed, chance, habit[at], done)
            n = list_rows(done[: at.stop - first], first, checkers, n)
    return n
