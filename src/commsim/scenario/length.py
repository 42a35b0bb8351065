"""The same plan over another number of days."""

from commsim.scenario.schema import Scenario


def with_days(scenario: Scenario, days: int) -> Scenario:
    """The scenario with another length; strategies end with it, and those that would start later are gone."""
    kept = (strategy for strategy in scenario.strategies if strategy.starts < days)
    cut = (
        strategy.model_copy(update={"ends": days - 1})
        if strategy.ends is not None and strategy.ends >= days
        else strategy
        for strategy in kept
    )
    return scenario.model_copy(update={"days": days, "strategies": tuple(cut)})
