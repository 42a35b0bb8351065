"""The best of many plans, with a bound on what is missed; see `commsim.analysis.envelope`."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from commsim.analysis.beliefs import Beliefs
from commsim.analysis.compare import Precision
from commsim.analysis.envelope import FIRST_LOOK, Look, race
from commsim.analysis.intervals import CONFIDENCE
from commsim.analysis.over_ranges import POINTS, Ranges, at_points, check_points
from commsim.analysis.study import Run, labels
from commsim.analysis.sweep import job, read_design
from commsim.analysis.uncertainty import Doubt
from commsim.analysis.world_runs import world_runs
from commsim.core.arrays import Floats, Ints
from commsim.core.errors import CommsimError, Exit, InputError
from commsim.core.harmless import for_terminal
from commsim.core.measures import DECIDING, NAMES, find
from commsim.core.notebook import drawn_by, figure, html_table
from commsim.experiments.design import Design, over_scenarios
from commsim.experiments.effort import BEST_WORLDS
from commsim.experiments.schedule import Schedule
from commsim.experiments.sweep import Manner, Runs, opened
from commsim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

Stop = Literal["within", "one left", "worlds", "runs", "seconds", "interrupted"]
"""Why a race ended: near enough, all others beaten, or the most of worlds, runs or seconds, or a Ctrl-C."""
MOST_TRIED = 5
"""Plans from the best down that are run over the ranges of what nobody knows."""


@dataclass(frozen=True, repr=False)
class Best:
    """Which of several plans is best, or how far from it at most.

    plans: names in the order given, or the settings of the points of a design.  values: per plan, the
    metric in the worlds that it was run in, which are the first of ``seeds``; money in yuan.  looks: what
    was known after 10, 15, 22 ... worlds; the last one is what is said.  target: what the leader may miss
    for the race to end, in the metric's unit.  stopped: why it ended.  failed: of plans of which
    a run failed, the seed of that world; they are in no statement.  ranges: of plans ``tried``, the leader
    first, over the ranges of what nobody knows.  untried: points over them that were asked for, where runs
    or time did not suffice.
    """

    plans: tuple[str, ...]
    days: tuple[int, ...]
    metric: str
    confidence: float
    target: float
    seeds: tuple[int, ...]
    values: tuple[Floats, ...]
    looks: tuple[Look, ...]
    stopped: Stop
    seconds: float
    failed: dict[int, int] = field(default_factory=dict)
    tried: tuple[int, ...] = ()
    ranges: Ranges | None = None
    untried: int = 0

    @property
    def last(self) -> Look:
        """What is known at the end."""
        return self.looks[-1]

    @property
    def leader(self) -> int:
        """The plan to take."""
        return self.last.leader

    @property
    def within(self) -> float:
        """The leader is the best, or less than this behind it, with the stated confidence."""
        return self.last.within

    @property
    def left(self) -> tuple[int, ...]:
        """Plans that can't be told apart, the leader first and the others by their means."""
        return tuple(sorted(self.last.left, key=lambda plan: (plan != self.leader, -self.mean(plan))))

    @property
    def runs(self) -> int:
        """Runs that the looks rest on."""
        return self.last.runs

    @property
    def ranked(self) -> tuple[int, ...]:
        """All plans that could be run: those left, then those dropped, the last to go first."""
        out = [
            plan for plan in range(len(self.plans)) if plan not in self.last.left and plan not in self.failed
        ]
        return (*self.left, *sorted(out, key=lambda plan: (-self.worlds(plan), -self.mean(plan))))

    def worlds(self, plan: int) -> int:
        """How many worlds a plan was run in."""
        return len(self.values[plan])

    def mean(self, plan: int) -> float:
        """Mean of the metric of a plan in its worlds; only those of plans in the same worlds compare."""
        return float(self.values[plan].mean())

    def same(self, plan: int) -> bool:
        """Whether a plan that is left gave the same as the leader in every world."""
        return plan != self.leader and self.last.gaps.get(plan) == (0.0, 0.0)

    def gap(self, plan: int) -> tuple[float, float]:
        """How far a plan is above the leader of the last look that it was in, and its half-width."""
        return next(look.gaps[plan] for look in reversed(self.looks) if plan in look.gaps)

    def doubt(self, plan: int) -> Doubt | None:
        """What becomes of the leader's lead over another over the ranges; None where that was not tried."""
        if self.ranges is None or plan not in self.tried[1:]:
            return None
        usual = self.values[self.leader][: self.common] - self.values[plan][: self.common]
        leading, other = self.ranges.values[[0, self.tried.index(plan)]]
        return self.ranges.doubt(leading, other, usual)

    @property
    def common(self) -> int:
        """Worlds that all plans tried over the ranges were raced in."""
        return min(map(self.worlds, self.tried))

    def __repr__(self) -> str:
        unit = find(self.metric).unit
        told = f"{self.plans[self.leader]} is best or within {figure(self.within, unit)} of it"
        return for_terminal(f"<Best of {len(self.plans)} plans by {self.metric}: {told}, {self.runs} runs>")

    def _repr_html_(self) -> str:
        """For notebooks: the plans that are left, and the last that were dropped."""
        unit = find(self.metric).unit
        rows = [
            (
                self.plans[plan],
                "cannot be told apart" if plan in self.last.left else "dropped",
                figure(self.gap(plan)[0], unit),
                f"{self.worlds(plan)}",
            )
            for plan in self.ranked[:20]
        ]
        title = f"{self.plans[self.leader]} is best, or within {figure(self.within, unit)} of the best"
        header = ("Plan", "", "From the leader", "Worlds")
        return html_table(f"{title} ({self.confidence:.0%} confidence, {self.runs} runs)", header, rows)

    def plot(self, file: str | Path | None = None, lang: str = "en") -> Any:
        """Draw how far the others are behind the best, as a figure of matplotlib; or into a PNG, SVG or PDF.

        Gives the figure, or the files that were written.
        """
        return drawn_by("commsim.report.best:plot_best", self, file, lang)

    def frame(self) -> "pd.DataFrame":
        """One row per plan and world that it was run in, with the seed and the metric."""
        import pandas as pd

        rows = [
            (name, world, self.seeds[world], value)
            for name, values in zip(self.plans, self.values, strict=True)
            for world, value in enumerate(values.tolist())
        ]
        return pd.DataFrame(rows, columns=["plan", "world", "seed", self.metric])


