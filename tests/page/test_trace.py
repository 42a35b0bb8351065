"""A trace holds the run that the command line gives, and every evening of every member."""

import json
import struct

import numpy as np
import pytest
from plans import ADVERTS, LEVELLED, LIVELY, small

from commsim.analysis.measures import outcomes
from commsim.page import trace as page_trace
from commsim.page.trace import BOUGHT, CAME, HERE, INVITED, LEFT, LOOKED, MUTED, PAID, Wanted, trace
from commsim.simulation.run import simulate


def unpack(packed):
    """Head and columns of a trace, as the page reads them."""
    (length,) = struct.unpack_from("<I", packed)
    head, blob = json.loads(packed[4 : 4 + length]), packed[4 + length :]
    columns = {
        name: np.frombuffer(blob, kind, int(np.prod(shape)), offset).reshape(shape)
        for name, (offset, kind, shape) in head["columns"].items()
    }
    return head, columns


HEAD, COLUMNS = unpack(trace(Wanted(LIVELY, 5)))
RECORDS = simulate(LIVELY, 5, detail="full")


def test_the_numbers_are_those_of_a_run():
    assert HEAD["outcomes"] == pytest.approx(outcomes(RECORDS), abs=1e-6)
    for name in ("members", "looked", "messages", "muted", "orders", "joined", "left"):
        assert HEAD["daily"][name] == RECORDS.daily[name].tolist()
    assert round(sum(HEAD["daily"]["profit"]), 2) == round(outcomes(RECORDS)["profit"], 2)


def test_what_a_mechanism_counts_is_in_the_trace_of_its_plans():
    head, _ = unpack(trace(Wanted(LEVELLED, 5)))
    assert head["more"] == {"levelled": simulate(LEVELLED, 5).daily["levelled"].tolist()}
    assert head["more"]["levelled"][-1] > 0
    assert HEAD["more"]["caught"] == (RECORDS.daily["caught"] / 100).tolist()
    assert "levelled" not in HEAD["more"]


def test_marks_add_up_to_the_days_of_the_run():
    marks, daily = COLUMNS["marks"], RECORDS.daily
    assert marks.shape == (LIVELY.days + 1, HEAD["persons"])
    counts = {name: np.count_nonzero(marks[1:] & bit, axis=1).tolist() for name, bit in (
        ("members", HERE), ("looked", LOOKED), ("orders", BOUGHT), ("joined", CAME), ("muted", MUTED),
    )}  # fmt: skip
    assert counts == {name: daily[name].tolist() for name in counts}
    assert np.count_nonzero(marks[0] & HERE) == 120
    assert np.count_nonzero(marks[-1] & LEFT) == daily["left"].sum()
    assert np.count_nonzero(marks[-1] & INVITED) == daily["invited"].sum() > 0
    assert np.count_nonzero(marks & PAID) > 0
    assert COLUMNS["wrote"][1:].sum(axis=1).tolist() == daily["messages"].tolist()


def test_deeds_say_what_the_operator_did():
    first = HEAD["deeds"][0]
    names = {(HEAD["causes"][cause], what) for cause, what, *_ in first}
    assert {("advert", "post"), ("flash_sale", "sale"), ("red_envelope", "envelope")} <= names
    assert sum(posts for cause, _, posts, _ in first if HEAD["causes"][cause] == "advert") == 3


def test_orders_are_told_by_what_sold_them():
    sold = sum(count for day in HEAD["sold"] for count in day.values())
    assert sold == RECORDS.daily["orders"].sum()


def test_ties_are_friendships_once_each():
    ties = COLUMNS["ties"]
    assert len(ties) > 100
    assert (ties[:, 0] < ties[:, 1]).all()


def test_a_large_community_is_drawn_as_groups(monkeypatch):
    monkeypatch.setattr(page_trace, "MOST_MEMBERS", 100)
    monkeypatch.setattr(page_trace, "MOST_BINS", 4)
    plan = small(members=600)
    head, columns = unpack(trace(Wanted(plan, 5)))
    daily = simulate(plan, 5).daily
    assert not head["one_by_one"]
    assert "marks" not in columns
    bins = columns["bins"]
    assert bins.shape[1] <= 4
    assert bins[:, :, 0].sum(axis=1).tolist() == daily["members"].tolist()
    assert bins[:, :, 1].sum(axis=1).tolist() == daily["looked"].tolist()


def test_the_goals_of_a_plan_are_told_in_both_languages_and_others_have_none():
    plan = small("goals", days=9, strategies=[ADVERTS], target={"orders": 1, "members": "+1"})
    head, _ = unpack(trace(Wanted(plan, 5)))
    reached, alone = (outcomes(simulate(one, 5)) for one in (plan, plan.left_alone()))
    english, chinese = head["target"]["en"], head["target"]["zh"]
    assert english[0] == ["Target", "Wanted", "Needed here", "Value", "Reached"]
    goals = {row[0]: row for row in english[1:]}
    assert goals["Orders"][1:] == ["at least 1", "1", f"{reached['orders']:.0f}", "reached"]
    more = reached["members"] >= alone["members"] + 1
    assert goals["Members at the end"][4] == ("reached" if more else "missed")
    assert goals["All together"][4] == ("reached" if more else "missed")
    assert [row[0] for row in chinese][1:3] == ["期末成员", "订单"]
    assert HEAD["target"] == {}


def test_stages_are_told_at_the_end_in_both_languages():
    english, chinese = HEAD["stages"]["en"], HEAD["stages"]["zh"]
    assert (english[0], chinese[0]) == (["By stage", "Step", "Number"], ["按阶段", "步骤", "数量"])
    steps = {row[1]: row[2] for row in english[1:]}
    assert steps["Newcomers"] == str(RECORDS.daily["joined"].sum())
    assert steps["Members at the start"] == "120"
    assert len(english) == len(chinese)


def test_who_is_paid_and_what_agents_leave_are_told_at_the_end_in_both_languages():
    agents = {"kind": "agents", "number": 2, "starts": 1, "margin": 0.4}
    head, _ = unpack(trace(Wanted(small("agents", days=12, strategies=[agents]), 5)))
    english, chinese = (
        {name: head[name][code] for name in ("parties", "partners", "agents")} for code in ("en", "zh")
    )
    assert [row[0] for row in english["agents"]][:2] == ["Break-even of agents", "Agents"]
    assert english["agents"][1][1] == "2"
    assert chinese["agents"][0][0] == "代理回本"
    paid = {row[0]: row[1:] for row in english["parties"]}
    assert {"Agents", "Members", "The shop, whose plan it is"} <= set(paid)
    assert english["partners"][1][0] == "Agents"
    assert HEAD["agents"] == {}
