"""The check-in: who does it today, and the habit that it makes."""

import numpy as np

from commsim.core.compiled import njit
from commsim.core.dials import Dial
from commsim.core.errors import InputError
from commsim.core.luck import Purpose, uniform
from commsim.core.maths import exp
from commsim.core.mechanism import Event, Occurred
from commsim.core.mechanisms.check_in import CHECK_IN, CHECKED_IN, CheckIn
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.kernels.buying import train
from commsim.simulation.kernels.streams import stream
from commsim.simulation.mechanics import Mechanics
from commsim.simulation.takes import takes

_CHECK = int(Purpose.CHECK_IN)


class CheckIns(Mechanics):
    """One check-in a day; its habit brings people to look in."""

    declared = CHECK_IN

    def morning(self, day: int) -> None:
        """Nothing is open yet."""
        self._day = day
        self._opened: tuple[int, CheckIn] | None = None
        self._checkers = np.zeros(0, np.int64)

    @takes(CheckIn)
    def open(self, effect: CheckIn, cause: int) -> None:
        """Open the check-in.  Raises InputError if another strategy has opened one today."""
        if self._opened is not None:
            raise InputError(
                "a community has one check-in, and two strategies open one on the same day",
                where=f"strategies, day {self._day}",
                remedy="put them together, or give them other weekdays",
            )
        self._opened = self.home.habits.row(cause), effect

    def dial(self, day: int, desk: Desk) -> None:
        """The habit lifts the chance of a look."""
        if self._opened is not None:
            habit = self.home.habits.strength[self._opened[0]].astype(np.float64)
            habit *= self.home.scenario.behaviour.look.check_in
            desk.turn(Dial.LIFT, habit)

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who has checked in."""
        if self._opened is not None:
            row, opened = self._opened
            pull = np.asarray(opened.pull, np.float32)
            state, habit = self.home.state, self.home.habits.strength[row]
            found = np.empty(len(pull), np.int64)
            n = check_in(
                day,
                state.seed,
                state.people,
                float(opened.base),
                pull,
                habit,
                state.params,
                self.home.blocks,
                found,
            )
            self._checkers = found[:n].copy()
        return {CHECKED_IN: Occurred(self._checkers, np.zeros(len(self._checkers), np.int64))}

    def close(self, day: int) -> dict[str, int]:
        """How many it were."""
        return {"checked_in": len(self._checkers)}


@njit()
def check_in(day, seed, people, base, pull, habit, params, out, checkers):  # type: ignore[no-untyped-def]
    """Who checks in: lookers by base chance and habit, others by habit alone; returns their number."""
    key = stream(seed, _CHECK, day, 0)
    one, missed = np.uint32(1), params[0].habit.missed
    n = 0
    for i in range(people.reals.shape[1]):
        if people.tiny[c.STATUS, i] != MEMBER:
            continue
        h = habit[i]
        looks = people.bits[c.LOOKS, i] & one
        chance = base + (1.0 - base) * h if looks else h * out.reals[c.CHANCE, i]
        if chance <= 0.0:
            continue
        if pull[i] != 0.0:
            odds = exp(pull[i])
            chance = chance * odds / (1.0 - chance + chance * odds)
        done = uniform(key, i) < min(0.97, chance)
        if done:
            checkers[n] = i
            n += 1
        train(habit, i, done, people.traits[c.HABIT_SPEED, i], missed)
    return n
