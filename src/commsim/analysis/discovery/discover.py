"""Scenario discovery: in which worlds a plan loses, told by limits of two or three settings."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from commsim.analysis.discovery.boxes import Found, find_boxes
from commsim.analysis.discovery.cases import Cases, cases_of
from commsim.analysis.discovery.prim import Limits
from commsim.analysis.discovery.robustness import Criterion, criteria
from commsim.analysis.discovery.scores import Score, Together, scores, strongest_pair
from commsim.analysis.phrase import Phrase
from commsim.core.errors import InputError
from commsim.core.harmless import for_terminal
from commsim.core.measures import Measure, find
from commsim.core.notebook import drawn_by, html_table
from commsim.experiments.design import Axis, Value, from_resolved
from commsim.experiments.effort import DISCOVERY_LIMITS

if TYPE_CHECKING:
    import pandas as pd

    from commsim.records.sweep import SweepResults

FEWEST_CASES = 20


@dataclass(frozen=True, repr=False)
class Discovery:
    """What a sweep says of the worlds in which a plan loses.

    question: what makes a case one of interest, in words.  cases: the settings of each, what is asked for
    and whether it is of interest.  boxes: found one after another; only those that pass the test are told.
    scores: of each setting, the highest first.  pair: the two that act most together.  policies:
    labels, and robustness: how the criteria judge each; nothing where policies are not compared.
    """

    name: str
    measure: Measure
    question: Phrase
    cases: Cases = field(repr=False)
    boxes: tuple[Found, ...]
    scores: tuple[Score, ...]
    pair: Together | None
    policies: tuple[str, ...]
    robustness: tuple[Criterion, ...]
    notes: tuple[str, ...]

    @property
    def told(self) -> tuple[Found, ...]:
        """The boxes that pass the test."""
        return tuple(box for box in self.boxes if box.passes)

    @property
    def share(self) -> float:
        """Share of cases that are of interest."""
        return float(self.cases.wanted.mean())

    def axis(self, setting: int) -> Axis:
        """What a number of a setting stands for."""
        return self.cases.axes[setting]

    def values(self, limits: Limits) -> tuple[Value | None, Value | None]:
        """Both ends in the setting's own values; None for an end without a limit."""
        axis = self.axis(limits.setting)
        low, high = (axis.value(end) if np.isfinite(end) else None for end in (limits.low, limits.high))
        return low, high

    def ends(self, limits: Limits) -> tuple[str, str]:
        """Both ends as people read them; empty for an end without a limit."""
        low, high = self.values(limits)
        return _short(low), _short(high)

    def _box(self, box: Found) -> str:
        told = []
        for limits in box.box:
            axis = self.axis(limits.setting)
            low, high = self.ends(limits)
            kept = [str(axis.choices[int(at)][0]) for at in sorted(limits.kept or ())]
            told.append(f"{axis.name} {' or '.join(kept) if kept else f'[{low}, {high}]'}")
        return ", ".join(told)

    def __repr__(self) -> str:
        told = "; ".join(map(self._box, self.told)) or "no box passes"
        return for_terminal(
            f"<Discovery in {self.name}, {self.share:.0%} of {len(self.cases.wanted)}: {told}>"
        )

    def _repr_html_(self) -> str:
        """For notebooks: the boxes, and what each is worth."""
        rows = [
            (
                self._box(box),
                f"{box.measures.coverage:.0%}",
                f"{box.measures.density:.0%}",
                f"{box.elsewhere.density:.0%}",
                f"{box.chance:.3g}",
            )
            for box in self.told
        ]
        header = ("Box", "Coverage", "Density", "Density elsewhere", "Chance by luck")
        return html_table(f"{self.question}: {self.share:.0%} of {len(self.cases.wanted)}", header, rows)

    def frame(self) -> "pd.DataFrame":
        """One row per case: settings, what is asked for, whether it is of interest, its box or 0."""
        import pandas as pd

        frame = pd.DataFrame(
            {
                axis.name: [axis.value(position) for position in column.tolist()]
                for axis, column in zip(self.cases.axes, self.cases.positions.T, strict=True)
            }
        )
        frame["margin"], frame["wanted"] = self.cases.margin, self.cases.wanted
        frame["box"] = self.cases.in_boxes([box.box for box in self.told])
        return frame

    def plot(self, file: str | Path | None = None, lang: str = "en") -> Any:
        """Draw effects, tornado, boxes and map, as a figure of matplotlib; or into PNG, SVG or PDF files.

        The figure, or the files.  Raises `InputError` where a file can't be written.
        """
        return drawn_by("commsim.report.discovery.figures:plot_discovery", self, file, lang)


def discover(
    results: "SweepResults | str | Path",
    outcome: str = "profit",
    *,
    policy: str | None = None,
    against: str | None = None,
    below: float | None = None,
    above: float | None = None,
    limits: int = DISCOVERY_LIMITS,
) -> Discovery:
    """In which of the worlds of a sweep (`commsim.load_results`, or its folder) a plan loses.

    policy: the plan asked about, by its label; the best on average if None.  against: it loses where it is
    behind this one (``best``: behind the best of the others).  below, above: instead, where the outcome is
    below or above this, in its own unit.  If none is given: against the best of the others, or below 0
    where there is no other.  limits: settings that a box limits at most.
    Raises `InputError` for a policy or outcome that there is not, or too few results.
    """
    if isinstance(results, str | Path):
        from commsim.records.sweep import load_results

        results = load_results(results)
    kept = results.manifest["outcomes"]
    if outcome not in kept:
        raise InputError(f"the sweep has no outcome {outcome!r}", remedy=f"it has: {', '.join(kept)}")
    if limits < 1:
        raise InputError("a box needs a limit", where="limits", remedy="allow 2 or 3")
    design = from_resolved(results.design, str(results.folder))
    found = cases_of(design, results, outcome, policy, against, below, above)
    if len(found.wanted) < FEWEST_CASES:
        raise InputError(
            f"{len(found.wanted)} cases are too few to search",
            where=design.name,
            remedy=f"sample {FEWEST_CASES} uncertain worlds or more, better some hundreds",
        )
    data, seed = found.data, design.seed
    asked, varies = found.asked, bool(np.ptp(found.margin) > 0)
    return Discovery(
        name=design.name,
        measure=find(outcome),
        question=found.question,
        cases=found,
        boxes=find_boxes(data, found.wanted, limits, seed),
        scores=scores(data, asked, seed) if varies else (),
        pair=strongest_pair(data, asked, seed) if varies else None,
        policies=found.policies,
        robustness=criteria(found.values, found.satisfies, seed) if len(found.policies) > 1 else (),
        notes=found.notes,
    )


def _short(value: Value | None) -> str:
    return "" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)
