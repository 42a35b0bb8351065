"""From what an operator has seen of their own groups to what that says about people."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from commsim.analysis.calibration.fit import Fit, fitted
from commsim.analysis.calibration.neighbours import DRAWS, neighbours
from commsim.analysis.calibration.odd import REFUSED, judge
from commsim.analysis.calibration.own_groups import Own, own_groups
from commsim.analysis.calibration.result import EXPLAINED, WIDE, Calibration, Data, Told
from commsim.analysis.calibration.simulate import Simulations, simulations
from commsim.analysis.calibration.summaries import summaries, together
from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.core.luck import whole_seed
from commsim.experiments.effort import CALIBRATE_RUNS
from commsim.experiments.sweep import Manner
from commsim.records.observed import EVENTS, Observed
from commsim.scenario.errors import SettingPath
from commsim.scenario.schema import Scenario

FEWEST_RUNS = 1_000
"""Below, so few are held out that nothing could be called odder than 99 % of them."""
DIGITS = 6
"""Significant digits of what is told, so that it is the same bytes with another library of algebra."""


def calibrate(
    plan: Scenario | str | Path,
    data: Observed,
    *,
    runs: int = CALIBRATE_RUNS,
    confidence: float = 0.9,
    seed: int = 0,
    out: str | Path | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[int], None] = lambda done: None,
    source: str = "",
    extends: str = "",
) -> Calibration:
    """What data on a plan's groups say of everything that is unknown of it.

    plan: as it was carried out in these groups, from the first day of the data on.  data: see
    `commsim.records.observed`.  runs: simulations of these groups under what evidence allows, at least 1,000.
    out: folder that keeps them, and from which the same call goes on, with more runs or other data of
    groups of the same sizes and days.  workers, scheduler: as for `commsim.sweep`; neither changes the
    result.  source: what the data are called in the evidence.  extends: file or shipped name of the plan,
    which a plan with the values extends.
    Raises `InputError` for a plan or data from which nothing can be learnt.
    """
    if runs < FEWEST_RUNS:
        raise InputError(f"{runs} simulations are too few", remedy=f"allow {FEWEST_RUNS:,} or more")
    scenario = plan if isinstance(plan, Scenario) else Scenario.load(plan)
    own = own_groups(scenario, data, whole_seed(seed))
    place = None if out is None else Path(out)
    made = simulations(own, runs, place, Manner(workers, scheduler), progress)
    return conclude(
        own, made, data, confidence, _told(data, source), extends or ("" if plan is scenario else str(plan))
    )


def conclude(
    own: Own, made: Simulations, data: Observed, confidence: float, about: Data, source: str
) -> Calibration:
    """What simulations say of data: the summaries that both have are compared."""
    seen = summaries(data)
    names = [name for name in made.names if name in seen]
    common = np.array([name in seen for name in made.names])
    rows, there = made.rows[:, common], np.array([seen[name] for name in names])
    judged = judge(tuple(names), rows)
    of_people, about_people = (~together(some) for some in (made.names, names))
    rows, about_them = rows[:, about_people], there[about_people]
    whole = fitted(made.rows[:, of_people], made.positions, confidence)
    fit = whole if common.all() else fitted(rows, made.positions, confidence)
    chance = judged.chance(there)
    refused = chance <= REFUSED
    found = Calibration(
        plan=own.plan.name,
        source=source,
        data=replace(about, missing=_missing(made.names, names)),
        runs=len(rows),
        confidence=confidence,
        told=() if refused else _all_told(own, fit, about_them),
        draws=(),
        refused=refused,
        chance=chance,
        odd=judged.oddities(there) if refused else (),
        lost=_lost(own, whole, fit),
    )
    if refused:
        return found
    places = neighbours(fit, rows, made.positions, about_them, DRAWS)
    return replace(found, draws=tuple(_values(own, place) for place in places))


def _told(data: Observed, source: str) -> Data:
    sizes = np.bincount(data.group[data.joined < 0], minlength=len(data.groups)).tolist()
    groups = tuple(zip(data.groups, sizes, strict=True))
    return Data(source, data.start.isoformat(), data.days, groups, ())


def _missing(made: Sequence[str], seen: Sequence[str]) -> tuple[str, ...]:
    """Tables of which simulations have summaries and the data have none."""
    return tuple(
        name
        for name in EVENTS
        if any(one.startswith(f"{name}.") for one in made)
        and not any(one.startswith(f"{name}.") for one in seen)
    )


def _all_told(own: Own, fit: Fit, there: Floats) -> tuple[Told, ...]:
    middle = fit(there[None])[0]
    low, high = np.clip(middle - fit.width, 0.0, 1.0), np.clip(middle + fit.width, 0.0, 1.0)
    found = [
        Told(
            unknown,
            _round(unknown.at(middle[k])),
            _round(unknown.at(low[k])),
            _round(unknown.at(high[k])),
            _round(high[k] - low[k]),
            _round(fit.explained[k]),
            tuple(_keys(own.plan, path) for _, path in unknown.places),
        )
        for k, unknown in enumerate(own.known)
    ]
    return tuple(sorted(found, key=lambda one: (one.wide, one.name)))


def _keys(plan: Scenario, path: SettingPath) -> tuple[str, ...]:
    """A path with names in place of numbers, as a plan writes it that extends another one."""
    here: Any = plan
    keys = []
    for part in path:
        here = here[part] if isinstance(part, int) else getattr(here, part)
        keys.append(str(here.name) if isinstance(part, int) else part)
    return tuple(keys)


def _values(own: Own, place: Floats) -> dict[str, float]:
    return {one.name: _round(one.at(at)) for one, at in zip(own.known, place.tolist(), strict=True)}


def _lost(own: Own, whole: Fit, fit: Fit) -> tuple[str, ...]:
    """Unknowns that all tables would tell, as a rule, and those that there are don't."""
    tells, still = ((2.0 * one.width <= WIDE) & (one.explained >= EXPLAINED) for one in (whole, fit))
    gone = tells & ~still
    return tuple(one.name for one, is_lost in zip(own.known, gone, strict=True) if is_lost)


def _round(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
