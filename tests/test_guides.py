"""The five guides' plans: one shop, one budget, nothing that the law forbids."""

import pytest

from commsim import Scenario

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
