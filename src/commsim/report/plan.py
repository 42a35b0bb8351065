"""The strategies of a plan as operators' table: goal, plan, reach, dates (warm-up, formal, closing), cost."""

import datetime as dt
from typing import TYPE_CHECKING

from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import plain_yuan
from commsim.report.strategy_words import in_words

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario
    from commsim.strategies.base import Strategy

COLUMNS = ("name", "goal", "plan", "reach", "dates", "cost")


def plan_rows(plan: "Scenario", say: Language = ENGLISH) -> list[dict[str, str]]:
    """One row per strategy with the keys `COLUMNS`; lines within a cell are separated by line breaks.

    Settings are told as far as the plan gives them.
    """
    return [_row(strategy, plan, say.of(plan)) for strategy in plan.strategies]


def _row(strategy: "Strategy", plan: "Scenario", say: Language) -> dict[str, str]:
    return {
        "name": strategy.name,
        "goal": say.told(strategy.goal) or say(strategy.purpose),
        "plan": in_words(strategy, say),
        "reach": f"{strategy.reach:.0%}",
        "dates": _dates(strategy, plan, say),
        "cost": _cost(strategy, plan, say),
    }


def _dates(strategy: "Strategy", plan: "Scenario", say: Language) -> str:
    if strategy.when is not None:
        days = None if strategy.ends is None else strategy.ends - strategy.starts + 1
        return (
            say("once its state is reached")
            if days is None
            else say("{days} days from its state on", days=days)
        )
    last = strategy.last_day(plan.days)
    spans = [
        ("warm-up", strategy.starts - strategy.warm_up, strategy.starts - 1, strategy.warm_up),
        ("formal", strategy.starts, last, 1),
        ("closing", last - strategy.closing + 1, last, strategy.closing),
    ]
    return "\n".join(f"{say(phase)} {_span(plan, a, b, say)}" for phase, a, b, there in spans if there)


def _span(plan: "Scenario", first: int, last: int, say: Language) -> str:
    start, end = (plan.start + dt.timedelta(days=day) for day in (first, last))
    return f"{start}" if first == last else say("{first} to {last}", first=start, last=end)


def _cost(strategy: "Strategy", plan: "Scenario", say: Language) -> str:
    from commsim.simulation.forecast import forecast

    cost = forecast(strategy, plan)
    if cost is None:
        return say("see run")
    parts = [say("up to {yuan} yuan", yuan=plain_yuan(cost.things))] if cost.things else []
    parts += [say("staff {yuan} yuan", yuan=plain_yuan(cost.staff))] if cost.staff else []
    parts += [say("the rest depends on members: see run")] if cost.depends else []
    parts += [say("if it begins on the first day")] if parts and strategy.when is not None else []
    parts += (
        [] if strategy.budget is None else [say("stops at {yuan} yuan", yuan=plain_yuan(strategy.budget))]
    )
    return "\n".join((*parts, *_pays_from(strategy, plan, say))) or say("nothing")


def _pays_from(strategy: "Strategy", plan: "Scenario", say: Language) -> list[str]:
    """What a robot saves on paper, and from how many groups on that is its cost."""
    from commsim.simulation.forecast import work_saved
    from commsim.strategies.robot import Robot

    minutes = work_saved(strategy, plan) if isinstance(strategy, Robot) else None
    if minutes is None or not isinstance(strategy, Robot):
        return []
    groups = strategy.break_even(minutes, plan.operator.wage_per_hour)
    if groups == float("inf"):
        return [say("saves no work, as there is none in its groups")]
    told = "saves {minutes} minutes a group and day: pays from {groups} groups on"
    return [say(told, minutes=f"{minutes:.1f}", groups=f"{groups:.1f}")]
