"""Hours of the day: a day's attention, and who is present when something happens."""

import math

import numpy as np
import pytest

from commsim.simulation.clock import HOUR_WEIGHT, SLOT_SHARE, attendance, slot_of


def test_a_days_attention_is_one_and_that_of_its_parts_is_stated():
    assert math.isclose(sum(HOUR_WEIGHT), 1.0)
    for slot, share in enumerate(SLOT_SHARE):
        hours = [hour for hour in range(8, 24) if slot_of(hour) == slot]
        assert math.isclose(sum(HOUR_WEIGHT[hour] for hour in hours), share)


@pytest.mark.parametrize("hour", [8, 12, 14, 19, 21])
def test_presence_averages_to_the_weight_of_the_hour(hour):
    """The rate is 3 w x profile, and profiles average to one over people."""
    weights = attendance(hour, 1.0, 3.0, 2.0) / 3.0
    assert np.average(weights, weights=SLOT_SHARE) == pytest.approx(HOUR_WEIGHT[hour])
    own = slot_of(hour)
    assert weights[own] == pytest.approx(2.0 * HOUR_WEIGHT[hour])
    assert weights[own] == weights.max()


def test_longer_events_are_attended_by_more_until_the_day_is_over():
    rates = [attendance(20, hours, 3.0, 2.0)[3] for hours in (0.5, 1.0, 2.0, 4.0, 24.0)]
    assert rates[:4] == sorted(set(rates[:4]))
    assert rates[4] == rates[3]
    assert attendance(3, 2.0, 3.0, 2.0).max() == 0.0
