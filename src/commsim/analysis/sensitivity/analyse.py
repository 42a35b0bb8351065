"""What decides the outcome of a sweep: which lever, and which of the things that nobody knows."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from commsim.analysis.intervals import Interval, differences, shares_best
from commsim.analysis.phrase import Phrase
from commsim.analysis.sensitivity.goals import chances
from commsim.analysis.sensitivity.indices import Influence, influences
from commsim.analysis.sensitivity.sample import Sample
from commsim.analysis.sensitivity.values import Values, collect
from commsim.analysis.unlawful import flags
from commsim.core.arrays import Bools, Floats
from commsim.core.errors import InputError
from commsim.core.harmless import for_terminal
from commsim.core.measures import Measure, find
from commsim.core.notebook import figure, html_table
from commsim.experiments.design import Block, Design, Value, from_resolved
from commsim.experiments.design.schema import SCENARIO

if TYPE_CHECKING:
    from commsim.records.sweep import SweepResults

_MOST_ROWS = 12
"""Policies, and settings, that a notebook shows."""
COMPARED = ("grid", "list")
"""Methods by which levers make a few policies that are worth a table."""


@dataclass(frozen=True)
class Policies:
    """The policies of a design, each one choice of values for the levers, over the same worlds; best first.

    labels: what tells each apart.  values: policies x worlds; a world is an uncertain one, or a repetition
    if nothing is uncertain.  chances: of each, that a run reaches the target of its plan.
    """

    labels: tuple[str, ...]
    values: Floats = field(repr=False)
    chances: tuple[Interval | None, ...] = ()

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return int(self.values.shape[1])

    @cached_property
    def behind(self) -> list[Interval] | None:
        """Each policy's paired difference from the best, all pairs together; None from one world."""
        return differences(self.values, 0) if self.worlds > 1 else None

    @property
    def shares_best(self) -> Floats:
        """Share of worlds in which each is best; ties are split."""
        return shares_best(self.values)

    @property
    def regrets(self) -> Floats:
        """Mean regret of each: how far behind the best of each world, in the outcome's unit."""
        return np.asarray((self.values.max(axis=0) - self.values).mean(axis=1))


@dataclass(frozen=True)
class Analysis:
    """What moves one quantity.

    about: the quantity in words: the outcome, on average or at one policy, or the lead of one
    policy over another.  method: how the points were chosen, which decides the measures (see
    `commsim.analysis.sensitivity.indices.MEASURES`).  points: so many.  influences: strongest first.
    """

    about: str
    method: str
    points: int
    influences: tuple[Influence, ...]


@dataclass(frozen=True)
class Sensitivity:
    """What a sweep says of one outcome.

    policies: the policies side by side, None if they were sampled or there is one only.
    notes: what was left out, and what is unlawful in a plan of it, a sentence each.
    """

    name: str
    measure: Measure
    policies: Policies | None
    analyses: tuple[Analysis, ...]
    repetitions: int
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        best = f"best is {self.policies.labels[0]}" if self.policies else "levers were sampled"
        strongest = [f"{one.influences[0].name} moves {one.about}" for one in self.analyses if one.influences]
        told = "; ".join((best, *strongest))
        return for_terminal(f"<Sensitivity of {self.measure.name} in {self.name!r}: {told}>")

    def _repr_html_(self) -> str:
        """For notebooks: the policies, best first, and what moves each quantity, strongest first."""
        tables = [self._policies(self.policies)] if self.policies else []
        return "".join((*tables, *map(self._analysis, self.analyses)))

    def _policies(self, policies: Policies) -> str:
        rows = []
        for k, label in enumerate(policies.labels[:_MOST_ROWS]):
            behind = policies.behind[k] if policies.behind and k else None
            mean = figure(float(policies.values[k].mean()), self.measure.unit)
            gap = "best" if k == 0 else "-" if behind is None else _limits(behind, self.measure.unit)
            rows.append((label, mean, gap, f"{policies.shares_best[k]:.0%}"))
        title = f"{self.name}: {len(policies.labels)} policies in {policies.worlds} worlds"
        return html_table(
            title, ("Policy", self.measure.label, "From the best (95 %)", "Best in worlds"), rows
        )

    def _analysis(self, analysis: Analysis) -> str:
        names = [*analysis.influences[0].measures] if analysis.influences else []
        rows = [
            (one.name, *(_limits(one.measures[name], "") for name in names))
            for one in analysis.influences[:_MOST_ROWS]
        ]
        method = analysis.method.replace("_", " ")
        header = ("Setting", *(name.replace("_", " ") for name in names))
        return html_table(f"What moves {analysis.about} ({method}, {analysis.points:,} points)", header, rows)


def _limits(one: Interval, unit: str) -> str:
    """``0.7 (0.6 to 0.8)``; without limits where there are none."""
    mean = figure(one.mean, unit)
    return f"{mean} ({figure(one.low, unit)} to {figure(one.high, unit)})" if np.isfinite(one.low) else mean


