"""Made-up comparisons: a lead that is known under every supposition, and luck.  And runs in this process."""

from contextlib import contextmanager
from zlib import crc32

import numpy as np

from commsim.analysis.unknowns import Unknown


def unknown(name, value=0.5, low=0.0, high=1.0, *, logarithmic=False):
    """An unknown that stands for no setting."""
    return Unknown(name, "", "-", "D", "", value, low, high, logarithmic, False, "", ())


class Planted:
    """Leads of ``lead(values)``, plus luck that a world gives to all rows (shared) and to each (own)."""

    def __init__(self, known, lead, *, shared=300.0, own=40.0, seed=1, draw=None):
        self.known, self.lead, self.shared, self.own, self.seed = known, lead, shared, own, seed
        self.draw = draw or (lambda generator: generator.normal())
        self.pairs = 0

    @contextmanager
    def stage(self, name, rows, worlds, *, dealt=0):
        def ask(wanted):
            self.pairs += len(wanted)
            return np.array([self._lead(rows[row], row % dealt if dealt else world) for row, world in wanted])

        yield ask

    def _lead(self, row, world):
        values = {one.name: one.value for one in self.known} | dict(row)
        moved = sorted((name, value) for name, value in row.items())
        common = np.random.default_rng([self.seed, world])
        alone = np.random.default_rng([self.seed, world, *(crc32(repr(pair).encode()) for pair in moved)])
        return self.lead(values) + self.shared * self.draw(common) + self.own * self.draw(alone)
