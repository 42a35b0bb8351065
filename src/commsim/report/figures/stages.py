"""A plan by its stages: who flows from one to the next, and how many of its groups live."""

from dataclasses import replace
from math import nan

from commsim.analysis.stages import STEPS, shares_of
from commsim.report.case import Case
from commsim.report.figures.bands import Curve, over_days
from commsim.report.language import Language
from commsim.report.panels import Figure, Flow
from commsim.report.stages import LABELS, STAGES, numbers

_HOW_TO_READ = (
    "In brackets the share of an earlier step. "
    "The line at the right: who brings others fills the first stage."
)


def stages(case: Case, say: Language) -> list[Figure]:
    """A flow of persons per plan; groups alive and dead over the days."""
    flows = [
        _flow(plan, name, numbers(closeup.counts), say)
        for plan, (name, closeup) in enumerate(zip(case.names, case.closeups, strict=True))
    ]
    most = max((number for flow in flows for _, _, number, _ in flow.steps), default=1.0)
    flows = [replace(flow, most=max(1.0, most)) for flow in flows]
    return [*flows, *over_days(case, say, *_LIVES)]


_LIVES = (
    Curve(
        "stages-alive",
        "Groups alive",
        "share",
        "share of groups with members",
        "Alive until a week comes to less than a tenth of its peak week; told in hindsight.",
        lambda closeup: closeup.lives("alive"),
    ),
    Curve(
        "stages-dead",
        "Groups dead",
        "share",
        "share of groups with members",
        "Dead from the first week below a twentieth of its peak week. The rest are quiet.",
        lambda closeup: closeup.lives("dead"),
    ),
)


def _flow(plan: int, name: str, number: dict[str, float], say: Language) -> Flow:
    share = shares_of(number)
    steps = [step for step in STEPS if number.get(step) and STEPS[step][0] != "by itself"]
    back = number.get("invited", 0.0) and "inviters" in steps and "came" in steps
    return Flow(
        say,
        f"stages-{plan + 1}",
        name,
        "persons",
        say("persons, mean over the worlds"),
        say(_HOW_TO_READ),
        tuple(
            (say(STAGES[STEPS[step][0]]), say(LABELS[step]), number[step], share.get(step, nan))
            for step in steps
        ),
        frozenset(row for row in range(1, len(steps)) if STEPS[steps[row]][1] == steps[row - 1]),
        plan,
        (steps.index("inviters"), steps.index("came"), number["invited"]) if back else None,
    )
