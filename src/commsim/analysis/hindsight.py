"""What a backtest found: orders that were made beside those foretold, week by week."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from commsim.analysis.intervals import Interval, next_interval
from commsim.core.arrays import Floats, Ints
from commsim.population.bgnbd import Fit

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Backtest:
    """Orders that were made after the cut beside those foretold.

    cut: the last day that the model was shown.  customers: how many were seen by then, among the
    members.  repeats: their orders up to the cut, the first of each left out.  seeds: one per world.
    happened: orders per week.  simulated: worlds x weeks.  expected: orders per week by the closed
    form.  fitted: the parameters behind both.  regularity: of the orders up to the cut, see
    `commsim.analysis.backtest.regularity`; NaN if there are too few to tell.
    """

    scenario: str
    cut: dt.date
    customers: int
    repeats: int
    seed: int
    seeds: tuple[int, ...]
    happened: NDArray[np.int64]
    simulated: NDArray[np.int64]
    expected: Floats
    fitted: Fit
    regularity: float

    @property
    def weeks(self) -> int:
        """Full weeks after the cut."""
        return len(self.happened)

    @property
    def total(self) -> Interval:
        """Simulated orders after the cut: the mean, and the range in which one more world would fall."""
        return next_interval(self.simulated.sum(axis=1))

    def frame(self) -> "pd.DataFrame":
        """One row per week: orders and cumulative orders, happened and foretold, with errors as shares.

        ``low`` and ``high`` are where the cumulative number of one more world would fall with 95 %.
        """
        import pandas as pd

        running = self.simulated.cumsum(axis=1)
        ranges = [next_interval(column) for column in running.T]
        happened, mean, expected = self.happened.cumsum(), running.mean(axis=0), self.expected.cumsum()
        first = self.cut + dt.timedelta(days=1)
        return pd.DataFrame(
            {
                "week": np.arange(1, self.weeks + 1),
                "from": [first + dt.timedelta(weeks=week) for week in range(self.weeks)],
                "happened": self.happened,
                "simulated": self.simulated.mean(axis=0),
                "bg_nbd": self.expected,
                "happened_so_far": happened,
                "simulated_so_far": mean,
                "low_so_far": [interval.low for interval in ranges],
                "high_so_far": [interval.high for interval in ranges],
                "bg_nbd_so_far": expected,
                "error_so_far": error(mean, happened),
                "bg_nbd_error_so_far": error(expected, happened),
            }
        )


def error(foretold: Floats, happened: Floats | Ints) -> Floats:
    """(foretold - happened) / happened; NaN where nothing happened."""
    gap = foretold - happened
    return np.asarray(
        np.divide(gap, happened, out=np.full(gap.shape, np.nan), where=np.not_equal(happened, 0))
    )


def path_error(foretold: Floats, happened: Ints) -> float:
    """Mean absolute error of the weekly numbers, as a share of the weekly mean."""
    return float(np.abs(foretold - happened).mean() / happened.mean())
