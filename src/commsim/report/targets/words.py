"""A target in words."""

from commsim.core.measures import find
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell, labelled
from commsim.scenario.target import Target, Wanted


def told(wanted: Wanted, say: Language = ENGLISH) -> str:
    """``at least 4,000``, or ``at least 5 % more than doing nothing``."""
    unit, size = find(wanted.measure).unit, abs(wanted.value)
    if not wanted.relative:
        return say(_SIDES[wanted.at_least], amount=cell(wanted.value, unit))
    if wanted.basis == "share":
        amount = f"{100 * size:.10g} %"
    else:
        points = say("{number} points", number=f"{100 * size:.4g}")
        amount = points if unit == "share" else cell(size, unit)
    more = wanted.value >= 0
    return say(_DIFFERENCES[more, wanted.at_least == more], amount=amount)


_SIDES = {True: "at least {amount}", False: "at most {amount}"}
_DIFFERENCES = {
    (True, True): "at least {amount} more than doing nothing",
    (True, False): "at most {amount} more than doing nothing",
    (False, True): "at least {amount} less than doing nothing",
    (False, False): "at most {amount} less than doing nothing",
}
"""By whether it is more, and whether at least so much of that."""


def told_target(target: Target, say: Language = ENGLISH) -> str:
    """All goals of a plan in one line; empty if it has none."""
    goals = [f"{labelled(find(goal.measure), say)} {told(goal, say)}" for goal in target.goals]
    return say.parts(goals)
