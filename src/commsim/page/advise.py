"""What plans are worth beside doing nothing, and why, in a few worlds: told while somebody waits."""

from dataclasses import dataclass
from typing import Any

from commsim.analysis.compare import compare
from commsim.analysis.explain import explain_here
from commsim.report.explain import explain_grids, explain_verdict
from commsim.report.language import language
from commsim.report.verdict import verdict
from commsim.scenario.schema import Scenario

JUDGED_IN = 8
"""Worlds in which plans are compared."""
EXPLAINED_IN = 6
"""Worlds in which one is explained."""
MOST_JUDGED = 1_500_000
"""Members x days, over all plans, up to which they are compared unasked: some seconds."""


@dataclass(frozen=True)
class Rivals:
    """Plans to compare, and the seed that the worlds come from."""

    plans: tuple[Scenario, ...]
    seed: int


def judged(rivals: Rivals) -> dict[str, str]:
    """The verdict in each language, which begins with what to drop; nothing of plans that are too large."""
    plans = rivals.plans
    if sum(plan.community.members * plan.days for plan in plans) > MOST_JUDGED:
        return {}
    if len(plans) == 1:
        plans = (*plans, plans[0].left_alone().model_copy(update={"name": "doing nothing"}))
    lengths = {plan.days for plan in plans}
    days = lengths.pop() if len(lengths) == 1 else None
    found = compare(plans, worlds=JUDGED_IN, seed=rivals.seed, days=days, workers=1)
    return {code: verdict(found, language(code)) for code in ("en", "zh")}


@dataclass(frozen=True)
class Doubted:
    """A plan to explain, and the seed that the worlds come from.  whole: by what people are like, too."""

    plan: Scenario
    seed: int
    whole: bool


def reasons(doubted: Doubted) -> dict[str, Any]:
    """Why a plan earns what it earns: in each language a text, and tables with their titles."""
    plan = doubted.plan
    found = explain_here(plan, EXPLAINED_IN, doubted.seed, whole=doubted.whole)
    told = {}
    for code in ("en", "zh"):
        say = language(code).of(plan)
        grids = [(grid.title, [grid.header, *grid.rows]) for grid in explain_grids(found, say)]
        told[code] = {"text": explain_verdict(found, say), "tables": grids}
    return told
