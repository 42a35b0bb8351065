"""From effects to notices: what all strategies do today, summed into what the kernels read."""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core import effects as e
from commsim.core.arrays import Bools
from commsim.core.luck import Purpose, key, uniform
from commsim.core.view import STRANGER
from commsim.scenario.schema import Scenario
from commsim.simulation import columns as c
from commsim.simulation.campaigns import Campaigns
from commsim.simulation.dials import Desk
from commsim.simulation.notices import (
    ASKING,
    NARROW,
    Asking,
    Reaching,
    Sales,
)
from commsim.simulation.offers import Habits, Offers
from commsim.simulation.state import Groups, People
from commsim.simulation.takes import takes


class Tables(NamedTuple):
    """The day's effects of the core as kernels take them."""

    notices: NDArray[np.float64]
    narrow: Reaching
    sales: Sales
    asking: Asking


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
    ) -> None:
        self._people, self._groups, self._desk = people, groups, desk
        self.habits = Habits(len(people.status))
        self._salts = salts
        self._reaching = [key(seed, Purpose.REACH, 0, int(one)) for one in salts]
        n_groups = len(groups.size)
        self._blank = np.zeros((len(c.NOTICES), n_groups))
        self._blank[c.NEW_RULES] = -1.0
        self._blank[c.STAFFED] = scenario.operator.minutes_per_group > 0.0
        self._answered = scenario.behaviour.talk.answered
        # made once, since most days have neither posts of limited reach nor invitations
        self._no_posts = Reaching(np.zeros(0, NARROW), np.zeros((0, n_groups), np.bool_))
        self._no_asking = np.zeros(0, ASKING), np.zeros((0, n_groups), np.int16)
        self.offers = Offers(scenario, self._salts, self._reaching, n_groups)
        self.campaigns = Campaigns(len(people.status), len(groups.size))
        self.morning(0)

    def morning(self, day: int) -> None:
        """Forget yesterday."""
        self.day = day
        self.offers.morning(day)
        self.open = self._groups.size > 0
        self.n_open = int(np.count_nonzero(self.open))
        self.notices = self._blank.copy()
        self._squares: NDArray[np.float64] | None = None
        self._narrow: list[tuple[Any, ...]] = []
        self._narrow_groups: list[Bools] = []
        self._asking: list[tuple[Any, ...]] = []
        self._occasions: list[NDArray[np.int16]] = []
        self.staff: list[tuple[int, float]] = []
        self.operator_posts = 0

    def reaches(self, effect: Any, cause: int, person: int) -> bool:
        """Whether an effect can reach a person: it goes to their group, and not past them by luck."""
        groups, reach = getattr(effect, "groups", None), getattr(effect, "reach", 1.0)
        if groups is not None and not groups[self._people.group[person]]:
            return False
        return bool(uniform(self._reaching[cause], person) < reach)

    def tables(self) -> Tables:
        """Everything, with sales in order of their hour, then of the strategies."""
        if self._squares is not None:
            # the root of a square is the number itself, to the last bit
            self.notices[_OF_CONTENT] = np.copysign(np.sqrt(np.abs(self._squares)), self._squares)
        narrow, asking = self._no_posts, self._no_asking
        if self._narrow:
            narrow = Reaching(np.array(self._narrow, NARROW), np.array(self._narrow_groups))
        if self._asking:
            asking = np.array(self._asking, ASKING), np.array(self._occasions)
        return Tables(self.notices, narrow, self.offers.table(), Asking(*asking, self.campaigns.asked))

    def _mask(self, groups: Bools | None) -> Bools:
        return self.open if groups is None else self.open & groups

    def _where(self, groups: Bools | None) -> tuple[Any, int]:
        """Groups as an index, and their number; what is noted in a group without members does nothing."""
        if groups is None:
            return slice(None), self.n_open
        mask = self._mask(groups)
        return mask, int(np.count_nonzero(mask))

    @takes(e.Announce)
    def _announce(self, effect: e.Announce, cause: int) -> None:
        where, number = self._where(effect.groups)
        empty = effect.count if effect.worth <= 0.0 and not effect.preview else 0
        self.operator_posts += effect.count * number
        if effect.worth > 0.0:
            self.notices[c.DEALS, where] += effect.worth * effect.reach
        if effect.reach < 1.0:
            self._narrow.append((self._reaching[cause], effect.reach, effect.count, empty))
            self._narrow_groups.append(self._mask(effect.groups))
            return
        self.notices[c.POSTS, where] += effect.count
        if empty:
            self.notices[c.EMPTY, where] += empty

    @takes(e.Content)
    def _content(self, effect: e.Content, cause: int) -> None:
        where, number = self._where(effect.groups)
        self.operator_posts += effect.posts * number
        more = math.sqrt(effect.posts)
        if self._squares is None:
            self._squares = np.zeros((3, len(self.open)))
        for squares, one in zip(self._squares, (effect.value, effect.topics, effect.trust), strict=True):
            gain = more * one
            squares[where] += gain * abs(gain)

    @takes(e.Offer)
    def _offer(self, effect: e.Offer, cause: int) -> None:
        mask = self._mask(effect.groups)
        self._show(self.offers.offer(effect, cause, self.habits.row(cause), mask), mask)

    @takes(e.TeamOffer)
    def _team_offer(self, effect: e.TeamOffer, cause: int) -> None:
        mask = self._mask(effect.groups)
        self._show(self.offers.team_offer(effect, cause, self.habits.row(cause), mask), mask)

    def _show(self, price: float, mask: Bools) -> None:
        """The lowest price on show is what members get used to."""
        self.notices[c.PRICE, mask] = np.minimum(self.notices[c.PRICE, mask], price)

    @takes(e.AskToInvite)
    def _ask(self, effect: e.AskToInvite, cause: int) -> None:
        row, occasions = self.campaigns.ask(cause, self.day, effect.again, self._mask(effect.groups))
        reach = effect.reach, self._reaching[cause]
        self._asking.append((cause, row, self._salts[cause], effect.mean, effect.quality, *reach))
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
        where, _ = self._where(effect.groups)
        level = self.notices[c.NEW_RULES]
        level[where] = np.maximum(level[where], effect.level)

    @takes(e.Nudge)
    def _nudge(self, effect: e.Nudge, cause: int) -> None:
        self._desk.turn(effect.dial, effect.log_odds, effect.persons)

    @takes(e.Work)
    def _work(self, effect: e.Work, cause: int) -> None:
        where, number = self._where(effect.groups)
        self.staff.append((cause, effect.minutes * number))
        if effect.minutes > 0.0:
            self.notices[c.STAFFED, where] = 1.0

    def answers(self, messages: NDArray[np.float64]) -> float:
        """How many of the day's messages, by group, staff have answered."""
        return self._answered and self._answered * float(messages @ self.notices[c.STAFFED])


_OF_CONTENT = slice(c.CONTENT, c.NEW_TRUST + 1)  # content, topics and trust, one after the other
