"""How many groups and days a real trial of two plans needs, before it is made."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from commsim.analysis.beliefs import Beliefs
from commsim.analysis.intervals import t_interval
from commsim.analysis.phrase import Phrase
from commsim.analysis.pilot.arms import arms, unlike
from commsim.analysis.pilot.outcomes import OUTCOMES, Kept
from commsim.analysis.pilot.power import FEW, FEWEST
from commsim.analysis.pilot.result import Pilot, Reading
from commsim.analysis.pilot.work import AS_IT_IS, Work, answer
from commsim.analysis.study import NOTHING, doing_nothing, is_small
from commsim.analysis.uncertainty import steadied
from commsim.core.arrays import Floats
from commsim.core.errors import CommsimError, Exit, InputError
from commsim.core.luck import whole_seed
from commsim.experiments.asked import Asked, asked
from commsim.experiments.effort import PILOT_BEFORE, PILOT_DAYS, PILOT_LIKENESS, PILOT_POINTS, PILOT_WORLDS
from commsim.experiments.engine import engine
from commsim.experiments.results import Result
from commsim.experiments.sweep import Manner
from commsim.experiments.worlds import world_seed
from commsim.population.listed import groups_at_start
from commsim.scenario.data_files import hashes
from commsim.scenario.load import deciding
from commsim.scenario.schema import Scenario
from commsim.simulation.warm_up import prepare_engine

_AFFORDED = 5
"""Groups in each arm where nobody says how many can be afforded."""


class RunFailed(CommsimError):
    """A run that the statement needs failed."""

    exit_code = Exit.RUNS_FAILED


def pilot(
    first: Scenario | str | Path,
    second: Scenario | str | Path = NOTHING,
    *,
    days: Sequence[int] = PILOT_DAYS,
    before: int = PILOT_BEFORE,
    groups: int | None = None,
    likeness: Sequence[float] = PILOT_LIKENESS,
    worlds: int = PILOT_WORLDS,
    points: int = PILOT_POINTS,
    beliefs: Beliefs | None = None,
    seed: int = 0,
    out: str | Path | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Pilot:
    """Say how many groups and days a real trial needs to tell two plans apart, and by which outcome.

    first, second: scenarios, or paths or shipped names of them, for the same people; the second is what is
    done now, ``"nothing"`` the first one left alone.  days: lengths of a trial; it is read after each, and
    the longest tells which plan is better in the end.  before: days of a baseline, in which all groups are
    under the second plan; whole weeks, 0 for none.  groups: in each arm, of the trial that can be afforded;
    half of the community's, five at least, if None.  likeness: correlations of members of one group to
    allow for beyond the model's.  worlds: in which both plans are run for the same people.  points: over the
    ranges of what nobody knows, for the prior of the difference.  beliefs: of a calibration
    (`commsim.analysis.beliefs`): its values are put into the plans, its draws are these points.  seed: of
    all luck.  out: folder that keeps the runs, and from which the same call goes on.  workers, scheduler: as
    for `commsim.sweep`; neither changes the result.  progress: hears how many pairs of runs are done.
    Raises `InputError`, and `RunFailed`.
    """
    plans = _both(first, second, beliefs)
    lengths = tuple(sorted(set(days)))
    _check(plans, lengths, likeness, worlds, points, groups)
    both = arms(*plans, before, max(lengths))
    work = Work(both, lengths, points, whole_seed(seed), beliefs)
    seeds = tuple(world_seed(work.seed, world) for world in range(worlds))
    with tempfile.TemporaryDirectory(prefix="commsim-pilot-") as folder:
        place = Path(folder) / "runs" if out is None else Path(out)
        with asked(answer, work, place, Manner(workers, scheduler), _begun(work), prepare_engine) as made:
            usual, ranges = _made(made, seeds, points, progress)
    sizes = groups_at_start(both.second.community, both.second.start).astype(np.float64)
    own = max(_AFFORDED, len(sizes) // 2) if groups is None else groups
    return Pilot(
        plans=(plans[0].name, plans[1].name),
        lengths=lengths,
        before=before,
        groups=own,
        members=float(sizes.mean()),
        likeness=tuple(sorted(likeness)),
        readings=_readings(_kept(usual, work), _kept(ranges, work), lengths, before),
        seeds=seeds,
        runs=2 * (len(usual) + len(ranges)),
        warnings=_warnings(plans, own, sizes),
    )


def _both(
    first: Scenario | str | Path, second: Scenario | str | Path, beliefs: Beliefs | None
) -> tuple[Scenario, Scenario]:
    one = first if isinstance(first, Scenario) else Scenario.load(first)
    one = beliefs.put_into(one) if beliefs else one
    if isinstance(second, str) and second == NOTHING:
        return one, doing_nothing(one)
    other = second if isinstance(second, Scenario) else Scenario.load(second)
    other = beliefs.put_into(other) if beliefs else other
    if other.name == one.name:
        other = other.model_copy(update={"name": f"{other.name} (2)"})
    return one, other


def _check(
    plans: tuple[Scenario, Scenario],
    lengths: tuple[int, ...],
    likeness: Sequence[float],
    worlds: int,
    points: int,
    groups: int | None,
) -> None:
    if not lengths or min(lengths) < 1:
        raise InputError("a trial lasts a day or longer", where="--days", remedy="give 28, or 14,28,56")
    if any(not 0 <= rho < 1 for rho in likeness):
        remedy = "give numbers from 0 to 1, such as 0.01,0.05"
        raise InputError("a correlation within groups is none of these", where="--likeness", remedy=remedy)
    if worlds < 2:
        raise InputError("an interval needs two worlds or more", remedy="ask for 16 or more")
    if points < 0:
        raise InputError("there are no fewer points than none", remedy="give 0 or more")
    if groups is not None and groups < FEWEST:
        raise InputError(
            f"{groups} groups in each arm show nothing", where="--groups", remedy="give 2 or more, better 6"
        )
    longest = max(lengths)
    for plan in plans:
        if not is_small(plan.model_copy(update={"days": longest})):
            raise InputError(
                "it has too many members times days to keep each group's money",
                where=plan.name,
                remedy="give a scenario of some of the groups; what one group does is the same",
            )


def _begun(work: Work) -> dict[str, Any]:
    """All that an answer depends on besides the question."""
    return {
        "arms": [deciding(one) for one in work.plans],
        "files": dict(hashes(work.arms.second)),
        "before": work.arms.before,
        "days": list(work.lengths),
        "points": work.points,
        "seed": work.seed,
        "beliefs": None if work.beliefs is None else work.beliefs.fingerprint,
        "engine": engine(),
    }


def _made(
    made: Asked[Result], seeds: tuple[int, ...], points: int, progress: Callable[[int], None]
) -> tuple[list[Result], list[Result]]:
    """Results of the worlds, and of the points, each in one of them."""
    of_worlds = [(seed, AS_IT_IS) for seed in seeds]
    of_points = [(seeds[point % len(seeds)], point) for point in range(points)]
    known = sum(made.knows(one) for one in (*of_worlds, *of_points))
    found = made.answers([*of_worlds, *of_points], lambda done: progress(known + done))
    for (seed, point), result in zip((*of_worlds, *of_points), found, strict=True):
        impossible = result.error is not None and result.error[0] == "ValidationError" and point != AS_IT_IS
        if result.error is not None and not impossible:
            remedy = f"commsim run with --seed {seed} may show why"
            raise RunFailed(": ".join(result.error), where=f"the world of seed {seed}", remedy=remedy)
    return found[: len(seeds)], [one if one.error is None else Result() for one in found[len(seeds) :]]


Both = list[tuple[Kept, Kept] | None]
"""Of each run, what was kept of either arm; None where the plans can't be as was supposed."""


