"""Daily check-in: points, prizes at streaks, and goods for points."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import ClassVar, Literal, NamedTuple, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, model_validator

from commsim.core import maths, streaks
from commsim.core.arrays import Floats, Ints
from commsim.core.effects import Account, Award, Effect, Pay, Redeem, Work
from commsim.core.events import Happened
from commsim.core.luck import Purpose as Draw
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.check_in import CHECK_IN, CHECKED_IN
from commsim.core.mechanisms.check_in import CheckIn as Open
from commsim.core.units import Fen, Portion, Probability, described, param, to_fen, to_yuan
from commsim.core.view import MEMBER, View
from commsim.strategies.base import Purpose, Strategy

MOST_WORTH = to_fen(10_000)
"""Of points given at once, as for a gift: the books hold what a million members get in ten years."""
LONG_STREAK = 14
"""Occasions from which on a broken streak hurts no more than that."""


class Prize(BaseModel):
    """What a streak of check-ins brings when it reaches a length."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    streak: int = param(
        ..., "Check-ins in a row", unit="occasions", low=1, high=1000, source="operator's choice", grade="D"
    )
    points: int = param(
        0, "Extra points", unit="points", low=0, high=1_000_000, source="operator's choice", grade="D"
    )
    gift: Fen = param(
        0, "Value of a gift", unit="yuan", low=0, high=10_000, source="operator's choice", grade="D"
    )


class CheckIn(Strategy):
    """Invites members who look to check in, with points each time and prizes for streaks.

    Points are owed from the day on which they are given until they are handed in for goods.  Nearness
    of a prize pulls, a broken streak puts off; after the last prize the ladder begins anew.
    """

    kind: Literal["check_in"] = "check_in"
    purpose: ClassVar[Purpose] = "retention"
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (CHECK_IN,)
    points: int = param(
        5,
        "Points per check-in",
        unit="points",
        low=0,
        high=1_000_000,
        source="operators' practice: points cost 1-2 % of sales",
        grade="C",
    )
    point_value: float = param(
        1.0,
        "What a point buys; it is owed from the day on which it is given",
        unit="fen",
        low=0.0,
        high=10_000.0,
        source="operator's choice; 100 points to the yuan is usual",
        grade="C",
    )
    prizes: tuple[Prize, ...] = described(
        (), "Prizes at lengths of a streak, from short to long", unit="list"
    )
    redeem_at: int = param(
        100,
        "Points that one needs to get goods for them",
        unit="points",
        low=1,
        high=100_000_000,
        source="operator's choice",
        grade="D",
    )
    redeem_chance: Probability = param(
        0.1,
        "Chance a day that a member with enough points hands them in",
        unit="per day",
        source="assumed",
        grade="D",
        assumed=True,
    )
    base: Probability = param(
        0.25,
        "Chance that a member who looks checks in, before any habit",
        unit="probability",
        plausible=(0.1, 0.5),
        source="assumed",
        grade="D",
        assumed=True,
    )
    near_prize: Portion = param(
        0.4,
        "Pull of a prize: the odds rise by this share x (progress towards it)^2",
        unit="share",
        low=0.0,
        high=5.0,
        plausible=(0.2, 0.6),
        source="Kivetz et al. 2006: 30-50 % faster near the goal",
        grade="B",
        assumed=True,
    )
    broken_streak: Probability = param(
        0.3,
        "Share of the odds that a broken streak of 14 or more takes away, the next time",
        unit="share",
        plausible=(0.1, 0.5),
        source="sign Silverman and Barasch 2023; size assumed",
        grade="C",
        assumed=True,
    )

    @model_validator(mode="after")
    def _prizes_rise(self) -> Self:
        if any(later.streak <= earlier.streak for earlier, later in pairwise(self.prizes)):
            raise ValueError("each prize needs a longer streak than the one before")
        return self

    @model_validator(mode="after")
    def _worth_is_bounded(self) -> Self:
        most = max((self.points, *(prize.points for prize in self.prizes)))
        if most * self.point_value > MOST_WORTH:
            yuan = to_yuan(MOST_WORTH)
            raise ValueError(f"{most} points of {self.point_value:g} fen are worth more than {yuan:,} yuan")
        return self

    @property
    def gives_points(self) -> bool:
        """Whether members get points, for check-ins or as prizes."""
        return self.points > 0 or any(prize.points for prize in self.prizes)

    def start(self, view: View) -> "Streaks":
        """Nobody has checked in yet."""
        length, last = np.zeros((2, view.n_persons), dtype=np.int16)
        return Streaks(length, last, self.prize_ladder(), self.pull_of_broken())

    def carry_on(self, view: View, memory: "Streaks") -> "Streaks":
        """Streaks go on, on the new ladder."""
        ladder = self.prize_ladder()
        place = memory.length[memory.today] % ladder.pull.size
        return replace(memory, ladder=ladder, broken=self.pull_of_broken(), place=place)

    def act(self, view: View, memory: "Streaks") -> Iterable[Effect]:
        """Open the day's check-in; in the warm-up nothing happens."""
        if view.day < self.starts:
            return
        yield Open(self.base, memory.open(view.day))
        yield Work(self.staff_minutes)

    def prize_ladder(self) -> "Ladder":
        """What each place on the way to the last prize brings; a single place without prizes."""
        places = self.prizes[-1].streak if self.prizes else 1
        pull, gift = np.zeros(places, np.float32), np.zeros(places, np.int64)
        points = np.full(places, self.points)
        below = 0
        for prize in self.prizes:
            progress = [k / (prize.streak - below) for k in range(prize.streak - below)]
            pull[below : prize.streak] = [maths.log(1.0 + self.near_prize * p * p) for p in progress]
            points[prize.streak % places] += prize.points
            gift[prize.streak % places] = prize.gift
            below = prize.streak
        return Ladder(pull, points, gift)

    def pull_of_broken(self) -> Floats:
        """Log-odds after a missed occasion, by length of the broken streak from 0 to 14."""
        lost = (self.broken_streak * k / LONG_STREAK for k in range(LONG_STREAK + 1))
        return np.array([maths.log(max(1.0 - x, 1e-9)) for x in lost], dtype=np.float32)

    def react(self, happened: Happened, view: View, memory: "Streaks") -> Iterable[Effect]:
        """Give points and prizes to who checked in, and goods to who hands points in."""
        if happened.day < self.starts:
            return
        done = happened.of(CHECKED_IN).persons
        if done.size and memory.day == happened.day:  # else they checked in elsewhere
            yield from self._reward(done, memory.extend(done), memory.ladder)
        (able,) = (view.points >= self.redeem_at).nonzero()
        if not able.size:
            return
        able = able[view.status.take(able) == MEMBER]
        takers = able[view.luck(Draw.STRATEGY, able) < self.redeem_chance]
        if takers.size:
            points = view.points[takers] // self.redeem_at * self.redeem_at
            yield Redeem(takers, points, self.point_value)

    def _reward(self, done: Ints, place: Ints, ladder: "Ladder") -> Iterable[Effect]:
        gift = ladder.gift.take(place)
        (won,) = gift.nonzero()
        if won.size:
            yield Pay(Account.GIFTS, done[won], gift[won])
        points = ladder.points.take(place)
        if self.points or points.any():
            yield Award(done, points, self.point_value)


