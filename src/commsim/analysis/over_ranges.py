"""A comparison over the ranges of what nobody knows: the second interval, beside that of luck."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from commsim.analysis.beliefs import Beliefs, points_of, unknowns_of
from commsim.analysis.study import Run, World, WorldFound
from commsim.analysis.uncertainty import FEWEST, Doubt, doubt, steadied
from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.core.measures import NAMES
from commsim.experiments.asked import Asked
from commsim.scenario.schema import Scenario

Worlds = Asked[WorldFound]
"""Makes the runs of worlds, or has them already."""
POINTS = 40
"""Points over the ranges, where nobody says how many."""


@dataclass(frozen=True)
class Ranges:
    """Plans at points over all ranges at once; point k is in world k, modulo the worlds of the comparison.

    unknowns: so many things are moved.  values: plans x points, the metric; not a number at points that a
    plan can't be at.  alone: the plans left alone there, no plans where that was not run.  drawn: whether
    what was calibrated is at each point as a draw of the calibration has it.
    """

    unknowns: int
    values: Floats = field(repr=False)
    alone: Floats = field(repr=False)
    drawn: bool = False

    @property
    def points(self) -> int:
        """How many."""
        return int(self.values.shape[1])

    def doubt(self, plan: Floats, other: Floats, usual: Floats) -> Doubt | None:
        """What becomes of a lead over the ranges; None with too few points to tell.

        plan, other: values at the points.  usual: the lead as the plans are, in all worlds.
        """
        leads, same = plan - other, usual[np.arange(self.points) % len(usual)]
        there = np.isfinite(leads)
        if np.count_nonzero(there) < FEWEST:
            return None
        return doubt(steadied(leads[there], same[there], float(usual.mean())))


def check_points(points: int | None) -> None:
    """InputError for too few points to tell anything, unless that is none or left to the program."""
    if points is not None and 0 < points < FEWEST:
        raise InputError(f"{points} points say nothing", remedy=f"ask for 0, or {FEWEST} or more")


def at_points(
    made: Worlds,
    plans: Sequence[Scenario],
    runs: Sequence[Run],
    seeds: Sequence[int],
    *,
    points: int,
    seed: int,
    metric: str,
    beliefs: Beliefs | None,
    heard: Callable[[int], None],
) -> tuple[int, Floats]:
    """How many things are unknown of plans, and the metric where all of them are moved: runs x points.

    seeds: of the worlds, which the points have in turn.  seed: of the choice of points.  beliefs: of a
    calibration, whose draws they are.
    """
    known = unknowns_of(plans, beliefs)
    if not points or not known:
        return 0, np.zeros((len(runs), 0))
    tasks = [
        World(seeds[k % len(seeds)], tuple(runs), supposed=tuple(row.items()))
        for k, row in enumerate(points_of(known, points, seed, beliefs))
    ]
    column = NAMES.index(metric)
    found = made.answers(tasks, heard)
    return len(known), np.array([[one.values[0, column] for one in world.runs] for world in found]).T
