"""A lottery: who enters, whom they bring, who wins, and what is promised until then."""

from typing import NamedTuple

import numpy as np

from commsim.core import maths
from commsim.core.arrays import Ints
from commsim.core.compiled import njit
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.errors import InputError
from commsim.core.luck import key, purpose, uniform, uniforms
from commsim.core.maths import log
from commsim.core.mechanism import NOBODY, Event, Occurred
from commsim.core.mechanisms.lottery import LOTTERY, WON, LotteryBehaviour, Raffle
from commsim.core.view import MEMBER
from commsim.simulation.audiences import EVERYBODY
from commsim.simulation.dials import Desk
from commsim.simulation.kernels.inviting import accepting, bring
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.notices import ASKING
from commsim.simulation.state import outside
from commsim.simulation.takes import takes

ENTERS = purpose("lottery, who enters")
WINS = purpose("lottery, who wins")
TEN_YUAN = 1000
MOST_TICKETS = 30_000


class Draw(NamedTuple):
    """One that is open: of a strategy, with prizes in fen, from one day to another."""

    cause: int
    prizes: tuple[int, ...]
    opened: int
    ends: int


class Lottery(Mechanics):
    """One draw at a time; its prizes are owed from its first day on, and paid by its strategy."""

    declared = LOTTERY

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.tickets, self.lucky = self.columns["tickets"], self.columns["lucky"]
        self._b: LotteryBehaviour = getattr(home.scenario.behaviour, LOTTERY.name)
        self._outsiders = outside(home.people)
        self._draw: Draw | None = None

    def morning(self, day: int) -> None:
        """Nobody is let in yet."""
        self._today: Raffle | None = None
        self._day, self._entered = day, 0

    @takes(Raffle)
    def let_in(self, effect: Raffle, cause: int) -> bool:
        """Let people enter today, and promise the prizes if the draw is new and there is money for them.

        Raises InputError if another strategy's draw is open.
        """
        if self._draw is None:
            promised = sum(effect.prizes)
            if not self.home.books.may_spend(cause, promised):
                return False
            self._draw = Draw(cause, effect.prizes, self._day, self._day + effect.days)
            self.home.books.owe(Account.GIFTS, cause, promised)
        elif self._draw.cause != cause:
            raise InputError(
                "two strategies hold a lottery at the same time",
                where=self.home.both(self._draw.cause, cause),
                remedy="put their prizes together, or let one begin when the other is drawn",
            )
        self._today = effect
        return True

    def dial(self, day: int, desk: Desk) -> None:
        """Who has won buys more for a while."""
        lucky = np.flatnonzero(self.lucky)
        if lucky.size:
            desk.turn(Dial.BUY, self._b.lift, lucky)
            self.lucky[lucky] -= 1

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who looked may enter and bring friends; on its last day an open shop holds the draw."""
        won = NOBODY
        if self._draw is not None:
            if self._today is not None:
                self._enter(day, self._draw, self._today)
            if day >= self._draw.ends and not self.home.shut:
                won = self._hold(self._draw)
        return {WON: won}

    def _enter(self, day: int, draw: Draw, today: Raffle) -> None:
        """Each decides once per draw; who was brought to it has come to enter."""
        home, salt = self.home, int(self.home.salts[draw.cause])
        looked = (home.people.looks & np.uint32(1)).astype(np.bool_) & (home.people.status == MEMBER)
        rows = np.flatnonzero(looked & (self.tickets == 0))
        addressed = home.audience(draw.cause, today.reach)
        rows = rows if addressed is None else rows[addressed[rows]]
        enters = uniforms(key(home.seed, ENTERS, draw.opened, salt), rows) < self._b.enter
        rows = rows[enters | (home.people.join_cause[rows] == draw.cause)]
        self.tickets[rows], self._entered = 1, len(rows)
        if today.invite and day < draw.ends and len(rows):
            self._bring(day, draw, rows)

    def _bring(self, day: int, draw: Draw, rows: Ints) -> None:
        home = self.home
        mean = self._b.friends * maths.log(1.0 + draw.prizes[0] / TEN_YUAN)
        asking = np.array([(draw.cause, 0, home.salts[draw.cause], mean, self._b.quality, EVERYBODY)], ASKING)
        numbers = np.zeros(len(rows), np.int64)
        accepting(home.handle, asking, draw.opened, rows, numbers)
        bring(day, home.handle, asking, draw.opened, draw.ends, self._outsiders, rows, numbers)
        self.tickets[rows] = np.minimum(MOST_TICKETS, 1 + numbers)

    def _hold(self, draw: Draw) -> Occurred:
        """Draw winners by ticket: the largest prize first, nobody twice; nobody is owed anything after it."""
        home = self.home
        holders = np.flatnonzero((self.tickets > 0) & (home.people.status == MEMBER))
        turn = np.empty(len(holders))
        drawn = key(home.seed, WINS, draw.ends, int(home.salts[draw.cause]))
        take_turns(drawn, holders, self.tickets, turn)
        winners = holders[np.argsort(turn, kind="stable")][: len(draw.prizes)]
        self.lucky[winners] = self._b.lift_days
        self.tickets[:] = 0
        home.books.owe(Account.GIFTS, draw.cause, -sum(draw.prizes))
        self._draw = None
        return Occurred(winners, np.array(draw.prizes[: len(winners)], np.int64))

    def close(self, day: int) -> dict[str, int]:
        """Who entered, and what is still promised."""
        promised = sum(self._draw.prizes) if self._draw is not None else 0
        return {"entered": self._entered, "promised": promised}


@njit()
def take_turns(stream, persons, tickets, turn):  # type: ignore[no-untyped-def]
    """When each of some persons is drawn: exponential times at a rate of 1 per ticket (``turn`` gets them).

    In their order everybody is next with a chance proportional to their tickets, as if these were drawn.
    """
    for k in range(len(persons)):
        i = persons[k]
        turn[k] = -log(1.0 - uniform(stream, i)) / tickets[i]
