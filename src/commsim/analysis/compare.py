"""Which of several plans does best, on the same worlds, with as many worlds as certainty needs.

Worlds are added until the 95 % intervals of the differences from the best plan are as narrow as asked.
Stopping at a fixed width keeps the stated confidence asymptotically (Chow and Robbins 1965, and Nadas
1969 for a width relative to the mean), while stopping at the first interval that excludes zero would
not.  The sizes at which the width is looked at are fixed beforehand and grow by half, from 20.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from commsim.analysis.beliefs import Beliefs
from commsim.analysis.comparison import Comparison
from commsim.analysis.explained import parts
from commsim.analysis.gathering import Note, Progress, Study
from commsim.analysis.looks import LOOKED_AT, later_days, lengths
from commsim.analysis.over_ranges import POINTS, check_points
from commsim.analysis.study import doing_nothing, is_small
from commsim.analysis.world_runs import world_runs
from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.core.luck import whole_seed
from commsim.core.measures import DECIDING
from commsim.experiments.effort import MAX_WORLDS
from commsim.experiments.sweep import Manner
from commsim.scenario.length import with_days
from commsim.scenario.schema import Scenario

FIRST_WORLDS = 20
GROWTH = 1.5
DEFAULT_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Precision:
    """How narrow the intervals shall be: a half-width in the metric's unit, or a share.

    A share is of the largest mean among the plans, in absolute value.
    """

    half_width: float | None = None
    share: float | None = DEFAULT_SHARE

    def target(self, values: Floats) -> float:
        """The half-width to reach, given plans x worlds."""
        if self.half_width is not None:
            return self.half_width
        return float(self.share or 0.0) * float(np.abs(values.mean(axis=1)).max())


def compare(
    plans: Sequence[Scenario | str | Path] | Scenario | str | Path,
    *,
    worlds: int | None = None,
    precision: float | Precision | None = None,
    max_worlds: int = MAX_WORLDS,
    seed: int = 0,
    out: str | Path | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    metric: str = "profit",
    days: int | Sequence[int] | None = None,
    baseline: bool = True,
    points: int | None = None,
    beliefs: Beliefs | None = None,
    progress: Progress | None = None,
    note: Note = lambda text: None,
) -> Comparison:
    """Run plans (scenarios, or paths and shipped names of them) on the same worlds and compare them.

    One plan alone is compared with doing nothing: itself without its strategies, called `DOING_NOTHING`.
    worlds: an exact number of worlds; or precision: a half-width in the metric's unit (yuan for
    profit) or a `Precision`; by default 1 % of the largest mean.  With a precision at most
    ``max_worlds`` are run, and `Comparison.precise` says whether they were enough.
    out: folder that keeps the runs, below `RUNS`, and from which the same call goes on.  workers, scheduler:
    as for `commsim.sweep`; neither changes the result.  metric: a name in
    `commsim.core.measures.DECIDING`.  progress: hears the number of worlds done and, of those that
    were looked at, the half-width reached; ``note`` hears what is run after these.
    days: instead of the plans' own; of several the plans are compared at the first, and read at the others
    too (`Comparison.leads`).  Left out, they are read at 180 and 365 days as well, in a few worlds, if they
    are shorter and not too large (`commsim.analysis.looks`).
    baseline: whether each plan is run without its strategies too (`Comparison.beyond`), and the best one
    without one strategy at a time (`Comparison.gains`).
    points: over the ranges of all that is unknown of the plans (`Comparison.doubt`); 40 if left out, or none
    with few worlds or large plans.
    beliefs: of a calibration (`commsim.analysis.beliefs`): its values are put into the plans, and its
    draws are the points.
    Raises `InputError` for no plan, one that can't be beside doing nothing, fewer than two worlds or another
    metric; and as `commsim.experiments.asked.answered`.
    """
    named = [plans] if isinstance(plans, Scenario | str | Path) else plans
    scenarios = with_a_rival([_loaded(plan) for plan in named], baseline=baseline)
    scenarios = [beliefs.put_into(plan) for plan in scenarios] if beliefs else scenarios
    check_asked(scenarios, worlds, max_worlds, metric)
    check_points(points)
    asked = lengths(days)
    scenarios = [with_days(plan, asked[0]) for plan in scenarios] if asked else scenarios
    wanted = _as_precision(precision)
    sizes = [worlds] if worlds else world_counts(max_worlds)
    tell = progress or (lambda done, half_width: None)
    study = Study(tuple(scenarios), whole_seed(seed), metric, baseline=baseline)
    with world_runs(study.plans, out, Manner(workers, scheduler)) as made:
        for size in sizes:
            study.extend(made, size, tell)
            half_width = study.half_width()
            tell(size, half_width)
            if worlds is None and half_width <= wanted.target(study.metric_values()):
                break
        if baseline:
            study.leave_out(made, note)
        if asked[1:]:
            study.look(made, asked[1:], study.worlds, note)
        elif not asked and study.worlds >= LOOKED_AT:
            study.look(made, _unasked(scenarios), LOOKED_AT, note)
        study.over_ranges(made, _points(points, study), note, beliefs)
    found = study.comparison(None if worlds else wanted.target(study.metric_values()))
    return found if beliefs is None else replace(found, warnings=(*found.warnings, beliefs.told))


def with_a_rival(plans: list[Scenario], *, baseline: bool) -> list[Scenario]:
    """The plans; after one alone comes the same left alone.

    Raises `InputError` where one has nothing to be held against.
    """
    if len(plans) != 1:
        return plans
    (plan,) = plans
    if not baseline:
        remedy = "name a second plan, or leave out --no-baseline"
        raise InputError("one plan without doing nothing beside it has no rival", remedy=remedy)
    if not parts(plan):
        what = "the plan does nothing: it has no strategies nor sources"
        raise InputError(what, where=plan.name, remedy="name a second plan, or give it a strategy")
    return [plan, doing_nothing(plan)]


def _loaded(plan: Scenario | str | Path) -> Scenario:
    return plan if isinstance(plan, Scenario) else Scenario.load(plan)


def _points(wanted: int | None, study: Study) -> int:
    """Points over the ranges: as wanted, or some where the worlds are many and the plans small."""
    if wanted is None:
        return POINTS if study.worlds >= FIRST_WORLDS and all(map(is_small, study.plans)) else 0
    return wanted


def _unasked(scenarios: Sequence[Scenario]) -> tuple[int, ...]:
    """Days to look at though nobody asked."""
    days = later_days(scenarios)
    return days if days and all(is_small(with_days(plan, days[-1])) for plan in scenarios) else ()


def world_counts(most: int) -> list[int]:
    """The numbers of worlds at which the width is looked at: 20, 30, 45 ... and the most allowed."""
    sizes = [min(FIRST_WORLDS, most)]
    while sizes[-1] < most:
        sizes.append(min(most, int(sizes[-1] * GROWTH)))
    return sizes


def _as_precision(precision: float | Precision | None) -> Precision:
    if precision is None:
        return Precision()
    return precision if isinstance(precision, Precision) else Precision(half_width=float(precision))


def check_asked(scenarios: Sequence[Scenario], worlds: int | None, max_worlds: int, metric: str) -> None:
    """Raise `InputError` for no plan, fewer than two worlds, or a measure that decides nothing."""
    if not scenarios:
        raise InputError("there is nothing to compare", remedy="name a plan, or several")
    if (max_worlds if worlds is None else worlds) < 2:
        raise InputError("an interval needs two worlds or more", remedy="ask for 20 or more")
    if metric not in DECIDING:
        remedy = f"choose one of: {', '.join(DECIDING)}"
        raise InputError(f"plans can't be ranked by {metric!r}", remedy=remedy)
