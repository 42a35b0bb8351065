"""What members pay ahead, by month, and its tables."""

import numpy as np
import pytest

from commsim.analysis.counts import counts, mean_counts
from commsim.analysis.economics import economics, waterfall
from commsim.analysis.paid_ahead import cards_by_month, memberships_by_month, renewal_rate
from commsim.report.language import language
from commsim.report.paid_ahead import paid_ahead_grids
from commsim.scenario.schema import Scenario
from commsim.simulation.run import simulate

STRATEGIES = [
    {"kind": "membership", "fee": 4, "term": 20, "discount": 0.2, "perks": 2},
    {"kind": "stored_value", "top_ups": [{"pay": 60, "bonus": 30}], "valid_days": 15},
]


def records(strategies, days=70):
    raw = {
        "name": "ahead",
        "days": days,
        "community": {"members": 400, "group_size": 100},
        "products": [{"name": "coffee", "price": 30, "unit_cost": 15}],
        "strategies": strategies,
    }
    return simulate(Scenario.model_validate(raw), seed=3)


def test_months_add_up_to_the_run_and_to_the_books():
    run = records(STRATEGIES)
    fees, cards = memberships_by_month(run), cards_by_month(run)
    assert fees.index.tolist() == cards.index.tolist() == [(1, 30), (2, 30), (3, 10)]
    daily = run.daily
    for name in ("enrolled", "renewed", "expired"):
        assert fees[name].sum() == daily[name].sum() > 0
    assert fees["fees_paid"].sum() * 100 == pytest.approx(daily["fees_paid"].sum())
    assert fees["paying"].tolist() == daily["paying"][[29, 59, 69]].tolist()
    assert cards["balances"].tolist() == (daily["balances"][[29, 59, 69]] / 100).tolist()
    steps = waterfall(economics(run)).set_index("step")["yuan"]
    assert fees["fees_earned"].sum() == pytest.approx(steps["fees"])
    assert cards["card_lost"].sum() == pytest.approx(steps["breakage"])
    assert steps["breakage"] > 0
    assert steps["revenue"] == pytest.approx(daily["revenue"].sum() / 100)
    assert steps["profit"] == pytest.approx(run.ledger["fen"].sum() / 100)


def test_the_share_renewed_is_that_of_terms_that_came_to_an_end():
    run = records(STRATEGIES[:1])
    renewed, expired = run.daily["renewed"].sum(), run.daily["expired"].sum()
    assert renewal_rate(run) == renewed / (renewed + expired)
    assert np.isnan(renewal_rate(records(STRATEGIES[:1], days=5)))


def test_tables_are_of_what_the_plan_has():
    assert paid_ahead_grids(counts(records([]))) == []
    both = paid_ahead_grids(counts(records(STRATEGIES)))
    assert [len(grid.rows) for grid in both] == [3, 3]
    assert "of the terms that came to an end were renewed" in both[0].title
    chinese = paid_ahead_grids(counts(records(STRATEGIES[1:])), language("zh"))
    assert chinese[0].title == "储值卡"
    assert all(not cell.isascii() for cell in chinese[0].header)


def test_the_mean_over_worlds_is_one_of_sums_and_a_world_without_a_row_counts_as_nought():
    worlds = [counts(records(strategies)) for strategies in (STRATEGIES[:1], STRATEGIES, [])]
    both = mean_counts(worlds)
    for name in ("memberships", "terms"):
        assert (both[name] == (worlds[0][name] + worlds[1][name]) / 3).all(axis=None)
    assert (both["cards"] == worlds[1]["cards"] / 3).all(axis=None)
    assert both["memberships"].index.equals(worlds[0]["memberships"].index)
    assert [len(grid.rows) for grid in paid_ahead_grids(both)] == [3, 3]
