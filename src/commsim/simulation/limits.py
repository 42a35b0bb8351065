"""What a plan comes to on paper, beside its limits; and the refusal of plans that break them there."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.scenario.audiences import group_names
from commsim.scenario.errors import Finding, SettingPath
from commsim.scenario.limits import EACH, POSTS, Limit, index_of, most_posts, posts_by_group
from commsim.simulation.forecast import MINUTES, forecast, forecast_by_group, groups_on_paper

if TYPE_CHECKING:
    from commsim.scenario.limits import PlanLimits
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
    wanted = {limit.name for limit in limits.set if limit.group is None}
    found: dict[str, float] = {}
    if wanted & {*POSTS}:
        posts = most_posts(scenario)
        found |= {"posts_per_day": float(posts.a_day), "posts_per_week": float(posts.a_week)}
    if wanted & {"budget", "hours"}:
        found |= _certain(scenario)
    found |= _of_groups(scenario)
    return {limit.name: found[limit.name] for limit in limits.set if limit.name in found}


def _of_groups(scenario: "Scenario") -> dict[str, float]:
    """What groups come to on paper by the limits that they have."""
    limits, names = scenario.limits, group_names(scenario)
    assert limits is not None
    asked = [one for one in limits.set if one.group is not None]
    columns: dict[str, Floats] = {}
    if names and {one.measure for one in asked} & {*POSTS}:
        columns |= dict(zip(POSTS, np.array(posts_by_group(scenario), np.float64).T, strict=True))
    if names and {one.measure for one in asked} & {"budget", "hours"}:
        costs = forecast_by_group(scenario)
        columns |= {"budget": costs.yuan, "hours": costs.hours} if costs else {}
        if any(strategy.kind == "robot" for strategy in scenario.strategies):
            columns.pop("hours", None)
    return {
        limit.name: of_group(limit, columns[limit.measure], names, limits.others(limit.measure))
        for limit in asked
        if limit.measure in columns
    }


def of_group(limit: Limit, values: Floats, names: Sequence[str], others: frozenset[str]) -> float:
    """What the group of a limit comes to, of values by group; the worst of those without a limit of its own.

    Not a number where there is no such group.
    """
    if limit.group != EACH:
        at = index_of(str(limit.group), tuple(names))
        return float("nan") if at is None else float(values[at])
    own = {at for at in (index_of(one, tuple(names)) for one in others) if at is not None}
    left = np.delete(values, [*own])
    left = left[~np.isnan(left)]
    if not len(left):
        return float("nan")
    return float(left.min() if limit.at_least else left.max())


def _certain(scenario: "Scenario") -> dict[str, float]:
    """Yuan for things and hours of staff."""
    groups = groups_on_paper(scenario)
    costs = [forecast(strategy, scenario) for strategy in scenario.strategies]
    known = [cost for cost in costs if cost is not None]
    if groups is None or len(known) < len(costs):
        return {}
    yuan = sum(cost.things for cost in known) / 100
    found = {"budget": yuan}
    if any(strategy.kind == "robot" for strategy in scenario.strategies):
        return found
    hours = scenario.operator.minutes_per_group * groups * scenario.days / MINUTES
    wage = scenario.operator.wage_per_hour
    hours += sum(cost.staff / wage if wage else cost.minutes / MINUTES for cost in known)
    return found | {"hours": hours}


def beyond_on_paper(scenario: "Scenario") -> Iterator[Finding]:
    """Limits that the plan breaks whatever members do."""
    limits = scenario.limits
    if limits is None:
        return
    for name, value in on_paper(scenario).items():
        limit = next(one for one in limits.set if one.name == name)
        if limits.excess(limit, value) > 0.0:
            remedy = _REMEDY[limit.measure.split("_")[0]].format(name=name)
            yield Finding(_path(limits, limit), _told(limit, value, limits.bound(limit)), remedy)


def _path(limits: "PlanLimits", limit: Limit) -> SettingPath:
    """Where a limit stands in the plan."""
    if limit.group is None:
        return ("limits", limit.measure)
    if limit.group == EACH:
        return ("limits", "each_group", limit.measure)
    at = next(k for k, one in enumerate(limits.groups) if str(one.name) == limit.group)
    return ("limits", "groups", at, limit.measure)


def _told(limit: Limit, value: float, bound: float) -> str:
    unit = "" if limit.unit == "posts" else f" {limit.unit}"
    whose = {None: "", EACH: ", a group"}.get(limit.group, f", group {limit.group}")
    return f"{limit.label}{whose}: the plan comes to {value:,.6g}{unit}, and the limit is {bound:,.6g}"


def refuse_beyond(scenario: "Scenario") -> None:
    """Raise `LimitBroken` for a plan that breaks a limit on paper and says that it is to be refused then."""
    if scenario.limits is None or scenario.limits.beyond != "refuse":
        return
    for finding in beyond_on_paper(scenario):
        where = f"{scenario.name}, {'.'.join(map(str, finding.path))}"
        raise LimitBroken(finding.what, where=where, remedy=f"{finding.remedy}; or limits.beyond: mark")
