"""What a comparison found: every outcome of every plan in every world, and what follows from it."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from commsim.analysis.counts import Counts
from commsim.analysis.intervals import (
    Interval,
    differences,
    joint_confidence_of,
    shares_best,
    t_interval,
)
from commsim.analysis.left_out import Gain, LeftOut
from commsim.analysis.looks import Lead, Look, leads
from commsim.analysis.measures import PATH
from commsim.analysis.over_ranges import Ranges
from commsim.analysis.reached import Reached
from commsim.analysis.uncertainty import Doubt
from commsim.analysis.within import Kept
from commsim.core.arrays import Floats
from commsim.core.harmless import for_terminal
from commsim.core.measures import MEASURES, NAMES, Measure, find
from commsim.core.notebook import drawn_by, figure, html_table

if TYPE_CHECKING:
    import pandas as pd


NOT_RUN: Floats = np.zeros((0, 0, len(NAMES)))
"""In place of the plans left alone, where they were not run."""


@dataclass(frozen=True, repr=False)
class Comparison:
    """Plans run on the same worlds.

    plans: names, in the order given.  days: length of each plan's run.  seeds: one per world; a world
    is run again by ``commsim run PLAN --seed SEED``.  values: plans x worlds x measures
    (`commsim.core.measures.MEASURES`), money in yuan.  paths: per plan an array days x
    (`PATH`), the mean over worlds.  metric: the measure that decides.  target: the half-width that
    the intervals of the differences should reach, in the metric's unit; None if the number of worlds
    was given instead.  warnings: why the plans may not be comparable.  targets: per plan, what is said of
    each goal of its ``target``, none of a plan without.  limits: likewise of each of its
    ``limits``.  counts: per plan, the mean of what is counted (see
    `commsim.analysis.counts`) over the first ``watched`` worlds; none of plans that are
    too large.  spent: yuan that the strategies and sources of each plan cost, plans x worlds, as a budget
    counts them: discounts too, goods that were sold and staff left out.  alone: each plan without its
    strategies in the same worlds, plans x worlds x measures; no plans where that was left out.  left_out: a
    plan without one strategy at a time.  looks: the plans after other numbers of days.  ranges: the plans
    over the ranges of what nobody knows.
    """

    plans: tuple[str, ...]
    days: tuple[int, ...]
    seed: int
    seeds: tuple[int, ...]
    metric: str
    values: NDArray[np.float64]
    paths: tuple[Floats, ...]
    target: float | None
    warnings: tuple[str, ...] = ()
    targets: tuple[tuple[Reached, ...], ...] = ()
    counts: tuple[Counts, ...] = ()
    watched: int = 0
    limits: tuple[tuple[Kept, ...], ...] = ()
    spent: Floats = field(default_factory=lambda: np.zeros((0, 0)), repr=False)
    alone: Floats = field(default_factory=lambda: NOT_RUN, repr=False)
    left_out: LeftOut | None = None
    looks: tuple[Look, ...] = ()
    ranges: Ranges | None = None

    @property
    def worlds(self) -> int:
        """Number of worlds that every plan was run in."""
        return len(self.seeds)

    @property
    def measure(self) -> Measure:
        """The measure that decides."""
        return find(self.metric)

    def of(self, name: str) -> Floats:
        """Values of one measure: plans x worlds."""
        return self.values[:, :, NAMES.index(name)]

    @cached_property
    def best(self) -> int:
        """Index of the plan with the highest mean of the metric; the first of several."""
        return int(np.argmax(self.of(self.metric).mean(axis=1)))

    @cached_property
    def differences(self) -> dict[str, list[Interval]]:
        """Per measure, each plan's paired difference from the best plan."""
        return {name: differences(self.of(name), self.best) for name in NAMES}

    @cached_property
    def acting(self) -> tuple[int, ...]:
        """Plans that come to something else than doing nothing; all where that was not run."""
        plans = range(len(self.plans))
        return tuple(
            k for k in plans if not len(self.alone) or not np.array_equal(self.values[k], self.alone[k])
        )

    @cached_property
    def twin(self) -> int | None:
        """Of two plans, the one that is the other left alone."""
        idle = set(range(len(self.plans))) - {*self.acting} if len(self.plans) == 2 else set()
        return next((k for k in idle if np.array_equal(self.values[k], self.alone[1 - k])), None)

    @cached_property
    def beyond(self) -> dict[str, list[Interval]]:
        """Per measure, what each plan adds to doing nothing; empty where that was not run.

        The intervals of all plans that do something hold together.
        """
        if not len(self.alone):
            return {}
        each = joint_confidence_of(len(self.acting))
        gaps = self.values - self.alone
        return {name: [t_interval(plan[:, k], each) for plan in gaps] for k, name in enumerate(NAMES)}

    @cached_property
    def gains(self) -> tuple[Gain, ...]:
        """What the plan of ``left_out`` gains without each of its strategies, most first."""
        left = self.left_out
        own = None if left is None else self.of(self.metric)[left.plan]
        return tuple(left.gains(own, self.column, len(self.plans))) if left and own is not None else ()

    @property
    def gain_together(self) -> Interval | None:
        """What that plan gains without all that surely cost it, if these are two or more."""
        left = self.left_out
        if left is None:
            return None
        return left.gain_together(self.of(self.metric)[left.plan], self.column, len(self.plans))

    @cached_property
    def leads(self) -> tuple[Lead, ...]:
        """How far the best plan is ahead, and each plan of doing nothing, at other numbers of days."""
        return tuple(lead for look in self.looks for lead in leads(look, self.column, self.best, self.acting))

    def doubt(self, plan: int, rival: int | None) -> Doubt | None:
        """What becomes of a plan's lead over another, or over doing nothing, over the ranges of all unknowns.

        None where that was not run.
        """
        ranges, own = self.ranges, self.of(self.metric)[plan]
        if ranges is None or (rival is None and not len(ranges.alone)):
            return None
        if rival is None:
            usual = own - self.alone[plan, :, self.column]
            return ranges.doubt(ranges.values[plan], ranges.alone[plan], usual)
        return ranges.doubt(ranges.values[plan], ranges.values[rival], own - self.of(self.metric)[rival])

    @property
    def column(self) -> int:
        """Where the metric stands among the measures."""
        return NAMES.index(self.metric)

    @property
    def shares_best(self) -> Floats:
        """Share of worlds in which each plan is best by the metric; ties are split."""
        return shares_best(self.of(self.metric))

    @property
    def half_width(self) -> float:
        """The widest half-width among the metric's differences from the best."""
        return max(interval.half_width for interval in self.differences[self.metric])

    @property
    def precise(self) -> bool:
        """Whether the intervals are as narrow as asked."""
        return self.target is None or self.half_width <= self.target

    def __repr__(self) -> str:
        means = self.of(self.metric).mean(axis=1)
        told = ", ".join(f"{self.plans[k]} {figure(means[k], self.measure.unit)}" for k in np.argsort(-means))
        return for_terminal(f"<Comparison in {self.worlds} worlds, mean {self.metric}: {told}>")

    def _repr_html_(self) -> str:
        """For notebooks: each plan's means, best first, and its difference from the best."""
        measures = [self.measure, *(m for m in MEASURES if m.decides and m.name != self.metric)]
        header = (
            "Plan",
            "From the best (95 %)",
            *(["Beyond doing nothing (95 %)"] if self.beyond else []),
            *(m.label + ", yuan" * (m.unit == "yuan") for m in measures),
        )
        rows = [
            (
                self.plans[plan],
                self._behind(int(plan)),
                *([self._told(self.beyond[self.metric][plan])] if self.beyond else []),
                *(self._mean(int(plan), m) for m in measures),
            )
            for plan in np.argsort(-self.of(self.metric).mean(axis=1), kind="stable")
        ]
        title = f"Mean over {self.worlds} worlds; best by {self.metric}"
        return html_table(f"{title}{self._to_drop()}", header, rows)

    def _to_drop(self) -> str:
        """The strategy without which a plan does better, and what that brings."""
        first = self.gains[0] if self.gains else None
        if self.left_out is None or first is None or first.interval is None or not first.is_sure:
            return ""
        plan = self.plans[self.left_out.plan]
        return f"; {plan} does better without {first.strategy}: {self._told(first.interval)} more"

    def _mean(self, plan: int, measure: Measure) -> str:
        return figure(float(self.of(measure.name)[plan].mean()), measure.unit)

    def _behind(self, plan: int) -> str:
        if plan == self.best:
            return "best"
        return self._told(self.differences[self.metric][plan])

    def _told(self, gap: Interval) -> str:
        unit = self.measure.unit
        return f"{figure(gap.mean, unit)} ({figure(gap.low, unit)} to {figure(gap.high, unit)})"

    def plot(self, file: str | Path | None = None, lang: str = "en") -> Any:
        """Draw how far the others are behind the best, as a figure of matplotlib; or into a PNG, SVG or PDF.

        Gives the figure, or the files that were written.
        """
        return drawn_by("commsim.report.figures.decision:plot_comparison", self, file, lang)

    def frame(self) -> "pd.DataFrame":
        """One row per plan and world: its seed, every measure, and what was spent where that is known."""
        import pandas as pd

        index = pd.MultiIndex.from_product([self.plans, range(self.worlds)], names=["plan", "world"])
        rows = self.values.reshape(-1, len(NAMES))
        frame = pd.DataFrame(rows, index=index, columns=list(NAMES)).reset_index()
        if len(self.spent):
            frame["spent"] = self.spent.ravel()
        frame.insert(2, "seed", np.tile(np.array(self.seeds, dtype=np.int64), len(self.plans)))
        return frame

    def path_frame(self) -> "pd.DataFrame":
        """One row per plan and day: means over the worlds of members, looked, messages ... profit."""
        import pandas as pd

        parts = [pd.DataFrame(path, columns=list(PATH)) for path in self.paths]
        return pd.concat(parts, keys=self.plans, names=["plan", "day"]).reset_index()


def shown(comparison: Comparison) -> list[Measure]:
    """The measures that are not zero everywhere: what a table should hold."""
    nonzero = (comparison.values != 0).any(axis=(0, 1))
    return [m for m, any_value in zip(MEASURES, nonzero, strict=True) if any_value or not m.optional]
