"""From values to places: linear scales with round marks."""

from dataclasses import dataclass
from math import floor, log10


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from ``low`` to ``high`` over places from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def marks(self, about: int = 4) -> list[float]:
        """Round values within the scale, about so many."""
        step = step_for((self.high - self.low) / about)
        first = -floor(-self.low / step + 1e-9)
        last = floor(self.high / step + 1e-9)
        return [k * step for k in range(first, last + 1)]


def step_for(rough: float) -> float:
    """1, 2, 2.5 or 5 times a power of ten, nearest above a rough step."""
    power = 10.0 ** floor(log10(rough))
    return next(power * k for k in (1, 2, 2.5, 5, 10) if power * k >= rough * 0.999)


def fitting(low: float, high: float, start: float, end: float, *, zero: bool = True) -> Scale:
    """A scale that holds all values with round ends; ``zero``: and 0."""
    low, high = (min(low, 0.0), max(high, 0.0)) if zero else (low, high)
    if high - low < 1e-9:
        low, high = (low - 1.0, high + 1.0) if low else (0.0, 1.0)
    step = step_for((high - low) / 4)
    return Scale(floor(low / step + 1e-9) * step, -floor(-high / step + 1e-9) * step, start, end)