def sensitivity(results: "SweepResults | str | Path", outcome: str = "profit") -> Sensitivity:
    """What decides an outcome of a sweep (`commsim.load_results`, or its folder).

    Levers are judged by their outcome averaged over the uncertain worlds; uncertainties by the outcome of
    the best policy, and by its lead over the second best, which is what a choice hangs on.
    Raises `InputError` for an outcome that was not kept, or where there are too few results.
    """
    if isinstance(results, str | Path):
        from commsim.records.sweep import load_results

        results = load_results(results)
    kept = results.manifest["outcomes"]
    if outcome not in kept:
        raise InputError(f"the sweep has no outcome {outcome!r}", remedy=f"it has: {', '.join(kept)}")
    design = from_resolved(results.design, str(results.folder))
    values = collect(design, results, outcome)
    policies, order = _policies(design, values)
    notes: tuple[str, ...] = ()
    if policies:
        found, notes = chances(design, results, values, order)
        policies = replace(policies, chances=found)
    measure = find(outcome)
    label = measure.label
    told = Phrase(label.lower()) if label.isalpha() else Phrase('"{label}"', label=Phrase(label))
    levers = [] if policies and len(design.inner.axes) < 2 else _of_levers(design, values, told)
    analyses = (*levers, *_of_worlds(design, values, policies, order, told))
    unlawful = (flag for base in design.bases.values() for flag in flags(base))
    notes = (*values.notes, *notes, *unlawful)
    return Sensitivity(design.name, measure, policies, analyses, values.array.shape[2], notes)


def _policies(design: Design, values: Values) -> tuple[Policies | None, list[int]]:
    """The policies, best first, and their places in the array; only the places if they are not compared."""
    crossed = len(values.worlds) > 1
    worlds = values.array.mean(axis=2)[independent(design, values)] if crossed else values.array[0].T
    order = np.argsort(-worlds.mean(axis=0), kind="stable").tolist()
    compared = design.inner.sampling.method in COMPARED and not design.file.sampling.together
    if not compared or len(order) < 2:
        return None, order
    labels = tuple(label_of(design, int(values.policies[k])) for k in order)
    return Policies(labels, worlds.T[order]), order


def independent(design: Design, values: Values) -> Bools:
    """Uncertain worlds that have no value in common, as the rows of Sobol's and Morris' designs have.

    Of each of Sobol's base samples these are the first row and the last, of Morris' trajectories the first.
    """
    row, axes = np.arange(len(values.worlds)), len(design.outer.axes)
    match design.outer.sampling.method:
        case "sobol":
            return np.isin(row % (axes + 2), (0, axes + 1))
        case "morris":
            return np.asarray(row % (axes + 1) == 0)
    return np.full(len(row), True)


def label_of(design: Design, policy: int) -> str:
    """``total = 10, evenings = two``; the scenario, if it is one of several, by itself in front."""
    values = design.inner.values(design.inner.positions[policy])
    told = [str(value) if name == SCENARIO else f"{name} = {_short(value)}" for name, value in values.items()]
    return ", ".join(told)


def _short(value: Value) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _of_levers(design: Design, values: Values, outcome: Phrase) -> list[Analysis]:
    """What the levers do on average over the uncertain worlds; or all parameters, where they go together."""
    if len(values.policies) < 2:
        return []
    crossed = len(values.worlds) > 1
    worlds = values.array.mean(axis=2).T if crossed else values.array[0]
    active = np.array([_active(design, int(values.worlds[0]), int(k), design.inner) for k in values.policies])
    sample = Sample(design.inner, design.inner.positions[values.policies], worlds, active)
    average = Phrase("{outcome} on average over the uncertain worlds", outcome=outcome)
    return [_analysis(average if crossed else outcome, sample)]


def _of_worlds(
    design: Design, values: Values, policies: Policies | None, order: list[int], outcome: Phrase
) -> list[Analysis]:
    """What the uncertainties do: to the best policy, and to its lead over the second best."""
    if len(values.worlds) < 2:
        return []
    best = values.array[:, order[0]]
    sample = _outer_sample(design, values, best, order[:1])
    if policies is None:
        best_levers = Phrase("{outcome} with the best levers", outcome=outcome)
        return [_analysis(outcome if len(order) == 1 else best_levers, sample)]
    first, second = policies.labels[:2]
    lead = _outer_sample(design, values, best - values.array[:, order[1]], order[:2])
    return [
        _analysis(Phrase("{outcome} with {policy}", outcome=outcome, policy=first), sample),
        _analysis(
            Phrase(
                "the lead of {first} over {second} in {outcome}", first=first, second=second, outcome=outcome
            ),
            lead,
        ),
    ]


def _outer_sample(design: Design, values: Values, outcome: Floats, policies: list[int]) -> Sample:
    """Uncertain worlds with what they do; a parameter counts where one of the policies has it."""
    active = np.array(
        [
            np.any([_active(design, int(u), int(values.policies[k]), design.outer) for k in policies], axis=0)
            for u in values.worlds
        ]
    )
    return Sample(design.outer, design.outer.positions[values.worlds], outcome, active)


def _active(design: Design, world: int, policy: int, block: Block) -> Bools:
    """Which parameters of a block are set at a point."""
    point = design.points()[world * len(design.inner.positions) + policy]
    return np.array([axis.name in point.values for axis in block.axes])


def _analysis(about: str, sample: Sample) -> Analysis:
    return Analysis(about, sample.block.sampling.method, len(sample.values), influences(sample))
