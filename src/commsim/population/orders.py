"""Orders of customers: what is seen of each up to a day, and how even their intervals are."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Ints
from commsim.population.repeat_buying import Purchases

YEAR = 365.25
WEEK = 7.0
FEWEST = 50
"""Customers with three orders below whom nothing is said of their regularity: the error would be a third."""


@dataclass(frozen=True, eq=False)
class Orders:
    """Orders of customers, those of one on one day as one, in order of customer and day.

    ids: customers in order of first appearance in the file.  customer: index among them, per order.  day:
    days since 1970.
    """

    ids: tuple[str, ...]
    customer: NDArray[np.int64]
    day: NDArray[np.int64]

    def where(self, these: Bools) -> "Orders":
        """Some of them."""
        return Orders(self.ids, self.customer[these], self.day[these])


@dataclass(frozen=True, eq=False)
class Observed:
    """Customers in order of their index, with the day of their last order.

    pace: sum of the logarithms of the pace at repeat orders.
    """

    customers: NDArray[np.int64]
    last: NDArray[np.int64]
    seen: Purchases
    pace: float


def observe(orders: Orders, end: int, trend: float = 0.0) -> Observed:
    """What is seen of customers up to the end, in weeks of the pace at the end."""
    weeks = (orders.day - end) / WEEK
    log_pace = weeks * (trend * WEEK / YEAR)
    at = weeks if trend == 0.0 else np.expm1(log_pace) / (trend * WEEK / YEAR)
    customers, first, count = np.unique(orders.customer, return_index=True, return_counts=True)
    again = orders.customer[1:] == orders.customer[:-1]
    row = np.repeat(np.arange(len(customers)), count)[1:][again]
    gaps = np.zeros(len(customers))
    np.add.at(gaps, row, np.log(np.diff(at)[again]))
    latest = first + count - 1
    seen = Purchases(count - 1, at[latest] - at[first], -at[first], gaps)
    return Observed(customers, orders.day[latest], seen, float(log_pace[1:][again].sum()))


def regularity(customer: Ints, day: Ints) -> float:
    """Shape k of the intervals between orders: 1 at random (so BG/NBD takes them), more the more even.

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
