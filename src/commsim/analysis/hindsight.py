"""What a backtest found: orders that were made beside those foretold, week by week."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from commsim.analysis.intervals import Interval, next_interval
from commsim.core.arrays import Floats, Ints
from commsim.core.harmless import for_terminal
from commsim.core.notebook import html_table
from commsim.population.repeat_buying import Fit

if TYPE_CHECKING:
    import pandas as pd


NINE_OF_TEN = 1.645
"""Standard deviations on either side of the mean within which 90 % of a normal distribution lie."""
_MOST_ROWS = 8
"""Weeks that a notebook shows, evenly spread."""


@dataclass(frozen=True)
class Backtest:
    """Orders that were made after the cut beside those foretold.

    cut: the last day that the model was shown.  customers: how many were seen by then, among the
    members.  repeats: their orders up to the cut, the first of each left out.  seeds: one per world.
    happened: orders per week.  simulated: worlds x weeks.  expected: orders per week by the closed
    form.  bg_nbd: the same by BG/NBD, whatever the model.  fitted, trend: the model behind both, see
    `commsim.population.repeat_choice.Choice`.  regularity: of the orders up to the cut, see
    `commsim.population.orders.regularity`; NaN if there are too few to tell.  errors: log of foretold over
    made orders from earlier cuts to this one, by models that had seen no more; empty if there are too few.
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
    bg_nbd: Floats
    fitted: Fit
    trend: float
    regularity: float
    errors: tuple[float, ...]

    @property
    def weeks(self) -> int:
        """Full weeks after the cut."""
        return len(self.happened)

    @property
    def total(self) -> Interval:
        """Simulated orders after the cut: the mean, and the range in which one more world would fall."""
        return next_interval(self.simulated.sum(axis=1))

    @property
    def model(self) -> str:
        """What the literature calls the model behind the rates."""
        return "BG/NBD" if len(self.fitted.shares) == 1 else "BG/CNBD-k"

    @property
    def forecast(self) -> Interval | None:
        """Orders after the cut: the mean over worlds, and where they should lie in nine cases of ten.

        Luck (that of the worlds) and the mean square of the errors at earlier cuts add up, as a normal
        deviation of the logarithm.  None where no earlier cut tells anything.
        """
        if not self.errors:
            return None
        totals = self.simulated.sum(axis=1)
        mean = float(totals.mean())
        wide = spread(self.errors, float(totals.var(ddof=1)) / mean**2 * (1.0 + 1.0 / len(totals)))
        return Interval(mean, mean * float(np.exp(-wide)), mean * float(np.exp(wide)))

    def __repr__(self) -> str:
        told, happened = self.total, int(self.happened.sum())
        return for_terminal(
            f"<Backtest of {self.scenario!r}, {self.weeks} weeks after {self.cut}: {happened:,} orders, "
            f"{told.mean:,.0f} simulated ({told.low:,.0f} to {told.high:,.0f})>"
        )

    def _repr_html_(self) -> str:
        """For notebooks: orders so far, after some weeks and after all, as they were and as foretold."""
        frame = self.frame()
        some = frame.iloc[(self.weeks - 1) % (step := -(-self.weeks // _MOST_ROWS)) :: step]
        rows = [
            (
                f"{row['week']} weeks",
                f"{row['happened_so_far']:,}",
                f"{row['simulated_so_far']:,.0f} ({row['low_so_far']:,.0f} to {row['high_so_far']:,.0f})",
                f"{row['error_so_far']:+.1%}",
                f"{row['formula_so_far']:,.0f}",
                f"{row['formula_error_so_far']:+.1%}",
            )
            for row in some.to_dict("records")
        ]
        header = ("Orders in", "Happened", "Simulated (95 % of worlds)", "Error", self.model, "Error")
        about = f"{self.customers:,} customers seen until {self.cut}, {len(self.seeds)} worlds"
        return html_table(f"{self.scenario}: {about}", header, rows)

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
                "formula": self.expected,
                "bg_nbd": self.bg_nbd,
                "happened_so_far": happened,
                "simulated_so_far": mean,
                "low_so_far": [interval.low for interval in ranges],
                "high_so_far": [interval.high for interval in ranges],
                "formula_so_far": expected,
                "error_so_far": error(mean, happened),
                "formula_error_so_far": error(expected, happened),
            }
        )


def spread(errors: tuple[float, ...], luck: float) -> float:
    """Half of the 90 % interval of a forecast, as a log: by errors at earlier cuts and a variance of luck."""
    return NINE_OF_TEN * float(np.sqrt(np.mean(np.square(errors)) + luck))


def error(foretold: Floats, happened: Floats | Ints) -> Floats:
    """(foretold - happened) / happened; NaN where nothing happened."""
    gap = foretold - happened
    return np.asarray(
        np.divide(gap, happened, out=np.full(gap.shape, np.nan), where=np.not_equal(happened, 0))
    )


def path_error(foretold: Floats, happened: Ints) -> float:
    """Mean absolute error of the weekly numbers, as a share of the weekly mean."""
    return float(np.abs(foretold - happened).mean() / happened.mean())
