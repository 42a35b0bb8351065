"""What the worlds of a comparison say of an operator's cash."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from commsim.analysis.comparison import Comparison
from commsim.core.arrays import Floats


@dataclass(frozen=True)
class CashOutlook:
    """Cash of a plan over the worlds of a comparison.

    ran_out: share of worlds.  lowest, low: yuan, the median of the lowest evening and the one that nine
    of ten worlds stay above.  payback: median days to payback, None where more than half of the worlds
    have none within the run.  paid_back: share of worlds that have.
    """

    ran_out: float
    lowest: float
    low: float
    payback: float | None
    paid_back: float

    def plain(self) -> dict[str, Any]:
        """For files."""
        return {
            "chance_of_running_out": self.ran_out,
            "median_lowest_cash": self.lowest,
            "lowest_cash_one_in_ten": self.low,
            "median_payback_days": self.payback,
            "chance_of_payback": self.paid_back,
        }


def outlook(comparison: Comparison, plan: int) -> CashOutlook | None:
    """Of a plan of a comparison; None of one without cash."""
    return outlook_of(lambda name: comparison.of(name)[plan], comparison.days[plan])


def outlook_of(of: Callable[[str], Floats], days: int) -> CashOutlook | None:
    """From what gives a measure by world, and the days of a run; None of a plan without cash."""
    ran_out, lowest, payback = (of(name) for name in ("ran_out", "lowest_cash", "payback"))
    if not payback.any():
        return None
    median = float(np.median(payback))
    return CashOutlook(
        ran_out=float(ran_out.mean()),
        lowest=float(np.median(lowest)),
        low=float(np.quantile(lowest, 0.1)),
        payback=median if median <= days else None,
        paid_back=float((payback <= days).mean()),
    )
