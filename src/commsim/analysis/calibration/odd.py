"""Whether the model could have made the data at all.

Each summary is set beside what the others let expect of it (the residual of its regression on them, which the
inverse of their covariance gives), and all of them together beside their centre (Mahalanobis 1936).  Among so
many that distance does not see that the days of one table are not those of another, so that what goes
together too little by member and day counts by itself.  How odd those simulations are from which the measures
were not made says how odd is too odd (conformal, as in `fit`): of data that the model did make, about one set
in a hundred is refused by each of the two.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from commsim.analysis.calibration.fit import held_out
from commsim.analysis.calibration.summaries import together
from commsim.core.arrays import Bools, Floats

REFUSED = 0.01
"""Share of data that the model did make which are refused nevertheless, by each measure."""
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
    high: ends of each.  usual, loose: of the simulations held out, the distances, and how far what goes
    together least is below what is expected.
    """

    names: tuple[str, ...]
    used: Bools
    centre: Floats
    scale: Floats
    inverse: Floats
    low: Floats
    high: Floats
    usual: Floats
    loose: Floats

    @property
    def told(self) -> list[str]:
        """Names of the summaries used."""
        return [name for name, used in zip(self.names, self.used, strict=True) if used]

    @property
    def pairs(self) -> list[int]:
        """Numbers, among those used, of the summaries that say what goes together by member and day."""
        return [int(k) for k in np.flatnonzero(together(self.told))]

    def apart(self, rows: Floats) -> Floats:
        """How far each summary is from what the others let expect, in standard deviations of that."""
        standard = (rows[:, self.used] - self.centre) / self.scale
        return np.asarray(standard @ self.inverse / np.sqrt(np.diag(self.inverse)))

    def distance(self, rows: Floats) -> Floats:
        """How far rows are from the centre of the simulations."""
        standard = (rows[:, self.used] - self.centre) / self.scale
        return np.asarray(np.sqrt(np.maximum(0.0, ((standard @ self.inverse) * standard).sum(axis=1))))

    def apart_by_day(self, rows: Floats) -> Floats:
        """How far what goes together least is below what the others let expect; minus infinity of nothing."""
        return np.asarray(np.max(-self.apart(rows)[:, self.pairs], axis=1, initial=-np.inf))

    def chance(self, row: Floats) -> float:
        """Share of the simulations held out that are as odd as this, by the measure by which it is oddest.

        Up to `REFUSED` data are refused.
        """
        as_whole = _share(self.usual, self.distance(row[None])[0])
        return min(as_whole, _share(self.loose, self.apart_by_day(row[None])[0]))

    def oddities(self, row: Floats) -> tuple[Oddity, ...]:
        """What does not fit, the oddest first; what goes together too little before all."""
        apart, values = self.apart(row[None])[0], row[self.used]
        names, beyond = self.told, (values < self.low) | (values > self.high)
        loose = [k for k in self.pairs if _share(self.loose, -apart[k]) <= REFUSED]
        order = np.argsort(-np.abs(apart), kind="stable").tolist()
        odd = [k for k in order if abs(apart[k]) > _TELLING and k not in loose]
        return tuple(Oddity(names[k], float(apart[k]), bool(beyond[k])) for k in (loose + odd)[:TOLD])


def _share(usual: Floats, found: float) -> float:
    """Share of the simulations held out, and of this one, that are as far as this."""
    return float((1 + np.count_nonzero(usual >= found)) / (1 + len(usual)))


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
    none = np.zeros(0)
    made = Judge(names, used, centre, scale, np.linalg.inv(spread), low, high, none, none)
    return replace(made, usual=made.distance(rows[out]), loose=made.apart_by_day(rows[out]))
