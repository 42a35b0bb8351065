"""Defaults that one line of a plan selects: by whom to believe (``reading``), and by the kind of its groups.

What the plan sets itself goes before them.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from commsim.scenario.group_kinds import BY_KIND, SET, sections
from commsim.scenario.readings import BEHAVIOUR, STRATEGIES

CHOICES: tuple[tuple[str | int, ...], ...] = (("reading",), ("community", "kind"))
"""The settings that select."""


def with_defaults(data: Any) -> Any:
    """A scenario's raw settings with the defaults that they select."""
    if not isinstance(data, Mapping):
        return data
    chosen = sections(_kind(data.get("community")))
    guides = data.get("reading") == "guides"
    if guides:
        chosen |= BEHAVIOUR
    filled = {**data}
    if chosen:
        filled["behaviour"] = _filled(_plain(data.get("behaviour") or {}), chosen)
    if guides and isinstance(entries := data.get("strategies", ()), list | tuple):
        filled["strategies"] = [_strategy(entry) for entry in entries]
    return filled


def _kind(community: Any) -> Any:
    kind = community.get("kind") if isinstance(community, Mapping) else getattr(community, "kind", None)
    return kind if isinstance(kind, str) else None


def _strategy(entry: Any) -> Any:
    kind = entry.get("kind") if isinstance(entry, Mapping) else getattr(entry, "kind", None)
    defaults = STRATEGIES.get(kind) if isinstance(kind, str) else None
    return {**defaults, "kind": kind, **_plain(entry)} if defaults else entry


def _filled(given: Any, defaults: Mapping[str, Mapping[str, Any]]) -> Any:
    """Sections of settings, with the defaults where nothing else is given."""
    if not isinstance(given, Mapping):
        return given
    found = {
        name: {**values, **section}
        if isinstance(section := _plain(given.get(name) or {}), Mapping)
        else section
        for name, values in defaults.items()
    }
    return {**given, **found}


def _plain(part: Any) -> Any:
    """What was set of a part that was made in Python."""
    return part.model_dump(exclude_unset=True) if isinstance(part, BaseModel) else part


def left_to_defaults(scenario: Any) -> dict[str, Any]:
    """The settings of a scenario that are as its choices set them, in the form of pydantic's ``exclude``.

    A plan that is kept leaves them out: another choice in a plan that extends it then still sets them.
    """
    guides = scenario.reading == "guides"
    behaviour: dict[str, set[str]] = {
        section: _as_set(getattr(scenario.behaviour, section), values, guides)
        for section, values in BEHAVIOUR.items()
    }
    for path in SET:
        section, name = path.split(".")
        if by_kind(scenario, path) == getattr(getattr(scenario.behaviour, section), name):
            behaviour.setdefault(section, set()).add(name)
    strategies = {
        i: _as_set(strategy, STRATEGIES[strategy.kind], guides)
        for i, strategy in enumerate(scenario.strategies)
        if strategy.kind in STRATEGIES
    }
    return {"behaviour": behaviour, "strategies": strategies}


def by_kind(scenario: Any, path: str) -> Any:
    """The default of a parameter of behaviour (``talk.level``) in the kind of groups of a scenario."""
    default = BY_KIND[scenario.community.kind].get(path)
    section, name = path.split(".")
    fields = type(getattr(scenario.behaviour, section)).model_fields
    return fields[name].default if default is None else default.value


def in_groups(scenario: Any, path: str) -> list[float]:
    """A parameter of behaviour that kinds of groups set, in each of the groups that a plan names.

    What the plan sets itself holds in all of them.
    """
    section, name = path.split(".")
    said = getattr(getattr(scenario.behaviour, section), name)
    fields = type(getattr(scenario.behaviour, section)).model_fields
    own = said != by_kind(scenario, path)
    found = []
    for group in scenario.community.groups or ():
        default = BY_KIND[group.kind or scenario.community.kind].get(path)
        usual = fields[name].default if default is None else default.value
        found.append(said if own or group.kind is None else usual)
    return found


def _as_set(part: BaseModel, guides: Mapping[str, Any], by_guides: bool) -> set[str]:
    fields = type(part).model_fields
    return {
        name
        for name, value in guides.items()
        if getattr(part, name) == (value if by_guides else fields[name].default)
    }
