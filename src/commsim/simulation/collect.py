"""From effects to notices: what all strategies do today, summed into what the kernels read."""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commsim.core import effects as e
from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.errors import InputError
from commsim.core.luck import Purpose, key, salt, uniform
from commsim.core.view import STRANGER
from commsim.scenario.schema import Scenario
from commsim.simulation import columns as c
from commsim.simulation.campaigns import Campaigns
from commsim.simulation.clock import presence
from commsim.simulation.notices import (
    DRIVE,
    NARROW,
    NUDGED,
    PACKET,
    Drives,
    Nudges,
    Reaching,
    Sales,
)
from commsim.simulation.offers import Habits, Offers
from commsim.simulation.state import Groups, People
from commsim.simulation.takes import handlers, takes


class Tables(NamedTuple):
    """The day's effects as `kernels.day.live` takes them."""

    notices: NDArray[np.float64]
    narrow: Reaching
    packets: NDArray[np.void]
    sales: Sales
    drives: Drives
    nudges: Nudges
    check_row: int
    check_base: float
    check_pull: Floats


class Collector:
    """Turns the effects of one morning into tables; remembers what lasts longer than a day."""

    def __init__(
        self, scenario: Scenario, seed: int, names: tuple[str, ...], people: People, groups: Groups
    ) -> None:
        self._people, self._groups = people, groups
        self.habits = Habits(len(people.status))
        self._look = scenario.behaviour.look
        self._salts = np.array([salt(name) for name in names], np.uint64)
        self._reaching = [key(seed, Purpose.REACH, 0, salt(name)) for name in names]
        self.offers = Offers(scenario, self._salts, self._reaching)
        self.campaigns = Campaigns(len(people.status), len(groups.size))
        self._takes = handlers(self)
        self.morning(0)

    def morning(self, day: int) -> None:
        """Forget yesterday."""
        self.day = day
        self.offers.morning(day)
        self._open = self._groups.size > 0
        self.n_open = int(np.count_nonzero(self._open))
        self.notices = np.zeros((len(c.NOTICES), len(self._open)))
        self.notices[c.NEW_RULES] = -1.0
        self._squares = np.zeros((len(_OF_CONTENT), len(self._open)))
        self._narrow: list[tuple[Any, ...]] = []
        self._narrow_groups: list[Bools] = []
        self._packets: list[NDArray[np.void]] = []
        self._drives: list[tuple[Any, ...]] = []
        self._occasions: list[NDArray[np.int16]] = []
        self._nudged: dict[str, Floats] = {}
        self._check: tuple[int, float, Floats] = (-1, 0.0, _NO_PULL)
        self.staff: list[tuple[int, float]] = []
        self.operator_posts = 0

    def take(self, effect: e.Effect, cause: int) -> None:
        """Add one effect of a strategy.  Raises InputError for one that the engine does not know."""
        if type(effect) not in self._takes:
            raise InputError(
                f"nothing in the engine carries out the effect {type(effect).__name__}",
                where=f"strategies, day {self.day}",
                remedy="answer with effects of commsim.core.effects",
            )
        self._takes[type(effect)](effect, cause)

    def reaches(self, effect: Any, cause: int, person: int) -> bool:
        """Whether an effect can reach a person: it goes to their group, and not past them by luck."""
        groups, reach = getattr(effect, "groups", None), getattr(effect, "reach", 1.0)
        if groups is not None and not groups[self._people.group[person]]:
            return False
        return bool(uniform(self._reaching[cause], person) < reach)

    def tables(self) -> Tables:
        """Everything, with events in order of their hour, then of the strategies."""
        # the root of a square is the number itself, to the last bit
        self.notices[_OF_CONTENT] = np.copysign(np.sqrt(np.abs(self._squares)), self._squares)
        return Tables(
            self.notices,
            _reaching(self._narrow, self._narrow_groups, NARROW, len(self._open)),
            np.concatenate(self._packets) if self._packets else _NO_PACKETS,
            self.offers.table(len(self._open)),
            self._drive_table(),
            self._nudge_table(),
            *self._check,
        )

    def _mask(self, groups: Bools | None) -> Bools:
        return self._open if groups is None else self._open & groups

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

    @takes(e.Envelope)
    def _envelope(self, effect: e.Envelope, cause: int) -> None:
        groups = np.flatnonzero(self._mask(effect.groups))
        odds = effect.resend, effect.resend_slope
        self.add_packets(effect.hour, cause, groups, -1, effect.total, effect.shares, *odds)

    def add_packets(
        self,
        hour: int,
        cause: Any,
        groups: Ints,
        senders: Any,
        total: int,
        shares: int,
        resend: Any,
        slope: Any,
    ) -> None:
        """Envelopes in groups, one row each; scalars hold for every row."""
        rows = np.zeros(len(groups), PACKET)
        rows["group"], rows["sender"], rows["cause"] = groups, senders, cause
        rows["total"], rows["shares"] = total, shares
        rows["resend"], rows["slope"] = resend, slope
        rows["stream"] = self._salts[cause] ^ np.uint64(hour)
        rows["presence"] = presence(hour, 1.0, self._look.attention, self._look.own_hours, 0.0)[:, 0]
        self._packets.append(rows)

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

    @takes(e.CheckIn)
    def _check_in(self, effect: e.CheckIn, cause: int) -> None:
        if self._check[0] >= 0:
            raise InputError(
                "a community has one check-in, and two strategies open one on the same day",
                where=f"strategies, day {self.day}",
                remedy="put them together, or give them other weekdays",
            )
        self._check = (self.habits.row(cause), float(effect.base), np.asarray(effect.pull, np.float32))

    @takes(e.AskToInvite)
    def _ask(self, effect: e.AskToInvite, cause: int) -> None:
        row, occasions = self.campaigns.ask(cause, self.day, effect.again, self._mask(effect.groups))
        reach = effect.reach, self._reaching[cause]
        self._drives.append((cause, row, self._salts[cause], effect.mean, effect.quality, *reach))
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
        odds = self._nudged.setdefault(effect.choice, np.zeros(len(self._people.status)))
        odds[slice(None) if effect.persons is None else effect.persons] += effect.log_odds

    @takes(e.Work)
    def _work(self, effect: e.Work, cause: int) -> None:
        self.staff.append((cause, effect.minutes * self._where(effect.groups)[1]))

    def _drive_table(self) -> Drives:
        occasions = np.array(self._occasions, np.int16).reshape(-1, len(self._open))
        return Drives(np.array(self._drives, DRIVE), occasions, self.campaigns.asked)

    def _nudge_table(self) -> Nudges:
        if not self._nudged:
            return _NO_NUDGES
        blank = np.zeros(len(self._people.status))
        found = [self._nudged.get(choice) for choice in NUDGED]
        return Nudges(
            np.array([odds is not None for odds in found]),
            np.stack([blank if odds is None else odds for odds in found]),
        )


_OF_CONTENT = [c.CONTENT, c.NEW_TOPICS, c.NEW_TRUST]
_NOBODY = np.zeros((len(NUDGED), 1))
_NO_PULL = np.zeros(1, np.float32)
_NO_NUDGES = Nudges(np.zeros(len(NUDGED), np.bool_), _NOBODY)
_NO_PACKETS = np.zeros(0, PACKET)


def _reaching(
    rows: list[tuple[Any, ...]], groups: list[Bools], kind: np.dtype[np.void], width: int
) -> Reaching:
    if not rows:
        return Reaching(np.zeros(0, kind), np.zeros((0, width), np.bool_))
    return Reaching(np.array(rows, kind), np.array(groups))
