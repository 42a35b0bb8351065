"""How evenly a customer's orders are spaced: what BG/NBD, which takes them for random, does not know."""

import math

import numpy as np

from commsim.core.arrays import Ints

FEWEST = 50
"""Customers with three orders below whom nothing is said: the error would be a third."""


def regularity(customer: Ints, day: Ints) -> float:
    """Shape k of the intervals between orders: 1 at random, more the more even they are.

    customer, day: of every order, in order of customer and day, no two alike.  For gamma distributed
    intervals of shape k the later one's share of two has a variance of 1 / (4 (2 k + 1)), whatever
    the customer's rate (Wheat and Morrison 1990, "Estimating purchase regularity with two interpurchase
    times", Journal of Marketing Research 27); the last two of each customer are taken.  NaN for fewer
    than 50 customers with three orders.
    """
    third = np.flatnonzero(customer[2:] == customer[:-2])
    last = third[np.flatnonzero(np.diff(customer[third], append=-1))]
    if len(last) < FEWEST:
        return math.nan
    early, late = day[last + 1] - day[last], day[last + 2] - day[last + 1]
    variance = float(((late / (early + late) - 0.5) ** 2).mean())
    return (1.0 - 4.0 * variance) / (8.0 * variance)
