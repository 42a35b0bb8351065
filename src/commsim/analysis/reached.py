"""Whether plans reach their targets: world by world, and how often."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from commsim.analysis.intervals import Interval, share_interval
from commsim.core.arrays import Bools, Floats
from commsim.scenario.schema import Scenario
from commsim.scenario.target import Target, Wanted

_WORDS = {"name", "about", "target", "limits", "reading"}
"""Of a scenario: what is not of a run; what a reading sets stands in other settings."""
Of = Callable[[str], Floats]
"""Gives a measure by its name: a value per world."""


@dataclass(frozen=True)
class Reached:
    """A goal, and per world the value that it needs and whether the plan has it."""

    wanted: Wanted
    needed: Floats = field(repr=False)
    met: Bools = field(repr=False)

    @property
    def chance(self) -> Interval:
        """Share of the worlds in which it is met, with its limits."""
        return chance(self.met)


def reached(target: Target, of: Of, alone: Of) -> tuple[Reached, ...]:
    """Each goal, from the measures of a plan and those of the plan left alone in the same worlds.

    ``alone`` is asked only for what a goal is against.
    """
    found = []
    for wanted in target.goals:
        value = of(wanted.measure)
        left = alone(wanted.measure) if wanted.relative else np.zeros_like(value)
        found.append(Reached(wanted, wanted.needed(left), wanted.met(value, left)))
    return tuple(found)


def chance(met: Bools) -> Interval:
    """The share of worlds, with Wilson's limits."""
    return share_interval(int(np.count_nonzero(met)), len(met))


def all_met(goals: Sequence[Reached]) -> Bools:
    """Per world, whether all goals are met together."""
    return np.asarray(np.all([goal.met for goal in goals], axis=0))


def with_those_left_alone(
    plans: Sequence[Scenario], *, every: bool = False
) -> tuple[tuple[Scenario, ...], tuple[int, ...]]:
    """The plans, and after them each that a target needs left alone; and where that is, plan by plan.

    every: whether a target needs it or not.  Of a plan that is among them without its strategies already,
    that one; -1 where none is needed.
    """
    runs, places = list(plans), []
    for plan in plans:
        if not (every or plan.target.relative):
            places.append(-1)
            continue
        alone = plan.left_alone()
        same = [k for k, run in enumerate(runs) if same_run(alone, run)]
        if not same:
            runs.append(alone)
        places.append(same[0] if same else len(runs) - 1)
    return tuple(runs), tuple(places)


def same_run(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios come to the same in every world."""
    names = type(one).model_fields.keys() - _WORDS
    return all(getattr(one, name) == getattr(other, name) for name in names)
