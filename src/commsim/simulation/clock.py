"""Hours of the day: how attention is spread, and who is there when something happens."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# Share of a day's attention by hour: 8-12 .20, 12-14 .20, 14-19 .25, 19-23 .35 with a peak at 20-22
# (Tencent reports: reading peaks 20:00-22:00; lunch and after work).  Grade B.
HOUR_WEIGHT = tuple([0.0] * 8 + [0.05] * 4 + [0.10] * 2 + [0.05] * 5 + [0.075, 0.10, 0.10, 0.075] + [0.0])
SLOT_SHARE = (0.20, 0.20, 0.25, 0.35)
"""How many people favour each part of the day, and the attention that it has."""
_SLOT_STARTS = (8, 12, 14, 19)
HOURS = 24


def slot_of(hour: int) -> int:
    """Part of the day (0 to 3) that an hour belongs to; nights belong to the evening."""
    return max((s for s, start in enumerate(_SLOT_STARTS) if hour >= start), default=3)


def _profile(favourite: int, slot: int, own: float) -> float:
    """Relative presence in a part of the day; averages to 1 over people for every part."""
    share = SLOT_SHARE[slot]
    return own if favourite == slot else (1.0 - own * share) / (1.0 - share)


SLOT_OF = tuple(slot_of(hour) for hour in range(HOURS))
"""Part of the day of every hour."""


@lru_cache(maxsize=4096)
def attendance(hour: int, hours: float, attention: float, own: float) -> NDArray[np.float64]:
    """Rate of being there between ``hour`` and ``hour + hours``, given a look, by favourite part of the day.

    Shape (4,); the chance is 1 - exp(-rate).
    """
    rates = np.zeros(4)
    for favourite in range(4):
        weight, at, left = 0.0, hour, hours
        while left > 0 and at < 24:
            weight += HOUR_WEIGHT[at] * min(1.0, left) * _profile(favourite, slot_of(at), own)
            at, left = at + 1, left - 1.0
        rates[favourite] = attention * weight
    rates.flags.writeable = False
    return rates
