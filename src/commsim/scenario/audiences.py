"""Whether the members and groups that strategies are for can be those of the plan."""

import difflib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from commsim.core.conditions import fulfil, tests_of
from commsim.scenario.errors import Finding, SettingPath
from commsim.strategies.audience import NO_CHANNELS
from commsim.strategies.base import Strategy

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

COUNTED = ("spent", "per_order", "orders", "recruits", "points")
"""What is 0 for everybody on the first morning."""


def misfits(strategy: Strategy, scenario: "Scenario") -> Iterator[Finding]:
    """Segments, tags, groups and strategies that there are not, as far as the plan alone can tell."""
    if strategy.who is not None:
        known = [segment.name for segment in scenario.community.segments]
        yield from _unknown(("who", "segment"), "segment", strategy.who.segment, known)
        ways = [*(one.name for one in scenario.sources), *NO_CHANNELS]
        yield from _unknown(("who", "channel"), "channel", strategy.who.channel, ways)
        if strategy.who.tag and scenario.community.roster is None:
            remedy = "give a list of members with a column of tags (community.roster)"
            yield Finding(("who", "tag"), "nobody has a tag without a list of members", remedy)
    groups = strategy.groups
    if groups is None:
        return
    if groups.other_than:
        others = [one.name for one in scenario.strategies if one.groups and not one.groups.other_than]
        yield from _unknown(
            ("groups", "other_than"), "strategy with groups of its own", [groups.other_than], others
        )
    listed = _names(scenario)
    if listed:
        for key in ("only", "without"):
            yield from _unknown(("groups",), "group", map(str, getattr(groups, key)), listed)


def _names(scenario: "Scenario") -> list[str]:
    """Numbers and names of the groups at the start; none where only a file knows them."""
    people = scenario.community
    if people.roster is not None or people.history is not None or people.graph.file is not None:
        return []
    named = [group.name for group in people.groups or ()]
    number = len(named) or -(-people.members // people.group_size)
    if people.by_segment and not named:
        number += len(people.segments)
    return [*filter(None, named), *(str(k + 1) for k in range(number))]


def _unknown(path: SettingPath, thing: str, wanted: Iterable[str], known: list[str]) -> Iterator[Finding]:
    for one in wanted:
        if one not in known:
            close = difflib.get_close_matches(one, known, n=1)
            hint = f"did you mean {close[0]}? " if close else ""
            there = ", ".join(known[:20]) + (", ..." if len(known) > 20 else "")
            yield Finding(path, f"there is no {thing} {one!r}", f"{hint}there are: {there or 'none'}")


def empty_at_first(strategy: Strategy) -> Iterator[Finding]:
    """Conditions that nobody fulfils on the first morning, of a strategy that begins then."""
    if strategy.who is None or strategy.starts - strategy.warm_up > 0:
        return
    for name, condition in strategy.who.conditions():
        ranks = any(test.sign in ("top", "bottom") for test in tests_of(condition))
        if name in COUNTED and not ranks and not fulfil(condition, np.zeros(1), np.zeros(1)).any():
            yield Finding(
                ("who", name),
                "addresses nobody on the first day: it is counted from the start of the run",
                "start later, or choose by who has bought before (bought: true) or last_order",
            )
