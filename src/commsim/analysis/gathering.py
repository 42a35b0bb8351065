"""A comparison in the making: the worlds so far, and what was run in some of them besides."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from commsim.analysis.beliefs import Beliefs
from commsim.analysis.comparison import NOT_RUN, Comparison
from commsim.analysis.counts import Counts, mean_counts
from commsim.analysis.explained import parts
from commsim.analysis.intervals import differences
from commsim.analysis.left_out import FEWEST, MEASURED, TRIED, LeftOut, to_measure
from commsim.analysis.looks import Look
from commsim.analysis.over_ranges import Ranges, Worlds, at_points
from commsim.analysis.reached import Reached, reached, with_those_left_alone
from commsim.analysis.study import Run, World, is_small, labels, warnings
from commsim.analysis.within import Kept, kept
from commsim.core.arrays import Floats
from commsim.core.measures import NAMES
from commsim.experiments.worlds import world_seed
from commsim.scenario.schema import Scenario
from commsim.strategies.calendar import by_name

Progress = Callable[[int, float | None], None]
"""Hears the number of worlds done, and the half-width reached when it was looked at."""
Note = Callable[[str], None]
"""Hears what is done after the worlds, and how far."""
WATCHED = 20
"""Worlds, the first ones, of which all is kept that stages and money by order number are counted from."""


class Study:
    """The worlds so far, and what was run in some of them besides.

    baseline: whether every plan is run left alone too, and not only those whose targets are against that.
    """

    def __init__(
        self, plans: tuple[Scenario, ...], seed: int, metric: str, *, baseline: bool = False
    ) -> None:
        self.plans, self._seed, self._metric, self._baseline = plans, seed, metric, baseline
        runs, self._alone = with_those_left_alone(plans, every=baseline)
        self._runs = tuple(map(Run, range(len(plans))))
        self._runs += tuple(Run(self._alone.index(k), ()) for k in range(len(plans), len(runs)))
        self._seeds: list[int] = []
        self._values: list[list[Floats]] = [[] for _ in self._runs]
        self._paths: list[Floats] = [np.zeros(())] * len(plans)
        self._counts: list[list[Counts]] = [[] for _ in plans]
        self._used: list[list[tuple[float, ...]]] = [[] for _ in plans]
        self._spent: list[list[float]] = [[] for _ in plans]
        self._watched = WATCHED if all(map(is_small, plans)) else 0
        self._left_out: LeftOut | None = None
        self._looks: tuple[Look, ...] = ()
        self._ranges: Ranges | None = None

    @property
    def worlds(self) -> int:
        """Number of worlds so far."""
        return len(self._seeds)

    def extend(self, made: Worlds, size: int, tell: Progress) -> None:
        """Run every plan in the worlds that are missing to ``size``."""
        done, plans = len(self._seeds), len(self.plans)
        new = [world_seed(self._seed, world) for world in range(done, size)]
        tasks = [
            World(seed, self._runs, plans if world < self._watched else 0, paths=plans)
            for world, seed in enumerate(new, start=done)
        ]
        for found in made.answers(tasks, lambda count: tell(done + count, None)):
            for run, one in enumerate(found.runs):
                self._values[run].append(one.values[0])
            for plan, one in enumerate(found.runs[:plans]):
                self._paths[plan] = self._paths[plan] + one.path
                self._used[plan].append(one.used)
                self._spent[plan].append(one.spent)
                self._counts[plan] += [] if one.counts is None else [one.counts]
        self._seeds += new

    def leave_out(self, made: Worlds, note: Note) -> None:
        """Run the best plan that does something without each of its strategies, if it has several."""
        acting = [plan for plan, scenario in enumerate(self.plans) if parts(scenario)]
        if not acting or self.worlds < FEWEST:
            return
        plan = max(acting, key=lambda one: float(self._metric_of(one).mean()))
        own, column, names = self._metric_of(plan), NAMES.index(self._metric), parts(self.plans[plan])
        if len(names) < 2:
            return  # without its only one it is the plan left alone
        later = range(TRIED, min(MEASURED, self.worlds))
        values = list(self._without(made, plan, [[name] for name in names], range(TRIED), note))
        if measured := to_measure(values, own, column):
            more = self._without(made, plan, [[names[k]] for k in measured], later, note)
            for k, rows in zip(measured, more, strict=True):
                values[k] = np.concatenate([values[k], rows])
        scenario = self.plans[plan]
        kinds = (
            *(entries[0].kind for entries in by_name(scenario.strategies).values()),
            *(source.kind for source in scenario.sources),
        )
        found = LeftOut(plan, names, kinds, len(scenario.sources), tuple(values), np.zeros((0, len(NAMES))))
        sure = [gain.strategy for gain in found.gains(own, column, len(self.plans)) if gain.is_sure]
        if len(sure) > 1:
            found = replace(found, together=self._without(made, plan, [sure], later, note)[0])
        self._left_out = found

    def _without(
        self, made: Worlds, plan: int, dropped: Sequence[Sequence[str]], worlds: range, note: Note
    ) -> Floats:
        """A plan without each of these in some worlds: dropped x worlds x measures."""
        names = parts(self.plans[plan])
        runs = tuple(Run(plan, tuple(name for name in names if name not in out)) for out in dropped)
        return self._besides(made, runs, worlds, note, "without a strategy")[:, :, 0]

    def look(self, made: Worlds, days: tuple[int, ...], worlds: int, note: Note) -> None:
        """Read the plans, and those left alone, after other numbers of days, in the first worlds."""
        if not days or len(self._seeds) < 2:
            return
        runs = tuple(run._replace(days=max(days)) for run in self._runs)
        rows = self._besides(made, runs, range(min(worlds, len(self._seeds))), note, "a longer look", days)
        self._looks = tuple(
            Look(after, rows[: len(self.plans), :, k], self._of_alone(list(rows[:, :, k])))
            for k, after in enumerate(days)
        )

    def over_ranges(self, made: Worlds, points: int, note: Note, beliefs: Beliefs | None = None) -> None:
        """Run the plans, and those left alone, at points over the ranges of all that is unknown of them."""
        count, values = at_points(
            made,
            self.plans,
            self._runs,
            self._seeds,
            points=points,
            seed=self._seed,
            metric=self._metric,
            beliefs=beliefs,
            heard=lambda done: note(f"what nobody knows: {done} of {points} points"),
        )
        if count:
            plans, alone = values[: len(self.plans)], self._of_alone(list(values))
            self._ranges = Ranges(count, plans, alone, drawn=beliefs is not None)

    def _besides(
        self,
        made: Worlds,
        runs: tuple[Run, ...],
        worlds: range,
        note: Note,
        what: str,
        days: tuple[int, ...] = (),
    ) -> Floats:
        """Runs x worlds x days x measures."""
        tasks = [World(self._seeds[world], runs, days=days) for world in worlds]
        found = made.answers(tasks, lambda done: note(f"{what}: {done} of {len(tasks)} worlds"))
        return np.array([[one.values for one in world.runs] for world in found]).swapaxes(0, 1)

    def _of_alone(self, runs: Sequence[Floats | list[Floats]]) -> Floats:
        """Plans x worlds x measures of each plan left alone, from those of all runs."""
        return np.array([runs[place] for place in self._alone]) if self._baseline else NOT_RUN

    def metric_values(self) -> Floats:
        """Plans x worlds."""
        return np.array([self._metric_of(plan) for plan in range(len(self.plans))])

    def _metric_of(self, plan: int) -> Floats:
        return np.array(self._values[plan])[:, NAMES.index(self._metric)]

    def half_width(self) -> float:
        """The widest half-width among the differences from the best plan."""
        values = self.metric_values()
        best = int(np.argmax(values.mean(axis=1)))
        return max(interval.half_width for interval in differences(values, best))

    def comparison(self, target: float | None) -> Comparison:
        """All of it, with names and warnings; ``target`` is the half-width that was asked for."""
        return Comparison(
            plans=labels([scenario.name for scenario in self.plans]),
            days=tuple(scenario.days for scenario in self.plans),
            seed=self._seed,
            seeds=tuple(self._seeds),
            metric=self._metric,
            values=np.array(self._values[: len(self.plans)]),
            paths=tuple(path / len(self._seeds) for path in self._paths),
            target=target,
            warnings=warnings(self.plans),
            targets=tuple(map(self._reached, range(len(self.plans)))),
            limits=tuple(map(self._kept, range(len(self.plans)))),
            spent=np.array(self._spent),
            counts=tuple(mean_counts(found) for found in self._counts if found),
            watched=len(self._counts[0]),
            alone=self._of_alone(self._values),
            left_out=self._left_out,
            looks=self._looks,
            ranges=self._ranges,
        )

    def _kept(self, plan: int) -> tuple[Kept, ...]:
        return kept(self.plans[plan].limits, self._used[plan])

    def _reached(self, plan: int) -> tuple[Reached, ...]:
        def of(run: int, name: str) -> Floats:
            return np.array(self._values[run])[:, NAMES.index(name)]

        return reached(self.plans[plan].target, partial(of, plan), partial(of, self._alone[plan]))
