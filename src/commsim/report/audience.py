"""Whom a strategy addresses, in words."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from commsim.report.language import ENGLISH, Language

if TYPE_CHECKING:
    from commsim.strategies.audience import SomeGroups, Who
    from commsim.strategies.base import Strategy


_RANK = re.compile(r"(top|bottom)\s*([\d.]+\s*%)")


def for_whom(strategy: "Strategy", say: Language = ENGLISH) -> str:
    """Groups and members, as far as a strategy is not for all; else empty."""
    parts = [_groups(strategy.groups, say)] if strategy.groups is not None else []
    if strategy.who is not None:
        parts.append(conditions(strategy.who, say))
    return say.parts(part for part in parts if part)


def _groups(groups: "SomeGroups", say: Language) -> str:
    if groups.share is not None:
        return say("{share} of the groups, by luck", share=f"{100 * groups.share:.4g} %")
    if groups.other_than:
        return say("groups that {name} is not for", name=say.cause(groups.other_than))
    named = say.listed(say.called(str(one)) for one in groups.only or groups.without)
    return say("groups {names}" if groups.only else "all groups but {names}", names=named)


def conditions(who: "Who", say: Language) -> str:
    """Conditions on members; empty where there are none."""
    given = who.model_dump(exclude_unset=True)
    named = {"channel": say.channel, "took": say.cause, "not_took": say.cause}
    told = [
        f"{say.condition(name)} {_value(value, say, named.get(name, str))}"
        for name, value in given.items()
        if value not in (None, ())
    ]
    return say("members with {conditions}", conditions=say.listed(told)) if told else ""


def _value(value: object, say: Language, called: Callable[[str], str]) -> str:
    if isinstance(value, bool):
        return say("true" if value else "false")
    if isinstance(value, list | tuple):
        return say(" or ").join(map(called, value))
    return _RANK.sub(lambda rank: say(f"{rank[1]} {{share}}", share=rank[2]), str(value))
