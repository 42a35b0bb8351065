"""Choices of a plan as people read them: what is not as in the base, weekdays of a strategy together."""

from collections.abc import Sequence

from commsim.analysis.planning.planned import Change
from commsim.experiments.space import Choices, Lever, Space

ON_OFF = "off", "on"


def groups_of(space: Space, plan: Choices) -> list[set[int]]:
    """Numbers of the levers that are not as in the base; weekdays of one strategy are one change.

    Levers of a strategy that was turned off are none.
    """
    found: dict[object, set[int]] = {}
    for k in space.changed(plan):
        lever = space.levers[k]
        found.setdefault(lever.item if lever.of_weekday else k, set()).add(k)
    return list(found.values())


def changes_of(space: Space, plan: Choices) -> list[Change]:
    """What is not as in the base, in the order of `groups_of`; worths are not known yet."""
    return [_change(space, plan, levers) for levers in groups_of(space, plan)]


def _change(space: Space, plan: Choices, levers: set[int]) -> Change:
    first = min(levers)
    lever = space.levers[first]
    name, kind = _of(space, lever)
    setting = ".".join(map(str, lever.path[2:]))
    if not lever.of_weekday:
        after = lever.options[plan[first]]
        before, edge = lever.options[lever.start], lever.edge(plan[first])
        if lever.turns_on:
            return Change(name, name, kind, "on", ON_OFF[before is True], ON_OFF[after is True], None, False)
        own = name if lever.name == f"{name} {setting}" else ""
        return Change(lever.name, own, kind if own else "", setting if own else "", before, after, None, edge)
    all_days = [k for k, other in enumerate(space.levers) if other.of_weekday and other.item == lever.item]
    before = _days(space, space.start, all_days)
    after_days = _days(space, plan, all_days)
    at_edge = len(after_days.split()) == len(all_days)
    return Change(f"{name} weekdays", name, kind, "weekdays", before, after_days, None, at_edge)


def _of(space: Space, lever: Lever) -> tuple[str, str]:
    """Name and kind of the strategy or other item that a lever is of; empty for a lever of none."""
    here: object = space.design.bases[""]
    for part in lever.item:
        here = (
            here[part]
            if isinstance(part, int) and isinstance(here, tuple)
            else getattr(here, str(part), None)
        )
    return str(getattr(here, "name", "")), str(getattr(here, "kind", ""))


def _days(space: Space, plan: Choices, levers: Sequence[int]) -> str:
    """``tue thu``."""
    named = [str(space.levers[k].path[-1]) for k in levers if space.levers[k].options[plan[k]] is True]
    return " ".join(named) or "none"


def told_changes(changes: Sequence[Change]) -> str:
    """``flash_sale discount 0.15 -> 0.1, advert on -> off``."""
    return ", ".join(f"{one.lever} {one.before} -> {one.after}" for one in changes)
