"""Whether the members and groups that strategies are for can be those of the plan."""

import difflib
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from commsim.core.arrays import Bools
from commsim.core.conditions import Within, fulfil, may_hold, tests_of
from commsim.core.mechanisms.first_effect import FELT
from commsim.core.mechanisms.steps import MOST_STRATEGIES
from commsim.scenario.errors import Finding, SettingPath
from commsim.strategies.audience import NO_CHANNELS, Who, within
from commsim.strategies.base import Strategy
from commsim.strategies.split import Split

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario

COUNTED = ("spent", "per_order", "orders", "recruits", "points")
"""What is 0 for everybody on the first morning."""


def misfits(strategy: Strategy, scenario: "Scenario") -> Iterator[Finding]:
    """Segments, tags, groups and strategies that there are not, as far as the plan alone can tell."""
    gates = {"when": strategy.when, "until": strategy.until}
    counted = {(name, "who"): gate.who for name, gate in gates.items() if gate is not None}
    for path, who in ({("who",): strategy.who} | counted).items():
        if who is not None:
            yield from _among_members(who, path, strategy.name, scenario)
    groups = strategy.groups
    if groups is None:
        return
    if groups.other_than:
        others = [one.name for one in scenario.strategies if one.groups and not one.groups.other_than]
        yield from _unknown(
            ("groups", "other_than"), "strategy with groups of its own", [groups.other_than], others
        )
    names = group_names(scenario)
    if names:
        yield from _groups_among(strategy, names)


def _among_members(who: Who, path: SettingPath, name: str, scenario: "Scenario") -> Iterator[Finding]:
    """Likewise of conditions on members, of the strategy of a name."""
    known = [segment.name for segment in scenario.community.segments]
    yield from _unknown((*path, "segment"), "segment", who.segment, known)
    ways = [*(one.name for one in scenario.sources), *NO_CHANNELS]
    yield from _unknown((*path, "channel"), "channel", who.channel, ways)
    if who.tag and scenario.community.roster is None:
        remedy = "give a list of members with a column of tags (community.roster)"
        yield Finding((*path, "tag"), "nobody has a tag without a list of members", remedy)
    yield from _nobody(who, path, scenario)
    others = [one.name for one in scenario.strategies if one.name != name]
    for key in ("took", "not_took"):
        yield from _unknown((*path, key), "other strategy", getattr(who, key), others)
    if (who.took or who.not_took) and len(set(others)) >= MOST_STRATEGIES:
        what = f"chains are kept for {MOST_STRATEGIES} strategies, and this plan has more"
        yield Finding(path, what, "leave some out")


def _nobody(who: Who, path: SettingPath, scenario: "Scenario") -> Iterator[Finding]:
    """Conditions that nobody can ever fulfil."""
    effects = any(product.effect_days is not None for product in scenario.products)
    for name, condition in who.conditions():
        limits = within(name)
        if limits is not None and not may_hold(condition, limits):
            what = f"{condition!r} chooses nobody: it is {limits}"
            yield Finding((*path, name), what, "mend the number")
        elif name == FELT.name and not effects and not may_hold(condition, Within(0.0, 0.0)):
            what = "chooses nobody: no product has an effect that could be felt"
            yield Finding((*path, name), what, "give a product effect_days, or leave it out")


def unlisted(scenario: "Scenario", tags: Collection[str], names: Sequence[str]) -> Iterator[Finding]:
    """Tags and groups of strategies that are not in the files of members.

    names: of the groups at the start; one without a name has a number.
    """
    for i, strategy in enumerate(scenario.strategies):
        wanted = strategy.who.tag if strategy.who is not None else ()
        tagged = {("who", "tag"): wanted, ("tags",): strategy.tags if isinstance(strategy, Split) else ()}
        found = [one for path, those in tagged.items() for one in _unknown(path, "tag", those, list(tags))]
        for finding in (*found, *_groups_among(strategy, names)):
            yield finding._replace(path=("strategies", i, *finding.path))
    known = [*filter(None, names), *(str(k + 1) for k in range(len(names)))]
    for i, one in enumerate(scenario.limits.groups if scenario.limits else ()):
        yield from _unknown(("limits", "groups", i, "name"), "group", [str(one.name)], known)


def _groups_among(strategy: Strategy, names: Sequence[str]) -> Iterator[Finding]:
    """Groups that a strategy names and that there are not."""
    if strategy.groups is not None:
        known = [*filter(None, names), *(str(k + 1) for k in range(len(names)))]
        for key in ("only", "without"):
            yield from _unknown(("groups",), "group", map(str, getattr(strategy.groups, key)), known)


def group_names(scenario: "Scenario") -> list[str]:
    """Names of the groups at the start, empty for those without; none at all where only a file knows them."""
    people = scenario.community
    if people.roster is not None or people.history is not None or people.graph.file is not None:
        return []
    if people.groups:
        return [group.name for group in people.groups]
    number = -(-people.members // people.group_size)
    return [""] * (number + len(people.segments) * people.by_segment)


def on_paper(strategy: Strategy, scenario: "Scenario") -> Bools:
    """The groups at the start that a strategy is for, as far as no luck is needed to know them.

    A share of them is as if it were drawn from the first ones on.  Where only a file knows the groups it is
    one that stands for all.
    """
    names = group_names(scenario)
    number = max(1, len(names))
    every, groups = np.ones(number, np.bool_), strategy.groups
    if groups is None or not names:
        return every
    if groups.other_than:
        other = next(one for one in scenario.strategies if one.name == groups.other_than)
        return ~on_paper(other, scenario)
    if groups.share is not None:
        return np.asarray(np.arange(number) < int(groups.share * number + 0.5))
    wanted = {
        names.index(str(one)) if str(one) in names else int(one) - 1 for one in groups.only or groups.without
    }
    chosen = np.isin(np.arange(number), list(wanted))
    return chosen if groups.only else ~chosen


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
