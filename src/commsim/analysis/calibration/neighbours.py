"""Values of everything unknown together, as simulations have them that look like the data.

The nearest simulations in the space of what the regression makes of their summaries (semi-automatic
approximate Bayesian computation, Fearnhead and Prangle 2012), each moved by as much as its estimate
is away from that of the data (Beaumont, Zhang and Balding 2002).  So what data say about one unknown
given another is kept, which intervals of one at a time do not tell.
"""

import numpy as np

from commsim.analysis.calibration.fit import Fit, held_out
from commsim.core.arrays import Floats

DRAWS = 200


def neighbours(fit: Fit, rows: Floats, positions: Floats, seen: Floats, count: int = DRAWS) -> Floats:
    """Draws x unknowns, positions from 0 to 1; the nearest first.

    rows, positions: of the simulations that the fit was made from.  seen: summaries of the data.
    """
    estimates, there = fit(rows), fit(seen[None])[0]
    errors, out = positions - estimates, held_out(len(rows))
    size = np.sqrt((errors[out] ** 2).mean(axis=0))
    distance = (((estimates - there) * np.sqrt(np.maximum(fit.explained, 0.0)) / size) ** 2).sum(axis=1)
    nearest = np.argsort(distance, kind="stable")[: min(count, len(rows))]
    # the regression knows its own simulations a little too well
    flattered = size / np.sqrt((errors[~out] ** 2).mean(axis=0))
    widened = np.where(out[nearest, None], 1.0, flattered)
    return within(there + errors[nearest] * widened)


def within(positions: Floats) -> Floats:
    """Positions beyond an end of a range, folded back at it, so that none heap up there."""
    folded = np.abs(positions)
    return np.clip(np.where(folded > 1.0, 2.0 - folded, folded), 0.0, 1.0)