def _kept(results: list[Result], work: Work) -> Both:
    found: Both = []
    for one in results:
        row = np.array(one.values)
        half = len(row) // 2
        found.append(
            (Kept.of(row[:half], len(work.lengths)), Kept.of(row[half:], len(work.lengths))) if half else None
        )
    return found


def _readings(usual: Both, ranges: Both, lengths: tuple[int, ...], before: int) -> tuple[Reading, ...]:
    worlds = [one for one in usual if one is not None]
    first, second = (np.array([one[arm].after for one in worlds]) for arm in range(2))
    base = np.array([[one[arm].before for one in worlds] for arm in range(2)])
    points = [(k, one) for k, one in enumerate(ranges) if one is not None]
    places = [k for k, _ in points]
    found = []
    for o, outcome in enumerate(OUTCOMES):
        for k, days in enumerate(lengths):
            leads = first[:, o, k, 0] - second[:, o, k, 0]
            arms_of = np.stack([first[:, o, k], second[:, o, k]])
            sd, r = _spread(arms_of, base[:, :, o], before)
            of_points = np.full(len(ranges), np.nan)
            there = np.array([one[0].after[o, k, 0] - one[1].after[o, k, 0] for _, one in points])
            if points:
                same = leads[[k % len(worlds) for k in places]]
                of_points[places] = steadied(there, same, float(leads.mean()))
            found.append(
                Reading(
                    outcome=outcome,
                    days=days,
                    gap=t_interval(leads),
                    sd=sd,
                    r=r,
                    usual=float(second[:, o, k, 0].mean()),
                    leads=of_points,
                )
            )
    return tuple(found)


def _spread(after: Floats, base: Floats, before: int) -> tuple[float, float]:
    """Standard deviation between groups of an arm, and the correlation with the baseline.

    after: arms x worlds x (mean, variance, covariance); base: arms x worlds x (mean, variance).  Where a
    community is a single group, groups of several worlds are compared.
    """
    if base[..., 1].any() or after[..., 1].any():
        variance, covariance, of_base = after[..., 1].mean(1), after[..., 2].mean(1), base[..., 1].mean(1)
    else:
        apart, off = (
            after[..., 0] - after[..., 0].mean(1)[:, None],
            base[..., 0] - base[..., 0].mean(1)[:, None],
        )
        free = after.shape[1] - 1
        variance, covariance = (apart**2).sum(1) / free, (apart * off).sum(1) / free
        of_base = (off**2).sum(1) / free
    whole = float(variance.mean())
    if not before or whole <= 0.0:
        return whole**0.5, 0.0
    told = np.divide(covariance**2, of_base, out=np.zeros(2), where=of_base > 0)
    sign = -1.0 if covariance.sum() < 0 else 1.0
    return whole**0.5, sign * min(1.0, float(told.mean()) / whole) ** 0.5


def _warnings(plans: tuple[Scenario, Scenario], groups: int, sizes: Floats) -> tuple[str, ...]:
    found: list[str] = []
    if groups < FEW:
        found.append(
            "Fewer than 6 groups in each arm: one odd group decides, and no formula is to be trusted."
        )
    if parts := unlike(*plans):
        found.append(
            Phrase(
                "The plans differ in more than what the operator does in the groups ({parts}); each arm is "
                "simulated with its own in the baseline too.",
                parts=", ".join(parts),
            )
        )
    if len(sizes) == 1:
        found.append("The community is one group: groups of several worlds are compared.")
    return tuple(found)
