"""What it is worth to know: of everything that is unknown, and of one unknown alone (EVPPI).

Who decides without knowing takes the plan that is ahead on average over the ranges; who knows takes the
better one.  The difference on average is the worth, in the unit of the measure.  Of one unknown it is
estimated by regression on its position (Strong, Oakley and Brennan 2014, Medical Decision Making 34), here a
polynomial of third degree.  Regression finds something in noise too: what a column drawn by lot would be said
to be worth is the null, and only what exceeds all but so few of them is told that no unknown would do so by
chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commsim.analysis.intervals import Interval
from commsim.analysis.unknowns import Unknown
from commsim.core.arrays import Floats
from commsim.core.luck import key, salt, uniforms

DEGREE = 3
NULLS = 10_000
RESAMPLES = 400


@dataclass(frozen=True, slots=True)
class Worth:
    """What it is worth to know one unknown, with limits from resamples; exceeds: both the null and 0."""

    unknown: Unknown
    worth: Interval
    exceeds: bool


@dataclass(frozen=True)
class Worths:
    """What knowing is worth.  everything: at most, knowing all.  null: what chance reaches for none."""

    everything: float
    null: float
    each: tuple[Worth, ...]

    @property
    def told(self) -> tuple[Worth, ...]:
        """Those above the null, the most worth first."""
        return tuple(sorted((one for one in self.each if one.exceeds), key=lambda one: -one.worth.mean))


def find_worths(
    known: Sequence[Unknown], positions: Floats, leads: Floats, seed: int, confidence: float
) -> Worths:
    """What it is worth to know each unknown, from leads at points (points x unknowns, 0 to 1)."""
    nulls = _nulls(leads, seed)
    threshold = _threshold(nulls, min(0.5, (1.0 - confidence) / max(1, len(known))))
    found = []
    for one, column in zip(known, positions.T, strict=True):
        worth = evppi(column, leads)
        limits = _limits(column, leads, seed, confidence) if worth > threshold else (0.0, worth)
        found.append(Worth(one, Interval(worth, *limits), worth > threshold and limits[0] > 0))
    return Worths(_gain(leads), threshold, tuple(found))


def evppi(column: Floats, leads: Floats) -> float:
    """Worth of knowing what one column says of the leads, at least 0."""
    return _gain(fitted(column, leads))


def fitted(column: Floats, leads: Floats) -> Floats:
    """The regression of leads on a column, at its values; its mean is that of the leads."""
    powers = np.vander(2.0 * column - 1.0, DEGREE + 1)
    found, *_ = np.linalg.lstsq(powers, leads, rcond=None)
    return np.asarray(powers @ found)


def _gain(leads: Floats) -> float:
    """What is won on average by who takes the better plan each time, and not the better one on average."""
    return float(np.maximum(leads, 0.0).mean() - max(leads.mean(), 0.0))


def _nulls(leads: Floats, seed: int) -> Floats:
    """Worths of columns drawn by lot: the leads are shuffled, which is the same and needs one basis."""
    size = len(leads)
    basis, _ = np.linalg.qr(np.vander(2.0 * (np.arange(size) + 0.5) / size - 1.0, DEGREE + 1))
    draws = [uniforms(key(seed, 0, k, salt("null columns")), np.arange(size)) for k in range(NULLS)]
    shuffled = leads[np.argsort(draws, axis=1, kind="stable")]
    fits = shuffled @ basis @ basis.T
    return np.asarray(np.maximum(fits, 0.0).mean(axis=1) - np.maximum(leads.mean(), 0.0))


def _threshold(nulls: Floats, tail: float) -> float:
    """What one more column drawn by lot exceeds with this chance at most.

    Further out than the draws reach, their tail is taken for that of an exponential.
    """
    rank = int(tail * (len(nulls) + 1))
    if rank:
        return float(np.sort(nulls)[-rank])
    start = float(np.quantile(nulls, 0.95))
    beyond = nulls[nulls > start] - start
    return start + float(beyond.mean()) * float(np.log(0.05 / tail)) if beyond.size else start


def _limits(column: Floats, leads: Floats, seed: int, confidence: float) -> tuple[float, float]:
    """From points drawn again with replacement."""
    size, worths = len(leads), []
    for k in range(RESAMPLES):
        rows = (uniforms(key(seed, 0, k, salt("resamples of points")), np.arange(size)) * size).astype(int)
        worths.append(evppi(column[rows], leads[rows]))
    rest = (1.0 - confidence) / 2
    low, high = np.quantile(worths, [rest, 1.0 - rest]).tolist()
    return low, high
