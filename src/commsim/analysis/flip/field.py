"""The lead over two unknowns at once, all others as the plans have them."""

from dataclasses import dataclass

import numpy as np

from commsim.analysis.flip.leads import estimate
from commsim.analysis.suppositions import Rehearsal
from commsim.analysis.unknowns import Unknown
from commsim.core.arrays import Floats

SIDE, WORLDS = 7, 4
"""Values of each, evenly from end to end, and worlds in which each pair is seen."""


@dataclass(frozen=True)
class Field:
    """Leads at values of one unknown (rows) and another (columns)."""

    down: Unknown
    across: Unknown
    rows: tuple[float, ...]
    columns: tuple[float, ...]
    leads: Floats


def find_field(place: Rehearsal, down: Unknown, across: Unknown, usual: Floats) -> Field:
    """The leads of all pairs of values, steadied by the usual leads of their worlds."""
    steps = np.linspace(0.0, 1.0, SIDE).tolist()
    rows, columns = (tuple(one.at(step) for step in steps) for one in (down, across))
    worlds = min(WORLDS, len(usual))
    pairs = [{down.name: one, across.name: other} for one in rows for other in columns]
    with place.stage("map", pairs, worlds) as ask:
        found = ask([(k, world) for k in range(len(pairs)) for world in range(worlds)])
    leads = [estimate(usual, one).mean for one in found.reshape(len(pairs), worlds)]
    return Field(down, across, rows, columns, np.array(leads).reshape(SIDE, SIDE))
