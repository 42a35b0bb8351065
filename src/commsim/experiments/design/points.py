"""The points of a design: a sequence that makes each point when it is asked for."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.experiments.design.axes import Axis, Value
from commsim.experiments.design.expressions import Expression
from commsim.experiments.design.samples import MOST_POINTS, sample
from commsim.experiments.design.schema import SCENARIO, Sampling

MOST_TOLD = 6
"""Values that a point tells of itself."""


@dataclass(frozen=True)
class Point:
    """One setting of all levers and uncertainties.

    number: from 0, its place in the design.  values: by column; a parameter whose condition does not
    hold has none.
    """

    number: int
    values: dict[str, Value]

    @property
    def label(self) -> str:
        """What tells it from others: its settings, or the name of its scenario if that is all."""
        if self.values.keys() == {SCENARIO}:
            return str(self.values[SCENARIO])
        return ", ".join(f"{name} = {value}" for name, value in self.values.items())

    def __str__(self) -> str:
        told = [f"{name} = {value}" for name, value in self.values.items()]
        more = ["..."] if len(told) > MOST_TOLD else []
        return f"point {self.number} ({', '.join([*told[:MOST_TOLD], *more])})"


@dataclass(frozen=True)
class Block:
    """Axes that one method samples: ``positions`` is points x axes."""

    axes: tuple[Axis, ...]
    sampling: Sampling
    seed: int

    @cached_property
    def positions(self) -> Floats:
        """Points x axes; of a grid those that differ, where conditions or rounding make some the same."""
        found = sample(self.sampling, self.axes, self.seed)
        own = {axis.name for axis in self.axes}
        needed = {name for axis in self.axes if axis.when for name in axis.when.names}
        if self.sampling.method != "grid" or not needed <= own:
            return found
        first = {tuple(self.values(row).items()): k for k, row in reversed(list(enumerate(found)))}
        return np.asarray(found[np.sort(list(first.values()))])

    def values(self, row: Floats) -> dict[str, Value]:
        """Values at a row of positions, without those whose conditions do not hold."""
        return self.add_to({}, row)

    def add_to(self, values: dict[str, Value], row: Floats) -> dict[str, Value]:
        """Add the values at a row of positions to those of another block."""
        for axis, position in zip(self.axes, row.tolist(), strict=True):
            if axis.when is None or holds(axis.when, values):
                stays = math.isnan(position)
                value = axis.nominals.get(scenario_of(values)) if stays else axis.value(position)
                if value is not None:
                    values[axis.name] = value
        return values


def scenario_of(values: Mapping[str, Value]) -> str:
    """Label of the scenario that a point is about; empty if there is one only."""
    return str(values.get(SCENARIO, ""))


def holds(condition: Expression, values: dict[str, Value]) -> bool:
    """A condition on a parameter that isn't set does not hold."""
    return condition.names <= values.keys() and bool(condition.value(values))


@dataclass(frozen=True)
class Points(Sequence[Point]):
    """Every point of ``inner`` with each of ``outer``: all levers in the first uncertain world first."""

    inner: Block
    outer: Block
    derived: tuple[Axis, ...] = ()

    def __post_init__(self) -> None:
        if len(self) > MOST_POINTS:
            raise InputError(f"that makes {len(self):,} points, more than {MOST_POINTS:,}")

    def __len__(self) -> int:
        return len(self.inner.positions) * len(self.outer.positions)

    @overload
    def __getitem__(self, number: int) -> Point: ...
    @overload
    def __getitem__(self, number: slice) -> list[Point]: ...
    def __getitem__(self, number: int | slice) -> Point | list[Point]:
        """The point of a number from 0."""
        if isinstance(number, slice):
            return [self[k] for k in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError(f"there is no point {number}")
        outer, inner = divmod(number, len(self.inner.positions))
        return Point(number, self._values(self.inner.positions[inner], self.outer.positions[outer]))

    def _values(self, inner: Floats, outer: Floats) -> dict[str, Value]:
        values = self.outer.add_to(self.inner.values(inner), outer)
        for axis in self.derived:
            if axis.formula and axis.formula.names <= values.keys():
                values[axis.name] = axis.of_kind(axis.formula.value(values))
        return values
