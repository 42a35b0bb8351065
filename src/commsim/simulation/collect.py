"""From effects to notices: what all strategies do today, summed into what the kernels read."""

import math
from operator import add, is_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commsim.core import effects as e
from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.view import MEMBER, STRANGER
from commsim.scenario.schema import Scenario
from commsim.simulation import columns as c
from commsim.simulation.audiences import EVERYBODY, Audiences
from commsim.simulation.campaigns import Campaigns
from commsim.simulation.dials import Desk
from commsim.simulation.notices import (
    ASKING,
    NARROW,
    Asking,
    Reaching,
    Today,
)
from commsim.simulation.offers import Habits, Offers
from commsim.simulation.state import Groups, People, outside
from commsim.simulation.takes import takes


class Collector:
    """Turns the effects of one morning into tables; remembers what lasts longer than a day."""

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        salts: NDArray[np.uint64],
        people: People,
        groups: Groups,
        desk: Desk,
        audiences: Audiences,
    ) -> None:
        self._people, self._groups, self._desk, self._audiences = people, groups, desk, audiences
        self.habits = Habits(len(people.status))
        self._salts = salts
        n_groups = len(groups.size)
        self._answered, self._reminder = groups.answered, scenario.behaviour.look.reminder
        alike = (groups.answered == groups.answered[0]).all()
        self._answered_alike = float(groups.answered[0]) if alike else None
        self._first_weekday = scenario.start.weekday()
        self._blank = [0.0] * len(c.NOTICES)
        self._blank[c.NEW_RULES] = -1.0
        self._blank[c.STAFFED] = float(scenario.operator.minutes_per_group > 0.0)
        self.notices = np.zeros((len(c.NOTICES), n_groups))
        self._shown = _NOTHING
        members = people.status == MEMBER
        self.offers = Offers(scenario, self._salts, audiences, n_groups, people.rate[members])
        self.campaigns = Campaigns(len(people.status), n_groups)
        # made once, since most days have neither posts to some members nor invitations
        self._no_posts = Reaching(np.zeros(0, NARROW), np.zeros((0, n_groups), np.bool_), audiences.table)
        self._outsiders = outside(people)
        no_occasions = np.zeros((0, n_groups), np.int16)
        asked = self.campaigns.asked, self._outsiders, audiences.table
        self._no_asking = Asking(np.zeros(0, ASKING), no_occasions, *asked)
        self.morning(0)
        sales = self.offers.table(desk)
        tables = self._no_posts, desk.table(), sales, self._no_asking, self.habits.strength
        self._tables = Today(self.notices, *tables)

    def morning(self, day: int, *, unstaffed: bool = False) -> None:
        """Forget yesterday; unstaffed: nobody works in the groups any more, unless a strategy asks for it."""
        self.day = day
        if unstaffed:
            self._blank[c.STAFFED] = 0.0
        self.offers.morning(day)
        self.open = self._groups.size > 0
        self.n_open = int(np.count_nonzero(self.open))
        self._noted: list[Any] = self._blank.copy()
        self._by_group = False
        self._narrow: list[tuple[Any, ...]] = []
        self._narrow_groups: list[Bools] = []
        self._asking: list[tuple[Any, ...]] = []
        self._occasions: list[NDArray[np.int16]] = []
        self._work_noted: list[tuple[int, e.Work, Bools | None]] = []
        self._left_to_staff: Any = None
        self.operator_posts = 0

    def reaches(self, effect: Any, cause: int, person: int) -> bool:
        """Whether an effect can reach a person: it goes to their group and addresses them."""
        groups = self._audiences.groups(cause, getattr(effect, "groups", None))
        if groups is not None and not groups[self._people.group[person]]:
            return False
        posts = isinstance(effect, e.Announce | e.Content)
        row = self._audiences.row(cause, getattr(effect, "reach", 1.0), posts=posts)
        return row == EVERYBODY or bool(self._audiences.table[row, person])

    def tables(self) -> Today:
        """Everything, with sales in order of their hour, then of the strategies.

        The same object as yesterday where no array of it is another one; notices are filled in anew.
        """
        self._show_notices()
        persons = self._audiences.table
        if self._no_posts.persons is not persons:
            self._no_posts = self._no_posts._replace(persons=persons)
        narrow, asking = self._no_posts, self._no_asking
        if self._narrow:
            narrow = Reaching(np.array(self._narrow, NARROW), np.array(self._narrow_groups), persons)
        if self._asking:
            of = np.array(self._asking, ASKING), np.array(self._occasions)
            asking = Asking(*of, self.campaigns.asked, self._outsiders, persons)
        sales = self.offers.table(self._desk)
        tables = narrow, self._desk.table(), sales, asking, self.habits.strength
        if not all(map(is_, tables, self._tables[1:])):
            self._tables = Today(self.notices, *tables)
        return self._tables

    def _show_notices(self) -> None:
        if not self._by_group and self._noted == self._shown:
            return
        for row, (noted, shown) in enumerate(zip(self._noted, self._shown, strict=True)):
            if self._by_group or noted != shown:
                # the root of a square is the number itself, to the last bit
                root = np.copysign(np.sqrt(np.abs(noted)), noted) if row in _OF_CONTENT else noted
                self.notices[row] = root
        self._shown = _NOTHING if self._by_group else self._noted

    def _mask(self, groups: Bools | None) -> Bools:
        return self.open if groups is None else self.open & groups

    def _number(self, groups: Bools | None) -> int:
        return self.n_open if groups is None else int(np.count_nonzero(self.open & groups))

    def _note(self, row: int, combine: Any, number: Any, groups: Bools | None) -> None:
        """Combine a notice with a number, or with one for each of some groups.

        What is noted in a group without members does nothing.

        A notice is one number, until some groups get another one than the rest.
        """
        noted = self._noted[row]
        if groups is None:
            self._noted[row] = combine(noted, float(number))
            return
        if not self._by_group:
            self._by_group = True
            self._noted = [np.full(len(self.open), one) for one in self._noted]
        self._noted[row] = np.where(groups, combine(self._noted[row], number), self._noted[row])

    def _note_to_some(self, row: int, groups: Bools | None, **notice: float) -> None:
        """Note what an audience gets in some groups; see `NARROW`."""
        self._narrow.append((row, *(notice.get(name, 0.0) for name in _OF_SOME)))
        self._narrow_groups.append(self._mask(groups))

    def posts_in(self, groups: Ints, persons: Ints) -> Floats:
        """Posts of today in some groups that address these persons, one for each group."""
        to_all = self._noted[c.POSTS]
        found = np.where(self.open[groups], to_all[groups] if self._by_group else to_all, 0.0)
        for (row, posts, *_), where in zip(self._narrow, self._narrow_groups, strict=True):
            found += posts * (where[groups] & self._audiences.table[row, persons])
        return np.asarray(found, np.float64)

    def repeat(self, persons: Ints, posts: Ints) -> None:
        """Let each of some persons get so many posts more today, which tell them nothing.

        Of numbers in binary there is one notice a digit, not one a person.
        """
        for digit in range(int(posts.max(initial=0)).bit_length()):
            some = persons[(posts >> digit) & 1 == 1]
            if some.size:
                self._note_to_some(self._audiences.once(some), None, posts=1 << digit, empty=1 << digit)

    @takes(e.Announce)
    def _announce(self, effect: e.Announce, cause: int) -> None:
        groups = self._audiences.groups(cause, effect.groups)
        to = self._audiences.row(cause, effect.reach, posts=True)
        announcing = effect.preview or self.offers.announced.precedes(effect)
        empty = effect.count if effect.worth <= 0.0 and not announcing else 0
        self.operator_posts += effect.count * self._number(self._audiences.addressed(cause, groups))
        if not effect.preview:
            self._desk.call(effect.hour, groups, self._reminder, to)
        if effect.sale:
            self.offers.announced.post(effect, cause)
        if to != EVERYBODY:
            self._note_to_some(to, groups, posts=effect.count, empty=empty, deals=effect.worth)
            return
        if effect.worth > 0.0:
            self._note(c.DEALS, add, effect.worth, groups)
        self._note(c.POSTS, add, effect.count, groups)
        if empty:
            self._note(c.EMPTY, add, empty, groups)

    @takes(e.Content)
    def _content(self, effect: e.Content, cause: int) -> None:
        groups, to = self._audiences.groups(cause, effect.groups), self._audiences.row(cause, posts=True)
        self.operator_posts += effect.posts * self._number(self._audiences.addressed(cause, groups))
        gains = [math.sqrt(effect.posts) * one for one in (effect.value, effect.topics, effect.trust)]
        if to != EVERYBODY:
            value, topics, trust = gains
            self._note_to_some(to, groups, content=value * abs(value), trust=trust * abs(trust))
            heard = topics * (self._audiences.numbers(cause) / np.maximum(self._groups.size, 1))
            self._note(c.NEW_TOPICS, add, heard * abs(heard), self._mask(groups))
            return
        for row, gain in zip(_OF_CONTENT, gains, strict=True):
            self._note(row, add, gain * abs(gain), groups)

    @takes(e.Offer)
    def _offer(self, effect: e.Offer, cause: int) -> None:
        self._sell(effect, cause)

    @takes(e.TeamOffer)
    def _team_offer(self, effect: e.TeamOffer, cause: int) -> None:
        self._sell(effect, cause)

    def _sell(self, effect: e.Offer | e.TeamOffer, cause: int) -> None:
        """Offer it; the lowest price on show is what members get used to."""
        slot = (self._first_weekday + self.day) % 7, effect.hour
        habits = self.habits.row(cause, *slot), self.habits.row(cause)
        groups, to = self._audiences.groups(cause, effect.groups), self._audiences.row(cause, effect.reach)
        price = self.offers.offer(effect, cause, habits, to, groups)
        if to == EVERYBODY:
            self._note(c.PRICE, _lower, price, groups)
        else:
            self._note_to_some(to, groups, price=price)

    @takes(e.AskToInvite)
    def _ask(self, effect: e.AskToInvite, cause: int) -> None:
        where = self._mask(self._audiences.addressed(cause, effect.groups))
        row, occasions = self.campaigns.ask(cause, self.day, effect.again, where)
        to = self._audiences.row(cause, effect.reach)
        self._asking.append((cause, row, self._salts[cause], effect.mean, effect.quality, to))
        self._occasions.append(occasions)

    @takes(e.Recruit)
    def _recruit(self, effect: e.Recruit, cause: int) -> None:
        people = self._people
        free = (people.status[effect.persons] == STRANGER) & (people.due[effect.persons] < 0)
        persons = effect.persons[free]
        people.due[persons] = self.day + 1 + effect.delays[free]
        people.inviter[persons] = effect.inviters[free]
        people.join_cause[persons] = cause

    @takes(e.Enforce)
    def _enforce(self, effect: e.Enforce, cause: int) -> None:
        self._note(c.NEW_RULES, _higher, effect.level, self._audiences.addressed(cause, effect.groups))

    @takes(e.Nudge)
    def _nudge(self, effect: e.Nudge, cause: int) -> None:
        whom = self._audiences.mask(cause) if effect.persons is None else None
        if whom is None:
            self._desk.turn(effect.dial, effect.log_odds, effect.persons)
        else:
            each = np.broadcast_to(effect.log_odds, whom.shape)
            self._desk.turn(effect.dial, each[whom], np.flatnonzero(whom))

    @takes(e.Work)
    def _work(self, effect: e.Work, cause: int) -> None:
        groups = self._audiences.addressed(cause, effect.groups)
        self._work_noted.append((cause, effect, groups))
        if effect.minutes > 0.0:
            self._note(c.STAFFED, _higher, 1.0, groups)

    @takes(e.Relieve)
    def _relieve(self, effect: e.Relieve, cause: int) -> None:
        left = 1.0 if self._left_to_staff is None else self._left_to_staff
        groups = self._audiences.addressed(cause, effect.groups)
        self._left_to_staff = np.where(self._mask(groups), left * (1.0 - effect.share), left)

    def staff(self) -> list[tuple[int, float, int | None]]:
        """Today's work: cause, minutes in all, and wage, None for the operator's."""
        return [(cause, self._minutes(work, groups), work.wage) for cause, work, groups in self._work_noted]

    def _minutes(self, work: e.Work, groups: Bools | None) -> float:
        """Minutes that staff take for some work, of which tools do their shares."""
        if work.in_all:
            return float(work.minutes)
        if self._left_to_staff is None:
            return work.minutes * self._number(groups)
        return work.minutes * float(self._left_to_staff[self._mask(groups)].sum())

    def answers(self, messages: NDArray[np.float64]) -> float:
        """How many of the day's messages, by group, staff have answered."""
        if self._answered_alike is not None:
            return self._answered_alike * float(messages @ self.notices[c.STAFFED])
        share = self._answered
        return float(np.cumsum(share * messages * self.notices[c.STAFFED])[-1])  # in one order everywhere


_OF_SOME = NARROW.names[1:] if NARROW.names else ()
_OF_CONTENT = c.CONTENT, c.NEW_TOPICS, c.NEW_TRUST  # of which squares are noted, with their signs
_NOTHING: list[Any] = [None] * len(c.NOTICES)


def _lower(noted: Any, number: float) -> Any:
    return np.minimum(noted, number) if isinstance(noted, np.ndarray) else min(noted, number)


def _higher(noted: Any, number: float) -> Any:
    return np.maximum(noted, number) if isinstance(noted, np.ndarray) else max(noted, number)
