"""What an operator can see of a run agrees with what the run itself has kept."""

import numpy as np
import pytest
from worlds import EIGHT, plan, run

from commsim.core.errors import InputError
from commsim.records.observed import Amounts, Counts, Days, Observed, tidy
from commsim.simulation.observing import observe


def lively(days):
    return plan(*EIGHT, members=120, days=days, arrivals_per_day=2, outside_per_member=1)


@pytest.fixture(scope="module")
def pair():
    """A run with members who come and go, as its records have it and as its operator sees it."""
    scenario = lively(12)
    return run(scenario), observe(scenario, 1)


def test_who_is_there_is_as_the_run_has_it(pair):
    records, seen = pair
    there = [int(seen.there(day).sum()) for day in range(seen.days)]
    assert there == records.daily["members"].tolist()
    assert (seen.joined >= 0).sum() == records.daily["joined"].sum() > 5
    assert (seen.left < seen.days).sum() == records.daily["left"].sum() > 0


def test_days_add_up_to_those_of_the_run(pair):
    records, seen = pair
    for table, column, daily in (
        (seen.messages, "count", "messages"),
        (seen.envelopes, "fen", "caught"),
    ):
        by_day = np.bincount(table.day, getattr(table, column), minlength=seen.days)
        assert by_day.tolist() == records.daily[daily].tolist()
        assert by_day.sum() > 0
    assert (
        np.bincount(seen.check_ins.day, minlength=seen.days).tolist() == records.daily["checked_in"].tolist()
    )
    paid = np.bincount(seen.orders.day, seen.orders.fen, minlength=seen.days)
    assert paid.tolist() == records.daily["revenue"].tolist()
    assert paid.sum() > 0


def test_a_plan_without_envelopes_has_none_to_show():
    seen = observe(plan(members=60, days=3), 1)
    assert seen.check_ins is None
    assert seen.envelopes is None
    assert [*seen.tables()] == ["members", "messages", "orders"]


def test_a_shorter_run_is_the_longer_one_cut(pair):
    short, cut = observe(lively(7), 1), pair[1].cut(7)
    assert short.fingerprint == cut.fingerprint != pair[1].fingerprint
    assert cut.days == 7
    assert cut.left.max() == 7


def test_frames_name_the_groups(pair):
    frame = pair[1].frame()
    assert [*frame.columns] == ["member", "group", "joined", "left"]
    assert set(frame["group"]) == set(pair[1].groups)
    assert len(pair[1].frame("orders")) == len(pair[1].orders.day)


def test_rows_of_one_member_and_day_become_one():
    table = tidy(Amounts, [1, 0, 1, 1], [2, 2, 0, 2], [5, 7, 1, 6])
    assert [column.tolist() for column in table.columns().values()] == [[1, 0, 1], [0, 2, 2], [1, 7, 11]]
    assert len(tidy(Days, [], []).day) == 0


def observed(**changes):
    start = {"start": None, "days": 3, "groups": ("a",), "group": np.zeros(2, np.int32)}
    return Observed(**start | {"joined": np.array([-1, 1]), "left": np.array([3, 3])} | changes)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"days": 0}, "less than 1"),
        ({"group": np.array([0, 1])}, "in no group"),
        ({"group": np.zeros(3, int)}, "differ in length"),
        ({"joined": np.array([3, 0])}, "joined after"),
        ({"left": np.array([4, 3])}, "left before"),
        ({"left": np.array([3, 0])}, "left before"),
        ({"messages": Counts(np.array([2]), np.array([0]), np.array([1]))}, "row of nobody"),
        ({"messages": Counts(np.array([0]), np.array([0]), np.array([0]))}, "no message"),
        ({"orders": Amounts(np.array([0, 0]), np.array([1, 1]), np.array([1, 1]))}, "order of day"),
        ({"orders": Amounts(np.array([0]), np.array([1, 1]), np.array([1]))}, "differ in length"),
    ],
)
def test_what_cannot_be_is_refused(wrong, told):
    assert observed().members == 2
    with pytest.raises(InputError, match=told):
        observed(**wrong)


def test_it_shows_itself_in_a_line():
    shown = repr(observe("active-group", seed=1).cut(3))
    assert shown.startswith("<Observed 2,")
    assert " members of 5 groups, 3 days from 2026-03-02; " in shown
    assert len(shown) < 250
