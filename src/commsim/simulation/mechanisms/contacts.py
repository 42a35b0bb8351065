"""Contacts outside the group: who is got at, who notices, who refuses more, who comes back."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.dials import Dial
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniforms
from commsim.core.maths import exp, log
from commsim.core.mechanism import NOBODY, Event, Occurred
from commsim.core.mechanisms.contacts import CAME_BACK, CONTACTS, OPTED_OUT, Channel, Contact, Whom
from commsim.core.view import LEFT, MEMBER
from commsim.simulation import columns as c
from commsim.simulation.dials import Desk
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.mechanisms.coming_back import let_back
from commsim.simulation.takes import takes

NOTICES = purpose("contacts, who notices")
REFUSES = purpose("contacts, who refuses more")
RETURNS = purpose("contacts, who comes back")
BIT = {way: 1 << number for number, way in enumerate(Channel)}
BY_PHONE = Channel.TEXT, Channel.CALL
_NOBODY = np.zeros(0, np.int64)


class Sent(NamedTuple):
    """To whom a strategy has sent: the last day, -1 for never, and how often."""

    last: NDArray[np.int16]
    times: NDArray[np.int8]


class Contacts(Mechanics):
    """All contacts; what they leave in memory counts as far as it exceeds touch with the group."""

    declared = CONTACTS

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.recall, self.closed, self.gone = self.columns.values()
        self._b = getattr(home.scenario.behaviour, CONTACTS.name)
        self._kept = np.float32(exp(log(0.5) / self._b.half_life))
        phone = np.array([segment.phone for segment in home.scenario.community.segments])
        self._phone = None if (phone == 1.0).all() else phone
        self._sent: dict[int, Sent] = {}
        self._remembered = False

    def morning(self, day: int) -> None:
        """A day more is forgotten."""
        self._day = day
        self._noticed: list[Ints] = [_NOBODY]
        self._refused: list[Ints] = [_NOBODY]
        self._back: list[Ints] = [_NOBODY]
        self._calls: list[tuple[int, int]] = []
        self._counts = {"contacts": 0, "noticed": 0, "opt_outs": 0, "back": 0}
        if self._remembered:
            self.recall *= self._kept

    @takes(Contact)
    def contact(self, effect: Contact, cause: int) -> bool | None:
        """Get at people; False if the budget does not allow it."""
        home, due = self.home, self._recipients(effect, cause)
        rows = due if effect.by is Channel.MOMENTS else home.free(due)
        if not home.books.may_spend(cause, effect.fen * len(rows)):
            return False
        if effect.by is not Channel.MOMENTS:  # which is no message to anybody
            home.message(due)
        if rows.size:
            self._pay(effect, cause, rows)
            sent = self._sent_by(cause)
            sent.last[rows] = self._day
            sent.times[rows] += sent.times[rows] < np.iinfo(np.int8).max
            self._counts["contacts"] += len(rows)
            self._take_notice(effect, cause, rows)
        return None

    def _sent_by(self, cause: int) -> Sent:
        if cause not in self._sent:
            persons = len(self.recall)
            self._sent[cause] = Sent(np.full(persons, -1, np.int16), np.zeros(persons, np.int8))
        return self._sent[cause]

    def _recipients(self, effect: Contact, cause: int) -> Ints:
        """Who is meant, can be got at, and is due."""
        meant = self._meant(effect) & ((self.closed & np.uint8(BIT[effect.by])) == 0)
        addressed = self.home.audience(cause, effect.reach)
        if addressed is not None:
            meant &= addressed
        if cause in self._sent:
            sent = self._sent[cause]
            meant &= (sent.last < 0) | (self._day - sent.last >= effect.every)
            if effect.most:
                meant &= sent.times < effect.most
        return np.flatnonzero(meant)

    def _meant(self, effect: Contact) -> Bools:
        people, whom = self.home.people, effect.whom
        members: Bools = people.status == MEMBER
        gone: Bools = people.status == LEFT
        if whom is Whom.MEMBERS:
            return members
        if whom is Whom.EVERYBODY:
            return np.asarray(members | gone)
        lost = np.zeros(len(gone), np.bool_)
        if whom is not Whom.SILENT:
            lost |= gone & (self._day - self.gone >= effect.days)
        if whom is not Whom.LEFT:
            lately = np.uint32((1 << effect.days) - 1)
            unseen = (people.looks & lately) == 0
            lost |= members & unseen & (self._day - np.maximum(people.joined, 0) >= effect.days)
        return lost

    def _pay(self, effect: Contact, cause: int, rows: Ints) -> None:
        home, n = self.home, len(rows)
        if effect.fen:
            home.books.charge(Account.TOOLS, cause, effect.fen * n)
        if minutes := effect.minutes * n + effect.writing:
            wage = home.scenario.operator.wage_per_hour
            home.books.charge(Account.STAFF, cause, round(minutes * wage / 60))

    def _draws(self, what: int, cause: int, rows: Ints) -> Floats:
        return uniforms(key(self.home.seed, what, self._day, int(self.home.salts[cause])), rows)

    def _take_notice(self, effect: Contact, cause: int, rows: Ints) -> None:
        """Who notices remembers the shop, is bothered, and may refuse more or come back."""
        people, b, way = self.home.people, self._b, effect.by.value
        rows = rows[self._draws(NOTICES, cause, rows) < self._chance(effect, rows)]
        now = self.recall[rows].astype(np.float64)
        self.recall[rows] = now + b.recall * (1.0 - now)
        self._remembered = True
        self._bother(rows, getattr(b, f"{way}_bother"))
        tolerance = people.tolerance[rows].astype(np.float64)
        refuses = self._draws(REFUSES, cause, rows) < getattr(b, f"{way}_opt_out") * tolerance
        self.closed[rows[refuses]] |= np.uint8(BIT[effect.by])
        self._refused.append(rows[refuses])
        self._noticed.append(rows)
        if effect.back:
            self._ask_back(cause, rows)
        if effect.calls:
            self._calls.append((effect.hour, self.home.audiences.once(rows)))

    def _chance(self, effect: Contact, rows: Ints) -> Any:
        """That they notice, of one or of each."""
        chance = getattr(self._b, f"{effect.by.value}_noticed")
        if effect.by in BY_PHONE and self._phone is not None:
            return np.minimum(1.0, chance * self._phone[self.home.people.segment[rows]])
        return 1.0 - (exp(log(1.0 - chance) * effect.posts) if chance < 1.0 else 0.0)

    def _bother(self, rows: Ints, posts: float) -> None:
        """A message of the shop tires as its posts do, and annoys as an empty one."""
        people, f = self.home.people, self.home.scenario.behaviour.fatigue
        value = np.maximum(people.value[rows].astype(np.float64), 0.0)
        people.fatigue[rows] += np.float32(1.0)
        people.annoyance[rows] += (f.annoyance * posts * (1.0 - 0.5 * (value / (value + 1.0)))).astype(
            np.float32
        )

    def _ask_back(self, cause: int, rows: Ints) -> None:
        people, usual = self.home.people, self.home.scenario.behaviour.trust.start
        trusted = np.minimum(2.0, people.trust[rows].astype(np.float64) / usual) if usual else 1.0
        annoyed = 1.0 + people.annoyance[rows].astype(np.float64)
        returns = self._draws(RETURNS, cause, rows) < self._b.back * trusted / annoyed
        self._back.append(rows[returns])

    def dial(self, day: int, desk: Desk) -> None:
        """Who remembers the shop buys as if in touch with it; who noticed today may look in."""
        if not self._remembered:
            return
        b, people = self.home.scenario.behaviour.buying, self.home.people
        rows = np.flatnonzero(self.recall > 0.0)
        touch = np.minimum(1.0, people.contact[rows].astype(np.float64) / b.touch_full)
        beyond = np.maximum(0.0, self.recall[rows].astype(np.float64) - touch)
        if b.touch:
            desk.turn(Dial.BUY, log(1.0 + b.touch) * beyond, rows)
        noticed = np.concatenate(self._noticed)
        if noticed.size and self._b.look:
            desk.turn(Dial.LIFT, self._b.look, np.unique(noticed))
        for hour, row in self._calls:
            desk.call(hour, None, self.home.scenario.behaviour.look.reminder, row)

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Who has left is gone; who is persuaded comes back."""
        out = self.home.out
        self.gone[out.leavers[: out.tally[c.N_LEFT]]] = day
        back = let_back(np.unique(np.concatenate(self._back)), self.home, self._b.revived, day)
        self.gone[back] = -1
        refused, noticed = np.unique(np.concatenate(self._refused)), np.concatenate(self._noticed)
        self._counts |= {"noticed": len(noticed), "opt_outs": len(refused), "back": len(back)}
        return {CAME_BACK: _told(back), OPTED_OUT: _told(refused)}

    def close(self, day: int) -> dict[str, int | float]:
        """What is left in mind of members, by contacts and by the group."""
        people, full = self.home.people, self.home.scenario.behaviour.buying.touch_full
        members = np.flatnonzero(people.status == MEMBER)
        if not members.size:
            return self._counts | {"recalled": 0.0, "in_touch": 0.0}
        touch = np.minimum(1.0, people.contact[members].astype(np.float64) / full)
        recalled = np.cumsum(self.recall[members].astype(np.float64))[-1]  # in one order everywhere
        return self._counts | {
            "recalled": float(recalled) / len(members),
            "in_touch": float(np.cumsum(touch)[-1]) / len(members),
        }


def _told(rows: Ints) -> Occurred:
    return Occurred(rows, np.zeros(len(rows), np.int64)) if len(rows) else NOBODY
