"""How much each parameter of a block moves an outcome, by the measures that fit its method.

Sobol' and Morris indices come from SALib.  Other designs get rank correlations, grids also the share of
variance that each parameter explains by itself, and one-at-a-time designs the swing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.analysis.sensitivity.ranks import RESAMPLES, grid, ranks, swings
from commsim.analysis.sensitivity.sample import UNKNOWN, Sample, around
from commsim.experiments.design import Block, Role
from commsim.experiments.design.samples import problem, salib_seed

ROUNDING = 1e-9
"""Differences below this share of the outcome are rounding."""


@dataclass(frozen=True)
class Influence:
    """What one parameter does to an outcome: measures by name, the one that counts first."""

    name: str
    role: Role
    measures: dict[str, Interval]

    @property
    def strength(self) -> float:
        """The measure that counts, without its sign."""
        return abs(next(iter(self.measures.values())).mean)


def influences(sample: Sample) -> tuple[Influence, ...]:
    """The influence of each axis, strongest first; of none where the outcome never varies."""
    block = sample.block
    if np.ptp(sample.means) <= ROUNDING * np.abs(sample.means).max():
        found = [dict.fromkeys(_names(block), Interval(0.0, 0.0, 0.0)) for _ in block.axes]
    else:
        found = _methods.get(block.sampling.method, ranks)(sample)
    made = [Influence(axis.name, axis.role, one) for axis, one in zip(block.axes, found, strict=True)]
    return tuple(sorted(made, key=lambda one: -one.strength))


def _names(block: Block) -> tuple[str, ...]:
    return MEASURES.get(block.sampling.method, ("rank_correlation",))


MEASURES = {
    "sobol": ("total", "first"),
    "morris": ("mu_star", "mu", "sigma"),
    "grid": ("first", "rank_correlation"),
    "one_at_a_time": ("swing", "lowest", "highest"),
}
"""Measures by method, the one that counts first; all other methods have the rank correlation."""


def _sobol(sample: Sample) -> list[dict[str, Interval]]:
    """Share of the outcome's variance: by the parameter with all its interactions, and by itself."""
    from SALib.analyze import sobol

    block = sample.block
    found = sobol.analyze(
        problem(block.axes),
        sample.means,
        calc_second_order=False,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        seed=salib_seed(block.seed, "resamples"),
    )
    return [
        {
            "total": around(found["ST"][k], found["ST_conf"][k]),
            "first": around(found["S1"][k], found["S1_conf"][k]),
        }
        for k in range(len(block.axes))
    ]


def _morris(sample: Sample) -> list[dict[str, Interval]]:
    """Elementary effects, in units of the outcome over the parameter's whole range."""
    from SALib.analyze import morris

    block = sample.block
    found = morris.analyze(
        problem(block.axes),
        sample.positions,
        sample.means,
        num_levels=block.sampling.levels,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        seed=salib_seed(block.seed, "resamples"),
    )
    return [
        {
            "mu_star": around(found["mu_star"][k], found["mu_star_conf"][k]),
            "mu": around(found["mu"][k], UNKNOWN),
            "sigma": around(found["sigma"][k], UNKNOWN),
        }
        for k in range(len(block.axes))
    ]


_methods: dict[str, Callable[[Sample], list[dict[str, Interval]]]] = {
    "sobol": _sobol,
    "morris": _morris,
    "grid": grid,
    "one_at_a_time": swings,
}
