"""Hours: a day's attention, and who is present when something happens."""

import math

import numpy as np
import pytest

from commsim.simulation.clock import HOUR_WEIGHT, SLOT_SHARE, presence, slot_of


def test_a_days_attention_is_one_and_that_of_its_parts_is_stated():
    assert math.isclose(sum(HOUR_WEIGHT), 1.0)
    for slot, share in enumerate(SLOT_SHARE):
        hours = [hour for hour in range(8, 24) if slot_of(hour) == slot]
        assert math.isclose(sum(HOUR_WEIGHT[hour] for hour in hours), share)


@pytest.mark.parametrize("hour", [8, 12, 14, 19, 21])
def test_presence_averages_to_the_weight_of_the_hour(hour):
    """-ln(1 - q) is 3 w x profile, and profiles average to one over people."""
    weights = -np.log(1.0 - presence(hour, 1.0, 3.0, 2.0, 0.25)) / 3.0
    assert np.average(weights[:, 0], weights=SLOT_SHARE) == pytest.approx(HOUR_WEIGHT[hour])
    np.testing.assert_allclose(weights[:, 1], 1.25 * weights[:, 0])
    own = slot_of(hour)
    assert weights[own, 0] == pytest.approx(2.0 * HOUR_WEIGHT[hour])
    assert weights[own, 0] == weights[:, 0].max()


def test_longer_events_are_attended_by_more_until_the_day_is_over():
    chances = [presence(20, hours, 3.0, 2.0, 0.0)[3, 0] for hours in (0.5, 1.0, 2.0, 4.0, 24.0)]
    assert chances[:4] == sorted(set(chances[:4]))
    assert chances[4] == chances[3]
    assert presence(3, 2.0, 3.0, 2.0, 0.0).max() == 0.0
