"""Cash in numbers: lowest, payback and running out, of one run and over worlds."""

from types import SimpleNamespace

import numpy as np
import pytest

from commsim.analysis.cash import cash_by_month, cash_days, cash_outcomes, days_to_payback
from commsim.analysis.outlook import outlook_of


def run_of(*cash, ran_out=None, put_in=10):
    """A run with this cash on its evenings, in yuan."""
    days = len(cash)
    nothing = np.zeros(days, np.int64)
    daily = {
        "day": np.arange(days), "cash": np.array(cash) * 100, "put_in": nothing + put_in * 100,
        "cash_in": nothing + 300, "cash_out": nothing + 100, "unpaid_bills": nothing, "on_the_way": nothing,
        "ran_out": (np.arange(days) == (-1 if ran_out is None else ran_out)).astype(np.int8),
    }  # fmt: skip
    return SimpleNamespace(daily=daily, days=days)


@pytest.mark.parametrize(
    ("cash", "days"),
    [((10, 12), 1), ((8, 9, 10, 11), 3), ((12, 9, 11), 3), ((8, 10, 9), 4), ((8, 9, 9), 4), ((9, 10), 2)],
)
def test_payback_is_when_it_is_back_for_good(cash, days):
    assert days_to_payback(run_of(*cash).daily) == days


def test_who_ran_out_is_never_back_and_what_came_later_is_not_the_lowest():
    ran = run_of(8, -3, 20, -9, 30, ran_out=1)
    assert cash_outcomes(ran.daily) == {"ran_out": 1.0, "cash": 30.0, "lowest_cash": -3.0, "payback": 6.0}
    assert cash_days(ran) == {"lowest_day": 1, "ran_out_day": 1, "payback_days": None}


def test_a_run_without_cash_says_nothing():
    none = SimpleNamespace(daily={"day": np.arange(3)}, days=3)
    assert set(cash_outcomes(none.daily).values()) == {0.0}
    assert cash_days(none) is cash_by_month(none) is None


def test_months_add_up_flows_and_end_with_their_last_evening():
    frame = cash_by_month(run_of(*range(45)))
    assert frame.index.tolist() == [(1, 30), (2, 15)]
    assert frame["came"].tolist() == [90.0, 45.0]
    assert frame["cash"].tolist() == [29.0, 44.0]
    assert frame["lowest"].tolist() == [0.0, 30.0]


def outlook_from(ran_out, lowest, payback, days=60):
    values = {"ran_out": ran_out, "lowest_cash": lowest, "payback": payback}
    return outlook_of(lambda name: np.array(values[name], float), days)


def test_a_median_of_paybacks_needs_more_than_half_of_them():
    found = outlook_from([0, 0, 1], [5, 7, -1], [20, 30, 61])
    assert (found.ran_out, found.payback, found.paid_back) == (
        pytest.approx(1 / 3),
        30.0,
        pytest.approx(2 / 3),
    )
    assert outlook_from([0, 1, 1], [5, -7, -1], [20, 61, 61]).payback is None
    assert outlook_from([0, 0], [0, 0], [0, 0]) is None
    assert found.plain()["median_payback_days"] == 30.0
