"""How little satisfaction tells of what members order: F59."""

import numpy as np

from commsim.core.view import MEMBER
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.orders import ordered
from commsim.validation.facts.plans import changed, fewer

SEEN, DAYS = 60, 90
"""Day on which satisfaction is looked at, and days of the run."""
MEMBERS = 2000
"""Members for whom there is an hour of staff a day: too little while many ask, so that some wait."""


def _desks(scenario: Scenario) -> dict[str, Scenario]:
    base = fewer(scenario)
    desk = {"kind": "service", "hours": min(12.0, base.community.members / MEMBERS)}
    kept = base.model_dump(mode="json")["strategies"]
    both = {"strategies": [*kept, {**desk, "name": "a desk that is short"}]}
    return {str(days): changed(base, {**both, "days": days}) for days in (SEEN, DAYS)}


DESKS = Setup(
    "a short desk",
    f"the plan itself and an hour of staff a day for {MEMBERS} members who ask: {SEEN} days, and {DAYS}",
    _desks,
    events=True,
)


def _told(runs: Runs) -> tuple[float]:
    """Correlation over members of their satisfaction on day 60 and their orders in the month after."""
    world = runs[str(SEEN)].world
    there = np.flatnonzero(world.people.status == MEMBER)
    satisfied = runs[str(SEEN)].records.members
    score = np.full(len(world.people.status), np.nan)
    score[satisfied["person"]] = satisfied["satisfaction"]
    orders = ordered(runs[str(DAYS)], SEEN)[there]
    if not orders.std() or not score[there].std():
        return (np.nan,)
    return (float(np.corrcoef(score[there], orders)[0, 1]),)


FACTS = (
    Fact(
        "F59",
        "Who is more satisfied buys more, but satisfaction tells little of it",
        DESKS,
        (Statistic("correlation of satisfaction and later orders", 0.0, 0.32),),
        _told,
        "warn",
        "Mittal et al. 2023 (sign); Kumar et al. 2013: little of the variance, here at most a tenth",
        "B",
    ),
)