Told = Callable[[int, Look | None], None]
"""Hears the number of runs that are done, and what was last known."""


def best(
    plans: "Sequence[Scenario | str | Path] | Design | str | Path",
    *,
    within: float | Precision | None = None,
    confidence: float = CONFIDENCE,
    max_worlds: int = BEST_WORLDS,
    runs: int | None = None,
    seconds: float | None = None,
    metric: str = "profit",
    points: int | None = None,
    beliefs: Beliefs | None = None,
    seed: int | None = None,
    out: str | Path | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Told | None = None,
) -> Best:
    """Find the best of many plans, or of the points of a design, with as few runs as that takes.

    plans: scenarios, or paths and shipped names of them; or one `Design`, or the path of one, whose levers
    make the plans.  within: how far behind the best the result may be, in the metric's unit or as a
    `Precision`; 1 % of the largest mean if None.  max_worlds, runs, seconds: ends of the race; whatever
    ends it, the result holds (at least ten worlds of each plan are run).
    points: over the ranges of all that is unknown, at which the best few plans are run after the race, if
    runs and seconds are left (`Best.doubt`); 40 with beliefs and none without if left out.  beliefs: of a
    calibration (`commsim.analysis.beliefs`): its values are put into the plans, and its draws are the points.
    seed: root of the luck; the design's, or 0, if None.  out: folder that keeps the runs, and from which the
    same call goes on.  workers, scheduler: as for `commsim.sweep`; neither changes the result.
    Raises `InputError` for fewer than two plans, a design with uncertainties, too few runs or points.
    """
    check_points(points)
    design = _design(plans, max_worlds, seed, out)
    if beliefs is not None:
        design = replace(
            design, bases={label: beliefs.put_into(plan) for label, plan in design.bases.items()}
        )
    _check(design, metric, max_worlds, runs, confidence)
    wanted = within if isinstance(within, Precision) else Precision(half_width=within)
    with tempfile.TemporaryDirectory(prefix="commsim-best-") as folder:
        place, manner = Path(folder if out is None else out), Manner(workers, scheduler)
        with opened(design, job(design), place, manner) as made:
            racing = _Racing(design, made, metric, runs, seconds, progress)
            found = racing.run(wanted, confidence, max_worlds)
        count = (POINTS if beliefs else 0) if points is None else points
        return racing.over_ranges(found, count, beliefs, place, manner)


