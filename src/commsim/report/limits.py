"""Limits of a plan beside what it comes to: on paper, in one run, and over worlds."""

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

from commsim.analysis.intervals import CONFIDENCE
from commsim.report.language import ENGLISH, Language
from commsim.report.tables import Grid
from commsim.report.targets.tables import told_chance

if TYPE_CHECKING:
    from commsim.analysis.comparison import Comparison
    from commsim.analysis.within import Kept
    from commsim.scenario.limits import Limit
    from commsim.scenario.schema import Scenario

_AMOUNT = {"yuan": "{number} yuan", "hours": "{number} hours", "posts": "{number}", "share": "{number} %"}


def named(limit: "Limit", say: Language = ENGLISH) -> str:
    """``Members who leave``, ``Members who leave, in any group``, ``Budget, group tea``."""
    label = say(limit.label)
    if limit.group is None:
        return label
    return (
        say("{limit}, group {group}", limit=label, group=limit.group)
        if limit.group
        else say("{limit}, any group", limit=label)
    )


def amount(limit: "Limit", value: float, say: Language = ENGLISH) -> str:
    """A value of a limit with its unit: ``8,000 yuan``, ``12.5 %``; a dash for none."""
    if isnan(value):
        return "-"
    if limit.unit == "share":
        return say(_AMOUNT["share"], number=f"{round(100 * value, 1) + 0.0:.10g}")
    digits = 0 if abs(value) >= 100 or float(value).is_integer() else 1
    return say(_AMOUNT[limit.unit], number=f"{round(value, digits) + 0.0:,.{digits}f}")


def bound(limit: "Limit", value: float, say: Language = ENGLISH) -> str:
    """``at most 8,000 yuan``."""
    return say(
        "at least {amount}" if limit.at_least else "at most {amount}", amount=amount(limit, value, say)
    )


def told_limits(plan: "Scenario", say: Language = ENGLISH) -> str:
    """Each limit of a plan, and what the plan comes to on paper where that is known; empty without limits."""
    from commsim.simulation.limits import on_paper

    if plan.limits is None:
        return ""
    paper, told = on_paper(plan), []
    for limit in plan.limits.set:
        text = f"{named(limit, say)} {bound(limit, plan.limits.bound(limit), say)}"
        if limit.name in paper:
            text += say(" ({amount} planned)", amount=amount(limit, paper[limit.name], say))
        told.append(text)
    return say.parts(told)


def limits_plain(plan: "Scenario") -> list[dict[str, Any]] | None:
    """The same as data: ``planned`` is null where only a run can tell; None without limits."""
    from commsim.simulation.limits import on_paper

    if plan.limits is None:
        return None
    paper = on_paper(plan)
    return [
        {"limit": one.name, "unit": one.unit, "bound": plan.limits.bound(one), "planned": paper.get(one.name)}
        for one in plan.limits.set
    ]


def run_limit_grid(limits: "Sequence[Kept]", say: Language = ENGLISH) -> Grid:
    """What a run came to beside its limits."""
    rows = [
        (
            named(one.limit, say),
            bound(one.limit, one.bound, say),
            amount(one.limit, float(one.values[0]), say),
            say("kept") if one.within[0] else say("broken"),
        )
        for one in limits
    ]
    return Grid("", tuple(map(say, ("Limit", "Allowed", "Value", "Standing"))), tuple(rows), fixed=1)


def limit_grid(plan: str, limits: "Sequence[Kept]", say: Language = ENGLISH) -> Grid:
    """What a plan comes to on the mean beside its limits, and in how many worlds it breaks each."""
    rows = [
        (
            named(one.limit, say),
            bound(one.limit, one.bound, say),
            amount(one.limit, float(one.values.mean()), say),
            told_chance(one.broken, say),
        )
        for one in limits
    ]
    broken = say("Broken in worlds ({confidence:.0f} %)", confidence=100 * CONFIDENCE)
    header = (say("Limit of {plan}", plan=plan), say("Allowed"), say("Mean"), broken)
    return Grid("", header, tuple(rows), fixed=1)


def limit_grids(comparison: "Comparison", say: Language = ENGLISH) -> list[Grid]:
    """A table for each plan with limits."""
    pairs = zip(comparison.plans, comparison.limits, strict=False)
    return [limit_grid(plan, limits, say) for plan, limits in pairs if limits]


def limit_data(limits: "Sequence[Kept]") -> list[dict[str, Any]] | None:
    """Each limit with its mean over the worlds and the share of them in which it is broken; None if none."""
    if not limits:
        return None
    return [
        {
            "limit": one.limit.name,
            "unit": one.limit.unit,
            "bound": one.bound,
            "mean": None if isnan(one.values.mean()) else float(one.values.mean()),
            "broken": {"mean": one.broken.mean, "low": one.broken.low, "high": one.broken.high},
        }
        for one in limits
    ]
