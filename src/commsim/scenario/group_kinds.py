"""Kinds of groups: who talks in them, and why one looks in, as defaults of the members' behaviour.

A shop's coupon group is what `commsim.scenario.behaviour` declares.  Another kind (``community.kind``) sets
other defaults for some parameters, which the plan's own settings still override; the engine knows
parameters only, and no kinds.
"""

from typing import Literal, NamedTuple

from commsim.core.units import Grade

GroupKind = Literal["coupon", "interest", "service"]


class Default(NamedTuple):
    """What a kind sets for a parameter, and what that rests on, as `commsim.core.units.param` has it."""

    value: float
    plausible: tuple[float, float]
    source: str
    grade: Grade


BY_KIND: dict[GroupKind, dict[str, Default]] = {
    "coupon": {},
    "interest": {
        "talk.level": Default(
            1.0,
            (0.5, 2.0),
            "the unit: who writes was counted in such groups (IRC counts, van Mierlo 2014)",
            "C",
        ),
        "activity.deal": Default(
            0.2, (0.0, 0.4), "assumed: who came for the talk cares half as much for a deal", "D"
        ),
    },
    "service": {
        "talk.level": Default(
            0.3, (0.1, 1.0), "assumed: who has a question writes, and few others do; between the others", "D"
        ),
        "talk.answered": Default(
            0.7, (0.3, 1.0), "assumed: most of what is written are questions to the staff", "D"
        ),
        "activity.deal": Default(0.2, (0.0, 0.4), "assumed: as in a group of common interest", "D"),
    },
}
"""By kind, the parameters by their place under ``behaviour`` and what it sets them to."""

SET = tuple(dict.fromkeys(path for sets in BY_KIND.values() for path in sets))
"""All parameters that some kind sets."""


def sections(kind: object) -> dict[str, dict[str, float]]:
    """What a kind sets, section by section; nothing for what is no kind."""
    found: dict[str, dict[str, float]] = {}
    for path, default in BY_KIND.get(kind, {}).items():  # type: ignore[call-overload]
        section, name = path.split(".")
        found.setdefault(section, {})[name] = default.value
    return found
