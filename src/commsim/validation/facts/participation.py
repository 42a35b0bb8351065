"""Who writes: F1 and F3."""

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.view import MEMBER
from commsim.scenario.length import with_days
from commsim.scenario.schema import Scenario
from commsim.validation.facts.fact import Fact, Runs, Setup, Statistic
from commsim.validation.facts.lifetimes import lifetimes
from commsim.validation.facts.plans import MONTH, from_files, of_kind
from commsim.validation.facts.ratio import ratio

LARGE = 100
"""Members from which on a group counts."""


def _plans(scenario: Scenario) -> dict[str, Scenario]:
    return {"plan": with_days(of_kind(scenario, "interest"), MONTH)}


def _small(scenario: Scenario) -> str:
    community = scenario.community
    largest = max((group.members for group in community.groups or ()), default=community.group_size)
    small = largest < LARGE and not from_files(scenario)
    return f"its groups have fewer than {LARGE} members" if small else ""


LIVE = Setup(
    "live groups",
    "the plan in groups of an interest, 30 days; those of 100 or more that are alive",
    _plans,
    _small,
)


def written(runs: Runs) -> Ints:
    """Messages in the run by each member at its end, in live groups of a hundred or more."""
    run = runs["plan"]
    people, last = run.world.people, run.records.groups["day"] == run.days - 1
    used = run.records.groups["group"][last]
    alive = (lifetimes(run) >= run.days) & (run.records.groups["members"][last] >= LARGE)
    counted = (people.status == MEMBER) & np.isin(people.group, used[alive])
    return np.asarray(people.messages[counted])


def _top_tenth(runs: Runs) -> tuple[float]:
    messages = np.sort(written(runs))
    return (ratio(messages[-(len(messages) // 10) :].sum(), messages.sum()),)


def _silent(runs: Runs) -> tuple[float]:
    messages = written(runs)
    return (ratio(np.count_nonzero(messages == 0), len(messages)),)


FACTS = (
    Fact(
        "F1",
        "A few members write most of what is written",
        LIVE,
        (Statistic("messages by the top 10 % of members", 0.60, 0.90, share=True),),
        _top_tenth,
        "gate",
        "van Mierlo 2014; 178 IRC excerpts",
        "B",
        tuned=True,
    ),
    Fact(
        "F3",
        "Most members write nothing in a month",
        LIVE,
        (Statistic("members without a message", 0.50, 0.90, share=True),),
        _silent,
        "gate",
        "van Mierlo 2014; Nielsen 2006",
        "B",
        tuned=True,
    ),
)