def _design(
    plans: "Sequence[Scenario | str | Path] | Design | str | Path",
    worlds: int,
    seed: int | None,
    out: str | Path | None,
) -> Design:
    if isinstance(plans, Design | str | Path):
        return read_design(plans, out).often(worlds, seed)
    scenarios = [plan if isinstance(plan, Scenario) else Scenario.load(plan) for plan in plans]
    if len(scenarios) < 2:
        raise InputError("the best of several plans needs two or more", remedy="name a second plan")
    names = labels([scenario.name for scenario in scenarios])
    return over_scenarios("best", dict(zip(names, scenarios, strict=True))).often(worlds, seed or 0)


def _check(design: Design, metric: str, worlds: int, runs: int | None, confidence: float) -> None:
    points = len(design.points())
    if points < 2:
        raise InputError("the best of several plans needs two or more", remedy="give a lever more values")
    if unknown := [axis.name for axis in design.axes if axis.role == "uncertainty"]:
        raise InputError(
            f"{unknown[0]} is nothing that a planner can choose",
            where=design.name,
            remedy="take the uncertainties out of the design, or sweep it and ask for its sensitivity",
        )
    if metric not in DECIDING or (design.outcomes and metric not in design.outcomes):
        remedy = (
            f"choose one of: {', '.join(name for name in DECIDING if name in (design.outcomes or NAMES))}"
        )
        raise InputError(f"plans can't be ranked by {metric!r}", remedy=remedy)
    if worlds < 2:
        raise InputError("an interval needs two worlds or more", remedy="ask for 20 or more")
    if not 0.5 <= confidence < 1:
        raise InputError(f"a confidence of {confidence:g} is none", remedy="give 0.9, 0.95 or 0.99")
    least = points * min(FIRST_LOOK, worlds)
    if runs is not None and runs < least:
        raise InputError(
            f"{runs} runs are too few for {points} plans", remedy=f"allow {least:,} or more, ten for each"
        )


class AllFailed(CommsimError):
    """There is no plan left that could be run."""

    exit_code = Exit.RUNS_FAILED


def _again(seed: int) -> str:
    return f"run one of them with --seed {seed} to see why"


class _Ended(Exception):
    """The race is to end, and why."""

    def __init__(self, why: Stop) -> None:
        super().__init__(why)
        self.why: Stop = why


