"""Whether the model could have made the data at all.

Each summary is set beside what the others let expect of it (the residual of its regression on them, which the
inverse of their covariance gives), and all of them together beside their centre (Mahalanobis 1936).  How odd
those simulations are from which the measure was not made says how odd is too odd (conformal, as in
`fit`): of data that the model did make, about one set in a hundred is refused.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from commsim.analysis.calibration.fit import held_out
from commsim.core.arrays import Bools, Floats

REFUSED = 0.01
"""Share of data that the model did make which are refused nevertheless."""
TOLD = 5
"""Summaries that are named at most."""
_TELLING = 3.0
"""Standard deviations from which on a summary is worth to be named."""


class Oddity(NamedTuple):
    """A summary that does not fit the others: standard deviations too high (or, below 0, too low).

    beyond: no simulation has one as high (or as low) at all.
    """

    name: str
    apart: float
    beyond: bool


@dataclass(frozen=True)
class Judge:
    """What simulations look like.

    used: which summaries differ between them.  inverse: of their covariance, in standard deviations.  low,
    high: ends of each.  usual: distances of the simulations held out.
    """

    names: tuple[str, ...]
    used: Bools
    centre: Floats
    scale: Floats
    inverse: Floats
    low: Floats
    high: Floats
    usual: Floats

    def apart(self, rows: Floats) -> Floats:
        """How far each summary is from what the others let expect, in standard deviations of that."""
        standard = (rows[:, self.used] - self.centre) / self.scale
        return np.asarray(standard @ self.inverse / np.sqrt(np.diag(self.inverse)))

    def distance(self, rows: Floats) -> Floats:
        """How far rows are from the centre of the simulations."""
        standard = (rows[:, self.used] - self.centre) / self.scale
        return np.asarray(np.sqrt(np.maximum(0.0, ((standard @ self.inverse) * standard).sum(axis=1))))

    def chance(self, row: Floats) -> float:
        """Share of the simulations held out that are as odd as this; up to `REFUSED` data are refused."""
        more = np.count_nonzero(self.usual >= self.distance(row[None])[0])
        return float((1 + more) / (1 + len(self.usual)))

    def oddities(self, row: Floats) -> tuple[Oddity, ...]:
        """What does not fit, the oddest first."""
        apart, values = self.apart(row[None])[0], row[self.used]
        names = [name for name, used in zip(self.names, self.used, strict=True) if used]
        beyond = (values < self.low) | (values > self.high)
        order = np.argsort(-np.abs(apart), kind="stable")[:TOLD]
        return tuple(
            Oddity(names[k], float(apart[k]), bool(beyond[k])) for k in order if abs(apart[k]) > _TELLING
        )


def judge(names: tuple[str, ...], rows: Floats) -> Judge:
    """From simulations x summaries; the same are held out as in `fit`."""
    out = held_out(len(rows))
    train = rows[~out]
    used = train.std(axis=0) > 1e-9
    train = train[:, used]
    centre, scale = train.mean(axis=0), train.std(axis=0)
    standard = (train - centre) / scale
    size = standard.shape[1]
    spread = standard.T @ standard / len(standard) + 1e-3 * np.eye(size)
    low, high = train.min(axis=0), train.max(axis=0)
    made = Judge(names, used, centre, scale, np.linalg.inv(spread), low, high, np.zeros(0))
    return Judge(names, used, centre, scale, made.inverse, low, high, made.distance(rows[out]))
