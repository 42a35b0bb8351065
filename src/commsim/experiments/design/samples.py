"""Where the points of a design lie: arrays of points x axes, each entry a position from 0 to 1.

Sobol' and Morris come from SALib (Herman and Usher 2017), whose generators get a seed from the design's.
"""

import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.core.luck import key, salt, uniforms
from commsim.experiments.design.axes import Axis
from commsim.experiments.design.schema import Sampling

MOST_POINTS = 1_000_000
NOMINAL = float("nan")
"""Position of a parameter that stays as it is in the scenario."""


def sample(sampling: Sampling, axes: Sequence[Axis], seed: int) -> Floats:
    """Positions, points x axes; one point without axes.  InputError if there are too many."""
    if not axes:
        return np.zeros((1, 0))
    count = _counts[sampling.method](sampling, axes)
    if count > MOST_POINTS:
        raise InputError(f"that makes {count:,} points, more than {MOST_POINTS:,}", remedy="vary less")
    return _methods[sampling.method](sampling, axes, seed)


def problem(axes: Sequence[Axis]) -> dict[str, Any]:
    """What SALib calls a problem: names and bounds, here of positions."""
    names = [axis.name for axis in axes]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def salib_seed(seed: int, what: str) -> int:
    """A seed for SALib's generators, never 0, which they take for none."""
    return 1 + int(key(seed, 0, 0, salt(what)) >> np.uint64(33))


def _grid(_: Sampling, axes: Sequence[Axis], seed: int) -> Floats:
    steps = [[axis.step(k) for k in range(axis.size)] for axis in axes]
    return np.array(list(itertools.product(*steps)))


def _list(_: Sampling, axes: Sequence[Axis], seed: int) -> Floats:
    if len({axis.size for axis in axes}) > 1 or not all(axis.choices for axis in axes):
        raise InputError("a list needs values for every parameter, as many for each")
    return np.array([[axis.step(k) for axis in axes] for k in range(axes[0].size)])


def _one_at_a_time(_: Sampling, axes: Sequence[Axis], seed: int) -> Floats:
    """The scenario as it is, then each parameter at each of its values."""
    rows = [[NOMINAL] * len(axes)]
    for column, axis in enumerate(axes):
        for k in range(axis.size):
            row = [NOMINAL] * len(axes)
            row[column] = axis.step(k)
            rows.append(row)
    return np.array(rows)


def latin_hypercube(names: Sequence[str], count: int, seed: int) -> Floats:
    """One point in each of so many equal slices of every axis (McKay, Beckman and Conover 1979).

    names: of the axes; where an axis's points lie depends on no other axis.
    """
    size = np.arange(count)
    columns = []
    for name in names:
        slices = np.argsort(uniforms(key(seed, 0, 0, salt(f"slices of {name}")), size), kind="stable")
        within = uniforms(key(seed, 0, 0, salt(f"within {name}")), size)
        columns.append((slices + within) / count)
    return np.column_stack(columns)


def _latin_hypercube(sampling: Sampling, axes: Sequence[Axis], seed: int) -> Floats:
    return latin_hypercube([axis.name for axis in axes], sampling.samples or 0, seed)


def _sobol(sampling: Sampling, axes: Sequence[Axis], seed: int) -> Floats:
    from SALib.sample import sobol

    made = sobol.sample(
        problem(axes), sampling.samples, calc_second_order=False, seed=salib_seed(seed, "sobol")
    )
    return np.asarray(made, dtype=np.float64)


def _morris(sampling: Sampling, axes: Sequence[Axis], seed: int) -> Floats:
    from SALib.sample import morris

    made = morris.sample(
        problem(axes), sampling.samples, num_levels=sampling.levels, seed=salib_seed(seed, "morris")
    )
    return np.asarray(made, dtype=np.float64)


_methods: dict[str, Callable[[Sampling, Sequence[Axis], int], Floats]] = {
    "grid": _grid,
    "list": _list,
    "one_at_a_time": _one_at_a_time,
    "latin_hypercube": _latin_hypercube,
    "sobol": _sobol,
    "morris": _morris,
}
_counts: dict[str, Callable[[Sampling, Sequence[Axis]], int]] = {
    "grid": lambda _, axes: math.prod(axis.size for axis in axes),
    "list": lambda _, axes: axes[0].size,
    "one_at_a_time": lambda _, axes: 1 + sum(axis.size for axis in axes),
    "latin_hypercube": lambda sampling, _: sampling.samples or 0,
    "sobol": lambda sampling, axes: (sampling.samples or 0) * (len(axes) + 2),
    "morris": lambda sampling, axes: (sampling.samples or 0) * (len(axes) + 1),
}
