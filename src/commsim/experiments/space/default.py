"""A space made of a plan: its strategies on and off, their weekdays, hours, sizes; some to take up."""

import re
from collections import Counter
from copy import deepcopy
from typing import Any

from commsim.core.units import WEEKDAYS, to_yuan
from commsim.experiments.space.load import from_data
from commsim.experiments.space.space import Space
from commsim.scenario.fields import card, holds, limits
from commsim.scenario.limits import PlanLimits, most_posts
from commsim.scenario.schema import Scenario
from commsim.strategies.base import Strategy

BY_WEEK = (
    "advert", "content", "flash_sale", "group_buying", "live", "moments", "persona", "personal_contact",
    "recap", "red_envelope", "story",
)  # fmt: skip
"""Kinds of which the weekdays and the hour are choices."""
HOURS = (9, 12, 18, 19, 20, 21)
FACTORS = (0.5, 0.75, 1.5, 2.0)
"""Of a size that the plan gives."""
OF_PRICES = (0.8, 0.9, 1.1, 1.2)
_NO_SIZES = {
    "starts", "ends", "warm_up", "closing", "hour", "reach", "difficulty", "budget", "staff_minutes", "cycle",
    "cost", "wage",
}  # fmt: skip
"""Dates, and what a search would only ever turn one way, since the model has no other side to it."""
SHIFTS = (-14, -7, 7, 14)
"""Days by which dated strategies may be later."""
LATE = 7
"""Day from which on a first day is a date; before it is the beginning of the run, after a warm-up."""
FOR_SOME = (
    "bargain", "check_in", "contact", "coupon", "distributor_rebate", "flash_sale", "group_buying", "lottery",
    "personal_contact", "red_envelope",
)  # fmt: skip
"""Kinds that offer members something, which may be for some of them only."""
WHOM = {
    "everybody": None,
    "buyers": {"bought": True},
    "non-buyers": {"bought": False},
    "newcomers": {"joined": "<=28"},
}
_CHARACTERS = re.compile(r"[.\[\]]")


def default_space(base: Scenario) -> Space:
    """The space of a plan for which nobody gives a file; limits on posts, where it has none, are its own."""
    return from_data(default_data(base), base)


def default_data(base: Scenario) -> dict[str, Any]:
    """The same as a file would hold it."""
    taken_up = _taken_up(base)
    levers: dict[str, Any] = {}
    for strategy, path in _places(base):
        levers |= _levers(strategy, path, base)
    for data in taken_up:
        path = f"strategies.{data['kind']}"
        levers[f"{data['kind']} on"] = {"path": f"{path}.on", "values": [False, True]}
        if data["kind"] in BY_WEEK:
            levers |= _weekdays(data["kind"], path)
    return {
        "name": f"around {base.name}"[:80],
        "about": "Strategies on and off, weekdays, hours, sizes, dates and whom they are for.",
        "levers": levers,
        "strategies": taken_up,
        "limits": _limits(base).model_dump(mode="json", exclude_none=True),
    }


def _places(base: Scenario) -> list[tuple[Strategy, str]]:
    """Strategies with their paths: by name, or by number where that is not clear."""
    names = Counter(strategy.name for strategy in base.strategies)
    return [
        (
            one,
            f"strategies[{k}]"
            if names[one.name] > 1 or _CHARACTERS.search(one.name)
            else f"strategies.{one.name}",
        )
        for k, one in enumerate(base.strategies)
    ]


def _levers(strategy: Strategy, path: str, base: Scenario) -> dict[str, Any]:
    name = path.removeprefix("strategies.") if path.startswith("strategies.") else path
    found: dict[str, Any] = {f"{name} on": {"path": f"{path}.on", "values": [True, False]}}
    if strategy.kind in BY_WEEK:
        found |= _weekdays(name, path)
        hours = sorted({*HOURS, strategy.hour})
        found[f"{name} hour"] = {"path": f"{path}.hour", "values": hours}
    for field, values in _sizes(strategy):
        found[f"{name} {field}"] = {"path": f"{path}.{field}", "values": values}
    if shifts := _shifts(strategy, base):
        found[f"{name} later"] = {"path": f"{path}.later", "values": shifts}
    if strategy.kind in FOR_SOME:
        found[f"{name} who"] = {"path": f"{path}.who", "values": deepcopy(WHOM)}
    return found


def _shifts(strategy: Strategy, base: Scenario) -> list[int]:
    """By how many days a strategy with a first day of its own, or a last one, may be later; none of others.

    What announces another begins with it, several entries of a name have their days from each other, and
    what waits for a state has none.
    """
    dated = strategy.starts >= LATE or strategy.ends is not None
    alone = sum(one.name == strategy.name for one in base.strategies) == 1
    if not dated or not alone or strategy.when is not None or getattr(strategy, "announces", None):
        return []
    last = base.days - 1
    kept = [
        days
        for days in SHIFTS
        if strategy.warm_up <= strategy.starts + days <= last and (strategy.ends or 0) + days <= last
    ]
    return sorted([0, *kept]) if kept else []


def _weekdays(name: str, path: str) -> dict[str, Any]:
    return {f"{name} {day}": {"path": f"{path}.weekdays.{day}", "values": [False, True]} for day in WEEKDAYS}


def _sizes(strategy: Strategy) -> list[tuple[str, list[float]]]:
    """Numbers that the plan gives and the operator decides, from half to twice."""
    found = []
    for name in sorted(strategy.model_fields_set - _NO_SIZES):
        field = type(strategy).model_fields[name]
        told, value = card(field), getattr(strategy, name)
        if isinstance(value, bool) or not isinstance(value, int | float) or told.get("assumed"):
            continue
        if value == 0:
            continue
        money = told.get("unit") == "yuan"
        value = to_yuan(int(value)) if money else value
        whole = holds(field.annotation, int) and not money
        low, high = limits(field)
        factors = OF_PRICES if name in ("price", "to") else FACTORS
        digits = 0 if whole else 2 if money else 4
        sizes = [value, *(round(value * factor, digits) for factor in factors)]
        sizes = [int(one) for one in sizes] if whole else sizes
        kept = sorted({one for one in sizes if (low is None or one >= low) and (high is None or one <= high)})
        if len(kept) > 1:
            found.append((name, kept))
    return found


def _taken_up(base: Scenario) -> list[dict[str, Any]]:
    """Common strategies of kinds that the plan lacks, each off at the start."""
    there = {one.kind for one in base.strategies} | {one.name for one in base.strategies}
    product = base.products[0].name
    common: list[dict[str, Any]] = [
        {"kind": "group_rules"},
        {"kind": "content", "hour": 12},
        {"kind": "flash_sale", "product": product, "discount": 0.15, "weekdays": ["thu"]},
        {"kind": "advert", "weekdays": ["thu"], "hour": 19},
        {"kind": "red_envelope", "total": 10, "shares": 20, "weekdays": ["thu"], "hour": 19},
        {"kind": "check_in"},
    ]
    return [data for data in common if data["kind"] not in there]


def _limits(base: Scenario) -> PlanLimits:
    """The plan's own; and no more posts than it has itself, or one a day."""
    own = base.limits or PlanLimits(posts_per_day=1)
    posts = most_posts(base)
    missing = {
        name: max(least, now)
        for name, least, now in (("posts_per_day", 1, posts.a_day), ("posts_per_week", 7, posts.a_week))
        if base.limits is None or getattr(own, name) is None
    }
    return own.model_copy(update=missing)
