"""How groups in which people talk fall silent, those that nobody runs first: F6, F7, F8 and F14."""

import numpy as np
from numpy.typing import NDArray

from commsim.analysis.lives import DEAD, fallen_below
from commsim.core.arrays import Bools
from commsim.scenario.length import with_days
from commsim.scenario.schema import Scenario
from commsim.strategies.group_rules import GroupRules
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.observed import Run
from commsim.validation.facts.plans import HALF_YEAR, MONTH, QUARTER, bare, of_kind, stopped
from commsim.validation.facts.ratio import ratio

QUIET = 1.0
"""Messages a day below which a week must lie too, where that is asked, for a group to be dead."""
MANY = 20
"""Groups in a world from which on it tells how they differ."""
TASK_GROUPS = 0.15
"""Share of groups made for one task among those that nobody runs: assumed, grade D."""


def lifetimes(run: Run, quiet: float = np.inf) -> NDArray[np.int64]:
    """Days that each group lives; the length of the run for groups that outlive it."""
    return fallen_below(run.records, DEAD, quiet)


def _plans(scenario: Scenario) -> dict[str, Scenario]:
    talking = of_kind(scenario, "interest")
    return {
        "nobody": bare(talking, HALF_YEAR, community={"task_groups": TASK_GROUPS}),
        "stopped": stopped(talking, MONTH, HALF_YEAR),
    }


UNMANAGED = Setup(
    "unmanaged groups",
    "nobody runs the groups of an interest, 15 % made for one task; or the plan is given up on day 30",
    _plans,
)


def _lives(runs: Runs) -> tuple[float, ...]:
    nobody, after = lifetimes(runs["nobody"]), lifetimes(runs["stopped"]) - MONTH
    return float(np.median(nobody)), float(np.median(after)), float(np.mean(nobody < HALF_YEAR))


def _spread(runs: Runs) -> tuple[float, ...]:
    lives = lifetimes(runs["nobody"])
    if len(lives) < MANY:
        return (float("nan"),) * 3
    return float(lives.std() / lives.mean()), float(np.mean(lives < 10)), float(np.mean(lives > 60))


def _first_day(runs: Runs) -> tuple[float]:
    """How well first-day messages rank groups by survival to day 30: the area under the ROC curve."""
    run = runs["nobody"]
    first = run.records.groups["messages"].reshape(run.days, -1)[0]
    return (ranked_above(first, lifetimes(run, QUIET) > MONTH),)


def ranked_above(score: NDArray[np.integer], survived: Bools) -> float:
    """Chance that one who survived has the higher score, ties counted as halves; nan without both kinds."""
    yes, no = score[survived][:, None], score[~survived][None, :]
    return ratio((yes > no).sum() + 0.5 * (yes == no).sum(), yes.size * no.size)


def _rules(scenario: Scenario) -> dict[str, Scenario]:
    """The plan without its rules, and with enforced ones."""
    others = tuple(strategy for strategy in scenario.strategies if strategy.kind != "group_rules")
    plan = with_days(of_kind(scenario.model_copy(update={"strategies": others}), "interest"), QUARTER)
    ruled = plan.model_copy(update={"strategies": (*plan.strategies, GroupRules())})
    return {"no rules": plan, "rules": ruled}


RULES = Setup(
    "rules", "the plan without rules and with enforced ones, in groups of an interest, 90 days", _rules
)


def _half_life(runs: Runs) -> tuple[float]:
    half = {name: np.median(fallen_below(run.records, 0.5)) for name, run in runs.items()}
    return (ratio(half["no rules"], half["rules"]),)


FACTS = (
    Fact(
        "F6",
        "Groups that nobody runs die within months",
        UNMANAGED,
        (
            Statistic("median days of life, unmanaged", 14, 120),
            Statistic("median days of life once given up", 14, 120),
            Statistic("unmanaged groups dead by day 180", 0.80, 1.0, share=True),
        ),
        _lives,
        "gate",
        "Qiu Ye 2015 (1 week to 6 months)",
        "C",
        tuned=True,
    ),
    Fact(
        "F7",
        "Lifetimes differ widely: some groups die at once, some last",
        UNMANAGED,
        (
            Statistic("coefficient of variation of lives", 0.7),
            Statistic("groups that live less than 10 days", 0.10, 1.0, share=True),
            Statistic("groups that live more than 60 days", 0.10, 1.0, share=True),
        ),
        _spread,
        "warn",
        "Qiu et al. 2016",
        "B",
        tuned=True,
    ),
    Fact(
        "F8",
        "The first day tells which groups will last",
        UNMANAGED,
        (Statistic("AUC of first-day messages for life at day 30", 0.70, 1.0),),
        _first_day,
        "warn",
        "Qiu et al. 2016; Kairam et al. 2012",
        "B",
    ),
    Fact(
        "F14",
        "Adverts by members, left alone, silence a group",
        RULES,
        (Statistic("half-life of talk, no rules over rules", high=0.5),),
        _half_life,
        "warn",
        "operators; China Youth Daily 2020",
        "C",
        tuned=True,
    ),
)
