"""What comes of one run of a sweep: numbers, or why there are none."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from commsim.core.arrays import Floats

LOST = ("WorkerDied", "the process of this run was killed, every time it was tried (out of memory?)")


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


def failure(error: Exception) -> Result:
    """The result of a run that raised an error."""
    return Result(error=(type(error).__name__, str(error)))
