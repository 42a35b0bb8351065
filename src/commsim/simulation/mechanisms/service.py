"""Service: questions come, wait and are answered; satisfaction follows, and acts from the next day on."""

from collections import deque

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.compiled import njit
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniforms, uniforms_pair
from commsim.core.maths import exp, log
from commsim.core.mechanisms.satisfaction import USUAL, ServiceBehaviour
from commsim.core.mechanisms.service import SERVICE, Assist, Care, Serve
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk as DialDesk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.questions import NO_QUESTION, Asked, Desk, taken_by_any
from commsim.simulation.takes import takes

_ASKS, _FIRST = purpose("service, who asks"), purpose("service, who of a day comes first")
_ROBOT, _SOLVED = purpose("service, what a robot takes"), purpose("service, what a robot solves")
_CARE = purpose("service, who is done a free service")
_USUAL = np.float32(USUAL)
LEAST = 0.05
"""Satisfaction below which nobody acts differently any more."""


class Service(Mechanics):
    """All desks, robots and free services of a run.

    Questions that no desk takes are answered as they were before there was any: they move nobody.
    """

    declared = SERVICE

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self._b: ServiceBehaviour = getattr(home.scenario.behaviour, SERVICE.name)
        self.satisfaction, self.welcome_until = self.columns.values()
        self._moved = False
        self._queue = NO_QUESTION
        self._desks: dict[int, Serve] = {}
        self._begun: dict[int, float] = {}
        self._sent: deque[tuple[int, Ints]] = deque()

    def morning(self, day: int) -> None:
        """No desk is open yet."""
        self._day = day
        self._open: list[int] = []
        self._robots: list[tuple[Assist, np.uint64, Bools]] = []
        self._cares: list[tuple[int, Care]] = []

    @takes(Serve)
    def _serve(self, effect: Serve, cause: int) -> None:
        self._desks[cause] = effect
        self._open.append(cause)

    @takes(Assist)
    def _assist(self, effect: Assist, cause: int) -> None:
        groups = self.home.where(effect.groups, cause)
        self._robots.append((effect, self.home.salts[cause], groups))

    @takes(Care)
    def _care(self, effect: Care, cause: int) -> None:
        self._cares.append((cause, effect))

    def dial(self, day: int, desk: DialDesk) -> None:
        """Who is more satisfied than usual buys more, stays, and brings friends; who is welcomed stays."""
        if self._moved:
            rows = np.flatnonzero((self.satisfaction != _USUAL) & self._here)
            more = np.empty(len(rows))
            log_ratios(self.satisfaction[rows], USUAL, LEAST, more)
            desk.turn(Dial.BUY, more, rows, times=self._b.buying)
            desk.turn(Dial.LEAVE, more, rows, times=-self._b.leaving)
            desk.turn(Dial.INVITE, more, rows, times=self._b.friends)
        warm = np.flatnonzero(self.welcome_until >= day)
        if warm.size:
            desk.turn(Dial.LEAVE, log(self._b.welcomed), warm)

    @property
    def _here(self) -> Bools:
        here: Bools = self.home.people.status == MEMBER
        return here

    def close(self, day: int) -> dict[str, int | float]:
        """Let the day's questions come, and answer what there is time for."""
        self._told = dict.fromkeys((column.name for column in SERVICE.daily), 0.0)
        bad = self._bad_parcels(day)
        here = self._here
        desks = [self._remit(cause) for cause, one in self._desks.items() if one.until >= day]
        if desks or self._robots or len(self._queue.persons):
            self._forget(here, desks)
            self._take_in(self._robots_first(self._questions(day, here, bad)), desks)
            self._answer(day, here)
        self._be_kind(day, here)
        if self._moved:
            self.satisfaction += np.float32(self._b.fading) * (_USUAL - self.satisfaction)
        self._told["waiting"] = len(self._queue.persons)
        self._told["satisfaction"] = self._mean(here)
        return self._told

    def _mean(self, here: Bools) -> float:
        members = self.satisfaction[here]
        unmoved = bool((members == _USUAL).all())  # also where nobody is left
        return USUAL if unmoved else float(members.astype(np.float64).mean())

    def _remit(self, cause: int) -> Desk:
        return Desk(cause, np.array(self._desks[cause].takes), self.home.audience(cause))

    def _bad_parcels(self, day: int) -> Ints:
        """Who has got a bad parcel today; remembers who has ordered."""
        out = self.home.out
        persons = out.order_person[: out.tally[c.N_ORDERS]].astype(np.int64)
        bad = persons[:0]
        if self._sent and self._sent[0][0] + self.home.scenario.operator.delivery_days <= day:
            came = self._sent.popleft()[1]
            bad = came[out.failed[: len(came)]]
        if len(persons):
            self._sent.append((day, persons))
        return bad

    def _forget(self, here: Bools, desks: list[Desk]) -> None:
        """Who has left waits no more; what no desk takes any more is never answered.

        Who is in the audience of none any more is answered as they were before.
        """
        self._queue = self._queue.where(here[self._queue.persons])
        never = ~taken_by_any([desk._replace(persons=None) for desk in desks], self._queue)
        self._feel(self._queue.persons[never], np.zeros(np.count_nonzero(never)))
        self._queue = self._queue.where(taken_by_any(desks, self._queue))

    def _questions(self, day: int, here: Bools, bad: Ints) -> Asked:
        """Those of today, in the order in which they come."""
        out, b, seed = self.home.out, self._b, self.home.seed
        buyers = out.order_person[: out.tally[c.N_ORDERS]].astype(np.int64)
        lookers = out.lookers[: out.tally[c.N_LOOKERS]].astype(np.int64)
        found = NO_QUESTION
        reasons = (lookers, b.ask_goods), (buyers, b.ask_order), (bad, b.ask_parcel)
        for kind, (persons, chance) in enumerate(reasons):
            asks = here[persons] & (uniforms(key(seed, _ASKS, day, kind), persons) < chance)
            rows = persons[asks]
            found = found.then(Asked(rows, np.full(len(rows), day), np.full(len(rows), kind)))
        order = uniforms_pair(key(seed, _FIRST, day), found.persons, found.kinds)
        return found.where(np.argsort(order, kind="stable"))

    def _robots_first(self, asked: Asked) -> Asked:
        """Robots answer at once what they take; returns the rest."""
        for robot, salt, groups in self._robots:
            taken = self._draw(_ROBOT, salt, asked) < robot.takes
            taken &= groups[self.home.people.group[asked.persons]]
            solved = self._draw(_SOLVED, salt, asked) < robot.solves
            self._feel(asked.persons[taken], np.where(solved, 1.0, self._b.robot_fails)[taken])
            self._count("robot_answered", int(taken.sum()))
            asked = asked.where(~taken)
        return asked

    def _draw(self, decision: int, salt: np.uint64, asked: Asked) -> Floats:
        return uniforms_pair(key(self.home.seed, decision, self._day, int(salt)), asked.persons, asked.kinds)

    def _take_in(self, asked: Asked, desks: list[Desk]) -> None:
        mine = asked.where(taken_by_any(desks, asked))
        self._queue = self._queue.then(mine)
        self._told["questions"] = self._told["robot_answered"] + len(mine.persons)

    def _answer(self, day: int, here: Bools) -> None:
        """Open desks work in turn: answers in groups, a welcome for newcomers, then who waits longest."""
        days = list[Ints]()
        for cause in sorted(self._open, key=lambda cause: (self._desks[cause].turn, cause)):
            desk, serve = self._remit(cause), self._desks[cause]
            minutes = serve.minutes - self._answer_groups(serve.minutes) + self._begun.pop(cause, 0.0)
            minutes -= self._welcome(day, here, desk, serve, minutes)
            mine = np.flatnonzero(desk.mine(self._queue))
            number = min(len(mine), int(minutes / serve.each))
            if number < len(mine):
                self._begun[cause] = minutes - number * serve.each
            done = self._queue.where(mine[:number])
            waits = day - done.days
            self._feel(done.persons, self._worth(waits))
            days.append(waits)
            self._queue = self._queue.where(np.delete(np.arange(len(self._queue.persons)), mine[:number]))
        all_days = np.concatenate(days) if days else np.zeros(0, np.int64)
        self._told["answered"] = len(all_days)
        self._told["waited"] = int(all_days.sum()) / max(1, len(all_days))

    def _answer_groups(self, minutes: float) -> float:
        """Minutes for what is answered in the groups themselves; they are paid with the desk's time."""
        used = min(minutes, self.home.to_answer - self.home.answered)
        self.home.answered += used
        return used

    def _welcome(self, day: int, here: Bools, desk: Desk, serve: Serve, minutes: float) -> float:
        """Welcome the newcomers of today that there is time for; returns the minutes."""
        if not serve.welcome:
            return 0.0
        new = here & (self.home.people.joined == day) & (self.welcome_until < day)
        rows = np.flatnonzero(new if desk.persons is None else new & desk.persons)
        rows = rows[: max(0, int(minutes / serve.welcome))]
        self.welcome_until[rows] = day + self._b.welcome_days
        self._count("greeted", len(rows))
        return len(rows) * serve.welcome

    def _worth(self, waits: Ints) -> Floats:
        """Of an answer after so many days."""
        longest = int(waits.max()) if len(waits) else 0
        table = [self._b.good * exp(-day / self._b.patience) for day in range(longest + 1)]
        return np.array(table)[waits]

    def _be_kind(self, day: int, here: Bools) -> None:
        """Do the free services of the day, and pay for the time."""
        books, usual = self.home.books, self.home.scenario.operator.wage_per_hour
        for cause, care in self._cares:
            whom = self.home.audience(cause)
            rows = np.flatnonzero(here if whom is None else here & whom)
            stream = key(self.home.seed, _CARE, day, int(self.home.salts[cause]))
            rows = rows[uniforms(stream, rows) < care.chance]
            self._feel(rows, np.full(len(rows), self._b.free))
            self._count("cared", len(rows))
            wage = usual if care.wage is None else care.wage
            if fen := round(len(rows) * care.minutes * wage / 60):
                books.charge(Account.STAFF, cause, fen)

    def _feel(self, persons: Ints, outcomes: Floats) -> None:
        """Move satisfaction by outcomes, in their order where somebody has several."""
        self._moved = self._moved or len(persons) > 0
        while len(persons):
            first = np.unique(persons, return_index=True)[1]
            rows = persons[first]
            now = self.satisfaction[rows].astype(np.float64)
            self.satisfaction[rows] = now + self._b.learning * (outcomes[first] - now)
            later = np.delete(np.arange(len(persons)), first)
            persons, outcomes = persons[later], outcomes[later]

    def _count(self, name: str, number: int) -> None:
        self._told[name] += number


@njit()
def log_ratios(values, usual, least, out):  # type: ignore[no-untyped-def]
    """Logs of values over the usual one; values below the least count as the least."""
    for k in range(len(values)):
        out[k] = log(max(least, np.float64(values[k])) / usual)
