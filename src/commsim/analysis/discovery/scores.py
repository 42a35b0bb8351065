"""Feature scores: how much of what varies goes with one setting alone, or with two together."""

from typing import NamedTuple

import numpy as np

from commsim.analysis.discovery.prim import Data
from commsim.core.arrays import Floats, Ints
from commsim.core.luck import key, salt, uniforms

PARTS, MAP_PARTS, FEWEST = 8, 4, 10
"""Parts of equal numbers that a setting is cut into, alone and beside another; cases of a part at least."""
SHUFFLES = 199
SURE = 0.05


class Score(NamedTuple):
    """A setting alone: share of the variance between its parts of equal numbers, less what luck gives.

    chance: how often luck gives more for some setting.  parts: middle of each part, as the setting's number;
    means and errors: mean there, and its standard error.
    """

    setting: int
    share: float
    chance: float
    parts: Floats
    means: Floats
    errors: Floats

    @property
    def is_sure(self) -> bool:
        """Whether it is more than luck, among all settings."""
        return self.chance <= SURE


class Together(NamedTuple):
    """Two settings: share of the variance that they explain beyond each alone, less what luck gives.

    chance: how often luck gives more for some pair.  middles: of the parts of both.  means: parts x parts,
    not a number where there are no cases.
    """

    settings: tuple[int, int]
    share: float
    chance: float
    middles: tuple[Floats, Floats]
    means: Floats

    @property
    def is_sure(self) -> bool:
        """Whether it is more than luck, among all pairs."""
        return self.chance <= SURE


def scores(data: Data, margin: Floats, seed: int) -> tuple[Score, ...]:
    """Of each setting, the highest first."""
    cut = [_parts(data, k, PARTS) for k in range(data.values.shape[1])]
    shuffled = _shuffled(margin, seed)
    shares = np.array([_explained(parts, shuffled) for parts in cut])
    highest = shares[:, 1:].max(axis=0)
    found = []
    for k, parts in enumerate(cut):
        numbers = np.bincount(parts)
        means = np.bincount(parts, margin) / numbers
        spread = np.bincount(parts, (margin - means[parts]) ** 2) / np.maximum(1, numbers - 1)
        middles = np.bincount(parts, data.values[:, k]) / numbers
        chance = (1 + np.count_nonzero(highest >= shares[k, 0])) / (SHUFFLES + 1)
        found.append(Score(k, float(shares[k, 0]), chance, middles, means, np.sqrt(spread / numbers)))
    return tuple(sorted(found, key=lambda one: -one.share))


def strongest_pair(data: Data, margin: Floats, seed: int) -> Together | None:
    """The two settings that explain most beyond what each does alone; None where there are none."""
    settings = data.values.shape[1]
    size = max(2, min(MAP_PARTS, int(np.sqrt(len(margin) / FEWEST))))
    cut = [_parts(data, k, size) for k in range(settings)]
    pairs = [(a, b) for a in range(settings) for b in range(a + 1, settings)]
    pairs = [(a, b) for a, b in pairs if min(cut[a].max(), cut[b].max()) > 0]
    if not pairs:
        return None
    shuffled = _shuffled(margin, seed)
    shares = np.array([_beyond(cut[a], cut[b], shuffled) for a, b in pairs])
    top = int(np.argmax(shares[:, 0]))
    chance = (1 + np.count_nonzero(shares[:, 1:].max(axis=0) >= shares[top, 0])) / (SHUFFLES + 1)
    a, b = pairs[top]
    return Together((a, b), float(shares[top, 0]), chance, *map_of(data, margin, a, b, size))


def map_of(data: Data, margin: Floats, a: int, b: int, size: int) -> tuple[tuple[Floats, Floats], Floats]:
    """Middles of the parts of two settings, and the means of parts x parts."""
    one, other = _parts(data, a, size), _parts(data, b, size)
    cells = one * (other.max() + 1) + other
    numbers = np.bincount(cells, minlength=(one.max() + 1) * (other.max() + 1))
    sums = np.bincount(cells, margin, minlength=len(numbers))
    means = np.divide(sums, numbers, out=np.full(len(sums), np.nan), where=numbers > 0)
    middles = [
        np.bincount(parts, data.values[:, k]) / np.bincount(parts) for k, parts in ((a, one), (b, other))
    ]
    return (middles[0], middles[1]), means.reshape(one.max() + 1, -1)


def _shuffled(margin: Floats, seed: int) -> Floats:
    """What is asked for, as it is and dealt out at random: cases x (1 + shuffles)."""
    luck = uniforms(key(seed, 0, 0, salt("scores")), np.arange(SHUFFLES * len(margin)))
    orders = np.argsort(luck.reshape(SHUFFLES, -1), axis=1, kind="stable")
    return np.column_stack([margin, margin[orders].T])


def _parts(data: Data, setting: int, most: int) -> Ints:
    """Number of each case's part, from 0: its value where there are few, else parts of equal numbers."""
    values = data.values[:, setting]
    known, place = np.unique(values, return_inverse=True)
    size = max(2, min(most, len(values) // FEWEST))
    if not data.ordered[setting] or len(known) <= size:
        return np.asarray(place.ravel())
    edges = np.quantile(values, np.arange(1, size) / size)
    return np.asarray(np.unique(np.searchsorted(edges, values, "left"), return_inverse=True)[1].ravel())


def _explained(parts: Ints, columns: Floats) -> Floats:
    """Per column: share of the variance between parts, less what as many parts explain of pure luck."""
    count, cases = int(parts.max()) + 1, len(parts)
    total = ((columns - columns.mean(axis=0)) ** 2).sum(axis=0)
    sums = np.zeros((count, columns.shape[1]))
    np.add.at(sums, parts, columns)
    numbers = np.bincount(parts)[:, None]
    between = (sums**2 / numbers).sum(axis=0) - cases * columns.mean(axis=0) ** 2
    share = np.divide(
        between, total, out=np.zeros_like(total), where=total > 1e-12 * np.abs(columns).max() ** 2
    )
    return np.asarray(1.0 - (1.0 - share) * (cases - 1) / max(1, cases - count))


def _beyond(one: Ints, other: Ints, columns: Floats) -> Floats:
    """Per column: what two settings explain together, less what each does alone."""
    cells = np.unique(one * (other.max() + 1) + other, return_inverse=True)[1].ravel()
    return _explained(cells, columns) - _explained(one, columns) - _explained(other, columns)
