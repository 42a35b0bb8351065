"""Warnings about trials, lotteries and bargains, and what they reckon with."""

import numpy as np
import pytest

from commsim.scenario.lint import findings
from commsim.scenario.lint_draws import cost_of_newcomer, success
from commsim.scenario.load import loads
from commsim.scenario.trial_balance import balance, orders_of_a_customer

PLAN = """\
name: Coffee
days: 200
products: [{name: coffee, price: 30, unit_cost: 15}]
community: {outside_per_member: 0.5}
strategies:
  - {kind: group_rules}
"""


def planned(strategy, more=""):
    return loads(f"{PLAN}  - {{{strategy}, starts: 3, warm_up: 1}}\n{more}")


def said(strategy, more=""):
    return [f"{'.'.join(map(str, path))}: {what}" for path, what, _ in findings(planned(strategy, more))]


@pytest.mark.parametrize(
    ("strategy", "more", "warning"),
    [
        (
            "kind: lottery, budget: 599",
            "",
            "strategies.1.budget: the prizes cost 600 yuan, more than the bud",
        ),
        ("kind: lottery, prizes: [{number: 500, worth: 20}]", "", "1.prizes: a newcomer would cost 182 yuan"),
        (
            "kind: lottery",
            "behaviour: {lottery: {friends: 0}}",
            "strategies.1.prizes: nobody is brought by it",
        ),
        (
            "kind: bargain, helpers: 1, ask: 2",
            "",
            "strategies.1.helpers: a newcomer would cost 90 yuan or more",
        ),
        ("kind: bargain", "", "strategies.1.kind: WeChat forbids links from outside"),
        ("kind: lottery", "", "strategies.1.invite: WeChat forbids links from outside"),
        ("kind: trial, price: 9", "", "strategies.1.price: is no trial: from 30% of the usual price on"),
        (
            "kind: trial",
            "",
            "each trial loses 14.00 yuan, and about -0.06 comes back by the end",
        ),
    ],
)
def test_what_does_not_pay_is_told(strategy, more, warning):
    assert any(warning in one for one in said(strategy, more)), said(strategy, more)


@pytest.mark.parametrize(
    ("strategy", "more"),
    [
        ("kind: lottery, invite: false", ""),
        ("kind: lottery, invite: false, prizes: [{number: 500, worth: 20}]", ""),
        ("kind: trial", "behaviour: {buying: {trial: 0.0001, sample_convert: 0.9, sample_quality: 1}}"),
    ],
)
def test_what_may_pay_is_not(strategy, more):
    assert [one for one in said(strategy, more) if "is unusual" not in one] == []


def test_a_bargain_has_a_closed_form():
    plan = planned("kind: bargain")
    assert success(plan.strategies[1], plan) == pytest.approx(0.0611, abs=1e-4)
    assert cost_of_newcomer(plan.strategies[1], plan) == pytest.approx(0.0611 * 1500 / 0.9, rel=1e-2)


def test_orders_of_a_customer_are_those_of_the_rule_that_the_model_has():
    """Gamma rates, beta chances to lapse after each order: 40,000 customers one by one."""
    plan, days, luck = planned("kind: trial"), 180.0, np.random.default_rng(1)
    b = plan.behaviour.buying
    mean = 0.25 / 7.0
    rate = luck.gamma(b.shape, mean / b.shape, 40_000)
    lapse = luck.beta(b.lapse_a, b.lapse_b, 40_000)
    orders = np.minimum(luck.poisson(rate * days), luck.geometric(np.maximum(lapse, 1e-9)))
    expected = orders_of_a_customer(plan, np.array([days]))[0]
    assert expected == pytest.approx(orders.mean(), abs=4 * orders.std() / 200)


def test_a_trial_pays_as_its_parts_say():
    """Nothing comes back where nobody is won; all of a customer's orders where nobody comes anyway."""
    never = "behaviour: {buying: {trial: 0, sample_convert: 1, sample_quality: 1}}"
    plan = planned("kind: trial", never)
    orders = orders_of_a_customer(plan, np.array([197.0]))[0]
    assert balance(plan.strategies[1], plan).back == pytest.approx(1500 * orders)
    lost = balance(*_of("behaviour: {buying: {sample_convert: 0}}"))
    assert (lost.lost, lost.back, lost.won) == (1400, 0, 0)
    assert lost.anyway == pytest.approx(1 - (1 + 0.006 * 197 / 0.5) ** -0.5)


def _of(more):
    plan = planned("kind: trial", more)
    return plan.strategies[1], plan
