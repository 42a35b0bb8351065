"""What comes of one run of a sweep: numbers, or why there are none."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.harmless import for_terminal
from commsim.experiments.limits import Loss

MOST_SIGNS = 4_000
"""Of a message that is kept."""


@dataclass(frozen=True, eq=False)
class Result:
    """Either ``values`` (one per outcome) and ``series`` (days x what is counted), or ``error``.

    series is None where days aren't kept.  error: the kind of error and its message.
    """

    values: tuple[float, ...] = ()
    series: Floats | None = None
    error: tuple[str, str] | None = None

    @property
    def failed(self) -> bool:
        """Whether there are no numbers."""
        return self.error is not None

    def plain(self) -> dict[str, Any]:
        """As what JSON can hold; `revive` makes the same of it."""
        series = None if self.series is None else self.series.tolist()
        return {"values": self.values, "series": series, "error": self.error}

    @classmethod
    def revive(cls, data: dict[str, Any]) -> Self:
        """The result of what `plain` gave."""
        series = None if data["series"] is None else np.array(data["series"], dtype=np.float64)
        error = None if data["error"] is None else (str(data["error"][0]), str(data["error"][1]))
        return cls(tuple(data["values"]), series, error)


def failure(error: BaseException) -> Result:
    """The result of a run that raised an error, whatever that says of itself."""
    try:
        message = str(error)
    except Exception as another:
        message = f"its message can't be told: {type(another).__name__}"
    return Result(error=(for_terminal(type(error).__name__), for_terminal(message)[:MOST_SIGNS]))


def lost(loss: Loss) -> Result:
    """The result of a run that was ended."""
    return Result(error=(loss.error, loss.message))
