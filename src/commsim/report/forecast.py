"""What a strategy costs whatever members do, read off its own effects on paper; no run is needed."""

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np

from commsim.core.effects import (
    AskToInvite,
    Award,
    CheckIn,
    Effect,
    Envelope,
    Offer,
    Pay,
    Recruit,
    Redeem,
    Spend,
    TeamOffer,
    Work,
)
from commsim.scenario.schema import Scenario
from commsim.strategies.base import Strategy
from commsim.testing.view import FakeView

MINUTES = 60
OPEN = (AskToInvite, Award, CheckIn, Offer, Pay, Recruit, Redeem, TeamOffer)
"""Effects whose cost depends on what members do, or on who they are."""


@dataclass(frozen=True)
class Forecast:
    """Fen for things and for staff, and whether more depends on what members do."""

    things: int
    staff: int
    depends: bool


def forecast(strategy: Strategy, scenario: Scenario) -> Forecast | None:
    """Cost of a strategy over the run; None where the number of groups is in the user's own files.

    Envelopes count in full, although what nobody catches comes back.
    """
    people = scenario.community
    if people.roster or people.history:
        return None
    view = _Paper(scenario, math.ceil(people.members / people.group_size))
    memory, minutes = strategy.start(view), 0.0
    depends = type(strategy).react is not Strategy.react
    for view.day in range(scenario.days):
        if strategy.phase(view) is None:
            continue
        for effect in strategy.act(view, memory):
            view.spent_fen += _things(effect, view.n_groups)
            minutes += (
                effect.minutes * _count(effect.groups, view.n_groups) if isinstance(effect, Work) else 0
            )
            depends |= isinstance(effect, OPEN)
    return Forecast(view.spent_fen, round(minutes * scenario.operator.wage_per_hour / MINUTES), depends)


def _things(effect: Effect, groups: int) -> int:
    if isinstance(effect, Envelope):
        return effect.total * _count(effect.groups, groups)
    return effect.fen if isinstance(effect, Spend) else 0


def _count(chosen: "np.ndarray[tuple[int], np.dtype[np.bool_]] | None", groups: int) -> int:
    return groups if chosen is None else int(np.count_nonzero(chosen))


class _Paper(FakeView):
    """The scenario's calendar and products, with one member per group."""

    def __init__(self, scenario: Scenario, groups: int) -> None:
        super().__init__(members=groups, strangers=0, groups=groups, days=scenario.days)
        self.products = scenario.products  # type: ignore[assignment]
        self.start = scenario.start

    @property
    def date(self) -> dt.date:
        """Today."""
        return self.start + dt.timedelta(days=self.day)

    @property
    def weekday(self) -> int:
        """0 is Monday."""
        return self.date.weekday()

    @property
    def day_of_month(self) -> int:
        """1 to 31."""
        return self.date.day