class Ladder(NamedTuple):
    """By check-ins since the last prize of all, modulo their number, so that place 0 is that prize.

    pull: log-odds of checking in from there.  points, gift (fen): what getting there brings.
    """

    pull: Floats
    points: Ints
    gift: Ints


_NOBODY: Ints = np.zeros(0, np.int64)
_NOBODY.flags.writeable = False  # as what a strategy is told: one type for compiled code
_NOWHERE: Ints = np.zeros(0, np.int16)


@dataclass
class Streaks:
    """Check-ins in a row per person, counted in occasions, so that a day off breaks none.

    length, last: of the streak, and the occasion of the last check-in, per person.
    broken: log-odds by length of a streak that broke.
    today, before, earlier: who checked in at this occasion and at the two before it.
    place: where today's stand on the ladder.  day: on which it was last open.
    """

    length: Ints
    last: Ints
    ladder: Ladder
    broken: Floats
    occasion: int = 0
    day: int = -1
    today: Ints = field(default_factory=lambda: _NOBODY)
    before: Ints = field(default_factory=lambda: _NOBODY)
    earlier: Ints = field(default_factory=lambda: _NOBODY)
    place: Ints = field(default_factory=lambda: _NOWHERE)

    def open(self, day: int) -> Floats:
        """Open the day's occasion; log-odds per person from a near prize or from a broken streak."""
        self.occasion, self.day = self.occasion + 1, day
        self.today, self.before, self.earlier = _NOBODY, self.today, self.before
        pull = np.zeros(self.length.size, np.float32)
        streaks.pulls(
            self.occasion, self.length, self.last, self.before, self.place, self.earlier,
            self.ladder.pull, self.broken, pull,
        )  # fmt: skip
        self.place = _NOWHERE
        return pull

    def extend(self, done: Ints) -> Ints:
        """Count today's check-ins; returns where their streaks stand on the ladder."""
        self.today, self.place = done, np.empty(done.size, np.int16)
        streaks.extend(self.occasion, self.length, self.last, done, self.ladder.pull.size, self.place)
        return self.place
