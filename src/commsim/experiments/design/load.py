"""From a design's file to a `Design`, with every error at its place."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from commsim.core.errors import InputError
from commsim.experiments.design.build import assemble, entries
from commsim.experiments.design.design import Design
from commsim.experiments.design.schema import SCENARIO, DesignFile
from commsim.scenario.data_files import missing
from commsim.scenario.errors import Place, Problem, ScenarioError, SettingPath, dotted
from commsim.scenario.explain import did_you_mean, problems
from commsim.scenario.load import from_plain, load
from commsim.scenario.schema import Scenario
from commsim.scenario.shipped import find_file
from commsim.scenario.yaml_nodes import Tree, read

Found = TypeVar("Found")
TAKEN = ("point", "repetition", "seed", SCENARIO)
"""Columns of results that no parameter may be named after."""
MOST_BAD_POINTS = 10


def load_design(path: str | Path, *, measures: Collection[str] = ()) -> Design:
    """Read a design from a path or the name of a shipped one, and check the scenario of every point.

    measures: names of outcomes that there are; others are refused under ``outcomes``, and no parameter
    may be named after one.  Scenarios are found beside the file, or by the name of a shipped one.
    Raises `ScenarioError` with every error at its place.
    """
    source = find_file(path, kind="experiments")
    tree = read(source, "name a scenario and what is to vary: `scenario` and `levers`")
    try:
        file = DesignFile.model_validate(tree.plain())
    except ValidationError as error:
        raise ScenarioError(problems(DesignFile, tree, error)) from error
    notes = Notes(tree)
    _check_names(file, measures, notes)
    bases = _scenarios(file, source.parent, notes)
    notes.raise_any()
    design = assemble(file, bases, notes.trying, notes.places(file))
    notes.raise_any()
    _check_points(design, notes)
    notes.raise_any()
    return design


def from_resolved(data: Mapping[str, Any], where: str = "") -> Design:
    """The design of what `Design.resolved` gave; no file is read.  where: the folder that it was kept in.

    Raises InputError if it is none, or brings own strategies that the user has not given to be run.
    """
    try:
        file = DesignFile.model_validate(data["design"])
        bases = {label: from_plain(base, where) for label, base in data["scenarios"].items()}
    except (KeyError, TypeError, AttributeError, ValidationError) as error:
        raise InputError(
            f"this is no design: {error}".splitlines()[0],
            where=where,
            remedy="was it made by another version?",
        ) from error
    return assemble(file, bases, lambda path, work: work())


class Notes:
    """Problems so far, each at the place of its part of the file."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.problems: list[Problem] = []

    def place(self, path: SettingPath) -> Place:
        """Where a part of the file stands; of a mapping's entry, its key."""
        there = self.tree.at(path)
        return there.key or there.place

    def places(self, file: DesignFile) -> dict[str, Place]:
        """Where each parameter and each derived setting stands."""
        return {name: self.place(path) for path, name in entries(file)}

    def add(self, path: SettingPath, what: str, remedy: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(self.place(path), dotted(path), what, remedy))

    def trying(self, path: SettingPath, work: Callable[[], Found]) -> Found | None:
        """What ``work`` gives; None, and a problem noted, where it raises InputError."""
        try:
            return work()
        except InputError as error:
            self.add(path, f"{error.where}: {error.what}" if error.where else error.what, error.remedy)
            return None

    def raise_any(self) -> None:
        """Raise what was noted, in the order of the file."""
        if self.problems:
            raise ScenarioError(sorted(self.problems, key=lambda one: (one.place.line, one.place.column)))


def _check_names(file: DesignFile, measures: Collection[str], notes: Notes) -> None:
    seen = {*TAKEN, *measures}
    for path, name in entries(file):
        if name in seen:
            by = "an outcome" if name in measures else "a column" if name in TAKEN else "another setting"
            notes.add(path, f"{by} has this name", "give it another one, with its path under path")
        seen.add(name)
    for i, outcome in enumerate(file.outcomes):
        if measures and outcome not in measures:
            hint = did_you_mean(outcome, measures)
            notes.add(
                ("outcomes", i),
                f"there is no measure {outcome!r}",
                f"{hint} there are: {', '.join(measures)}".strip(),
            )


def _scenarios(file: DesignFile, folder: Path, notes: Notes) -> dict[str, Scenario]:
    """The scenarios by label: the file's name without its ending, or nothing if there is one only."""
    bases: dict[str, Scenario] = {}
    for i, source in enumerate(file.sources):
        path: SettingPath = ("scenarios", i) if file.scenarios else ("scenario",)
        label = Path(source).stem if len(file.sources) > 1 else ""
        if label in bases:
            notes.add(path, f"two scenarios are called {label!r}", "rename a file")
            continue
        base = notes.trying(path, lambda source=source: load(_beside(source, folder)))  # type: ignore[misc]
        if base is None:
            continue
        for name in missing(base):
            notes.add(
                path, f"there is no file {base.community.data[name].file}", f"mend community.{name}.file"
            )
        bases[label] = base
    return bases


def _beside(source: str, folder: Path) -> str | Path:
    """The path of a file beside the design, or the name as it is."""
    return folder / source if (folder / source).is_file() else source


def _check_points(design: Design, notes: Notes) -> None:
    """Make the scenario of every point; each setting is reported once."""
    told: set[str] = set()
    points = notes.trying(("sampling",), design.points) or ()
    for number in range(len(points)):
        try:
            design.scenario(points[number])
        except ScenarioError as error:
            notes.problems += [one for one in error.problems if one.path not in told]
            told |= {one.path for one in error.problems}
        except InputError as error:
            notes.add((), f"{error.what}, at point {number}")
            return
        if len(told) >= MOST_BAD_POINTS:
            return
