"""What a plan comes to on paper, beside its limits; and the refusal of plans that break them there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from commsim.core.errors import InputError
from commsim.scenario.errors import Finding
from commsim.scenario.limits import Limit, most_posts
from commsim.simulation.forecast import MINUTES, forecast, groups_on_paper

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

_REMEDY = {
    "budget": "do less of what costs, give strategies smaller sums, or raise limits.{name}",
    "hours": "let staff do less or less often, or raise limits.{name}",
    "posts": "post on fewer days, or raise limits.{name}",
}


class LimitBroken(InputError):
    """A plan that breaks a limit of its own on paper, and is not to be run then."""


def on_paper(scenario: "Scenario") -> dict[str, float]:
    """What a plan comes to whatever members do, by the names of its limits that can be known before a run.

    Envelopes count in full, although what nobody catches comes back.  Hours are the cost of
    staff at the operator's wage, and left out of a plan with a robot, which saves some; money and hours are
    left out where the groups are in files that can't be read.
    """
    limits = scenario.limits
    if limits is None:
        return {}
    wanted = {limit.name for limit in limits.set}
    found: dict[str, float] = {}
    if wanted & {"posts_per_day", "posts_per_week"}:
        posts = most_posts(scenario)
        found |= {"posts_per_day": float(posts.a_day), "posts_per_week": float(posts.a_week)}
    if wanted & {"budget", "budget_per_group", "hours", "hours_per_group"}:
        found |= _certain(scenario)
    return {limit.name: found[limit.name] for limit in limits.set if limit.name in found}


def _certain(scenario: "Scenario") -> dict[str, float]:
    """Yuan for things and hours of staff, in all and per group."""
    groups = groups_on_paper(scenario)
    costs = [forecast(strategy, scenario) for strategy in scenario.strategies]
    known = [cost for cost in costs if cost is not None]
    if groups is None or len(known) < len(costs):
        return {}
    yuan = sum(cost.things for cost in known) / 100
    found = {"budget": yuan, "budget_per_group": yuan / groups}
    if any(strategy.kind == "robot" for strategy in scenario.strategies):
        return found
    hours = scenario.operator.minutes_per_group * groups * scenario.days / MINUTES
    wage = scenario.operator.wage_per_hour
    hours += sum(cost.staff / wage if wage else cost.minutes / MINUTES for cost in known)
    return found | {"hours": hours, "hours_per_group": hours / groups}


def beyond_on_paper(scenario: "Scenario") -> Iterator[Finding]:
    """Limits that the plan breaks whatever members do."""
    limits = scenario.limits
    if limits is None:
        return
    for name, value in on_paper(scenario).items():
        limit = next(one for one in limits.set if one.name == name)
        if limits.excess(limit, value) > 0.0:
            remedy = _REMEDY[name.split("_")[0]].format(name=name)
            yield Finding(("limits", name), _told(limit, value, limits.bound(limit)), remedy)


def _told(limit: Limit, value: float, bound: float) -> str:
    unit = "" if limit.unit == "posts" else f" {limit.unit}"
    return f"{limit.label}: the plan comes to {value:,.6g}{unit}, and the limit is {bound:,.6g}"


def refuse_beyond(scenario: "Scenario") -> None:
    """Raise `LimitBroken` for a plan that breaks a limit on paper and says that it is to be refused then."""
    if scenario.limits is None or scenario.limits.beyond != "refuse":
        return
    for finding in beyond_on_paper(scenario):
        where = f"{scenario.name}, {'.'.join(map(str, finding.path))}"
        raise LimitBroken(finding.what, where=where, remedy=f"{finding.remedy}; or limits.beyond: mark")
