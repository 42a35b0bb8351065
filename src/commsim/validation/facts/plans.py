"""Plans that facts are measured on: made from a scenario by changing some of its settings."""

from typing import Any

from commsim.core.units import FEN_PER_YUAN
from commsim.scenario.defaults import left_to_defaults
from commsim.scenario.group_kinds import GroupKind
from commsim.scenario.schema import Scenario

MONTH, QUARTER, HALF_YEAR = 30, 90, 180
"""Days of runs."""


def changed(scenario: Scenario, changes: dict[str, Any]) -> Scenario:
    """The scenario with other settings; sections are changed setting by setting, lists are replaced.

    What its kind of groups or its reading set is set anew.
    """
    kept = scenario.model_dump(mode="json", exclude=left_to_defaults(scenario))
    return Scenario.model_validate(_merged(kept, changes))


def of_kind(scenario: Scenario, kind: GroupKind) -> Scenario:
    """The scenario with groups of this kind, and of what the kind sets, all that it did not set itself."""
    return changed(scenario, {"community": {"kind": kind}})


def bare(scenario: Scenario, days: int, *strategies: dict[str, Any], **sections: Any) -> Scenario:
    """The same people and products under these strategies alone."""
    return changed(scenario, {"days": days, "strategies": list(strategies), **sections})


def stopped(scenario: Scenario, day: int, days: int) -> Scenario:
    """The scenario's own plan, given up on a day, in a run of so many days."""
    kept = [strategy for strategy in scenario.strategies if strategy.starts < day]
    ends = (day - 1 if strategy.ends is None else min(strategy.ends, day - 1) for strategy in kept)
    cut = [
        strategy.model_copy(update={"ends": end, "closing": min(strategy.closing, end - strategy.starts + 1)})
        for strategy, end in zip(kept, ends, strict=True)
    ]
    return scenario.model_copy(update={"days": days, "strategies": tuple(cut)})


def sized(scenario: Scenario, groups: int) -> Scenario:
    """The scenario with so many groups; those who are read from files stay as they are."""
    community = scenario.community
    if community.roster or community.history:
        return scenario
    members = groups * community.group_size
    arrivals = community.arrivals_per_day * members / community.members
    return changed(
        scenario, {"community": {"groups": None, "members": members, "arrivals_per_day": arrivals}}
    )


def fewer(scenario: Scenario) -> Scenario:
    """An eighth of the groups: enough for facts about what one thing does to the same people."""
    community = scenario.community
    return sized(scenario, max(1, round(community.members / community.group_size / 8)))


def price(scenario: Scenario) -> float:
    """Yuan that the first product costs."""
    return scenario.products[0].price / FEN_PER_YUAN


def from_files(scenario: Scenario) -> str:
    """Why a fact about generated people can't be measured: theirs are read from files."""
    community = scenario.community
    return "its people are read from files" if community.roster or community.history else ""


def _merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    both = {
        name: _merged(old[name], value)
        for name, value in new.items()
        if isinstance(value, dict) and isinstance(old.get(name), dict)
    }
    return {**old, **new, **both}
