"""Whom strategies address, person by person: what the engine's rows of yes and no are held against."""

import operator
import re
from typing import Any

from commsim.core import luck
from commsim.core.view import LEFT, MEMBER

SIGNS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "=": operator.eq}
VALUES = {
    "spent": lambda person: person.spent / 100,
    "per_order": lambda person: person.spent / 100 / max(1, person.orders),
    "joined": lambda person: float("inf") if person.joined < 0 else person.model.day - person.joined,
    "lot": lambda person: draw(person.model, "audience, the lot of a person", person.row),
}


def draw(model: Any, what: str, number: int, salt: int = 0) -> float:
    """A draw of the run for one thing of an audience."""
    return luck.uniform(luck.key(model.seed, luck.purpose(what), 0, salt), number)


def groups_of(model: Any, strategy: Any) -> set[Any]:
    """The groups that a strategy is for."""
    wanted, names = strategy.groups, [*model.population.group_names]
    at_start = model.population.n_groups
    if wanted is None:
        return set(model.groups)
    if wanted.other_than:
        other = next(one for one in model.strategies if one.name == wanted.other_than)
        return set(model.groups) - groups_of(model, other)
    if wanted.share is not None:
        lots = [
            draw(model, "audience, which groups a share is", group.number, wanted.draw)
            for group in model.groups
        ]
        first = sorted(range(at_start), key=lambda g: lots[g])[: int(wanted.share * at_start + 0.5)]
        later = [g for g in range(at_start, len(lots)) if lots[g] < wanted.share]
        return {model.groups[g] for g in (*first, *later)}
    named = {names.index(one) if one in names else int(one) - 1 for one in wanted.only or wanted.without}
    return {group for group in model.groups if (group.number in named) == bool(wanted.only)}


def whom(model: Any, strategy: Any) -> list[Any] | None:
    """Who in those groups fulfils all conditions, None where that is all of them."""
    groups = groups_of(model, strategy)
    meant = (MEMBER, LEFT) if strategy.addresses_left else (MEMBER,)
    members = [person for person in model.people if person.status in meant and person.home in groups]
    if strategy.who is None:
        return None
    good = set(members)
    if strategy.who.segment:
        kinds = [segment.name for segment in model.plan.community.segments]
        good = {person for person in good if kinds[person.segment] in strategy.who.segment}
    if strategy.who.channel:
        good = {person for person in good if way(model, person) in strategy.who.channel}
    if strategy.who.bought is not None:
        bought = {person for person in members if person.buys != 0 or person.orders}
        good = good & bought if strategy.who.bought else good - bought
    if strategy.who.tag:
        rows = {row for tag in strategy.who.tag for row in model.population.tags[tag].tolist()}
        good = {person for person in good if person.row in rows}
    if strategy.who.muted is not None:
        good = {person for person in good if person.muted == strategy.who.muted}
    for names, wanted in ((strategy.who.took, True), (strategy.who.not_took, False)):
        if names:
            causes = [[*model.calendar].index(name) for name in names]
            good = {one for one in good if any(one.took >> cause & 1 for cause in causes) == wanted}
    for name, condition in strategy.who.conditions():
        per = 100 if name == "balance" else 1
        value = VALUES.get(name, lambda person, name=name, per=per: getattr(person, name, 0) / per)
        good &= set(fulfilling(model, members, str(condition), value))
    return None if len(good) == len(members) else [person for person in members if person in good]


def way(model: Any, person: Any) -> str:
    """By what somebody came."""
    if person.joined < 0:
        return "start"
    channels = [channel.name for channel in model.plan.sources]
    number = person.join_cause - len(model.strategies)
    return (
        "friends" if person.inviter >= 0 else channels[number] if 0 <= number < len(channels) else "unasked"
    )


def fulfilling(model: Any, members: list[Any], condition: str, value: Any) -> list[Any]:
    """Members of whom a condition is true."""
    if rank := re.fullmatch(r"(top|bottom) ([\d.]+)%", condition):
        ranked = sorted(members, key=lambda person: (value(person), _among_equals(model, person)))
        share = float(rank[2]) / 100
        best = int((share if rank[1] == "top" else 1 - share) * len(members) + 0.5)
        return ranked[len(members) - best :] if rank[1] == "top" else ranked[: len(members) - best]
    tests = re.findall(r"([<>=]*)(-?[\d.]+)(%?)", condition)
    return [
        person
        for person in members
        if all(
            SIGNS[sign or "="](value(person), float(number) / (100 if share else 1))
            for sign, number, share in tests
        )
    ]


def _among_equals(model: Any, person: Any) -> float:
    return draw(model, "audience, who comes first among equals", person.row)
