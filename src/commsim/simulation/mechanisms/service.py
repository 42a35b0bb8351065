"""Service: questions come, wait and are answered; satisfaction follows, and acts from the next day on."""

from collections import deque

import numpy as np

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniforms, uniforms_pair
from commsim.core.maths import log
from commsim.core.mechanisms.satisfaction import USUAL, ServiceBehaviour
from commsim.core.mechanisms.service import QUESTIONS, SERVICE, Assist, Care, Serve
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.deciding import for_whom
from commsim.simulation.mechanisms.questions import act, answer, come, fade, feel, keep
from commsim.simulation.takes import takes

_ROBOT, _SOLVED = purpose("service, what a robot takes"), purpose("service, what a robot solves")
_CARE = purpose("service, who is done a free service")
_USUAL = np.float32(USUAL)
_MOVED = Dial.BUY, Dial.LEAVE, Dial.INVITE
_NOTHING = dict.fromkeys((column.name for column in SERVICE.daily), 0.0) | {"satisfaction": USUAL}
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
        self._acts = self._b.buying, -self._b.leaving, self._b.friends
        self._chances = self._b.ask_goods, self._b.ask_order, self._b.ask_parcel
        self._fading = np.float32(self._b.fading)
        self._worth = self._b.good, self._b.patience
        self.satisfaction, self.welcome_until = self.columns.values()
        self._moved, self._warm_until = False, -1
        self._queue, self._waiting = np.zeros((3, 64), np.int64), 0
        self._desks: dict[int, Serve] = {}
        self._begun: dict[int, float] = {}
        self._sent: deque[tuple[int, Ints]] = deque()
        self._among = np.empty(len(self.satisfaction))

    def morning(self, day: int) -> None:
        """No desk is open yet."""
        self._day = day
        self._open: list[int] = []
        self._robots: list[tuple[Assist, np.uint64, Bools]] = []
        self._cares: list[tuple[int, Care]] = []

    @takes(Serve)
    def _serve(self, effect: Serve, cause: int) -> None:
        self._desks[cause] = effect
        self.home.welcoming |= effect.welcome > 0.0
        self._open.append(cause)

    @takes(Assist)
    def _assist(self, effect: Assist, cause: int) -> None:
        groups = self.home.where(effect.groups, cause)
        self._robots.append((effect, self.home.salts[cause], groups))

    @takes(Care)
    def _care(self, effect: Care, cause: int) -> None:
        self._cares.append((cause, effect))

    def dial(self, day: int, desk: Desk) -> None:
        """Who is more satisfied than usual buys more, stays, and brings friends; who is welcomed stays."""
        if self._moved:
            act(self.home.handle, self.satisfaction, USUAL, LEAST, self._acts, *desk.rows(*_MOVED))
        if self._warm_until >= day:
            desk.turn(Dial.LEAVE, log(self._b.welcomed), np.flatnonzero(self.welcome_until >= day))

    @property
    def _here(self) -> Bools:
        here: Bools = self.home.people.status == MEMBER
        return here

    def close(self, day: int) -> dict[str, int | float]:
        """Let the day's questions come, and answer what there is time for."""
        self._told = dict(_NOTHING)
        bad = self._bad_parcels(day)
        desks = {cause: one for cause, one in self._desks.items() if one.until >= day}
        if desks or self._robots or self._waiting:
            self._take_in(day, bad, desks)
            self._answer(day, list(desks))
        for cause, care in self._cares:
            self._be_kind(day, cause, care)
        if self._moved:
            n, moved = fade(self.home.handle, self.satisfaction, _USUAL, self._fading, self._among)
            self._told["satisfaction"] = float(self._among[:n].sum() / n) if moved else USUAL
        self._told["waiting"] = self._waiting
        return self._told

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

    def _take_in(self, day: int, bad: Ints, desks: dict[int, Serve]) -> None:
        """Questions that wait, and those of today that no robot answers, as far as some desk takes them.

        Who has left waits no more; what no desk takes any more is never answered.
        """
        takes, whom = np.zeros((len(desks), len(QUESTIONS)), np.bool_), for_whom(self.home, desks)
        for row, desk in zip(takes, desks.values(), strict=True):
            row[:] = desk.takes
        self._takes, self._whom = takes, whom
        home, tally, old, queue = self.home, self.home.out.tally, self._waiting, self._queue
        if old:
            of = queue, 0, old, takes, whom, self.satisfaction, self._b.learning
            old, never = keep(home.handle, *of)
            self._moved = self._moved or never > 0
        most = old + tally[c.N_LOOKERS] + tally[c.N_ORDERS] + len(bad)
        if most > queue.shape[1]:
            queue = self._queue = np.concatenate([queue, np.zeros((3, most), np.int64)], axis=1)
        end = come(day, home.handle, bad, self._chances, queue, old)
        for robot in self._robots:
            end = old + self._assisted(queue[:, old:end], *robot)
        of = queue, old, end, takes, whom, self.satisfaction, 0.0  # who never had a desk learns nothing
        self._waiting, _ = keep(home.handle, *of)
        self._told["questions"] = self._told["robot_answered"] + self._waiting - old

    def _assisted(self, asked: Ints, robot: Assist, salt: np.uint64, groups: Bools) -> int:
        """Let a robot answer at once what it takes of the questions of today; returns how many it leaves."""
        persons, _, kinds = asked
        taken = self._draw(_ROBOT, salt, persons, kinds) < robot.takes
        taken &= groups[self.home.people.group[persons]]
        solved = self._draw(_SOLVED, salt, persons, kinds) < robot.solves
        self._feel(persons[taken], np.where(solved, 1.0, self._b.robot_fails)[taken])
        self._told["robot_answered"] += int(taken.sum())
        rest = asked[:, ~taken]
        asked[:, : rest.shape[1]] = rest
        return int(rest.shape[1])

    def _draw(self, decision: int, salt: np.uint64, persons: Ints, kinds: Ints) -> Floats:
        return uniforms_pair(key(self.home.seed, decision, self._day, int(salt)), persons, kinds)

    def _answer(self, day: int, desks: list[int]) -> None:
        """Open desks work in turn: answers in groups, a welcome for newcomers, then who waits longest."""
        answered = waited = 0
        for cause in sorted(self._open, key=lambda cause: (self._desks[cause].turn, cause)):
            serve = self._desks[cause]
            minutes = serve.minutes - self._answer_groups(serve.minutes) + self._begun.pop(cause, 0.0)
            if serve.welcome:
                minutes -= self._welcome(day, cause, serve, minutes)
            desk, most = desks.index(cause), int(minutes / serve.each)
            queue, n = self._queue, self._waiting
            of = queue, n, desk, self._takes, self._whom, most, self._worth
            done, days, left, first, more = answer(day, *of, self.satisfaction, self._b.learning)
            self._waiting = n = n - done
            queue[:, left:n] = queue[:, first : first + n - left]
            if more:
                self._begun[cause] = minutes - done * serve.each
            answered, waited = answered + done, waited + days
        self._moved = self._moved or answered > 0
        self._told["answered"], self._told["waited"] = answered, waited / max(1, answered)

    def _answer_groups(self, minutes: float) -> float:
        """Minutes for what is answered in the groups themselves; they are paid with the desk's time."""
        used = min(minutes, self.home.to_answer - self.home.answered)
        self.home.answered += used
        return used

    def _welcome(self, day: int, cause: int, serve: Serve, minutes: float) -> float:
        """Welcome the newcomers of today that there is time for; returns the minutes."""
        rows, whom = np.flatnonzero(self._here & (self.home.people.joined == day)), self.home.audience(cause)
        rows = rows[(self.welcome_until[rows] < day) & (True if whom is None else whom[rows])]
        rows = rows[: max(0, int(minutes / serve.welcome))]
        self._warm_until = day + self._b.welcome_days
        self.welcome_until[rows] = self._warm_until
        self._told["greeted"] += len(rows)
        return len(rows) * serve.welcome

    def _be_kind(self, day: int, cause: int, care: Care) -> None:
        """Do a free service, and pay for the time."""
        books, usual = self.home.books, self.home.scenario.operator.wage_per_hour
        whom = self.home.audience(cause)
        rows = np.flatnonzero(self._here if whom is None else self._here & whom)
        stream = key(self.home.seed, _CARE, day, int(self.home.salts[cause]))
        rows = rows[uniforms(stream, rows) < care.chance]
        self._feel(rows, np.full(len(rows), self._b.free))
        self._told["cared"] += len(rows)
        wage = usual if care.wage is None else care.wage
        if fen := round(len(rows) * care.minutes * wage / 60):
            books.charge(Account.STAFF, cause, fen)

    def _feel(self, persons: Ints, outcomes: Floats) -> None:
        self._moved = self._moved or len(persons) > 0
        feel(self.satisfaction, persons, outcomes, self._b.learning)
