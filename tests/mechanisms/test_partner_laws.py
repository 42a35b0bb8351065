"""Laws of agents, shareholders and cash that one figure decides: weeks, risk, what was shared, the last."""

import numpy as np
import pytest
from worlds import fen, plan, run

from commsim.analysis.agents import agents_counted
from commsim.analysis.counts import counts
from commsim.report.agents import agent_data, agent_grids
from commsim.scenario.schema import Scenario

KEEN = {"active": 1.0, "quits": 0.0, "customers_go": 0.0}


def agency(*others, days=40, keen=None, **settings):
    offer = {"kind": "agents", "number": 4, "staff_minutes": 0, "material": 0, "starts": 1, **settings}
    behaviour = {"agents": KEEN | (keen or {})}
    return plan(
        offer, *others, days=days, members=400, group_size=100, outside_per_member=1, behaviour=behaviour
    )


def test_a_good_week_of_an_agent_does_not_count_in_the_next():
    """Paid in the first week alone: none gives up at its end, all do at the end of the second or third."""
    records = run(agency(days=22, ends=5, keen={"enough": 1, "quits": 1.0}))
    running = records.daily["agents"]
    assert running[6] == 4
    assert running[20] == 0


def test_a_seat_that_goes_back_is_weighed_by_what_may_be_lost_of_it():
    def sold(risk, *, returned):
        offer = {"kind": "shareholder", "seats": 400, "price": 10, "term": 60, "returned": returned}
        behaviour = {"shareholders": {"notice": 1.0, "risk": risk}}
        return run(plan(offer, days=20, members=300, behaviour=behaviour)).daily["seated"].sum()

    assert sold(0.3, returned=True) > 1.2 * sold(0.3, returned=False) > 0
    assert abs(sold(1.0, returned=True) - sold(0.3, returned=False)) <= 3  # fees earned are profit, too


def test_what_was_shared_is_no_loss_of_the_month_in_which_it_was():
    offer = {"kind": "shareholder", "seats": 4, "price": 10, "term": 90, "profit_share": 0.5}
    records = run(plan(offer, days=61, members=300, behaviour={"shareholders": {"notice": 0.5}}))
    ledger, shared = records.ledger, records.accounts.index("profit_share")
    own = (ledger["account"] != shared) & (ledger["day"] >= 30) & (ledger["day"] < 60)
    profit = int(ledger["fen"][own].sum())
    assert records.daily["shared_profit"][30] > 0
    assert records.daily["shared_profit"][60] == int(profit * 0.5) // 4 * records.daily["holders"][59]


@pytest.mark.parametrize(("rent", "closes"), [(50, False), (50.01, True)])
def test_a_shop_with_nothing_left_goes_on_and_with_less_it_does_not(rent, closes):
    goods = [{"name": "tea", "price": 30, "unit_cost": 15, "appeal": 0}]
    made = plan(members=50, days=33, products=goods).model_dump(mode="json")
    fixed = [{"name": "rent", "per_month": rent, "months_ahead": 1}]
    cash = {"opening": 60, "credit": 40, "interest": 0.0, "fixed": fixed}
    daily = run(Scenario.model_validate({**made, "cash": cash})).daily
    assert daily["ran_out"].any() == closes
    assert daily["cash"][30] == (-4002 if closes else -4000)


def test_bills_that_are_due_after_the_run_are_kept_whatever_comes_sooner():
    made = plan(members=100, days=8).model_dump(mode="json")
    for terms in ({"pays_suppliers_after": 60}, {"customers_pay_after": 60}):
        records = run(Scenario.model_validate({**made, "cash": {"opening": 9_000, **terms}}))
        bills = -fen(records, "goods") if "pays_suppliers_after" in terms else 0
        assert records.daily["unpaid_bills"][-1] == bills
        assert records.daily["ran_out"].sum() == 0


def test_who_would_not_earn_the_fee_back_does_not_become_an_agent():
    """Groups sell a few hundred yuan a month: nobody pays a fortune, and all pay a trifle."""
    fees = {entry: run(agency(days=12, starts=5, entry=entry)) for entry in (1, 1_000_000)}
    assert fen(fees[1], "entry_fees") == 4 * 100
    assert fen(fees[1_000_000], "entry_fees") == 0
    assert fees[1_000_000].daily["agents"].max() == 0


def test_break_even_is_the_day_on_which_margin_has_come_to_the_fee():
    records = run(agency(days=60, starts=5, entry=40, keen={"horizon": 3650}))
    frame = agents_counted(records)
    entries, since = records.entries, records.members["agent_since"]
    margin = entries["account"] == records.accounts.index("margin")
    days = []
    for person in records.members["person"][since >= 0]:
        own = margin & (entries["person"] == person)
        so_far = np.cumsum(-entries["fen"][own])
        days += [int(entries["day"][own][so_far >= 4000][0]) - 5] if (so_far >= 4000).any() else []
    assert frame["back"][0] == len(days) > 0
    assert frame["waited"][0] == sum(days)
    told = agent_data(counts(records))
    assert told["days"] == pytest.approx(sum(days) / len(days))
    (grid,) = agent_grids(counts(records))
    assert grid.rows[1][1] == "160"
    less = agent_data(counts(records), beyond=-100.0)
    assert less["needed_beyond"] is None
    assert less["beyond_monthly"] == pytest.approx(-100 / frame["months"][0])
    more = agent_data(counts(records), beyond=2 * frame["left"][0])
    assert more["beyond_monthly"] == pytest.approx(2 * told["monthly"])
    (both,) = agent_grids(counts(records), beyond=-100.0)
    assert len(both.rows) == len(grid.rows) + 2
    assert both.rows[-1][1] == "never"


def test_own_customers_come_to_their_agent_and_no_others_do():
    some, none = run(agency(days=6, brings=5)), run(agency(days=6))
    brought = (some.members["joined"] >= 0) & (some.members["inviter"] >= 0)
    agents = some.members["person"][some.members["agent"] == 1]
    assert 4 < brought.sum() <= 4 * 6
    assert set(some.members["inviter"][brought].tolist()) <= set(agents.tolist())
    assert (some.members["joined"][brought] == 2).all()
    assert not (none.members["inviter"] >= 0).any()


def test_posts_of_agents_cost_the_shop_nothing():
    some, none = run(agency(days=20, posts_per_week=7)), run(agency(days=20))
    assert some.daily["operator_posts"].sum() > none.daily["operator_posts"].sum() == 0
    assert fen(some, "staff") == fen(none, "staff")


def test_what_agents_pass_on_is_theirs_to_the_fen():
    records = run(agency(days=30, margin=0.25, passed_on=0.4))
    margin, passed = -fen(records, "margin"), fen(records, "passed_on")
    assert 0.9 * 0.4 * margin < passed <= 1.01 * 0.4 * margin
    assert records.members["margin_earned"].sum() == margin - passed
    late = records.ledger["day"] >= 28
    discounts = records.ledger["account"] == records.accounts.index("discount")
    assert passed <= -int(records.ledger["fen"][discounts & ~late].sum())
