"""Bargains: who begins one, which friends help and join, and who gets the goods."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Ints
from commsim.core.compiled import njit
from commsim.core.effects import Account
from commsim.core.luck import key, purpose, uniform_pair, uniforms
from commsim.core.maths import exp, log
from commsim.core.mechanism import NOBODY, Event, Occurred
from commsim.core.mechanisms.bargain import BARGAIN, BARGAINED, BargainBehaviour, Haggle
from commsim.core.view import MEMBER
from commsim.simulation import columns as c
from commsim.simulation.audiences import EVERYBODY
from commsim.simulation.kernels.buying import customer
from commsim.simulation.kernels.inviting import bring
from commsim.simulation.mechanics import Home, Mechanics
from commsim.simulation.notices import ASKING
from commsim.simulation.state import BUYER, outside
from commsim.simulation.takes import takes

BEGINS = purpose("bargain, who begins")
HELPS = purpose("bargain, which friends help")
JOINS = purpose("bargain, which helpers join")
FIRST = purpose("bargain, who is served first")


class Begun(NamedTuple):
    """Bargains begun on one day: persons whose helpers were enough, and when they get the goods."""

    day: int
    cause: int
    terms: Haggle
    persons: Ints


class Campaign(NamedTuple):
    """A strategy that lets people bargain: since when, and the last occasion at which each has, -1 before."""

    since: int
    occasion: NDArray[np.int16]


class Bargain(Mechanics):
    """Bargains of all strategies; who gets too few helpers in time gets nothing."""

    declared = BARGAIN

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.helped = self.columns["helped"]
        self._b: BargainBehaviour = getattr(home.scenario.behaviour, BARGAIN.name)
        self._outsiders = outside(home.people)
        self._campaigns: dict[int, Campaign] = {}
        self._begun: list[Begun] = []
        self._left: dict[int, int] = {}

    def morning(self, day: int) -> None:
        """Nobody bargains yet."""
        self._today: list[tuple[int, Haggle]] = []
        self._counts = {"bargains": 0, "helpers": 0, "given": 0}

    @takes(Haggle)
    def let_bargain(self, effect: Haggle, cause: int) -> None:
        """Let people begin today."""
        self._today.append((cause, effect))

    def evening(self, day: int) -> dict[Event, Occurred]:
        """Goods go to whose time is over, then others begin."""
        over = [] if self.home.shut else [begun for begun in self._begun if begun.day <= day]
        got = [self._hand_out(day, begun) for begun in over]
        self._begun = [begun for begun in self._begun if begun.day > day]
        for cause, terms in self._today:
            self._begin(day, cause, terms)
        persons = np.concatenate(got) if got else NOBODY.persons
        return {BARGAINED: Occurred(persons, np.zeros(len(persons), np.int64))}

    def _begin(self, day: int, cause: int, terms: Haggle) -> None:
        home, b = self.home, self._b
        persons = self._beginners(day, cause, terms)
        if not persons.size:
            return
        salt = int(home.salts[cause])
        luck = key(home.seed, HELPS, day, salt), key(home.seed, JOINS, day, salt)
        helps = 1.0 - exp(log(1.0 - b.helps) * terms.hours / 24.0) if b.helps < 1.0 else 1.0
        helpers, newcomers = np.zeros((2, len(persons)), np.int64)
        find_helpers(*luck, persons, terms.ask, helps, b.joins, helpers, newcomers)
        asking = np.array([(cause, 0, home.salts[cause], 0.0, b.quality, EVERYBODY)], ASKING)
        bring(day, home.handle, asking, day, day + 1, self._outsiders, persons, newcomers)
        self.helped[persons] = helpers
        enough = Begun(day + math.ceil(terms.hours / 24.0), cause, terms, persons[helpers >= terms.helpers])
        self._begun.append(enough)
        self._counts["bargains"] += len(persons)
        self._counts["helpers"] += int(helpers.sum())

    def _beginners(self, day: int, cause: int, terms: Haggle) -> Ints:
        """Lookers who begin; each decides once per occasion."""
        home, salt = self.home, int(self.home.salts[cause])
        if cause not in self._campaigns:
            self._campaigns[cause] = Campaign(day, np.full(len(self.helped), -1, np.int16))
        campaign = self._campaigns[cause]
        occasion = (day - campaign.since) // terms.again
        looked = (home.people.looks & np.uint32(1)).astype(np.bool_) & (home.people.status == MEMBER)
        rows = np.flatnonzero(looked & (campaign.occasion < occasion))
        addressed = home.audience(cause, terms.reach)
        rows = rows if addressed is None else rows[addressed[rows]]
        begins = uniforms(key(home.seed, BEGINS, occasion, salt), rows) < self._b.start
        beginners: Ints = rows[begins]
        campaign.occasion[beginners] = occasion
        return beginners

    def _hand_out(self, day: int, begun: Begun) -> Ints:
        """Give the goods to members who had enough helpers, while there are any; others trust less."""
        home, (_, cause, terms, persons) = self.home, begun
        persons = persons[home.people.status[persons] == MEMBER]
        turn = uniforms(key(home.seed, FIRST, day, int(home.salts[cause])), persons)
        served: Ints = persons[np.argsort(turn, kind="stable")]
        if terms.stock is not None:
            left = self._left.setdefault(cause, terms.stock)
            served, late = served[:left], served[left:]
            self._left[cause] -= len(served)
            regret = home.scenario.behaviour.buying.regret
            home.people.trust[late] = np.maximum(0.0, home.people.trust[late].astype(np.float64) - regret)
        give(day, home.handle, served, self._b.replaces)
        self._pay(cause, terms, served)
        self._counts["given"] += len(served)
        return served

    def _pay(self, cause: int, terms: Haggle, persons: Ints) -> None:
        """Goods are a gift at their cost, less what is paid for them."""
        each = self.home.scenario.products[terms.product].unit_cost - terms.to
        books, groups = self.home.books, self.home.people.group
        books.pay(Account.GIFTS, cause, each * len(persons))
        if each:
            books.note(Account.GIFTS, cause, np.full(len(persons), -each), persons, groups[persons])

    def close(self, day: int) -> dict[str, int]:
        """What happened in bargains."""
        return self._counts


@njit()
def find_helpers(helping, joining, persons, ask, helps, joins, helpers, newcomers):  # type: ignore[no-untyped-def]
    """How many of the friends whom each person asks help, and how many of these join."""
    for k in range(len(persons)):
        for friend in range(ask):
            if uniform_pair(helping, persons[k], friend) < helps:
                helpers[k] += 1
                newcomers[k] += uniform_pair(joining, persons[k], friend) < joins


@njit()
def give(day, handle, persons, replaces):  # type: ignore[no-untyped-def]
    """Give each person a thing: a first sample to who had none, in the place of later orders to who buys."""
    state = handle.state
    people, p = state.people, state.params[0]
    for k in range(len(persons)):
        i = np.int64(persons[k])
        if people.tiny[c.SAMPLED, i] == 0 and customer(day, state.seed, people, i, 1.0, p):
            people.tiny[c.BUYS, i] = BUYER
            people.reals[c.RATE, i] = people.reals[c.BUY_RATE, i]
        people.reals[c.NEED, i] = np.float32(max(0.0, people.reals[c.NEED, i] - replaces))
