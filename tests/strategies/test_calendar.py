"""When a strategy speaks: warm-up, formal and closing days, weekdays, budget."""

import pytest

from commsim.strategies.base import Phase
from commsim.strategies.flash_sale import FlashSale
from commsim.testing import FakeView


def sale(**settings):
    return FlashSale(**{"discount": 0.15, "starts": 7, "ends": 13, "warm_up": 3, "closing": 2} | settings)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (3, None),
        (4, Phase.WARM_UP),
        (6, Phase.WARM_UP),
        (7, Phase.FORMAL),
        (11, Phase.FORMAL),
        (12, Phase.CLOSING),
        (13, Phase.CLOSING),
        (14, None),
    ],
)
def test_phases_follow_the_dates(day, phase):
    assert sale().phase(FakeView(day=day)) is phase


def test_other_weekdays_are_silent_but_the_warm_up_is_daily():
    tuesdays = sale(weekdays=["tue"])
    assert [day for day in range(20) if tuesdays.phase(FakeView(day=day))] == [4, 5, 6, 8]


def test_without_an_end_the_last_days_of_the_run_close():
    endless = sale(ends=None)
    assert endless.phase(FakeView(day=29, days=30)) is Phase.CLOSING
    assert endless.phase(FakeView(day=27, days=30)) is Phase.FORMAL


def test_a_spent_budget_silences():
    view, thrifty = FakeView(day=8), sale(budget=100)
    view.spent_fen = 9999
    assert thrifty.phase(view) is Phase.FORMAL
    view.spent_fen = 10000
    assert thrifty.phase(view) is None


def test_previewed_marks_the_days_since_each_warm_up_post():
    assert sale().previewed(FakeView(day=7)) == 0b1110
    assert sale().previewed(FakeView(day=9)) == 0b111000
    assert sale().previewed(FakeView(day=13)) == 0b10000000  # day 6 alone is within a week


def test_a_warm_up_before_the_run_begins_was_never_posted():
    assert sale(starts=1).previewed(FakeView(day=1)) == 0b10
    assert sale(starts=0).previewed(FakeView(day=0)) == 0
