"""The cases of a sweep that a search goes through, and which of them are of interest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from commsim.analysis.discovery.prim import Box, Data, inside
from commsim.analysis.phrase import Phrase
from commsim.analysis.sensitivity.analyse import independent, label_of
from commsim.analysis.sensitivity.values import Values, collect
from commsim.core.arrays import Bools, Floats, Ints
from commsim.core.errors import InputError
from commsim.core.measures import find
from commsim.experiments.design import Axis, Design

if TYPE_CHECKING:
    from commsim.records.sweep import SweepResults

BEST = "best"
"""Instead of a label: the best of the others, world by world."""


@dataclass(frozen=True)
class Cases:
    """Cases: uncertain worlds, or points where all settings were sampled together.

    axes: the settings that vary.  positions: cases x axes, each from 0 to 1.  margin: what is asked for,
    less the value that makes a case one of interest, which is ``level``; that is NaN for a lead over another.
    values: policies x worlds, and satisfies: what their outcome must reach.
    """

    axes: tuple[Axis, ...]
    positions: Floats
    margin: Floats
    level: float
    wanted: Bools
    question: Phrase
    policies: tuple[str, ...]
    values: Floats
    satisfies: float
    notes: tuple[str, ...]

    @property
    def is_lead(self) -> bool:
        """Whether a lead over another policy is asked for, not an outcome."""
        return bool(np.isnan(self.level))

    @property
    def asked(self) -> Floats:
        """What is asked for: the outcome, or the lead."""
        return np.asarray(self.margin + (0.0 if self.is_lead else self.level))

    @property
    def data(self) -> Data:
        """As the search takes them: places of choices without an order, else positions."""
        ordered = tuple(axis.kind != "text" for axis in self.axes)
        columns = [
            column if has_order else np.floor(np.minimum(column, 1 - 1e-12) * axis.size)
            for column, has_order, axis in zip(self.positions.T, ordered, self.axes, strict=True)
        ]
        return Data(np.column_stack(columns), ordered)

    def in_boxes(self, boxes: Sequence[Box]) -> Ints:
        """Number of the first box that holds each case, from 1; 0 for none."""
        found = np.zeros(len(self.wanted), np.int64)
        for number, box in reversed(list(enumerate(boxes, start=1))):
            found[inside(self.data, box)] = number
        return found


def cases_of(
    design: Design,
    results: "SweepResults",
    outcome: str,
    policy: str | None,
    against: str | None,
    below: float | None,
    above: float | None,
) -> Cases:
    """Cases of a sweep with what is asked for.  Raises InputError where that can't be."""
    if (against is not None) + (below is not None) + (above is not None) > 1:
        raise InputError(
            "give one of against, below and above", where=design.name, remedy="leave the others out"
        )
    values = collect(design, results, outcome)
    if len(values.worlds) > 1:
        return _of_worlds(design, values, outcome, policy, against, below, above)
    if policy is not None or against is not None:
        raise InputError(
            "no policies are compared over uncertain worlds",
            where=design.name,
            remedy="ask for cases below or above a value; or cross levers with uncertainties in a design",
        )
    margin = values.array[0].mean(axis=1)
    rows = design.inner.positions[values.policies]
    return _cases(
        design.inner.axes, rows, margin, outcome, (0.0 if below is None else below), above, values.notes
    )


def _of_worlds(
    design: Design,
    values: Values,
    outcome: str,
    policy: str | None,
    against: str | None,
    below: float | None,
    above: float | None,
) -> Cases:
    free = independent(design, values)
    worlds = values.array.mean(axis=2)[free].T
    order = np.argsort(-worlds.mean(axis=1), kind="stable")
    labels = tuple(label_of(design, int(values.policies[k])) for k in order)
    worlds = worlds[order]
    mine = _place(labels, policy, design) if policy is not None else 0
    rows = design.outer.positions[values.worlds][free]
    notes = (*values.notes, *([] if free.all() else [_NOT_FREE]))
    satisfies = above if above is not None else below if below is not None else 0.0
    compared = (labels, worlds, satisfies) if len(labels) > 1 else ((), worlds, satisfies)
    if below is None and above is None and len(labels) > 1:
        others = np.delete(worlds, mine, axis=0)
        rival = (
            others.max(axis=0) if against in (None, BEST) else worlds[_place(labels, against or "", design)]
        )
        said = Phrase("the best of the others") if against in (None, BEST) else against
        question = Phrase("{policy} is behind {other}", policy=labels[mine], other=said)
        margin = worlds[mine] - rival
        return _known(design.outer.axes, rows, margin, np.nan, margin < 0, question, compared, notes)
    if against is not None:
        raise InputError(
            "there is no other policy to be behind", where=design.name, remedy="give below or above"
        )
    found = _cases(
        design.outer.axes, rows, worlds[mine], outcome, 0.0 if below is None else below, above, notes
    )
    policies, outcomes, _ = compared
    return replace(found, policies=policies, values=outcomes)


_NOT_FREE = "Of the points of Sobol's or Morris' design only those count that have no value in common."


def _place(labels: tuple[str, ...], wanted: str, design: Design) -> int:
    if wanted in labels:
        return labels.index(wanted)
    raise InputError(
        "there is no such policy", where=wanted, remedy=f"of {design.name} give one of: {'; '.join(labels)}"
    )


def _cases(
    axes: tuple[Axis, ...],
    rows: Floats,
    values: Floats,
    outcome: str,
    below: float,
    above: float | None,
    notes: tuple[str, ...],
) -> Cases:
    """Cases of interest by a threshold."""
    label = Phrase(find(outcome).label)
    if above is None:
        question = Phrase("{measure} is below {value}", measure=label, value=f"{below:,.6g}")
        return _known(
            axes, rows, values - below, below, values < below, question, ((), values[None], below), notes
        )
    question = Phrase("{measure} is above {value}", measure=label, value=f"{above:,.6g}")
    return _known(
        axes, rows, values - above, above, values > above, question, ((), values[None], above), notes
    )


def _known(
    axes: tuple[Axis, ...],
    rows: Floats,
    margin: Floats,
    level: float,
    wanted: Bools,
    question: Phrase,
    compared: tuple[tuple[str, ...], Floats, float],
    notes: tuple[str, ...],
) -> Cases:
    """Without settings that some cases do not have, and those that never vary."""
    whole = ~np.isnan(rows).any(axis=0) & np.array([axis.when is None for axis in axes], bool)
    varies = whole & (np.ptp(np.where(np.isnan(rows), 0.0, rows), axis=0) > 0)
    if not varies.any():
        raise InputError("nothing varies over the cases", remedy="sweep a design with uncertainties")
    left = [axis.name for axis, keeps in zip(axes, whole, strict=True) if not keeps]
    said = (
        (Phrase("Settings that some cases do not have are left out: {names}.", names=", ".join(left)),)
        if left
        else ()
    )
    kept = tuple(axis for axis, keeps in zip(axes, varies, strict=True) if keeps)
    policies, values, satisfies = compared
    return Cases(
        kept, rows[:, varies], margin, level, wanted, question, policies, values, satisfies, (*notes, *said)
    )
