"""From a space's file, or its data, to a `Space` over a plan; with every error at its place."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from commsim.core.errors import InputError
from commsim.experiments.design.build import assemble
from commsim.experiments.design.load import Notes
from commsim.experiments.space.schema import SpaceFile
from commsim.experiments.space.space import Space, levers_of
from commsim.scenario.change import checked
from commsim.scenario.errors import ScenarioError, SettingPath
from commsim.scenario.explain import problems
from commsim.scenario.schema import Scenario
from commsim.scenario.shipped import find_file
from commsim.scenario.yaml_nodes import Tree, read


def load_space(path: str | Path, base: Scenario) -> Space:
    """Read a space from a path or the name of a shipped one, over a plan.

    The file is a design's: ``levers``, perhaps ``derived``; besides it may have ``strategies`` that the plan
    lacks, and ``limits``.  A scenario that it names is not read: the plan stands for it.
    Raises `ScenarioError` with every error at its place.
    """
    tree = read(find_file(path, kind="spaces"), "commsim plan --write-space writes one to start from")
    if isinstance(tree.value, dict):
        tree.value["scenario"] = Tree(base.name, tree.place)
        tree.value.pop("scenarios", None)
    try:
        file = SpaceFile.model_validate(tree.plain())
    except ValidationError as error:
        raise ScenarioError(problems(SpaceFile, tree, error)) from error
    notes = Notes(tree)
    full, off = _with_more(base, file)
    design = assemble(file, {"": full}, notes.trying, notes.places(file))
    notes.raise_any()
    return _space(file, base, design, off)


def from_data(data: Mapping[str, Any], base: Scenario) -> Space:
    """A space over a plan from what a file would hold.  Raises `InputError` or pydantic's ValidationError."""
    file = SpaceFile.model_validate({**data, "scenario": base.name})
    full, off = _with_more(base, file)
    return _space(file, base, assemble(file, {"": full}, lambda path, work: work()), off)


def _with_more(base: Scenario, file: SpaceFile) -> tuple[Scenario, frozenset[SettingPath]]:
    """The base with all that it may take up, and the paths of that."""
    taken = {strategy.name for strategy in base.strategies}
    for strategy in file.strategies:
        if strategy.name in taken:
            raise InputError(
                f"the plan has a strategy {strategy.name!r} already",
                where=file.name,
                remedy="give the one to take up another name, or take it out of the space",
            )
    top = {name: getattr(base, name) for name in Scenario.model_fields}
    top["strategies"] = (*base.strategies, *file.strategies)
    try:
        full = checked(top)
    except InputError as error:
        where = ", ".join(filter(None, (file.name, error.where)))
        raise InputError(error.what, where=where, remedy=error.remedy or "mend strategies") from error
    return full, frozenset(("strategies", len(base.strategies) + k) for k in range(len(file.strategies)))


def _space(file: SpaceFile, base: Scenario, design: Any, off: frozenset[SettingPath]) -> Space:
    levers = levers_of(design, off)
    turned = {lever.item for lever in levers if lever.turns_on}
    if missing := [
        design.bases[""].strategies[int(k)].name for _, k in off if ("strategies", k) not in turned
    ]:
        raise InputError(
            f"{missing[0]} could never be taken up",
            where=file.name,
            remedy=f"add a lever with path: strategies.{missing[0]}.on",
        )
    return Space(design, levers, file.limits or base.limits, off)
