"""One parameter of a design as an axis: from a position on it to a value."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from commsim.experiments.design.expressions import Expression
from commsim.experiments.design.paths import Kind
from commsim.scenario.errors import SettingPath

Value = float | int | str | bool
Role = Literal["lever", "uncertainty", "derived"]
ColumnKind = Literal["float", "int", "bool", "text"]
UNCHANGED = "unchanged"
"""Shown for a setting that stays as it is in the scenario and has no label of its own."""
Choice = tuple[Value, Any]
"""A value as tables show it, and as the scenario takes it."""


@dataclass(frozen=True)
class Column:
    """One column of the results: a lever, an uncertainty or what is derived."""

    name: str
    role: Role
    kind: ColumnKind


@dataclass(frozen=True)
class Axis:
    """A parameter with all that it may be.

    paths: by scenario the path of its setting, where it has one.  nominals: by scenario what it is there.
    choices: what it may be, or empty for a range from ``low`` to ``high``.
    """

    name: str
    role: Role
    kind: Kind
    paths: Mapping[str, SettingPath]
    nominals: Mapping[str, Value]
    choices: tuple[Choice, ...] = ()
    low: float = 0.0
    high: float = 1.0
    logarithmic: bool = False
    steps: int = 5
    when: Expression | None = None

    @property
    def column(self) -> Column:
        """Its column in the results."""
        kinds: dict[Kind, ColumnKind] = {"int": "int", "bool": "bool", "text": "text"}
        return Column(self.name, self.role, kinds.get(self.kind, "float"))

    @property
    def size(self) -> int:
        """Number of values in a grid."""
        return len(self.choices) or self.steps

    def step(self, number: int) -> float:
        """Position of a value of the grid: the middle of its part of [0, 1], or a step of the range."""
        return (number + 0.5) / self.size if self.choices else number / (self.steps - 1)

    def value(self, position: float) -> Value:
        """The value at a position from 0 to 1."""
        if self.choices:
            return self.choices[min(int(position * self.size), self.size - 1)][0]
        if self.kind == "int" and not self.logarithmic:
            return min(math.floor(self.low + position * (self.high - self.low + 1)), int(self.high))
        found = self._between(position)
        if self.kind == "int":
            return round(found)
        return round(found, 2) if self.kind == "yuan" else found

    def nominal(self, scenario: str) -> Value:
        """What it is in a scenario that is left as it is."""
        return self.nominals[scenario]

    def _between(self, position: float) -> float:
        if self.logarithmic:
            return float(self.low * (self.high / self.low) ** position)
        return self.low + position * (self.high - self.low)

    def setting(self, value: Value) -> Any:
        """What the scenario takes for a value."""
        return next((setting for shown, setting in self.choices if shown == value), value)