class _Racing:
    """A race under way: it makes the runs that are asked for, and ends it when it has taken enough."""

    def __init__(
        self,
        design: Design,
        made: Runs,
        metric: str,
        runs: int | None,
        seconds: float | None,
        tell: Told | None,
    ) -> None:
        self._design, self._made, self._metric = design, made, metric
        self._runs, self._seconds, self._tell = runs, seconds, tell or (lambda runs, look: None)
        self._schedule, self._started = Schedule(design), time.monotonic()
        self._column = (design.outcomes or NAMES).index(metric)
        self._values: list[Floats] = [np.empty(0)] * len(design.points())
        self._looks: list[Look] = []
        self._failed: dict[int, int] = {}
        self._asked = 0

    def run(self, wanted: Precision, confidence: float, most: int) -> Best:
        """Race until it is decided, or over."""
        stopped: Stop = "worlds"
        try:
            for look in race(len(self._values), self._ask, most, confidence):
                self._looks.append(look)
                self._tell(look.runs, look)
                if look.is_over or look.within <= self._target(wanted):
                    stopped = "one left" if look.is_over else "within"
                    break
        except _Ended as end:
            stopped = end.why
        except KeyboardInterrupt:
            if not self._looks:
                raise
            stopped = "interrupted"
        return self._found(stopped, self._target(wanted), confidence)

    def _target(self, wanted: Precision) -> float:
        """What the leader may miss, of the plans that are left in their common worlds."""
        if not self._looks:
            return 0.0
        return wanted.target(np.array([self._values[plan] for plan in self._looks[-1].left]))

    def _ask(self, plans: list[int], before: int, size: int) -> Floats:
        """Values of plans in some more worlds."""
        numbers = np.array(
            [self._schedule.number(plan, world) for world in range(before, size) for plan in plans], np.int64
        )
        if self._runs is not None and self._asked + len(numbers) > self._runs:
            raise _Ended("runs")
        self._make(numbers)
        self._asked += len(numbers)
        found = self._made.values(numbers)[:, self._column].reshape(size - before, len(plans)).T
        for plan, row in zip(plans, found, strict=True):
            self._values[plan] = np.concatenate([self._values[plan], row])
            if np.isnan(row).any():
                self._failed[plan] = self._design.world_seed(plan, before + int(np.argmax(np.isnan(row))))
        if len(self._failed) == len(self._values):
            raise AllFailed("a run of every plan failed", remedy=_again(self._failed.popitem()[1]))
        return found

    def _make(self, numbers: Ints) -> None:
        missing = numbers[np.isin(numbers, self._made.left)]
        self._made.make(missing, self._hear(self._asked + len(numbers) - len(missing)))

    def _hear(self, before: int) -> Callable[[int], None]:
        """What hears of each run of a batch, and ends the race when its time is over."""
        last = self._looks[-1] if self._looks else None

        def hear(done: int) -> None:
            self._tell(before + done, last)
            over = self._seconds is not None and time.monotonic() - self._started > self._seconds
            if over and last:
                raise _Ended("seconds")

        return hear

    def over_ranges(
        self, found: Best, points: int, beliefs: Beliefs | None, place: Path, manner: Manner
    ) -> Best:
        """The best few plans over the ranges of what nobody knows, if there are runs and time for them."""
        tried = found.ranked[:MOST_TRIED]
        if not points or len(tried) < 2:
            return found
        without = replace(found, untried=points)
        over = self._runs is not None and found.runs + points * len(tried) > self._runs
        if over or found.stopped in ("runs", "seconds", "interrupted"):
            return without
        known = replace(found, tried=tried)
        plans = tuple(self._design.scenario(self._design.points()[plan]) for plan in tried)
        folder = place / f"ranges-{'-'.join(map(str, tried))}"
        hear = self._hear(found.runs)
        try:
            with world_runs(plans, folder, manner) as made:
                count, values = at_points(
                    made,
                    plans,
                    tuple(map(Run, range(len(plans)))),
                    found.seeds[: known.common],
                    points=points,
                    seed=self._design.seed,
                    metric=self._metric,
                    beliefs=beliefs,
                    heard=lambda done: hear(done * len(plans)),
                )
        except _Ended:
            return without
        except KeyboardInterrupt:
            return replace(without, stopped="interrupted")
        ranges = Ranges(count, values, np.zeros((0, 0)), drawn=beliefs is not None)
        return replace(known, ranges=ranges) if count else found

    def _found(self, stopped: Stop, target: float, confidence: float) -> Best:
        points = self._design.points()
        worlds = [
            max((look.worlds for look in self._looks if plan in look.gaps), default=0)
            for plan in range(len(points))
        ]
        scenarios = [self._design.scenario(point) for point in points]
        return Best(
            plans=tuple(point.label for point in points),
            days=tuple(scenario.days for scenario in scenarios),
            metric=self._metric,
            confidence=confidence,
            target=target,
            seeds=tuple(self._design.world_seed(0, world) for world in range(self._looks[-1].worlds)),
            values=tuple(values[:n] for values, n in zip(self._values, worlds, strict=True)),
            looks=tuple(self._looks),
            stopped=stopped,
            seconds=time.monotonic() - self._started,
            failed=self._failed,
        )
