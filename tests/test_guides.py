"""The five guides' plans: one shop, one budget, nothing that the law forbids."""

import pytest

from commsim import Scenario, simulate
from commsim.analysis.within import used
from commsim.strategies.calendar import formal_days

SHOP = Scenario.load("guide-shop")
GUIDES = ("guide-reliable", "guide-operation", "guide-campaign", "guide-economy", "guide-tiers")
MOST = 8_000_00
"""Fen that a plan may give away."""


@pytest.mark.parametrize("name", GUIDES)
def test_it_is_for_the_same_shop_within_the_budget_of_all(name):
    plan = Scenario.load(name)
    for part in ("community", "products", "operator", "behaviour", "days", "start"):
        assert getattr(plan, part) == getattr(SHOP, part), part
    budgets = [one.budget for one in (*plan.strategies, *plan.sources)]
    assert sum(budget for budget in budgets if budget is not None) <= MOST
    assert all(strategy.goal for strategy in plan.strategies)
    assert not plan.allow_unlawful


@pytest.mark.parametrize("name", GUIDES)
def test_all_that_it_gives_away_comes_to_less_than_the_budget_also_where_a_strategy_has_none(name):
    plan = Scenario.load(name)
    assert plan.limits == SHOP.limits
    assert plan.limits.budget == MOST
    (spent,) = used(simulate(plan, 1), plan)
    assert 0.0 < spent <= MOST / 100


def test_the_economy_has_ten_activities_a_week_and_members_prices():
    """Of its fifth week, when all have begun and tips and shows still go on; tips are no activity."""
    plan = Scenario.load("guide-economy")
    week = range(28, 35)
    does = {
        one.name: sum(day in week for day in formal_days(one, plan.start, plan.days))
        for one in plan.strategies
    }
    kinds = ("evening sale", "friday ladder", "buyers", "weekend envelope")
    assert [does[kind] for kind in kinds] == [4, 1, 3, 2]
    assert any(one.kind == "levels" and one.at[0].discount > 0.0 for one in plan.strategies)
