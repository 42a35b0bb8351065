"""Where members come from: how many pass each step today, who joins, and what that costs."""

import datetime as dt
from collections import defaultdict, deque
from typing import NamedTuple

import numpy as np

from commsim.core.arrays import Floats, Ints
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, salt, uniform
from commsim.core.maths import exp, log
from commsim.core.mechanisms.sources import CHANNEL, SOURCES
from commsim.scenario.channel_kinds import STEPS
from commsim.scenario.channels import Channel, with_odds
from commsim.simulation.dials import Desk
from commsim.simulation.kernels.streams import binomial
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.accounts import Register

PASSES, PART = purpose("sources, how many pass a step"), purpose("sources, a part of a person")
LOST = purpose("sources, who is lost with a blocked account")
REACH, SCAN, ADD, JOIN = range(len(STEPS))
MINUTES = 60


class Flow:
    """What has come by one channel so far.

    cause: in the ledger.  seats: rows of who can come by it, next: the first that is free.  met: of its fans.
    ran: days on which it has worked, of ``days`` in all.  due: rows of who joins tomorrow.
    """

    def __init__(self, channel: Channel, cause: int, seats: range, days: int) -> None:
        self.channel, self.cause, self.seats, self.next = channel, cause, seats, seats.start
        self.usual, self.salt = channel.usual, salt(channel.name)
        self.shares = [getattr(self.usual, step) for step in STEPS]
        self.met, self.ran, self.days, self.due = 0, 0, days, range(0)

    def dearer(self, day: int) -> float:
        """Factor on its prices: by the year, and by how much of its pool is used up."""
        factor = exp(log(1.0 + self.usual.rise) * (day / 365.0)) if self.usual.rise else 1.0
        fans = self.channel.fans
        if fans and self.channel.crowding:
            factor *= exp(-self.channel.crowding * log(max(1, fans - self.met) / fans))
        return factor


class Waiting(NamedTuple):
    """People who come to a step of a channel on a later day."""

    flow: Flow
    step: int
    people: int


