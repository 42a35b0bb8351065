"""A constant chance to leave: survival is geometric, and who leaves when is luck alone."""

import numpy as np
from laws import agree
from scipy import stats
from still import still, world

HAZARD, MEMBERS, DAYS = 0.03, 3000, 40


def left_on():
    """The day on which each member left, counted from 1; the day after the last for who stayed."""
    made = world(still(members=MEMBERS, days=DAYS, behaviour={"stay": {"leave": HAZARD}}))
    day = np.full(MEMBERS, DAYS + 1)
    for today in range(1, DAYS + 1):
        day[made.advance().left] = today
    return day


def test_the_day_of_leaving_is_geometric():
    """Memberships in five classes of length by chi-square, and the mean hazard within 4.5 sd."""
    day = left_on()
    agree(day, stats.geom(HAZARD).cdf, edges=[5, 10, 20, 30, DAYS])
    watched, gone = np.minimum(day, DAYS).sum(), np.count_nonzero(day <= DAYS)
    assert abs(gone - watched * HAZARD) < 4.5 * np.sqrt(watched * HAZARD * (1 - HAZARD))


def test_the_hazard_does_not_depend_on_the_day():
    """Leavers of every day are binomial among those still there: all days together by chi-square."""
    left = np.bincount(left_on(), minlength=DAYS + 2)[1 : DAYS + 1]
    there = MEMBERS - left.cumsum() + left
    gaps = ((left - there * HAZARD) ** 2 / (there * HAZARD * (1 - HAZARD))).sum()
    assert stats.chi2.ppf(1e-4, DAYS) < gaps < stats.chi2.ppf(1 - 1e-4, DAYS)
