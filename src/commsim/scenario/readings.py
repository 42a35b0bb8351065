"""Two readings of what members do where operators' guides and evidence contradict each other.

The default follows the evidence.  ``reading: guides`` in a plan sets other defaults, which the plan's own
settings still override.  What the guides say is a direction; its size is assumed.
"""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel

Reading = Literal["evidence", "guides"]

_BEHAVIOUR: dict[str, dict[str, Any]] = {
    # Group buying makes people invite: who joins asks on like who launched.  On Groupon's clickstream a
    # deal that tips raises no referrals (Hu, Man and Winer).
    "invite": {"spread_effort": 1.0},
}
_STRATEGIES: dict[str, dict[str, Any]] = {
    # As above: who launches asks twice as many friends.
    "group_buying": {"asks": 12},
    # Envelopes are a cost.  In 174,131 groups who received sent on 0.18 per yuan (Yuan et al. 2024).
    "red_envelope": {"preset": "none"},
}


def with_reading(data: Any) -> Any:
    """A scenario's raw settings with the defaults of the reading that they name."""
    if not isinstance(data, Mapping) or data.get("reading") != "guides":
        return data
    entries = data.get("strategies", ())
    behaviour = _plain(data.get("behaviour", {}))
    filled = {**data, "behaviour": _filled(behaviour, _BEHAVIOUR)}
    if isinstance(entries, list | tuple):
        filled["strategies"] = [_strategy(entry) for entry in entries]
    return filled


def _strategy(entry: Any) -> Any:
    kind = entry.get("kind") if isinstance(entry, Mapping) else getattr(entry, "kind", None)
    defaults = _STRATEGIES.get(kind) if isinstance(kind, str) else None
    return {**defaults, "kind": kind, **_plain(entry)} if defaults else entry


def _filled(given: Any, defaults: Mapping[str, dict[str, Any]]) -> Any:
    """Sections of settings, with the defaults where nothing else is given."""
    if not isinstance(given, Mapping):
        return given
    sections = {
        name: {**values, **section}
        if isinstance(section := _plain(given.get(name, {})), Mapping)
        else section
        for name, values in defaults.items()
    }
    return {**given, **sections}


def _plain(part: Any) -> Any:
    """What was set of a part that was made in Python."""
    return part.model_dump(exclude_unset=True) if isinstance(part, BaseModel) else part


def left_to_reading(scenario: Any) -> dict[str, Any]:
    """The settings of a scenario that are as its reading sets them, in the form of pydantic's ``exclude``.

    A plan that is kept leaves them out: another reading in a plan that extends it then still sets them.
    """
    behaviour = {
        section: _as_set(getattr(scenario.behaviour, section), values, scenario.reading)
        for section, values in _BEHAVIOUR.items()
    }
    strategies = {
        i: _as_set(strategy, _STRATEGIES[strategy.kind], scenario.reading)
        for i, strategy in enumerate(scenario.strategies)
        if strategy.kind in _STRATEGIES
    }
    return {"behaviour": behaviour, "strategies": strategies}


def _as_set(part: BaseModel, guides: Mapping[str, Any], reading: Reading) -> set[str]:
    fields = type(part).model_fields
    return {
        name
        for name, value in guides.items()
        if getattr(part, name) == (value if reading == "guides" else fields[name].default)
    }
