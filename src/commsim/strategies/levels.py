"""Levels of membership by what was spent lately."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from commsim.core.effects import Effect, Work
from commsim.core.mechanism import Mechanism
from commsim.core.mechanisms.levels import LEVELS, MOST_LEVELS, Rank
from commsim.core.part import Part
from commsim.core.units import Fen, Off, described, param
from commsim.core.view import View
from commsim.strategies.base import Phase, Purpose, Strategy


class Level(Part):
    """A level: from which spending on it is held, and what it gives."""

    spent: Fen = param(
        ..., "Spent within the window", unit="yuan", low=0.01, source="operator's choice", grade="D"
    )
    discount: Off = param(
        0.0, "Share off every price", unit="share", low=0.0, high=0.9, source="operator's choice", grade="D"
    )
    early_access: bool = param(
        False, "First into sales and teams", unit="yes or no", source="operator's choice", grade="D"
    )


class Levels(Strategy):
    """Gives members levels by what they have spent lately, with discounts, early access and status.

    A level is reckoned anew every morning, and is lost with the spending that it was for, or when the
    programme ends.
    """

    kind: Literal["levels"] = "levels"
    purpose: ClassVar[Purpose] = "retention"
    mechanisms: ClassVar[tuple[Mechanism, ...]] = (LEVELS,)
    by_calendar: ClassVar[bool] = True
    window: int = param(
        90,
        "Days of spending that count",
        unit="days",
        low=1,
        high=3650,
        source="operator's choice",
        grade="D",
    )
    at: tuple[Level, ...] = described(
        ({"spent": 150, "discount": 0.05}, {"spent": 450, "discount": 0.1, "early_access": True}),
        "Levels from low to high",
        unit="list",
    )
    staff_minutes: float = param(
        0.0,
        "Staff time per group and day; the shop's system keeps the levels",
        unit="minutes",
        low=0.0,
        high=600.0,
        source="assumed",
        grade="D",
    )

    @model_validator(mode="after")
    def _levels_rise(self) -> Self:
        if not self.is_daily or self.reach < 1.0:
            raise ValueError("levels hold every day and for everybody; leave out weekdays and reach")
        if not self.at:
            raise ValueError("there is no level; give at least one")
        if len(self.at) > MOST_LEVELS:
            raise ValueError(f"there are {len(self.at)} levels; give at most {MOST_LEVELS}")
        if any(higher.spent <= lower.spent for lower, higher in pairwise(self.at)):
            raise ValueError("each level needs more spending than the one before")
        return self

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Let the levels hold; in the warm-up nothing happens."""
        if self.phase(view) is Phase.WARM_UP:
            return
        yield Rank(
            self.window,
            tuple(level.spent for level in self.at),
            tuple(level.discount for level in self.at),
            tuple(level.early_access for level in self.at),
        )
        if self.staff_minutes:
            yield Work(self.staff_minutes)
