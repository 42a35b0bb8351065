"""How often the policies of a sweep reach the targets of their plans."""

from typing import TYPE_CHECKING

import numpy as np

from commsim.analysis.intervals import Interval
from commsim.analysis.phrase import Phrase
from commsim.analysis.reached import chance
from commsim.analysis.sensitivity.values import Values, collect
from commsim.experiments.design import Design
from commsim.scenario.target import Target, Wanted

if TYPE_CHECKING:
    from commsim.records.sweep import SweepResults

AGAINST_NOTHING = "Goals against doing nothing are left out: a sweep does not run the plans left alone."
NOT_KEPT = "Goals are left out whose measures the sweep did not keep: {measures}."


def chances(
    design: Design, results: "SweepResults", values: Values, order: list[int]
) -> tuple[tuple[Interval | None, ...], tuple[str, ...]]:
    """Per policy, in an order of places, the share of runs that reach all goals; and what is left out.

    None for a policy whose plan has no goal that can be told; nothing at all if none has.
    """
    kept = set(results.manifest["outcomes"])
    targets = [_target(design, values, place) for place in order]
    told = [[goal for goal in one.goals if not goal.relative and goal.measure in kept] for one in targets]
    measures = {
        goal.measure: collect(design, results, goal.measure).array for goals in told for goal in goals
    }
    found = tuple(_chance(goals, measures, place) for goals, place in zip(told, order, strict=True))
    every = [goal for one in targets for goal in one.goals]
    missing = sorted({goal.measure for goal in every if not goal.relative} - kept)
    notes = [AGAINST_NOTHING] if any(goal.relative for goal in every) else []
    notes += [Phrase(NOT_KEPT, measures=", ".join(missing))] if missing else []
    return (found if any(found) else ()), tuple(notes)


def _target(design: Design, values: Values, place: int) -> Target:
    """The target of a policy's plan, in the first of the worlds."""
    point = int(values.worlds[0]) * len(design.inner.positions) + int(values.policies[place])
    return design.scenario(design.points()[point]).target


def _chance(goals: list[Wanted], measures: "dict[str, np.ndarray]", place: int) -> Interval | None:
    met = [goal.met(measures[goal.measure][:, place], 0.0) for goal in goals]
    return chance(np.all(met, axis=0).ravel()) if met else None
