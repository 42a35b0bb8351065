"""Robots in groups: they cost a month, answer a part of the questions, and save a part of the work."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import model_validator

from commsim.core.arrays import Bools
from commsim.core.effects import Account, Effect, Relieve, Spend, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.service import SERVICE, Assist
from commsim.core.units import Fen, Probability, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy

MONTH = 30
"""Days for which the cost of a month is spread."""


class Robot(Strategy):
    """Manages the first groups, as many as it can.

    It does a share of the minutes that other strategies' work takes there (posting, moderating), and takes a
    share of members' questions, at once, though it does not solve all of them.
    """

    kind: Literal["robot"] = "robot"
    purpose: ClassVar[Purpose] = "activity"
    takes_part: ClassVar[bool] = False
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (SERVICE,)
    whole_groups: ClassVar[bool] = True
    cost: Fen = param(
        199,
        "Cost a month of each, spread over 30 days",
        unit="yuan",
        low=0,
        plausible=(50, 500),
        source="operators' guides: a robot for 199 yuan",
        grade="C",
    )
    robots: int = param(
        1, "How many", unit="robots", low=1, high=100_000, source="operator's choice", grade="D"
    )
    manages: int = param(
        20,
        "Groups that one manages",
        unit="groups",
        low=1,
        high=100_000,
        plausible=(10, 50),
        source="operators' guides: more than 20 at once",
        grade="C",
    )
    takes: Probability = param(
        0.5,
        "Share of members' questions that it takes",
        unit="share",
        plausible=(0.3, 0.65),
        source="vendors: bots close 52-65 % of what they get",
        grade="C",
        assumed=True,
    )
    solves: Probability = param(
        0.6,
        "Share of these that it solves",
        unit="share",
        plausible=(0.4, 0.8),
        source="vendors: bots close 52-65 % of what they get",
        grade="C",
        assumed=True,
    )
    saves: Probability = param(
        0.5,
        "Share that it does of the minutes of work in its groups",
        unit="share",
        plausible=(0.2, 0.7),
        source="assumed",
        grade="D",
        assumed=True,
    )
    staff_minutes: float = param(
        0.0,
        "Staff time per group and day to look after it",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="operator's choice",
        grade="D",
    )

    @model_validator(mode="after")
    def _is_always_there(self) -> Self:
        if not self.is_daily or self.reach < 1.0:
            raise ValueError(
                "a robot is hired for every day and whole groups; leave out weekdays, month_days and reach"
            )
        return self

    @property
    def most(self) -> int:
        """Groups that all of them manage."""
        return self.robots * self.manages

    def break_even(self, minutes: float, wage: int) -> float:
        """Groups from which one robot pays, if it saves so many minutes a group and day.

        wage: fen an hour.  Infinite if it saves nothing.
        """
        worth = MONTH * minutes * wage / 60
        return self.cost / worth if worth > 0 else float("inf")

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Do its share in the groups that it manages; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        mine = self._manages(view)
        yield Relieve(self.saves, mine)
        yield Assist(self.takes, self.solves, mine)
        yield Spend(Account.TOOLS, self._cost_of(view.day - self.starts))
        if self.staff_minutes:
            yield Work(self.staff_minutes * int(np.count_nonzero(mine)), mine, in_all=True)

    def _manages(self, view: View) -> Bools:
        """The first of its groups that have members."""
        filled = np.bincount(view.group[view.audience], minlength=view.n_groups) > 0
        return np.asarray(filled & (np.cumsum(filled) <= self.most))

    def _cost_of(self, day: int) -> int:
        """Fen of a day, counted from 0, so that thirty of them are a month to the fen."""
        month = self.robots * self.cost
        return month * (day + 1) // MONTH - month * day // MONTH
