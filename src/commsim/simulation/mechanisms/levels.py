"""Levels of membership: who holds which, and what it does to their buying."""

import numpy as np

from commsim.core import maths
from commsim.core.arrays import Bools, Ints
from commsim.core.compiled import njit
from commsim.core.dials import Dial
from commsim.core.errors import InputError
from commsim.core.maths import log
from commsim.core.mechanism import Event, Occurred
from commsim.core.mechanisms.levels import FELL, LEVELS, ROSE, LevelsBehaviour, Rank
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.takes import takes

HEAVY = 0.9
"""Quantile of the rate of buying on the first morning from which a member buys most."""


class Levels(Mechanics):
    """One ladder of levels; who has left holds none, and nobody does when it is over."""

    declared = LEVELS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.level, self.lately, self.fallen = self.columns.values()
        self._paid: list[tuple[int, Ints, Ints]] = []
        self._first = 0  # the earliest day of orders that counts
        self._b: LevelsBehaviour = getattr(home.scenario.behaviour, LEVELS.name)
        rates = np.sort(home.people.buy_rate[home.people.status == MEMBER])
        most = rates[int(HEAVY * len(rates))] if len(rates) else 0.0
        self._weight = np.where(home.people.buy_rate > most, self._b.heavy, 1.0)
        self._kept = np.float32(0.5 ** (1.0 / self._b.fall_half_life))

    def morning(self, day: int) -> None:
        """A lost level hurts less from day to day."""
        self._ladder: tuple[int, Rank] | None = None
        self._moved = {ROSE: np.zeros(0, np.int64), FELL: np.zeros(0, np.int64)}
        self.fallen *= self._kept

    @takes(Rank)
    def rank(self, effect: Rank, cause: int) -> None:
        """Let a ladder hold today.  Raises InputError if another strategy has one."""
        if self._ladder is not None:
            raise InputError(
                "two strategies give levels of membership on the same day",
                where=self.home.both(self._ladder[0], cause),
                remedy="put their levels together, or give them other dates",
            )
        self._ladder = cause, effect

    def dial(self, day: int, desk: Desk) -> None:
        """Give everybody the level that their spending is worth, and what follows from it."""
        if self._ladder is not None:
            self._give_rights(day, desk, *self._ladder)
        elif self.level.any() or self.fallen.any():  # the programme is over: all have lost their level
            self._move(np.zeros(len(self.level), np.int8))
            desk.turn(Dial.BUY, np.where(self._here, -self.fallen.astype(np.float64), 0.0))

    @property
    def _here(self) -> Bools:
        here: Bools = self.home.people.status == MEMBER
        return here

    def _give_rights(self, day: int, desk: Desk, cause: int, rank: Rank) -> None:
        self._look_back(day - rank.window - 1)
        at = np.array(rank.at, np.int64)
        reached = np.searchsorted(at, self.lately, side="right")
        for_whom = self.home.audience(cause)
        holders = self._here if for_whom is None else self._here & for_whom
        level = np.where(holders, reached, 0).astype(np.int8)
        self._move(level)
        lifts, how = np.zeros(len(level)), (self._b.status, self._b.gradient)
        lift_buying(level, self.lately, self.fallen, self._weight, at, *how, lifts)
        desk.turn(Dial.BUY, np.where(self._here, lifts, 0.0))
        desk.cheapen(cause, np.array([0.0, *(maths.log(1.0 - off) for off in rank.discounts)])[level])
        if any(rank.early):
            desk.turn(Dial.EARLY, np.array([0.0, *map(float, rank.early)])[level])

    def _look_back(self, before: int) -> None:
        """Let ``lately`` hold what was paid after a day; the window may have grown since yesterday."""
        while self._first < len(self._paid) and self._paid[self._first][0] <= before:
            np.subtract.at(self.lately, *self._paid[self._first][1:])
            self._first += 1
        while self._first > 0 and self._paid[self._first - 1][0] > before:
            self._first -= 1
            np.add.at(self.lately, *self._paid[self._first][1:])

    def _move(self, level: Ints) -> None:
        rise = level.astype(np.int64) - self.level
        self._moved = {ROSE: np.flatnonzero(rise > 0), FELL: np.flatnonzero(rise < 0)}
        down = self._moved[FELL]
        self.fallen[down] += (self._b.fall * self._b.status * -rise[down]).astype(np.float32)
        self.level[:] = level

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who rose and who fell this morning."""
        return {event: Occurred(rows, np.zeros(len(rows), np.int64)) for event, rows in self._moved.items()}

    def close(self, day: int) -> dict[str, int]:
        """Count what was paid today, and no longer what was refunded."""
        self._give_back(day)
        n = self.home.out.tally[c.N_ORDERS]
        persons, fen = self.home.out.order_person[:n].astype(np.int64), self.home.out.fen[:n].copy()
        np.add.at(self.lately, persons, fen)
        self._paid.append((day, persons, fen))
        held = (self.level > 0) & self._here
        return {"levelled": int(np.count_nonzero(held))}

    def _give_back(self, day: int) -> None:
        """Take off the orders whose bad parcels came today: what was refunded gives no level."""
        ordered = day - self.home.scenario.operator.delivery_days
        if ordered < 0:
            return
        _, persons, fen = self._paid[ordered]  # one of each day
        bad = self.home.out.failed[: len(fen)]
        if ordered >= self._first:
            np.subtract.at(self.lately, persons[bad], fen[bad])
        fen[bad] = 0


@njit()
def lift_buying(level, lately, fallen, weight, at, status, gradient, lifts):  # type: ignore[no-untyped-def]
    """Log of the factor on each person's rate of buying: status, a near level, and a lost one."""
    for i in range(len(level)):
        held = level[i]
        lift = status * held * weight[i] - fallen[i]
        if held < len(at):
            below = at[held - 1] if held > 0 else 0
            way = (lately[i] - below) / (at[held] - below)
            if way > 0.5:
                lift += log(1.0 + gradient * way * way)
        lifts[i] = lift
