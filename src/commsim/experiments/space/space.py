"""A space of plans: levers with their options, and the plan of some choices."""

from dataclasses import dataclass, replace
from typing import Any

from commsim.core.errors import InputError
from commsim.experiments.design.axes import UNCHANGED, Axis, Value
from commsim.experiments.design.design import Design
from commsim.experiments.design.paths import ON, settled
from commsim.experiments.design.points import Point, holds
from commsim.scenario.errors import SettingPath
from commsim.scenario.limits import PlanLimits
from commsim.scenario.schema import Scenario

Choices = tuple[int, ...]
"""A plan: of each lever, the number of its option."""
NOTHING: Choices = ()
"""Stands for the plan left alone: without strategies and sources."""


@dataclass(frozen=True)
class Lever:
    """Something to choose.  options: what it may be, in the order of the file or by size.

    start: which of them the base has.
    """

    name: str
    options: tuple[Value, ...]
    start: int
    path: SettingPath
    is_ordered: bool

    @property
    def item(self) -> SettingPath:
        """The strategy or other item that it is of."""
        return self.path[:2]

    @property
    def of_weekday(self) -> bool:
        """Whether it says if a strategy runs on a weekday."""
        return len(self.path) > 2 and self.path[-2] == "weekdays"

    @property
    def turns_on(self) -> bool:
        """Whether it says if a strategy or source is in the plan at all."""
        return len(self.path) == 3 and self.path[2] == ON

    def edge(self, option: int) -> bool:
        """Whether a choice is the smallest or largest of a lever of numbers, and not where it started."""
        return self.is_ordered and option != self.start and option in (0, len(self.options) - 1)


@dataclass(frozen=True, eq=False)
class Space:
    """Plans that differ from a base in some choices.

    design: levers over the base with all that it may take up.  limits: what a plan may take.  off: paths of
    strategies that the base does not have.
    """

    design: Design
    levers: tuple[Lever, ...]
    limits: PlanLimits | None
    off: frozenset[SettingPath]

    @property
    def start(self) -> Choices:
        """The base."""
        return tuple(lever.start for lever in self.levers)

    @property
    def emptied(self) -> Choices:
        """The base with all off that can be turned off."""
        return tuple(lever.options.index(False) if lever.turns_on else lever.start for lever in self.levers)

    @property
    def size(self) -> float:
        """Number of combinations."""
        found = 1.0
        for lever in self.levers:
            found *= len(lever.options)
        return found

    def scenario(self, plan: Choices) -> Scenario:
        """The plan of some choices, with the limits of the space; `ScenarioError` where it can't be.

        What announces a strategy that is off is off too.
        """
        full = self.design.bases[""]
        if plan == NOTHING:
            return full.left_alone().model_copy(update={"limits": self.limits})
        made = self.design.scenario(Point(0, self._values(plan)))
        return made.model_copy(update={"limits": self.limits})

    def canonical(self, plan: Choices) -> Choices:
        """The same plan with levers of what is off as they were, so that one plan has one form."""
        dropped, switched = self._dropped(plan), self._switched
        found = list(plan)
        for k, lever in enumerate(self.levers):
            if lever.item in dropped and (lever.item in switched or not lever.of_weekday):
                found[k] = lever.options.index(False) if lever.turns_on else lever.start
        return tuple(found)

    def refuse_impossible(self) -> None:
        """Raise InputError where a lever has no value that can stand in the base but the base's own."""
        for k, lever in enumerate(self.levers):
            others = [at for at in range(len(lever.options)) if at != lever.start]
            wrong = [problem for at in others if (problem := self._wrong(k, at))]
            if others and len(wrong) == len(others):
                told = f"none of the values of the lever {lever.name!r} can be: {wrong[0]}"
                raise InputError(
                    told, where=f"levers.{lever.name}", remedy="give values that a plan may have"
                )

    def _wrong(self, lever: int, option: int) -> str:
        """What is wrong with the base if one of its choices is another; empty for nothing."""
        plan = (*self.start[:lever], option, *self.start[lever + 1 :])
        try:
            self.scenario(plan)
        except InputError as error:
            return str(error).splitlines()[0]
        return ""

    @property
    def _switched(self) -> set[SettingPath]:
        """Items that a lever turns on and off."""
        return {lever.item for lever in self.levers if lever.turns_on}

    def changed(self, plan: Choices) -> list[int]:
        """Numbers of the levers that are not as in the base."""
        return [k for k, lever in enumerate(self.levers) if plan[k] != lever.start]

    def _dropped(self, plan: Choices) -> set[SettingPath]:
        """Items that are off, also for want of what they announce."""
        full, label = self.design.bases[""], ""
        axes = {axis.name: axis for axis in self.design.axes}
        changes = {
            axes[lever.name].paths[label]: lever.options[k]
            for lever, k in zip(self.levers, plan, strict=True)
            if lever.turns_on or lever.of_weekday
        }
        dropped = settled(full, changes)[1]
        gone = {full.strategies[int(k)].name for name, k in dropped if name == "strategies"}
        kept = {s.name for k, s in enumerate(full.strategies) if ("strategies", k) not in dropped}
        orphans = {
            ("strategies", k)
            for k, strategy in enumerate(full.strategies)
            if (named := getattr(strategy, "announces", "")) in gone and named not in kept
        }
        return dropped | orphans

    def _values(self, plan: Choices) -> dict[str, Value]:
        """Of a point: what differs from the base, what follows from it, and what is off."""
        dropped = self._dropped(plan) & self._switched
        full = {lever.name: lever.options[k] for lever, k in zip(self.levers, plan, strict=True)}
        moved = {self.levers[k].name for k in self.changed(plan)}
        axes = {axis.name: axis for axis in self.design.axes}
        values = {
            lever.name: full[lever.name]
            for lever in self.levers
            if lever.item not in dropped and lever.name in moved and _applies(axes[lever.name], full)
        }
        values |= {lever.name: False for lever in self.levers if lever.turns_on and lever.item in dropped}
        for axis in self.design.outputs:
            if axis.formula and axis.formula.names <= full.keys():
                full[axis.name] = axis.of_kind(axis.formula.value(full))
                values[axis.name] = full[axis.name]
        return values


def _applies(axis: Axis, values: dict[str, Value]) -> bool:
    return axis.when is None or holds(axis.when, values)


def levers_of(design: Design, off: frozenset[SettingPath]) -> tuple[Lever, ...]:
    """The levers of a design, each with what the base has among its options."""
    return tuple(_lever(axis, off) for axis in design.axes if axis.role == "lever")


def _lever(axis: Axis, off: frozenset[SettingPath]) -> Lever:
    path = axis.paths[""]
    options: list[Any] = list(dict.fromkeys(axis.value(axis.step(k)) for k in range(axis.size)))
    base: Any = axis.nominals.get("", UNCHANGED)
    if len(path) == 3 and path[2] == ON:
        base = path[:2] not in off
    if isinstance(base, bool):
        options = [False, True]
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (*options, base))
    if base not in options:
        options.append(base)
    options = sorted(options) if numbers else options
    return Lever(axis.name, tuple(options), options.index(base), path, numbers and len(options) > 2)


def with_limits(space: Space, limits: PlanLimits | None) -> Space:
    """The same space within other limits."""
    return replace(space, limits=limits)
