"""A design: what varies, at which points, and the scenario of each point."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from commsim.experiments.design.axes import UNCHANGED, Axis, Column
from commsim.experiments.design.paths import Changes, changed, plain_with, settled
from commsim.experiments.design.points import Block, Point, Points, scenario_of
from commsim.experiments.design.schema import DesignFile, Sampling
from commsim.experiments.worlds import world_seed
from commsim.scenario.data_files import hashes
from commsim.scenario.errors import Place, Problem, ScenarioError, SettingPath
from commsim.scenario.explain import problems
from commsim.scenario.load import plain
from commsim.scenario.schema import Scenario
from commsim.scenario.yaml_nodes import Tree

GRID = Sampling(method="grid")


@dataclass(frozen=True)
class Design:
    """Levers and uncertainties over one or several scenarios, see `load_design`.

    file: what the design's file says.  bases: the scenarios by label; the label is empty if there is
    one only.  axes: levers, then uncertainties.  outputs: the settings that are derived.
    """

    file: DesignFile
    bases: Mapping[str, Scenario]
    axes: tuple[Axis, ...]
    outputs: tuple[Axis, ...]
    places: Mapping[str, Place] = field(default_factory=dict, compare=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle without the sample, which is made again where it is needed."""
        return Design, (self.file, self.bases, self.axes, self.outputs, self.places)

    @property
    def name(self) -> str:
        """Name of the design."""
        return self.file.name

    @property
    def repetitions(self) -> int:
        """Number of worlds that every point is run in."""
        return self.file.repetitions

    @property
    def seed(self) -> int:
        """Root of all luck; see `commsim.experiments.worlds.world_seed`."""
        return self.file.seed

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Names of the measures to keep; all if empty."""
        return self.file.outcomes

    @property
    def series(self) -> bool:
        """Whether every day of every run is kept."""
        return self.file.series

    @property
    def columns(self) -> list[Column]:
        """A column per lever (``scenario`` first if there are several), uncertainty and derived setting."""
        return [axis.column for axis in (*self.axes, *self.outputs)]

    def often(self, worlds: int, seed: int | None = None) -> "Design":
        """The same points in so many worlds, without days; and from another root of luck if one is given."""
        update: dict[str, Any] = {"repetitions": worlds, "series": False}
        if seed is not None:
            update["seed"] = seed
        return replace(self, file=self.file.model_copy(update=update))

    def world_seed(self, point: int, repetition: int) -> int:
        """Seed of a repetition's world, which all points share."""
        return world_seed(self.seed, repetition)

    def points(self) -> Points:
        """All points; the same every time."""
        return self._points

    @cached_property
    def _points(self) -> Points:
        return Points(self.inner, self.outer, self.outputs)

    @cached_property
    def inner(self) -> Block:
        """What is varied in every uncertain world: the levers, or all together."""
        sampling = self.file.sampling
        axes = self.axes if sampling.together else tuple(axis for axis in self.axes if axis.role == "lever")
        return Block(axes, sampling.together or sampling.levers or GRID, self.seed)

    @cached_property
    def outer(self) -> Block:
        """The uncertain worlds; one that is nothing special if all are sampled together."""
        return Block(self.axes[len(self.inner.axes) :], self.file.sampling.uncertainties or GRID, self.seed)

    def scenario(self, point: Point) -> Scenario:
        """The scenario of a point, validated.  `ScenarioError` names point and setting."""
        label = scenario_of(point.values)
        changes = self._changes(point, label)
        try:
            return changed(self.bases[label], changes)
        except ValidationError:
            raise self._explained(point, label, changes) from None

    def _changes(self, point: Point, label: str) -> dict[SettingPath, Any]:
        changes = {}
        for axis in (*self.axes, *self.outputs):
            value = point.values.get(axis.name, UNCHANGED)
            if axis.paths and value != UNCHANGED:
                if label not in axis.paths:
                    raise self._absent(axis, point, label)
                if axis.paths[label] in changes:
                    raise self._set_twice(axis, point)
                changes[axis.paths[label]] = axis.setting(value)
        return changes

    def _absent(self, axis: Axis, point: Point, label: str) -> ScenarioError:
        what = f"the scenario {label} has no such setting"
        remedy = f"add when: scenario != {label!r}"
        if axis.formula:
            remedy = "let it follow from a parameter that is set for other scenarios only"
        return ScenarioError([Problem(self._place(axis), axis.name, what, remedy)])

    def _set_twice(self, axis: Axis, point: Point) -> ScenarioError:
        what = f"another parameter has the same path, at {point}"
        remedy = "take one of them out, or let `when` keep them apart"
        return ScenarioError([Problem(self._place(axis), axis.name, what, remedy)])

    def _place(self, axis: Axis) -> Place:
        return self.places.get(axis.name, Place(None))

    def _explained(self, point: Point, label: str, changes: Changes) -> ScenarioError:
        """What is wrong with a point, at the places of the parameters that make it so."""
        rest, dropped = settled(self.bases[label], changes)
        tree = _planted(plain_with(self.bases[label], rest), self._elsewhere)
        for axis in (*self.axes, *self.outputs):
            if axis.paths.get(label) in rest:
                tree.at(axis.paths[label]).place = self._place(axis)
        for section, number in sorted(dropped, key=str, reverse=True):
            items = tree.at((section,)).value
            assert isinstance(items, list)
            assert isinstance(number, int)
            del items[number]
        try:
            Scenario.model_validate(tree.plain())
        except ValidationError as error:
            found = problems(Scenario, tree, error)
            return ScenarioError([replace(one, what=f"{one.what}, at {point}") for one in found])
        raise AssertionError(f"{point} was refused once and then accepted")

    @property
    def _elsewhere(self) -> Place:
        """The file of the design as a whole."""
        return Place(next((place.file for place in self.places.values()), None))

    def resolved(self) -> dict[str, Any]:
        """All of it as plain data, without files: `from_resolved` makes an equal design of it.

        ``files`` are the hashes of the data files that the scenarios read, by their paths; ``sample`` is a
        hash of all positions, by which another version of the sampler is noticed.
        """
        return {
            "design": self.file.model_dump(mode="json"),
            "scenarios": {label: plain(base) for label, base in self.bases.items()},
            "files": dict(file for base in self.bases.values() for file in hashes(base)),
            "sample": self._fingerprint,
        }

    @property
    def _fingerprint(self) -> str:
        blocks = (self.inner.positions.tobytes(), self.outer.positions.tobytes())
        return hashlib.sha256(b"|".join(blocks)).hexdigest()


def _planted(value: Any, place: Place) -> Tree:
    """Plain data as a tree, all of it at one place."""
    if isinstance(value, dict):
        return Tree({key: _planted(item, place) for key, item in value.items()}, place)
    return Tree([_planted(item, place) for item in value] if isinstance(value, list) else value, place)
