"""Habits: F35."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

import numpy as np

from commsim.core.dials import Dial
from commsim.core.effects import Effect, Nudge
from commsim.core.view import View
from commsim.scenario.schema import Scenario
from commsim.strategies.base import Purpose, Strategy
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.plans import bare
from commsim.validation.facts.ratio import ratio

MISSED = 60
"""The day that is missed: habits have formed by then."""


class DayOff(Strategy):
    """Keeps everybody from looking in on its days: an occasion missed by chance, not by choice."""

    kind: Literal["day_off"] = "day_off"
    purpose: ClassVar[Purpose] = "retention"

    def act(self, view: View, memory: Any) -> Iterable[Effect]:
        """Nobody looks today."""
        yield Nudge(Dial.LOOK, -20.0)


def _habit(scenario: Scenario) -> dict[str, Scenario]:
    kept = bare(scenario, MISSED + 2, {"kind": "check_in", "broken_streak": 0.0})
    off = DayOff(starts=MISSED, ends=MISSED, name="day off")
    return {"kept": kept, "missed": kept.model_copy(update={"strategies": (*kept.strategies, off)})}


HABIT = Setup(
    "a missed day",
    "a daily check-in without the penalty for broken streaks, 62 days; nobody can look in on day 60",
    _habit,
)


def _after_a_miss(runs: Runs) -> tuple[float]:
    """By how much who would have checked in on the missed day checks in less on the next one."""
    kept, missed = (runs[name].world.checked for name in ("kept", "missed"))
    would = kept[MISSED]
    before, after = (np.isin(would, day[MISSED + 1]).sum() for day in (kept, missed))
    return (1.0 - ratio(after, before),)


FACTS = (
    Fact(
        "F35",
        "Missing once does a habit no harm",
        HABIT,
        (Statistic("attendance lost on the day after a miss", high=0.05, share=True),),
        _after_a_miss,
        "warn",
        "Lally et al. 2010",
        "B",
        tuned=True,
    ),
)
