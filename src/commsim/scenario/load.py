"""From YAML to a `Scenario` and back."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from commsim.core.mechanism import mechanisms
from commsim.scenario import own_strategies
from commsim.scenario.data_files import by_contents, pinned
from commsim.scenario.defaults import left_to_defaults
from commsim.scenario.errors import ScenarioError
from commsim.scenario.explain import problems
from commsim.scenario.extends import assemble, extended
from commsim.scenario.fields import holds, owner_and_field
from commsim.scenario.schema import Scenario
from commsim.scenario.shipped import find_file
from commsim.scenario.yaml_core import PlanDumper
from commsim.scenario.yaml_nodes import Tree, parse


@dataclass(frozen=True)
class Plan:
    """A scenario and the tree that it was read from, which knows every setting's place."""

    scenario: Scenario
    tree: Tree


def load(source: str | Path) -> Scenario:
    """Read a scenario from a path or the name of a shipped one.

    Files that it names (roster, history, edge list) are found beside it: their paths become absolute.
    Their hashes become part of the scenario, so that it means these files for ever.
    Raises `ScenarioError` with every error at its place, or `InputError` if there is no such file.
    """
    return pinned(load_plan(source).scenario)


def load_plan(source: str | Path) -> Plan:
    """Like `load`, with the places."""
    return _plan(assemble(find_file(source)))


def loads(text: str) -> Scenario:
    """Read a scenario from YAML text, which may extend another; its own paths stay as they are."""
    return _plan(extended(parse(text), Path())).scenario


def _plan(tree: Tree) -> Plan:
    assert isinstance(tree.value, dict)
    own = tree.value.pop(own_strategies.KEY, None)
    if own is not None:
        own_strategies.admit(own.plain(), str(own.place.file or "the plan"))
    _make_paths_absolute(tree)
    _spell_out_truths(tree)
    _spell_out_signs(tree)
    try:
        return Plan(Scenario.model_validate(tree.plain()), tree)
    except ValidationError as error:
        raise ScenarioError(problems(Scenario, tree, error)) from error


def _make_paths_absolute(tree: Tree) -> None:
    for path, leaf in tree.leaves():
        if isinstance(leaf.value, str) and "\0" not in leaf.value and leaf.place.file is not None:
            _, field = owner_and_field(Scenario, tree, path)
            if field is not None and holds(field.annotation, Path):
                leaf.value = os.path.realpath(leaf.place.file.parent / leaf.value)


def _spell_out_truths(tree: Tree) -> None:
    """``true`` where a number belongs would pass for 1; as a word it is refused."""
    for path, leaf in tree.leaves():
        if isinstance(leaf.value, bool):
            _, field = owner_and_field(Scenario, tree, path)
            if field is not None and not any(holds(field.annotation, kind) for kind in (bool, str)):
                leaf.value = str(leaf.value).lower()


def _spell_out_signs(tree: Tree) -> None:
    """``orders: +200`` is more than doing nothing, while YAML takes it for the number 200."""
    target = tree.child("target")
    for _, leaf in target.leaves() if target else ():
        if leaf.plus and not isinstance(leaf.value, str):
            leaf.value = f"+{leaf.value}"


def plain(scenario: Scenario) -> dict[str, Any]:
    """All of a scenario as plain data, with the text of the user's own strategies; see `from_plain`.

    Only what its ``reading`` and the kind of its groups set is left to these, and what mechanisms that it
    does not use bring.
    """
    kept = own_strategies.kept(scenario.strategies)
    left = left_to_defaults(scenario)
    left["behaviour"] |= dict.fromkeys(_not_its_own(scenario), True)
    left |= _without_use(scenario)
    data = scenario.model_dump(mode="json", exclude=left)
    return data | ({own_strategies.KEY: kept} if kept else {})


def deciding(scenario: Scenario) -> dict[str, Any]:
    """What of a scenario decides its runs, as plain data: all but what it only says of itself."""
    data = plain(scenario)
    acting = [{key: value for key, value in one.items() if key != "goal"} for one in data["strategies"]]
    said = {"name", "about", "caution"}
    return {key: value for key, value in data.items() if key not in said} | {"strategies": acting}


def from_plain(data: Mapping[str, Any], where: str) -> Scenario:
    """The scenario of what `plain` gave.  where: the folder that it was kept in, for errors.

    Raises `ValidationError`, or `InputError` for own strategies that the user has not given to be run.
    """
    own_strategies.admit(data.get(own_strategies.KEY), where)
    return Scenario.model_validate({key: data[key] for key in data if key != own_strategies.KEY})


def dump(scenario: Scenario) -> str:
    """YAML with every setting and the text of the user's own strategies; it loads to an equal scenario."""
    return as_yaml(plain(scenario))


def dump_short(scenario: Scenario) -> str:
    """YAML with what is not as by default, where that loads to an equal scenario; else as `dump`."""
    data = scenario.model_dump(mode="json", exclude_defaults=True)
    for strategy, told in zip(scenario.strategies, data.get("strategies", ()), strict=False):
        told["kind"] = strategy.kind
        if told.get("name") == strategy.kind:
            del told["name"]
    data["strategies"] = [{"kind": one.pop("kind"), **one} for one in data.get("strategies", ())]
    text = as_yaml(data)
    try:
        same = loads(text) == scenario
    except ScenarioError:
        same = False
    return text if same else dump(scenario)


def as_yaml(data: Mapping[str, Any]) -> str:
    """Plain data as YAML that reads back as the same."""
    return yaml.dump(data, Dumper=PlanDumper, sort_keys=False, allow_unicode=True, width=100)


def scenario_hash(scenario: Scenario) -> str:
    """SHA-256 of all settings and of the contents (not the paths) of the files that it reads."""
    kept = own_strategies.kept(scenario.strategies)
    left = {"behaviour": _not_its_own(scenario)} | _without_use(scenario)
    data = by_contents(scenario).model_dump(exclude=left)
    settings = data | ({own_strategies.KEY: kept} if kept else {})
    return hashlib.sha256(json.dumps(settings, sort_keys=True, default=str).encode()).hexdigest()


_MAY_SAY_NOTHING = (
    "rivals",
    "seasons",
    "sources",
    "accounts",
    "cash",
    "parties",
    "goods",
    "wants",
    "several_groups",
    "limits",
    "allow_unlawful",
    "caution",
)


def _without_use(scenario: Scenario) -> dict[str, Any]:
    """Sections that say nothing: a plan is kept as if there were no such section."""
    used = {"target": bool(scenario.target.goals)} | {
        section: bool(getattr(scenario, section)) for section in _MAY_SAY_NOTHING
    }
    left: dict[str, Any] = {section: True for section, says in used.items() if not says}
    unsaid = {name: True for name in ("touches", "execution") if getattr(scenario.operator, name) is None}
    return left | {"operator": unsaid} if unsaid else left


def _not_its_own(scenario: Scenario) -> set[str]:
    """Sections of behaviour that say nothing: of mechanisms that the plan does not name, all as by default.

    A plan that is kept leaves them out, since what else is installed must not change it.
    """
    return {
        one.name
        for one in mechanisms()
        if one.behaviour
        and one not in scenario.mechanisms
        and getattr(scenario.behaviour, one.name) == one.behaviour()
    }