class Sources(Mechanics):
    """All channels of a plan."""

    declared = SOURCES

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        plan, bounds = home.scenario, home.population.seats
        assert bounds is not None
        self._flows = [
            Flow(one, len(home.salts) + k, range(bounds[k], bounds[k + 1]), len(one.days_of(plan)))
            for k, one in enumerate(plan.sources)
        ]
        self._behaviour = getattr(home.scenario.behaviour, SOURCES.name)
        self._waiting: dict[int, list[Waiting]] = defaultdict(list)
        self._fresh: deque[tuple[int, Ints, Floats]] = deque()
        accounts = home.scenario.accounts
        block = self._behaviour.block
        self._register = Register(accounts, block, home.seed) if accounts is not None else None
        channel = self.columns[CHANNEL.name]
        channel[bounds[0] :] = home.people.join_cause[bounds[0] :]

    def morning(self, day: int) -> None:
        """Pay for who has joined this morning; who has been there for long is like any other."""
        self._joined = 0
        if self._register is not None:
            self._register.morning(day)
        while self._fresh and self._fresh[0][0] + self._behaviour.days <= day:
            self._fresh.popleft()
        for flow in self._flows:
            if flow.due:
                self._receive(flow, day)

    def _receive(self, flow: Flow, day: int) -> None:
        rows, flow.due = np.arange(flow.due.start, flow.due.stop), range(0)
        self._joined += len(rows)
        leave = log(getattr(self._behaviour, f"{flow.channel.kind}_leave"))
        if leave:
            self._fresh.append((day, rows, np.full(len(rows), leave)))
        books, each = self.home.books, round(flow.usual.per_join * flow.dearer(day))
        if each and not self.home.shut:
            books.pay(Account.ACQUISITION, flow.cause, each * len(rows))
            fen = np.full(len(rows), -each)
            books.note(Account.ACQUISITION, flow.cause, fen, rows, self.home.people.group[rows])

    def dial(self, day: int, desk: Desk) -> None:
        """Newcomers leave more readily, or less, by where they came from."""
        if self._fresh:
            rows = np.concatenate([rows for _, rows, _ in self._fresh])
            desk.turn(Dial.LEAVE, np.concatenate([by for *_, by in self._fresh]), rows)

    def close(self, day: int) -> dict[str, int]:
        """Meet people, and let those who are on their way go on by a step."""
        self._told = [0] * len(STEPS)
        if not self.home.shut:
            self._work(day)
        reached, scanned, added, _ = self._told
        told = {"reached": reached, "scanned": scanned, "added": added, "sourced": self._joined}
        return told | self._close_register(day)

    def _work(self, day: int) -> None:
        """Let all channels do their day."""
        date = self.home.scenario.start + dt.timedelta(days=day)
        for flow in self._flows:
            if flow.channel.works(day, date):
                self._meet(flow, day)
        for flow, step, people in self._waiting.pop(day, ()):
            self._go_on(flow, day, step, people)

    def _close_register(self, day: int) -> dict[str, int]:
        """Pay for accounts; some may be blocked, and who was on the way from them to a group is lost."""
        register = self._register
        if register is None or self.home.shut:
            return dict.fromkeys(("friends", "blocked", "friends_lost"), 0)
        if cost := register.cost(day):
            self.home.books.charge(Account.TOOLS, len(self.home.books.causes) - 1, cost)
        if lost := register.evening(day):
            for later, flows in self._waiting.items():
                self._waiting[later] = [self._without(day, later, flow, lost) for flow in flows]
        return {"friends": register.total, "blocked": register.blocked, "friends_lost": register.lost}

    def _without(self, day: int, later: int, on_their_way: Waiting, lost: float) -> Waiting:
        """Those on the way to a step, who are fewer if they were friends already."""
        flow, step, people = on_their_way
        if step != JOIN:
            return on_their_way
        stream = key(self.home.seed, LOST, day, flow.salt)
        return Waiting(flow, step, people - int(binomial(stream, later, people, lost)))

    def _meet(self, flow: Flow, day: int) -> None:
        """Those whom a channel reaches today; fans once each, spread over all days on which it works."""
        channel, books, home = flow.channel, self.home.books, self.home
        ran, flow.ran = flow.ran, flow.ran + 1
        minutes = channel.staff_minutes
        if minutes:
            fen = round(minutes * home.scenario.operator.wage_per_hour / MINUTES)
            books.charge(Account.STAFF, flow.cause, fen)
        each = flow.usual.per_contact * flow.dearer(day)
        if not books.may_spend(flow.cause, max(1, round(each))):
            return
        if channel.spread:
            reach = flow.shares[REACH]
            today = reach / (flow.days - reach * ran)
            met = reached = self._pass(flow, day, REACH, (channel.fans or 0) - flow.met, today)
        else:
            met = channel.contacts(day, uniform(key(home.seed, PART, day), flow.salt))
            met = met if channel.fans is None else min(met, channel.fans - flow.met)
            reached = self._pass(flow, day, REACH, met, flow.shares[REACH])
        flow.met += met
        if each and met:
            books.charge(Account.ACQUISITION, flow.cause, round(each * met))
        self._told[REACH] += reached
        self._hand_on(flow, day, SCAN, reached)

    def _pass(self, flow: Flow, day: int, step: int, people: int, chance: float) -> int:
        return int(binomial(key(self.home.seed, PASSES, day, flow.salt), step, people, chance))

    def _hand_on(self, flow: Flow, day: int, step: int, people: int) -> None:
        """Let people come to their next step, today or after some days."""
        if people and flow.usual.lag:
            self._waiting[day + flow.usual.lag].append(Waiting(flow, step, people))
        elif people:
            self._go_on(flow, day, step, people)

    def _go_on(self, flow: Flow, day: int, step: int, people: int) -> None:
        """Some of who is at a step pass it; who passes the last one joins tomorrow."""
        chance = flow.shares[step]
        if step == JOIN and self.home.welcoming:
            chance = with_odds(chance, self._behaviour.welcomed)
        passed = self._pass(flow, day, step, people, chance)
        if step == ADD and self._register is not None:
            self._register.asked += people * flow.usual.asks
            passed = self._register.add(passed)
        self._told[step] += passed
        if step < JOIN:
            self._hand_on(flow, day, step + 1, passed)
            return
        flow.due = range(flow.next, min(flow.next + passed, flow.seats.stop))
        flow.next = flow.due.stop
        self.home.people.due[flow.due.start : flow.due.stop] = day + 1
