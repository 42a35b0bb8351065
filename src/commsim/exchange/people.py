"""Who is who across files: one person in the list of members, among buyers and among those who write."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from commsim.core.arrays import Bools, Ints
from commsim.exchange.cells import BLANK
from commsim.exchange.rows import Read

NOBODY, SEVERAL, STAFF = -1, -2, -3
"""In place of a person: who is in no list, a name that several people have, somebody of the operator's."""
_EVER = 1 << 40


@dataclass
class Spell:
    """From when to when somebody was in a group, as ordinals of days; `BLANK` where it isn't known."""

    person: int
    group: str
    joined: int
    left: int


@dataclass
class Register:
    """Everybody who is known, by each hash that stands for them.

    known: by hash, a person or `SEVERAL` or `STAFF`.  spells: in the order of the files.
    """

    known: dict[str, int] = field(default_factory=dict)
    spells: list[Spell] = field(default_factory=list)
    persons: int = 0

    def add_list(self, read: Read) -> None:
        """Take in a list of members: the surest column says who they are, others are more names of theirs."""
        people = read.layout.people
        surest = min(people, key=lambda at: (people[at], -_distinct(read, at)))
        others = [at for at in people if at != surest]
        for k in range(len(read.lines)):
            name = next((h for at in (surest, *others) if (h := read.people[at][k])), "")
            person = self._person(name, staff=bool(read.staff[k]))
            for at in others:
                self._also(read.people[at][k], person)
            if person >= 0:
                self._spell(read, k, person)

    def add_those_who_left(self, read: Read) -> None:
        """Take in a list of those who left; who is not known yet was there before."""
        at, persons = self.find(read)
        for k, person in enumerate(persons):
            if person == NOBODY and not read.staff[k]:
                person = self._person(read.people[at][k], staff=False)
            if person >= 0:
                self._spell(read, k, person)

    def add_who_acts(self, read: Read) -> None:
        """Take in whoever does something, where there is no list of members."""
        at, persons = self.find(read)
        for k, person in enumerate(persons):
            if person == NOBODY and read.people[at][k]:
                self._spell(read, k, self._person(read.people[at][k], staff=False))

    def find(self, read: Read) -> tuple[int, Ints]:
        """The column by which most rows are people who are known, and the person of each row."""
        found = {at: self._look_up(column) for at, column in read.people.items()}
        ranks = read.layout.people
        at = max(found, key=lambda one: (int(((found[one] >= 0) | (found[one] == STAFF)).sum()), -ranks[one]))
        return at, found[at]

    def _look_up(self, column: Iterable[str]) -> Ints:
        return np.array([self.known.get(name, NOBODY) for name in column], np.int64)

    def _person(self, name: str, *, staff: bool) -> int:
        if staff:
            self.known[name] = STAFF
        elif name not in self.known:
            self.known[name] = self.persons
            self.persons += 1
        return self.known[name]

    def _also(self, name: str, person: int) -> None:
        if name and self.known.setdefault(name, person) != person:
            self.known[name] = SEVERAL

    def _spell(self, read: Read, k: int, person: int) -> None:
        joined, left = (
            int(read.values[name][k]) if name in read.values else BLANK for name in ("joined", "left")
        )
        self.spells.append(Spell(person, str(read.groups[k]), joined, left))


def _distinct(read: Read, at: int) -> int:
    return len(set(read.people[at]))


@dataclass(frozen=True)
class Stays:
    """Of each person their group's name, and their days of joining and leaving as ordinals.

    joined: 0 where it isn't known, so before all days.  left: beyond all days for who is still there.
    came_back: rows of people who stand there more than once.
    """

    groups: list[str]
    group: Ints
    joined: Ints
    left: Ints
    known: Bools
    more: int


def stays(register: Register) -> Stays:
    """What the spells of each person come to: the first joining, the last leaving, the last group."""
    joined = np.full(register.persons, _EVER, np.int64)
    left, last = np.zeros(register.persons, np.int64), np.full(register.persons, -1, np.int64)
    group = np.full(register.persons, -1, np.int64)
    rows = np.zeros(register.persons, np.int64)
    numbers: dict[str, int] = {}
    for one in register.spells:
        rows[one.person] += 1
        begins = max(one.joined, 0)
        joined[one.person] = min(joined[one.person], begins if begins or one.left == BLANK else _EVER)
        if begins >= last[one.person]:
            last[one.person] = begins
            group[one.person] = numbers.setdefault(one.group, len(numbers))
        ends = _EVER if one.left == BLANK or one.left < begins else one.left
        left[one.person] = max(left[one.person], ends)
    joined[joined == _EVER] = 0
    return Stays([*numbers], group, joined, left, rows > 0, int((rows - 1).clip(0).sum()))
