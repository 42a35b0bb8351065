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
        self.offers = Offers(scenario, self._salts, self._reaching)
        self.campaigns = Campaigns(len(people.status), len(groups.size))
        self.morning(0)

    def morning(self, day: int) -> None:
        """Forget yesterday."""
        self.day = day
        self.offers.morning(day)
        self.open = self._groups.size > 0
        self.n_open = int(np.count_nonzero(self.open))
        self.notices = np.zeros((len(c.NOTICES), len(self.open)))
        self.notices[c.NEW_RULES] = -1.0
        self._squares = np.zeros((len(_OF_CONTENT), len(self.open)))
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
        # the root of a square is the number itself, to the last bit
        self.notices[_OF_CONTENT] = np.copysign(np.sqrt(np.abs(self._squares)), self._squares)
        return Tables(
            self.notices,
            _reaching(self._narrow, self._narrow_groups, NARROW, len(self.open)),
            self.offers.table(len(self.open)),
            self._asking_table(),
        )

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
        for row, one in enumerate((effect.value, effect.topics, effect.trust)):
            gain = more * one
            self._squares[row, where] += gain * abs(gain)

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
        self.notices[c.NEW_RULES, where] = np.maximum(self.notices[c.NEW_RULES, where], effect.level)

    @takes(e.Nudge)
    def _nudge(self, effect: e.Nudge, cause: int) -> None:
        self._desk.turn(
            effect.dial, effect.log_odds, slice(None) if effect.persons is None else effect.persons
        )

    @takes(e.Work)
    def _work(self, effect: e.Work, cause: int) -> None:
        self.staff.append((cause, effect.minutes * self._where(effect.groups)[1]))

    def _asking_table(self) -> Asking:
        occasions = np.array(self._occasions, np.int16).reshape(-1, len(self.open))
        return Asking(np.array(self._asking, ASKING), occasions, self.campaigns.asked)


_OF_CONTENT = [c.CONTENT, c.NEW_TOPICS, c.NEW_TRUST]


def _reaching(
    rows: list[tuple[Any, ...]], groups: list[Bools], kind: np.dtype[np.void], width: int
) -> Reaching:
    if not rows:
        return Reaching(np.zeros(0, kind), np.zeros((0, width), np.bool_))
    return Reaching(np.array(rows, kind), np.array(groups))
