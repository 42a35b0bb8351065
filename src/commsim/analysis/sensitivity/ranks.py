"""Rank correlations, shares of variance and swings, with bootstrap intervals.

Rank correlations are Spearman's; for parameters without an order the correlation ratio of ranks, which
has no sign.  Samples of random points are resampled by points, designs that fix their points by worlds.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.analysis.sensitivity.sample import UNKNOWN, Sample, around
from commsim.core.arrays import Floats, Ints
from commsim.core.luck import key, salt, uniforms
from commsim.experiments.design import Axis

RESAMPLES = 1000
MOST_RESAMPLED = 1_000_000
"""Points times resamples: of more than a thousand points there are fewer, but never below a hundred."""

Measuring = Callable[[Axis, Floats, Floats], Floats]
"""A measure per column, of values of an axis and outcomes, both points x columns."""


def swings(sample: Sample) -> list[dict[str, Interval]]:
    """From the lowest to the highest outcome along each axis, the scenario itself among them."""
    found = []
    worlds = sample.values.shape[1]
    for column in range(len(sample.block.axes)):
        others = np.delete(sample.positions, column, axis=1)
        along = sample.values[np.isnan(others).all(axis=1)]
        means = along.mean(axis=1)
        resampled = np.ptp(_resampled(along, _draws(sample.block.seed, worlds, len(along))), axis=0)
        found.append(
            {
                "swing": _bootstrapped(float(np.ptp(means)), resampled, worlds),
                "lowest": around(float(means.min()), UNKNOWN),
                "highest": around(float(means.max()), UNKNOWN),
            }
        )
    return found


def ranks(sample: Sample) -> list[dict[str, Interval]]:
    """Rank correlations, with intervals over the points where these are a random sample, else over worlds."""
    random = sample.block.sampling.method == "latin_hypercube"
    resample = _over_points if random else _over_worlds
    return [
        {"rank_correlation": resample(*_along(sample, k), _association)}
        for k in range(len(sample.block.axes))
    ]


def grid(sample: Sample) -> list[dict[str, Interval]]:
    """Share of the outcome's variance by the parameter itself, and the rank correlation."""
    return [
        {
            "first": _over_worlds(*_along(sample, k), _share_by_itself),
            "rank_correlation": _over_worlds(*_along(sample, k), _association),
        }
        for k in range(len(sample.block.axes))
    ]


def _along(sample: Sample, column: int) -> tuple[Axis, Floats, Floats, int]:
    """An axis, values of it as numbers, outcomes there (points x worlds), and a seed; where it is active."""
    axis, rows = sample.block.axes[column], np.flatnonzero(sample.active[:, column])
    return axis, _coded(axis, sample.positions[rows, column]), sample.values[rows], sample.block.seed


def _over_points(axis: Axis, coded: Floats, values: Floats, seed: int, measure: Measuring) -> Interval:
    """A measure of random points, resampled."""
    if len(coded) < 2:
        return around(0.0, UNKNOWN)
    outcome, draws = values.mean(axis=1), _draws(seed, len(coded), len(coded))
    mean = float(measure(axis, coded[:, None], outcome[:, None])[0])
    found = _bootstrapped(mean, measure(axis, coded[draws], outcome[draws]), len(coded))
    return found if axis.kind != "text" or _differ(axis, mean, len(coded)) else replace(found, low=0.0)


def _differ(axis: Axis, ratio: float, points: int) -> bool:
    """Whether a correlation ratio of ranks is more than chance would give (Kruskal and Wallis 1952)."""
    from scipy.special import chdtri

    return (points - 1) * ratio**2 > float(chdtri(max(1, axis.size - 1), 1 - CONFIDENCE))


def _over_worlds(axis: Axis, coded: Floats, values: Floats, seed: int, measure: Measuring) -> Interval:
    """A measure of points that the design fixes, over resampled worlds."""
    if len(coded) < 2:
        return around(0.0, UNKNOWN)
    mean = float(measure(axis, coded[:, None], values.mean(axis=1)[:, None])[0])
    outcomes = _resampled(values, _draws(seed, values.shape[1], len(coded)))
    resampled = measure(axis, np.repeat(coded[:, None], outcomes.shape[1], axis=1), outcomes)
    return _bootstrapped(mean, resampled, values.shape[1])


def _draws(seed: int, size: int, points: int) -> Ints:
    """Which of so many to take: size x resamples, of which there are `RESAMPLES` or fewer."""
    resamples = max(100, min(RESAMPLES, MOST_RESAMPLED // points))
    luck = uniforms(key(seed, 0, 0, salt("resamples")), np.arange(size * resamples))
    return (luck * size).astype(np.int64).reshape(size, resamples)


def _resampled(values: Floats, draws: Ints) -> Floats:
    """Mean over resampled worlds: points x resamples."""
    counts = np.zeros((values.shape[1], draws.shape[1]))
    np.add.at(counts, (draws, np.arange(draws.shape[1])), 1.0)
    return np.asarray(values @ counts / values.shape[1])


def _bootstrapped(mean: float, resampled: Floats, size: int) -> Interval:
    """A percentile interval; unknown from a single one."""
    if size < 2:
        return around(mean, UNKNOWN)
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(resampled, (tail, 100 - tail))
    return Interval(mean, min(float(low), mean), max(float(high), mean))


def _coded(axis: Axis, positions: Floats) -> Floats:
    """Values of an axis as numbers, or numbers of its choices where these have no order."""
    if axis.kind == "text":
        return np.floor(positions * axis.size)
    return np.array([float(axis.value(position)) for position in positions.tolist()])


def _association(axis: Axis, coded: Floats, outcome: Floats) -> Floats:
    """Per column: the correlation of ranks, or their correlation ratio where choices have no order."""
    ranked = _ranked(outcome)
    return (
        np.sqrt(_explained(coded, ranked)) if axis.kind == "text" else _correlations(_ranked(coded), ranked)
    )


def _share_by_itself(_: Axis, coded: Floats, outcome: Floats) -> Floats:
    return _explained(coded, outcome)


def _explained(coded: Floats, outcome: Floats) -> Floats:
    """Per column: the share of variance that lies between the means of equal values."""
    spread = outcome - outcome.mean(axis=0)
    between = np.zeros(outcome.shape[1])
    for value in np.unique(coded):
        mine = coded == value
        between += np.where(mine, spread, 0.0).sum(axis=0) ** 2 / np.maximum(mine.sum(axis=0), 1)
    return _shares(between, (spread**2).sum(axis=0))


def _ranked(values: Floats) -> Floats:
    """Ranks within each column, ties at their mean."""
    import pandas as pd

    return np.asarray(pd.DataFrame(values).rank().to_numpy())


def _correlations(one: Floats, other: Floats) -> Floats:
    a, b = one - one.mean(axis=0), other - other.mean(axis=0)
    return _shares((a * b).sum(axis=0), np.sqrt((a**2).sum(axis=0) * (b**2).sum(axis=0)))


def _shares(part: Floats, whole: Floats) -> Floats:
    """Quotients; 0 where nothing varies."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
