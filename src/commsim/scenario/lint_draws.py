"""Warnings about trials, lotteries and bargains: what a customer or newcomer by them would cost."""

from collections.abc import Iterator
from math import comb

from commsim.core.maths import log
from commsim.core.mechanisms.bargain import BARGAIN, BargainBehaviour
from commsim.core.mechanisms.lottery import LOTTERY, LotteryBehaviour
from commsim.core.units import to_yuan
from commsim.scenario.errors import Finding
from commsim.scenario.fields import number
from commsim.scenario.schema import Scenario
from commsim.scenario.trial_balance import balance
from commsim.strategies.bargain import Bargain
from commsim.strategies.base import Strategy
from commsim.strategies.lottery import Lottery
from commsim.strategies.trial import Trial

FORBIDDEN = (
    "WeChat forbids links from outside that induce sharing by friends' help or by more chances to win",
    "hold it in a shop of the platform's own, and read its rules on sharing: a link can be stopped, an "
    "account closed",
)
"""Rules on links from outside, of 28 October 2019, as reported by the Beijing Daily on 30 October 2019."""
DEAR = 4000
"""Fen that a newcomer costs at most where operators pay for one (10 to 40 yuan a head)."""


def draws(strategy: Strategy, scenario: Scenario) -> Iterator[Finding]:
    """Trials that don't pay, prizes that there is no money for, newcomers dearer than others pay for one."""
    if isinstance(strategy, Trial):
        yield from _trial(strategy, scenario)
    if isinstance(strategy, Bargain) or (isinstance(strategy, Lottery) and strategy.invite):
        yield Finding(("kind",) if isinstance(strategy, Bargain) else ("invite",), *FORBIDDEN)
    if isinstance(strategy, Lottery):
        yield from _lottery(strategy, scenario)
    if isinstance(strategy, Bargain):
        each = cost_of_newcomer(strategy, scenario)
        if each > DEAR:
            yield _dear(each, "ask for more helpers, or bargain for something cheaper")._replace(
                path=("helpers",)
            )


def _trial(strategy: Trial, scenario: Scenario) -> Iterator[Finding]:
    found = balance(strategy, scenario)
    named = [one for one in scenario.products if one.name == strategy.product]
    usual, least = (*named, scenario.products[0])[0].price, scenario.behaviour.buying.sample_price
    if strategy.price >= least * usual:
        what = f"is no trial: from {least:.0%} of the usual price on, it is a sale like any other"
        yield Finding(("price",), what, f"ask for less than {number(to_yuan(int(least * usual)))} yuan")
    elif found.back < found.lost and not (scenario.community.roster or scenario.community.history):
        yield Finding(
            ("price",),
            f"each trial loses {found.lost / 100:.2f} yuan, and about {found.back / 100:.2f} comes back by "
            f"the end: it makes customers of {found.won:.0%}, and {found.anyway:.0%} would begin without it",
            "it pays where fewer begin by themselves (buying.trial), where more are won or better customers "
            "(buying.sample_convert, buying.sample_quality), or over a longer time",
        )


def _lottery(strategy: Lottery, scenario: Scenario) -> Iterator[Finding]:
    if strategy.budget is not None and strategy.promised > strategy.budget:
        what = f"the prizes cost {number(to_yuan(strategy.promised))} yuan, more than the budget"
        yield Finding(("budget",), what, "no draw would be opened: raise it, or give fewer prizes")
    if strategy.invite:
        b: LotteryBehaviour = getattr(scenario.behaviour, LOTTERY.name)
        largest = max(kind.worth for kind in strategy.prizes)
        each_brings = b.enter * b.friends * log(1.0 + largest / 1000)
        most = min(each_brings, scenario.community.outside_per_member) * scenario.community.members
        if most == 0.0 or strategy.promised > DEAR * most:
            each = strategy.promised / most if most else float("inf")
            yield _dear(each, "give fewer prizes, or smaller ones")._replace(path=("prizes",))


def _dear(fen: float, remedy: str) -> Finding:
    what = (
        f"a newcomer would cost {fen / 100:.0f} yuan or more"
        if fen < float("inf")
        else "nobody is brought by it"
    )
    return Finding((), f"{what}; operators pay 10 to 40 a head", remedy)


def success(strategy: Bargain, scenario: Scenario) -> float:
    """Chance that a bargain succeeds: a tail of a binomial distribution."""
    b: BargainBehaviour = getattr(scenario.behaviour, BARGAIN.name)
    p, n = 1.0 - (1.0 - b.helps) ** (strategy.hours / 24.0), strategy.ask
    tail = (comb(n, k) * p**k * (1.0 - p) ** (n - k) for k in range(strategy.helpers, n + 1))
    return float(sum(tail))


def cost_of_newcomer(strategy: Bargain, scenario: Scenario) -> float:
    """Fen that a newcomer by a bargain costs in the mean; without end where nobody joins."""
    b: BargainBehaviour = getattr(scenario.behaviour, BARGAIN.name)
    named = [one for one in scenario.products if one.name == strategy.product]
    each = (*named, scenario.products[0])[0].unit_cost - strategy.to
    joined = strategy.ask * (1.0 - (1.0 - b.helps) ** (strategy.hours / 24.0)) * b.joins
    return success(strategy, scenario) * each / joined if joined else float("inf")
