"""Members' stories under each of some plans: what they saw, bought and did, and what weighed on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from commsim.core.mechanism import words
from commsim.core.view import LEFT, MEMBER, STRANGER
from commsim.page.fates import AWAY, better_off, fates, suggested
from commsim.page.watched import open_world, people_of
from commsim.page.witness import Witness, short
from commsim.records.tables import event_kinds
from commsim.scenario.schema import Scenario
from commsim.simulation.world import World

EVERY = 5
"""Days after which other members may be suggested."""
MOST_PLAYED = 1_500_000
"""Persons x days of a plan up to which members are suggested unasked."""
TURNS = ("muted", "unmuted", "left", "order")
"""What happens to a member that has a reason."""

Story = list[dict[str, Any] | None]
"""Of one person: a telling for each plan, None where its community has no such person."""


@dataclass(frozen=True)
class Asked:
    """Whose stories: persons in one world under some plans."""

    plans: tuple[Scenario, ...]
    seed: int
    persons: tuple[int, ...] = ()


def stories(asked: Asked) -> dict[int, Story]:
    """Run the plans again, watching some persons, and tell their days.

    A telling is a portrait of the last day, ``days`` on which something happened (money in yuan), ``series``
    and ``standing`` of every day (see `witness`), and ``why`` of the days on which something happened under
    any plan that has a reason: the parts of the chances that the engine drew with.
    """
    told = [_told(plan, asked.seed, asked.persons) for plan in asked.plans]
    return {person: _side_by_side([one.get(person) for one in told]) for person in asked.persons}


def suggestions(asked: Asked) -> dict[str, Any]:
    """Members whose fate differs most between the plans, by evening, with their stories; empty for others.

    Plans can be compared that have the same people.  picks: (evening from which on, members), chosen by what
    had happened until then.  members: who was there from the start.  better: how many stand best under each
    plan alone, by plan and evening.
    """
    plans, seed = asked.plans, asked.seed
    if len(plans) < 2:
        return {}
    alike = {(plan.community, plan.behaviour, plan.start, plan.days) for plan in plans}
    persons = people_of(plans[0], seed).n_persons
    if len(alike) > 1 or persons * plans[0].days > MOST_PLAYED:
        return {}
    runs = [fates(plan, seed) for plan in plans]
    picks: list[tuple[int, tuple[int, ...]]] = []
    for at in (*range(EVERY, plans[0].days, EVERY), plans[0].days):
        chosen = suggested(runs, at, picks[-1][1] if picks else ())
        if chosen and (not picks or chosen != picks[-1][1]):
            picks.append((at, chosen))
    cast = tuple(sorted({person for _, chosen in picks for person in chosen}))
    here = runs[0].standing[0] != AWAY
    return {
        "picks": picks,
        "members": int(here.sum()),
        "better": better_off(runs, here).tolist(),
        "stories": stories(Asked(plans, seed, cast)),
    }


def _told(plan: Scenario, seed: int, persons: tuple[int, ...]) -> dict[int, dict[str, Any]]:
    """The tellings of one plan, with the reasons of every day."""
    witness = Witness(plan.days)
    world = open_world(plan, seed, witness)
    witness.watch(tuple(person for person in persons if person < len(world.people.status)))
    told: dict[int, list[dict[str, Any]]] = {person: [] for person in witness.persons}
    for _ in range(plan.days):
        for person, day in _live(world, witness).items():
            told[person].append(day)
    _add_events(told, world)
    return {
        person: _portrait(world, person)
        | {
            "days": [day for day in days if len(day) > 1],
            "series": witness.series[person],
            "standing": witness.standing[person],
            "why": witness.reasons[person],
        }
        for person, days in told.items()
    }


def _side_by_side(told: Sequence[dict[str, Any] | None]) -> Story:
    """The tellings of one person with the reasons of those days alone on which there is a turn in any."""
    turns = sorted({day["day"] for one in told if one for day in one["days"] if any(t in day for t in TURNS)})
    return [one and one | {"why": {day: _reasons(one["why"], day) for day in turns}} for one in told]


def _reasons(days: Sequence[Any], day: int) -> dict[str, Any]:
    """The parts of the chances of a day; nothing of a day after the run."""
    if day >= len(days):
        return {}
    return {
        name: {part: short(value) for part, value in parts._asdict().items()}
        for name, parts in days[day]._asdict().items()
        if parts is not None
    }


def _live(world: World, witness: Witness) -> dict[int, dict[str, Any]]:
    """Live a day; what it was to each person who is watched."""
    people, day, persons = world.people, world.day, witness.persons
    written = {person: int(people.messages[person]) for person in persons}
    happened = world.advance()
    witness.evening(world)
    lookers = np.isin(persons, happened.lookers)
    told: dict[int, dict[str, Any]] = {person: {"day": day} for person in persons}
    for person, looked in zip(persons, lookers, strict=True):
        one = told[person]
        if looked:
            deeds = [deed for deed in witness.days[day] if world.reaches(deed.effect, deed.cause, person)]
            one["saw"] = [(deed.cause, deed.what, deed.posts) for deed in deeds]
        if people.messages[person] > written[person]:
            one["wrote"] = int(people.messages[person]) - written[person]
        more = [name for name, occurred in happened.more.items() if person in occurred.persons]
        if more := [name for name in more if f"event.{name}" in words("en")]:
            one["more"] = more
        for what in ("unmuted", "muted", "left"):
            if person in getattr(happened, what):
                one[what] = True
    return told


def _add_events(told: dict[int, list[dict[str, Any]]], world: World) -> None:
    """What the record lists of them: joining, orders, payments, refunds, invitations."""
    events = world.records().events
    for at in np.flatnonzero(np.isin(events["person"], list(told))).tolist():
        kind = event_kinds()[events["kind"][at]]
        if kind in ("join", "order", "payment", "refund", "invitation"):
            event = {name: int(events[name][at]) for name in ("other", "cause")}
            day = told[int(events["person"][at])][int(events["day"][at])]
            day.setdefault(kind, []).append(event | {"yuan": int(events["fen"][at]) / 100})


def _portrait(world: World, person: int) -> dict[str, Any]:
    """How they stand at the end of the run."""
    people, population = world.people, world.population
    segments = world.scenario.community.segments
    names = {STRANGER: "stranger", MEMBER: "member", LEFT: "left"}
    inviter = int(people.inviter[person])
    return {
        "person": person,
        "label": population.labels[person] if population.labels else "",
        "group": int(people.group[person]),
        "group_name": world.records().group_name(int(people.group[person])),
        "segment": segments[people.segment[person]].name if len(segments) > 1 else "",
        "status": names[int(people.status[person])],
        "joined": int(people.joined[person]),
        "inviter": inviter if people.status[person] != STRANGER else -1,
        "friends": int(np.count_nonzero(people.group[population.friends(person)] >= 0)),
        "muted": bool(people.muted[person]),
        "muted_at_start": bool(population.muted[person]),
        "messages": int(people.messages[person]),
        "orders": int(people.orders[person]),
        "spent": int(people.spent[person]) / 100,
        "points": int(people.points[person]),
    }
