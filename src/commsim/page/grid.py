"""What is recorded for the page's file: the two sliders at all values, from many days on, and again later.

A way is one or two steps: from a day on, so many posts a day of each kind.  Ways come in the order of
how much a class would miss them, so that a file with room for fewer holds the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from commsim.core.errors import InputError
from commsim.scenario.change import changed, read_strategy, running
from commsim.scenario.schema import Scenario
from commsim.strategies.base import Strategy
from commsim.strategies.calendar import first_day

POSTS = {"advert": tuple(range(7)), "content": tuple(range(5))}
"""All values that the sliders have."""
COARSE = {"advert": (0, 1, 3, 6), "content": (0, 2)}
"""Those between which somebody changes their mind a second time."""
DAYS = 12
"""Days of change, evenly over the run; second thoughts come on every other of them."""
FRESH: dict[str, dict[str, Any]] = {
    "advert": {"hours": [10, 15, 20], "staff_minutes": 1},
    "content": {"hour": 12, "staff_minutes": 1.5},
}
"""What a slider begins where nothing of its kind runs, as on the page."""


@dataclass(frozen=True)
class Step:
    """Posts a day of each kind from a day on."""

    day: int
    advert: int
    content: int


Way = tuple[Step, ...]


def days_of(plan: Scenario) -> tuple[int, ...]:
    """Days from which on something is changed, counted from 0."""
    return tuple(range(0, plan.days, -(-plan.days // DAYS)))


def ways(plan: Scenario) -> Iterator[Way]:
    """All that are recorded of a plan, the most missed first."""
    days = days_of(plan)
    for day in days[::2]:
        yield from _first(plan, day, POSTS)
    yield from _second_thoughts(plan, days[:-2:2])
    for day in days[1::2]:
        yield from _first(plan, day, POSTS)


def _first(plan: Scenario, day: int, values: dict[str, tuple[int, ...]]) -> Iterator[Way]:
    """The sliders at every other pair of values."""
    now = posts_of(plan, day)
    for advert in values["advert"]:
        for content in values["content"]:
            if now != {"advert": advert, "content": content}:
                yield (Step(day, advert, content),)


def _second_thoughts(plan: Scenario, days: tuple[int, ...]) -> Iterator[Way]:
    """After each coarse step, one slider at each other coarse value."""
    for later, second in enumerate(days):
        for first in days[:later]:
            for (step,) in _first(plan, first, COARSE):
                for kind, values in COARSE.items():
                    now = {"advert": step.advert, "content": step.content}
                    for posts in values:
                        if posts != now[kind]:
                            yield step, Step(second, **{**now, kind: posts})


def gone(plan: Scenario, way: Way) -> Scenario | None:
    """The plan with its sliders set; None if it can't be changed on such a day."""
    told = " ".join(f"{step.advert} {step.content} {step.day + 1}" for step in way)
    name = f"{plan.name[:50]} / {told}"
    try:
        for step in way:
            plan = _set(plan, step)
    except InputError:
        return None
    return plan.model_copy(update={"name": name})


def _set(plan: Scenario, step: Step) -> Scenario:
    for kind, posts in (("advert", step.advert), ("content", step.content)):
        found = _daily(plan, kind, step.day)
        if posts == (found.posts if found else 0):
            continue
        last = found or _last(plan, kind)
        name = last.name if last else _free(plan, kind)
        fresh = last.model_dump(mode="json", exclude_unset=True) if last else {"kind": kind, **FRESH[kind]}
        strategy = read_strategy({**fresh, "name": name, "posts": posts}) if posts else None
        plan = changed(plan, step.day, name, strategy)
    return plan


def posts_of(plan: Scenario, day: int) -> dict[str, int]:
    """What the sliders show on a day."""
    found = {kind: _daily(plan, kind, day) for kind in POSTS}
    return {kind: entry.posts if entry else 0 for kind, entry in found.items()}


def names_of(plan: Scenario) -> dict[str, str]:
    """The strategy that each slider changes or begins."""
    found = {kind: _last(plan, kind) for kind in POSTS}
    return {kind: entry.name if entry else _free(plan, kind) for kind, entry in found.items()}


def _daily(plan: Scenario, kind: str, day: int) -> Any:
    """The strategy that a slider stands for on a day: it posts every day to everybody."""
    found = (one for one in running(plan, day) if one.kind == kind and first_day(one) <= day)
    return next(filter(_is_daily, found), None)


def _last(plan: Scenario, kind: str) -> Any:
    """The last that a slider stood for on any day."""
    return next((one for one in reversed(plan.strategies) if one.kind == kind and _is_daily(one)), None)


def _free(plan: Scenario, kind: str) -> str:
    """A name for one more strategy of a kind, as the page gives it."""
    taken, number = {one.name for one in plan.strategies}, 1
    while (name := kind if number == 1 else f"{kind} {number}") in taken:
        number += 1
    return name


def _is_daily(one: Strategy) -> bool:
    settings = one.model_dump(mode="json")
    return not settings.get("announces") and len(settings["weekdays"]) in (0, 7) and not settings.get("who")
