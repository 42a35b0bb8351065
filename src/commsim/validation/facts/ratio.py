"""Ratios of what was counted, where there may have been nothing to count."""

from math import nan
from typing import SupportsFloat


def ratio(part: SupportsFloat, whole: SupportsFloat) -> float:
    """Part over whole; nan, which says that the world does not tell, unless the whole is above 0."""
    of = float(whole)
    return float(part) / of if of > 0.0 else nan
