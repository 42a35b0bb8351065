"""Frames for notebooks against runs that can be counted by hand."""

from dataclasses import replace

import numpy as np
import pytest
from fake_engine import fake_records

from commsim.analysis.frames import economics, funnel, growth, retention
from commsim.analysis.measures import outcomes
from commsim.records.records import Records
from commsim.records.tables import JOIN, LEAVE


@pytest.fixture
def records() -> Records:
    """Five members from the start, of whom two leave (days 3 and 10), one newcomer on day 8, one stranger."""
    members = {
        "person": np.array([0, 1, 2, 3, 4, 7, 9]),
        "status": np.array([1, 2, 2, 1, 1, 1, 0]),
        "joined": np.array([-1, -1, -1, -1, -1, 8, -1]),
        "orders": np.array([0, 1, 2, 5, 0, 1, 3]),
    }
    events = {
        "day": np.array([3, 8, 10]),
        "kind": np.array([LEAVE, JOIN, LEAVE]),
        "person": np.array([1, 7, 2]),
    }
    return replace(fake_records("plan", 1, 21, profit=5000), members=members, events=events)


def test_funnel_counts_members_by_orders(records):
    found = funnel(records)
    assert found["persons"].tolist() == [6, 4, 2, 1]
    assert found["share_of_all"].tolist() == pytest.approx([1, 4 / 6, 2 / 6, 1 / 6])
    assert found["share_of_previous"].tolist() == pytest.approx([1, 4 / 6, 1 / 2, 1 / 2])


def test_retention_by_cohort_and_only_as_far_as_all_were_watched(records):
    found = retention(records)
    assert found.index.tolist() == [-1, 1]
    assert found.loc[-1].tolist() == pytest.approx([1.0, 0.8, 0.6, 0.6])
    assert found.loc[1, 0] == found.loc[1, 1] == 1.0
    assert found.loc[1, [2, 3]].isna().all()


def test_growth_is_what_the_days_say(records):
    daily = {**records.daily, "joined": np.full(21, 4), "invited": np.full(21, 1), "left": np.full(21, 3)}
    found = growth(replace(records, daily=daily))
    assert found["net"].tolist() == [1] * 21
    assert found["invited_share"].tolist() == [0.25] * 21
    assert growth(records)["invited_share"].isna().all()


def test_economics_adds_up_to_the_fen(records):
    found = economics(records)
    assert found.loc["total", "profit"] == outcomes(records)["profit"] == 50.0
    assert found.loc["operator", "staff"] == -10.0
    assert found.loc["shelf", "sales"] == 60.0
    assert "commission" not in found.columns


def test_daily_records_name_what_they_lack():
    with pytest.raises(ValueError, match=r"no table of members.*full"):
        funnel(fake_records("plan", 1, 5, profit=1))


def test_a_run_of_no_days_has_no_outcomes():
    with pytest.raises(ValueError, match="no days"):
        outcomes(
            fake_records("plan", 1, 1, profit=1).__class__("p", 1, 0, (), (), {"day": np.zeros(0)}, {}, {})
        )
