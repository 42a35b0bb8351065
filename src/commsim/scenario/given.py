"""Which settings of its strategies a plan gives: a plan that is kept has all of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from commsim.scenario.schema import Scenario
from commsim.strategies.base import Strategy


def given(scenario: Scenario) -> list[dict[str, Any]]:
    """Per strategy the settings that the plan gives, as plain data."""
    return [one.model_dump(mode="json", exclude_unset=True) for one in scenario.strategies]


def as_given(scenario: Scenario, told: Sequence[Mapping[str, Any]]) -> Scenario:
    """A plan that was kept, with its strategies as they were written: all that `given` did not name is unset.

    Values are those of ``scenario``: a default may be another by now.
    """
    pairs = zip(scenario.strategies, told, strict=True)
    return scenario.model_copy(update={"strategies": tuple(_written(one, data) for one, data in pairs)})


def _written(one: Strategy, data: Mapping[str, Any]) -> Strategy:
    said = type(one).model_validate(data)
    values = {name: getattr(said if name in data else one, name) for name in type(one).model_fields}
    return type(one).model_construct(_fields_set=set(data), **values)
