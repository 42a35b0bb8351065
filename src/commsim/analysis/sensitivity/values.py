"""The outcome of every run of a sweep as one array: uncertain worlds x policies x repetitions."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from commsim.analysis.phrase import Phrase
from commsim.core.arrays import Floats, Ints
from commsim.core.errors import InputError
from commsim.experiments.design import Design

if TYPE_CHECKING:
    from commsim.records.sweep import SweepResults

NEEDS_ALL = ("sobol", "morris")
"""Methods whose indices can't be had when runs are missing."""


@dataclass(frozen=True)
class Values:
    """Outcomes without gaps.

    array: uncertain worlds x policies x repetitions.  worlds, policies: numbers of those that are in
    it, as the design counts them.  notes: what was left out, a sentence each.
    """

    array: Floats
    worlds: Ints
    policies: Ints
    notes: tuple[str, ...]


def collect(design: Design, results: "SweepResults", outcome: str) -> Values:
    """Every outcome; of an unfinished sweep the repetitions that are complete.

    Where runs have failed, uncertain worlds (or policies, if there is one world only) with a gap are
    left out.  InputError if too few are left, or if the method needs all.
    """
    points, repetitions = len(design.points()), design.repetitions
    runs = results.runs
    flat = np.full((points, repetitions), np.nan)
    flat[runs["point"].to_numpy(), runs["repetition"].to_numpy()] = runs[outcome].to_numpy()
    whole = ~np.isnan(flat).any(axis=0)
    shape = (len(design.outer.positions), len(design.inner.positions), -1)
    if whole.any():
        left = repetitions - int(whole.sum())
        told = "{left} of {all} repetitions are not complete and left out."
        notes = (Phrase(told, left=left, all=repetitions),) if left else ()
        array = flat[:, whole].reshape(shape)
        return Values(array, np.arange(shape[0]), np.arange(shape[1]), notes)
    return _without_gaps(design, _means(flat).reshape(shape))


def _means(flat: Floats) -> Floats:
    """Mean over the repetitions that there are; a gap where there is none."""
    known = ~np.isnan(flat)
    count = known.sum(axis=1)
    return np.where(count > 0, np.where(known, flat, 0.0).sum(axis=1) / np.maximum(count, 1), np.nan)


def _without_gaps(design: Design, array: Floats) -> Values:
    gaps = np.isnan(array[:, :, 0])
    worlds, policies = np.arange(array.shape[0]), np.arange(array.shape[1])
    _refuse(design, gaps)
    if len(worlds) > 1:
        kept = worlds[~gaps.any(axis=1)]
        notes = (_left_out("{left} of {all} uncertain worlds have gaps and are left out.", worlds, kept),)
        found = Values(array[kept], kept, policies, notes)
    else:
        kept = policies[~gaps.any(axis=0)]
        notes = (_left_out("{left} of {all} points have no result and are left out.", policies, kept),)
        found = Values(array[:, kept], worlds, kept, notes)
    if len(kept) < 3:
        raise InputError(
            "there are too few results",
            where=design.name,
            remedy="go on with commsim sweep, or see among the failures why runs failed",
        )
    return found


def _left_out(sentence: str, every: Ints, kept: Ints) -> Phrase:
    return Phrase(sentence, left=len(every) - len(kept), all=len(every))


def _refuse(design: Design, gaps: Floats) -> None:
    for block in (design.inner, design.outer):
        if block.sampling.method in NEEDS_ALL and gaps.any():
            raise InputError(
                f"{block.sampling.method} indices need every point, and {int(gaps.sum())} of "
                f"{gaps.size:,} have no result",
                where=design.name,
                remedy="go on with commsim sweep, or give --retry-failed",
            )
