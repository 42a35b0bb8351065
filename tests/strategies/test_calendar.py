"""When a strategy speaks: warm-up, formal and closing days, weekdays, budget."""

import datetime as dt

import pytest

from commsim.strategies.base import Phase
from commsim.strategies.calendar import formal_days
from commsim.strategies.flash_sale import FlashSale
from commsim.testing import FakeView, check_strategy


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


def days_on(**settings):
    """Of February and March 2027, the first of which is a Monday."""
    calendar = FlashSale(discount=0.15, **settings)
    return formal_days(calendar, dt.date(2027, 2, 1), 59)


def test_days_of_the_month_as_operators_name_them():
    assert days_on(month_days=[8, 18, 28]) == [7, 17, 27, 35, 45, 55]
    assert days_on(month_days=["last"]) == [27, 58]
    assert days_on(month_days=[31]) == [58]


def test_of_days_of_the_month_those_on_its_weekdays():
    assert days_on(month_days=[8, 18, 28], weekdays=["mon", "thu"]) == [7, 17, 35, 45]


def test_weeks_of_the_run_and_of_a_cycle():
    assert days_on(weekdays=["wed"], weeks=[2, 4]) == [9, 23]
    assert days_on(weekdays=["wed"], weeks=[2], cycle=4) == [9, 37]


@pytest.mark.parametrize("settings", [{"month_days": [8, "last"]}, {"weeks": [2], "cycle": 2}])
def test_a_strategy_speaks_on_the_days_of_its_calendar_and_goes_by_it(settings):
    calendar = FlashSale(discount=0.15, **settings)
    spoken = [day for day in range(28) if calendar.phase(FakeView(day=day, days=28))]
    assert spoken == formal_days(calendar, dt.date(2027, 2, 1), 28)
    check_strategy(calendar)
