"""Why a plan earns what it earns: what each strategy brings, whom it keeps, and by which pathways."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from commsim.analysis import shapley
from commsim.analysis.explained import Columns, Outcomes, explained, explained_here
from commsim.analysis.intervals import Interval, t_interval
from commsim.analysis.switched_off import SwitchedOff, switched_off
from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.core.harmless import for_terminal
from commsim.core.luck import whole_seed
from commsim.core.measures import DECIDING, Measure, find
from commsim.core.notebook import drawn_by, figure, html_table
from commsim.experiments.effort import EXPLAIN_WORLDS
from commsim.experiments.sweep import Manner
from commsim.experiments.worlds import world_seed
from commsim.scenario.behaviour.pathways import Pathway
from commsim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd


class Moved(NamedTuple):
    """Members at the end whom a strategy, or all of them, made differ; means over the worlds.

    kept: left without it, still members with it.  lost: members without it, gone with it.  leavers: who
    have left under the plan.
    """

    kept: Interval
    lost: Interval
    leavers: Interval


@dataclass(frozen=True)
class Pair:
    """Two strategies, and what they bring together beyond what each brings alone."""

    one: str
    other: str
    beyond: Interval


@dataclass(frozen=True, repr=False)
class Explanation:
    """What each strategy of a plan brings to a measure, in the same worlds.

    strategies: names; entries of one name are one strategy, and so is a source of newcomers.  shares:
    Shapley values, which sum to ``lead``, what the plan brings beyond doing nothing.  alone: without the
    others.  taken_out: what goes if that one goes alone.  pair: the two that bring most, or cost most, by
    being together; None with fewer than two or where only some subsets were run.  moved: members, by
    strategy; ``everything`` for the plan as a whole.  worlds: one row each of the shares (worlds x
    strategies), with their seeds.  pathways: each switched off, from the one on which the lead hangs most;
    idle: those that do nothing for the plan, nor for doing nothing.
    Intervals are of 95 %, each for itself.
    """

    plan: str
    days: int
    metric: str
    strategies: tuple[str, ...]
    shares: tuple[Interval, ...]
    alone: tuple[Interval, ...]
    taken_out: tuple[Interval, ...]
    lead: Interval
    pair: Pair | None
    moved: tuple[Moved, ...]
    everything: Moved
    pathways: tuple[SwitchedOff, ...]
    idle: tuple[Pathway, ...]
    seeds: tuple[int, ...]
    worlds: Floats
    runs: int

    @property
    def measure(self) -> Measure:
        """The measure that is explained."""
        return find(self.metric)

    @property
    def is_exact(self) -> bool:
        """Whether every subset was run, so that nothing but luck is left in the intervals."""
        return len(self.strategies) <= shapley.MOST_EXACT

    @property
    def ranked(self) -> tuple[int, ...]:
        """Strategies from the one that brings most."""
        return tuple(sorted(range(len(self.strategies)), key=lambda k: -self.shares[k].mean))

    @property
    def to_drop(self) -> int | None:
        """The strategy without which the plan surely does better, the dearest of several."""
        sure = [k for k, out in enumerate(self.taken_out) if out.high < 0]
        return min(sure, key=lambda k: self.taken_out[k].mean, default=None)

    def __repr__(self) -> str:
        unit = self.measure.unit
        told = ", ".join(f"{self.strategies[k]} {figure(self.shares[k].mean, unit)}" for k in self.ranked)
        return for_terminal(
            f"<Explanation of {self.plan} in {len(self.seeds)} worlds, {self.metric}: {told}>"
        )

    def _repr_html_(self) -> str:
        """For notebooks: what each strategy brings."""
        unit = self.measure.unit
        rows = [
            (
                self.strategies[k],
                *(figure(each[k].mean, unit) for each in (self.shares, self.alone, self.taken_out)),
            )
            for k in self.ranked
        ]
        title = f"{self.plan}: {self.measure.label} beyond doing nothing, mean over {len(self.seeds)} worlds"
        return html_table(title, ("Strategy", "Share", "Alone", "If taken out"), rows)

    def frame(self) -> "pd.DataFrame":
        """One row per world and strategy: its Shapley value there, with the seed."""
        import pandas as pd

        frame = pd.DataFrame(self.worlds, columns=list(self.strategies))
        frame.insert(0, "seed", self.seeds)
        return frame.melt(id_vars="seed", var_name="strategy", value_name=self.metric)

    def plot(self, file: str | Path | None = None, lang: str = "en") -> Any:
        """Draw what strategies bring and what the lead hangs on, as a figure of matplotlib; or into files.

        The figure, or the files.  Raises `InputError` where a file can't be written.
        """
        return drawn_by("commsim.report.explain:plot_explanation", self, file, lang)


def explain(
    plan: Scenario | str | Path,
    *,
    worlds: int = EXPLAIN_WORLDS,
    seed: int = 0,
    metric: str = "profit",
    out: str | Path | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Explanation:
    """Explain a plan (a scenario, or its path or shipped name) by running it with parts of its strategies.

    It is run too with each pathway of behaviour switched off, and so is doing nothing, for the same people.
    metric: what is explained, a name in `commsim.core.measures.DECIDING`.  out: folder that keeps the runs,
    and from which the same call goes on.  workers, scheduler: as for `commsim.sweep`; neither changes the
    result.  progress: hears the number of worlds done.
    Raises `InputError` for a plan without strategies, fewer than two worlds or another metric, and
    `commsim.analysis.explained.RunFailed`.
    """
    scenario = plan if isinstance(plan, Scenario) else Scenario.load(plan)
    columns = Columns.of(scenario, metric)
    _check(scenario, columns, worlds)
    manner, root = Manner(workers, scheduler), whole_seed(seed)
    with tempfile.TemporaryDirectory(prefix="commsim-explain-") as folder:
        found = explained(
            scenario, columns, worlds, root, folder if out is None else Path(out), manner, progress
        )
    return _told(scenario, columns, found, tuple(world_seed(root, world) for world in range(worlds)))


def explain_here(
    plan: Scenario, worlds: int, seed: int, metric: str = "profit", *, whole: bool = False
) -> Explanation:
    """Explain a plan in this process: where somebody waits for it.

    whole: also by the pathways of behaviour, which takes two runs more of each; else by its strategies alone.
    Raises `InputError` as `explain` does.
    """
    columns = Columns.of(plan, metric)
    if not whole:
        columns = replace(columns, pathways=())
    _check(plan, columns, worlds)
    found = explained_here(plan, columns, worlds, seed)
    return _told(plan, found.columns, found, found.seeds)


def _told(plan: Scenario, columns: Columns, found: Outcomes, seeds: tuple[int, ...]) -> Explanation:
    names = columns.parts
    count = len(names)
    values = [found.subsets(world) for world in range(len(seeds))]

    def over(each: Floats) -> tuple[Interval, ...]:
        """An interval for each column of worlds x columns."""
        return tuple(t_interval(column) for column in each.T)

    shares = np.array([shapley.shares(count, w, s) for w, s in zip(values, seeds, strict=True)])
    told = [Moved(*over(found.moved(part))) for part in range(count + 1)]
    usual = np.array([(world[(1 << count) - 1], world[0]) for world in values])
    active, idle = switched_off(columns, found, usual)
    return Explanation(
        plan=plan.name,
        days=plan.days,
        metric=columns.metric,
        strategies=names,
        shares=over(shares),
        alone=over(np.array([shapley.alone(count, world) for world in values])),
        taken_out=over(np.array([shapley.taken_out(count, world) for world in values])),
        lead=t_interval(usual[:, 0] - usual[:, 1]),
        pair=_pair(names, values),
        moved=tuple(told[:-1]),
        everything=told[-1],
        pathways=active,
        idle=idle,
        seeds=seeds,
        worlds=shares,
        runs=len(seeds) * columns.runs,
    )


def _check(scenario: Scenario, columns: Columns, worlds: int) -> None:
    if not columns.parts:
        raise InputError("the plan has no strategies nor sources to explain it by", where=scenario.name)
    if worlds < 2:
        raise InputError("an interval needs two worlds or more", remedy="ask for 16 or more")
    if columns.metric not in DECIDING:
        remedy = f"choose one of: {', '.join(DECIDING)}"
        raise InputError(f"{columns.metric!r} can't be explained", remedy=remedy)


def _pair(names: tuple[str, ...], worlds: list[shapley.Values]) -> Pair | None:
    """The two of the largest mean, up or down; picked by the worlds that its interval rests on."""
    if not 2 <= len(names) <= shapley.MOST_EXACT:
        return None
    found = np.array([shapley.together(len(names), values.__getitem__) for values in worlds])
    one, other = np.unravel_index(np.argmax(np.abs(found.mean(axis=0))), found.shape[1:])
    return Pair(names[other], names[one], t_interval(found[:, one, other]))
