"""Frames for notebooks against runs that can be counted by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fake_engine import fake_records

from commsim.analysis import (
    cohorts,
    contributions,
    economics,
    funnel,
    generations,
    group_table,
    growth,
    invitation_tree,
    retention,
    waterfall,
)
from commsim.analysis.measures import outcomes
from commsim.analysis.retention import shares
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
        "looked": np.array([0, 4, 2, 9, 1, 1, 0]),
        "inviter": np.array([-1, -1, -1, -1, -1, 3, -1]),
    }
    events = {
        "day": np.array([3, 8, 10]),
        "kind": np.array([LEAVE, JOIN, LEAVE]),
        "person": np.array([1, 7, 2]),
    }
    return replace(fake_records("plan", 1, 21, profit=5000), members=members, events=events)


def test_funnel_counts_members_by_orders(records):
    found = funnel(records)
    assert found["persons"].tolist() == [6, 5, 4, 2, 1]
    assert found["share_of_all"].tolist() == pytest.approx([1, 5 / 6, 4 / 6, 2 / 6, 1 / 6])
    assert found["share_of_previous"].tolist() == pytest.approx([1, 5 / 6, 4 / 5, 1 / 2, 1 / 2])


def test_retention_by_cohort_and_only_as_far_as_all_were_watched(records):
    found = retention(records)
    assert found.index.tolist() == [-1, 1]
    assert found.loc[-1].tolist() == pytest.approx([1.0, 0.8, 0.6, 0.6])
    assert found.loc[1, 0] == found.loc[1, 1] == 1.0
    assert found.loc[1, [2, 3]].isna().all()


def test_the_counts_behind_retention_add_up_over_runs(records):
    counts = cohorts(records)
    assert counts.query("cohort == -1")["stayed"].tolist() == [5, 4, 3, 3]
    both = pd.concat([counts, counts.assign(stayed=0)])
    assert shares(both).loc[-1].tolist() == pytest.approx([0.5, 0.4, 0.3, 0.3])


def test_the_tree_of_invitations_knows_generations_and_k(records):
    chain = {
        "person": np.array([0, 1, 2, 3, 4, 9]),
        "status": np.array([1, 1, 2, 1, 1, 0]),
        "inviter": np.array([-1, 0, 0, 1, 3, 0]),
        "joined": np.array([-1, 2, 3, 5, 7, -1]),
    }
    tree = invitation_tree(replace(records, members=chain))
    assert tree["generation"].tolist() == [0, 1, 1, 2, 3]
    assert tree["brought"].tolist() == [2, 1, 0, 1, 0]
    found = generations(tree)
    assert found["persons"].tolist() == [1, 2, 1, 1]
    assert found["k"].tolist() == [2.0, 0.5, 1.0, 0.0]


def test_the_waterfall_ends_at_profit_with_and_without_staff(records):
    steps = waterfall(economics(records))
    assert steps["step"].tolist() == ["sales", "revenue", "profit before staff", "staff", "profit"]
    assert steps["yuan"].tolist() == [60.0, 60.0, 60.0, -10.0, 50.0]
    assert steps["sum"].tolist() == [False, True, True, False, True]
    booked = contributions(economics(records))
    assert booked.loc["operator"].tolist() == [0.0, -10.0, -10.0]
    assert booked.loc["total"].tolist() == [60.0, -10.0, 50.0]


def test_groups_in_a_table(records):
    found = group_table(records)
    assert found["group"].tolist() == [0, 1]
    assert found["first"].tolist() == found["members"].tolist() == [50, 50]
    assert found["active"].tolist() == [0.0, 0.0]


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


def test_a_run_that_was_kept_without_messages_of_the_operator_has_all_other_outcomes(records):
    old = replace(records, daily={k: v for k, v in records.daily.items() if k != "operator_messages"})
    found, now = outcomes(old), outcomes(records)
    assert np.isnan(found.pop("by_members"))
    assert found == {name: value for name, value in now.items() if name != "by_members"}
