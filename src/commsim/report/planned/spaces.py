"""The file of what may be chosen, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from commsim.core.units import WEEKDAYS
from commsim.report.language import Language
from commsim.scenario.schema import Scenario

_CHOSEN = {"on": "on or off", "hour": "hour", "later": "days later", "who": "for whom"}
"""What is chosen of a strategy, beside its weekdays and its own settings."""


def space_in(data: Mapping[str, Any], plan: Scenario, say: Language) -> dict[str, Any]:
    """A space as its file holds it, with what levers and choices are called in a language."""
    if say.code == "en":
        return dict(data)
    kinds = {one.name: one.kind for one in plan.strategies} | {
        one["kind"]: one["kind"] for one in data["strategies"]
    }
    levers = {_lever(name, kinds, say): _choices(it, say) for name, it in data["levers"].items()}
    return {
        **data,
        "name": say("around {plan}", plan=plan.name)[:80],
        "about": say(data["about"]),
        "levers": levers,
    }


def _lever(name: str, kinds: Mapping[str, str], say: Language) -> str:
    """``flash_sale discount`` as people say it; a strategy that only a number tells stays as it is."""
    strategy, _, what = name.rpartition(" ")
    kind = kinds.get(strategy, "")
    told = say(_CHOSEN.get(what, what)) if what in (*_CHOSEN, *WEEKDAYS) else say.setting(kind, what)
    return f"{say.knowing(kinds).cause(strategy)} {told}"


def _choices(lever: Mapping[str, Any], say: Language) -> dict[str, Any]:
    values = lever["values"]
    named = isinstance(values, Mapping)
    return {**lever, "values": {say(name): one for name, one in values.items()} if named else values}
