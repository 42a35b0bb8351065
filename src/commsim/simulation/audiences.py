"""Whom each strategy addresses today: one row of yes or no over persons, for all that it does.

An audience unites the strategy's ``who``, its ``groups``, and, for what has a ``reach``, a draw that is the
same for a person on all days.  Most strategies address everybody, which is no row at all: `EVERYBODY`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.conditions import fulfil, tests_of
from commsim.core.errors import InputError
from commsim.core.luck import Purpose, key, purpose, uniforms
from commsim.core.mechanisms.steps import TOOK
from commsim.core.units import FEN_PER_YUAN
from commsim.core.view import LEFT, MEMBER
from commsim.simulation.pilots import GroupsByName, meant
from commsim.simulation.state import NEVER, People
from commsim.strategies.audience import NO_CHANNELS, Who, is_money
from commsim.strategies.base import Strategy

EVERYBODY = -1
_LOT, _EQUALS = purpose("audience, the lot of a person"), purpose("audience, who comes first among equals")
_NEVER = -1
_DRAWN = -2  # filled in with nothing but the draw, which is for good


class _Row(NamedTuple):
    """Where a row stands, and whom the draw of a reach leaves in; None for all."""

    at: int
    drawn: Bools | None


class _Test(NamedTuple):
    """A condition on a number of every person, and whether it ranks them, so that equals are told apart."""

    name: str
    condition: float | str
    ranks: bool

    @classmethod
    def of(cls, named: tuple[str, float | str]) -> "_Test":
        """From its name and the condition as it is written."""
        return cls(*named, any(test.sign in ("top", "bottom") for test in tests_of(named[1])))


class Audiences:
    """The audiences of all strategies, by cause; ``table`` has rows for those that are asked for.

    An array of the table is replaced by a larger one when a row is added.  channels: their numbers in the
    ledger by name.
    """

    def __init__(
        self,
        seed: int,
        salts: NDArray[np.uint64],
        people: People,
        segments: Sequence[str],
        tags: Mapping[str, Ints],
        groups: GroupsByName,
        column: Callable[[str], Any],
        channels: Mapping[str, int],
    ) -> None:
        self._seed, self._salts, self._people, self._segments = seed, salts, people, tuple(segments)
        self._tags, self._by_name, self._column, self._channels = tags, groups, column, channels
        self._rows: dict[tuple[int, float, bool, bool], _Row] = {}
        self._able: dict[int, Bools] = {}
        self._tomorrow: dict[int, int] = {}
        self._filled: list[int] = []
        self._once: list[int] = []
        self._lots: dict[int, Floats] = {}
        self.table: Bools = np.zeros((0, len(people.status)), np.bool_)
        self._day = self._onces = 0

    def appoint(self, entries: Sequence[Strategy]) -> None:
        """Let entries of the plan, one by cause, say who is addressed from now on."""
        self._who = [entry.who for entry in entries]
        self._tests = [[] if who is None else [*map(_Test.of, who.conditions())] for who in self._who]
        self._causes = {entry.name: cause for cause, entry in enumerate(entries)}
        self._to_left = [entry.addresses_left for entry in entries]
        self._groups = self._by_name.choose(entries)
        self._chosen: list[Bools | None] = [None] * len(entries)

    def morning(self, day: int) -> None:
        """Choose today's members; yesterday's stay known where a post of yesterday needs them."""
        self._day, self._onces = day, 0
        for at, later in self._tomorrow.items():
            self.table[later] = self.table[at]
        if any(who is not None for who in self._who):
            status = self._people.status
            members = status == MEMBER
            for cause, who in enumerate(self._who):
                if who is not None:
                    pool = members | (status == LEFT) if self._to_left[cause] else members
                    self._chosen[cause] = self._choose(who, self._tests[cause], cause, pool)

    def groups(self, cause: int, groups: Bools | None = None) -> Bools | None:
        """Those among some groups (None: all) that a strategy is for; None for all."""
        own = self._groups[cause]
        return groups if own is None else own if groups is None else own & groups

    def addressed(self, cause: int, groups: Bools | None = None) -> Bools | None:
        """Likewise, and only those in which somebody is addressed."""
        groups, chosen = self.groups(cause, groups), self._chosen[cause]
        if chosen is None:
            return groups
        some = self.numbers(cause) > 0
        return some if groups is None else some & groups

    def numbers(self, cause: int) -> Ints:
        """How many members of each group are addressed, where not everybody is."""
        return np.bincount(self._people.group[self._chosen[cause]], minlength=self._by_name.number)

    def chooses(self, cause: int) -> bool:
        """Whether a strategy addresses some members only, of the groups that it is for."""
        return self._chosen[cause] is not None

    def let_take_part(self, cause: int, able: Bools | None) -> None:
        """Let only some persons take part in what a strategy does, from today on; None for all.

        Its posts go to the others as before.
        """
        if able is None:
            self._able.pop(cause, None)
        else:
            self._able[cause] = able

    def _meant(self, cause: int, posts: bool) -> Bools | None:
        """Whom its conditions choose, for its posts or to take part; None for everybody."""
        chosen, able = self._chosen[cause], None if posts else self._able.get(cause)
        return chosen if able is None else able if chosen is None else chosen & able

    def mask(self, cause: int, reach: float = 1.0) -> Bools | None:
        """Who may take part in what a strategy does, of all persons; None for everybody."""
        found, groups = self._meant(cause, False), self._groups[cause]
        if groups is not None and self._chosen[cause] is None:
            inside = _of_persons(groups, self._people)
            found = inside if found is None else inside & found
        if reach >= 1.0:
            return found
        row = self._row(cause, reach, False)  # which may put another table in place
        drawn = self.table[row]
        return np.asarray(drawn if found is None else found & drawn)

    def row(self, cause: int, reach: float = 1.0, *, posts: bool = False) -> int:
        """The row of who may take part, or gets posts, whatever their group; `EVERYBODY` for none."""
        everybody = self._meant(cause, posts) is None and reach >= 1.0
        return EVERYBODY if everybody else self._row(cause, reach, posts)

    def kept(self, row: int) -> int:
        """A row that holds tomorrow what a row holds today."""
        if row == EVERYBODY or self._filled[row] == _DRAWN:
            return row
        if row not in self._tomorrow:
            self._tomorrow[row] = self._add()
        return self._tomorrow[row]

    def once(self, persons: Ints) -> int:
        """A row of some persons, for today alone."""
        if self._onces == len(self._once):
            self._once.append(self._add())
        row, self._onces = self._once[self._onces], self._onces + 1
        self.table[row] = False
        self.table[row, persons] = True
        return row

    def _row(self, cause: int, reach: float, posts: bool) -> int:
        chosen = self._meant(cause, posts)
        of = cause, reach, chosen is None, posts and cause in self._able
        row = self._rows.get(of)
        if row is None:
            row = self._rows[of] = _Row(self._add(), self._draw(cause, reach))
            if chosen is None:
                self.table[row.at], self._filled[row.at] = True if row.drawn is None else row.drawn, _DRAWN
        if chosen is not None and self._filled[row.at] != self._day:
            self.table[row.at] = chosen if row.drawn is None else chosen & row.drawn
            self._filled[row.at] = self._day
        return row.at

    def _add(self) -> int:
        self.table = np.concatenate([self.table, np.zeros((1, self.table.shape[1]), np.bool_)])
        self._filled.append(_NEVER)
        return len(self.table) - 1

    def _draw(self, cause: int, reach: float) -> Bools | None:
        if reach >= 1.0:
            return None
        luck = key(self._seed, Purpose.REACH, 0, int(self._salts[cause]))
        return np.asarray(uniforms(luck, np.arange(self.table.shape[1])) < reach)

    def fulfilling(self, who: Who, cause: int) -> Bools | None:
        """Members in the groups that a strategy is for who fulfil conditions; None for all of these."""
        tests = [*map(_Test.of, who.conditions())]
        return self._choose(who, tests, cause, self._people.status == MEMBER)

    def _choose(self, who: Who, tests: Sequence[_Test], cause: int, members: Bools) -> Bools | None:
        """Who fulfils all conditions, of members and perhaps of who has left; None for all in its groups."""
        groups = self._groups[cause]
        if groups is not None:
            members = members & _of_persons(groups, self._people)
        rows = np.flatnonzero(members)
        good = np.ones(len(rows), np.bool_)
        if who.segment:
            known = np.array([name in who.segment for name in self._segments])
            good &= known[self._people.segment[rows]]
        if who.channel:
            good &= self._came_by(who.channel, rows)
        if who.bought is not None:
            bought = (self._people.buys[rows] != NEVER) | (self._people.orders[rows] > 0)
            good &= bought == who.bought
        if who.muted is not None:
            good &= self._people.muted[rows] == who.muted
        if who.tag:
            good &= np.logical_or.reduce([self._tagged(tag)[rows] for tag in who.tag])
        for names, wanted in ((who.took, True), (who.not_took, False)):
            if names:
                bits = sum(1 << self._causes[name] for name in names)
                good &= ((self._column(TOOK.name)[rows] & bits) != 0) == wanted
        for name, condition, ranks in tests:
            values = self._values(name)[rows]
            good &= fulfil(condition, values, self._draws(_EQUALS)[rows] if ranks else values)
        if good.all():
            return None
        chosen = np.zeros(len(members), np.bool_)
        chosen[rows] = good
        return chosen

    def _came_by(self, names: Sequence[str], rows: Ints) -> Bools:
        """Who among some members came by one of these: a channel, or a way that is none."""
        people, cause = self._people, self._people.join_cause[rows]
        invited, there = people.inviter[rows] >= 0, people.joined[rows] < 0
        unasked = ~(np.isin(cause, list(self._channels.values())) | invited | there)
        ways = dict(zip(NO_CHANNELS, (invited, unasked, there), strict=True))
        ways |= {name: cause == number for name, number in self._channels.items()}
        return np.asarray(np.logical_or.reduce([ways[name] for name in names]))

    def _values(self, name: str) -> Any:
        people = self._people
        match name:
            case "spent":
                return people.spent / FEN_PER_YUAN
            case "per_order":
                return people.spent / FEN_PER_YUAN / np.maximum(people.orders, 1)
            case "joined":
                return np.where(people.joined < 0, np.inf, self._day - people.joined)
            case "lot":
                return self._draws(_LOT)
        return self._column(name) / FEN_PER_YUAN if is_money(name) else self._column(name)

    def _tagged(self, tag: str) -> Bools:
        if tag not in self._tags:
            remedy = meant(tag, self._tags) if self._tags else "name a column of tags in community.roster"
            raise InputError(f"nobody has the tag {tag!r}", where="strategies, who", remedy=remedy)
        found = np.zeros(len(self._people.status), np.bool_)
        found[self._tags[tag]] = True
        return found

    def sort(
        self, by: str, at: Sequence[float], tags: Sequence[str], rows: Ints
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Bands of some members, and their places in the order of bands, of what sorts them, and of luck."""
        value = np.zeros(len(rows))
        if by == "segment":
            band = self._people.segment[rows].astype(np.int64)
        elif by == "tag":
            band = np.full(len(rows), len(tags), np.int64)
            for number, tag in reversed(list(enumerate(tags))):
                band[self._tagged(tag)[rows]] = number
        else:
            value = self._values(by)[rows]
            band = np.searchsorted(np.array(at, np.float64), value, side="right")
        return band, np.lexsort((self._draws(_EQUALS)[rows], value, band))

    def _draws(self, what: int) -> Floats:
        if what not in self._lots:
            self._lots[what] = uniforms(key(self._seed, what), np.arange(self.table.shape[1]))
        return self._lots[what]


def _of_persons(groups: Bools, people: People) -> Bools:
    """Whether each person is in one of the groups, or was when they left."""
    return np.asarray(np.append(groups, False)[people.group])  # the last one for who is in no group
