"""Targets as plain data."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from commsim.analysis.comparison import Comparison
from commsim.analysis.intervals import Interval
from commsim.analysis.reached import Reached, all_met, chance
from commsim.core.measures import find
from commsim.report.targets.words import told
from commsim.scenario.target import Target

if TYPE_CHECKING:
    import pandas as pd


def target_data(goals: Sequence[Reached]) -> dict[str, Any] | None:
    """Each goal with the mean of what it needs and its chance, and the chance of all; None without any."""
    if not goals:
        return None
    return {
        "goals": [
            {**_goal(goal), "needed": float(goal.needed.mean()), **_chance(goal.chance)} for goal in goals
        ],
        "all": _chance(chance(all_met(goals))),
    }


def run_target_data(goals: Sequence[Reached]) -> dict[str, Any] | None:
    """Each goal with what it needs in the world of a run, and whether that is reached; None without any."""
    if not goals:
        return None
    return {
        "goals": [
            {**_goal(goal), "needed": float(goal.needed[0]), "reached": bool(goal.met[0])} for goal in goals
        ],
        "all": bool(all_met(goals)[0]),
    }


def _goal(goal: Reached) -> dict[str, Any]:
    wanted = goal.wanted
    return {
        "measure": wanted.measure,
        "unit": find(wanted.measure).unit,
        "wanted": wanted.text,
        "told": told(wanted),
        "at_least": wanted.at_least,
        "against": "doing nothing" if wanted.relative else None,
    }


def _chance(interval: Interval) -> dict[str, float]:
    return {"chance": interval.mean, "low": interval.low, "high": interval.high}


def target_frame(comparison: Comparison) -> "pd.DataFrame":
    """One row per plan, goal and world: the value that is needed there, and whether it is met."""
    import pandas as pd

    parts = [
        pd.DataFrame(
            {
                "plan": comparison.plans[plan],
                "measure": goal.wanted.measure,
                "wanted": goal.wanted.text,
                "world": np.arange(comparison.worlds),
                "needed": goal.needed,
                "met": goal.met,
            }
        )
        for plan, goals in enumerate(comparison.targets)
        for goal in goals
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def revived(frame: "pd.DataFrame", plans: Sequence[str]) -> tuple[tuple[Reached, ...], ...]:
    """What `target_frame` was made of, plan by plan."""
    found = []
    for plan in plans:
        goals, of_plan = [], frame[frame["plan"] == plan]
        for (measure, wanted), part in of_plan.groupby(["measure", "wanted"], sort=False):
            (goal,) = Target.model_validate({measure: wanted}).goals
            goals.append(Reached(goal, part["needed"].to_numpy(float), part["met"].to_numpy(bool)))
        found.append(tuple(goals))
    return tuple(found)
