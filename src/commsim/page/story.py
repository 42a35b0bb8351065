"""One member's story in a run: what they saw, caught, bought, whom they brought, when and why they muted."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from commsim.core.errors import InputError
from commsim.core.mechanism import words
from commsim.core.view import LEFT, MEMBER, STRANGER
from commsim.page.watched import Deeds, open_world
from commsim.records.tables import event_kinds
from commsim.scenario.schema import Scenario
from commsim.simulation.world import World


@dataclass(frozen=True)
class Asked:
    """Whose story: a person of a plan's community in one world."""

    scenario: Scenario
    seed: int
    person: int


def story(asked: Asked) -> dict[str, Any]:
    """Run the plan again, watching one person, and tell their days.  Raises InputError if there is none such.

    ``days`` holds the days on which something happened to them; money is in yuan.
    """
    witness = _Witness(asked.scenario.days, asked.person)
    world = open_world(asked.scenario, asked.seed, witness)
    if not 0 <= asked.person < len(world.people.status):
        most = len(world.people.status) - 1
        raise InputError(f"there is no member number {asked.person}", remedy=f"give one from 0 to {most}")
    told = [_live(world, witness) for _ in range(asked.scenario.days)]
    _add_events(told, world, asked.person)
    return _portrait(world, asked.person) | {"days": [day for day in told if len(day) > 1]}


class _Witness(Deeds):
    """Notes also why the engine lets one person mute or leave."""

    def __init__(self, days: int, person: int) -> None:
        super().__init__(days)
        self.person = person

    def awake(self, world: World) -> None:
        """Ask the engine before they live their day."""
        self.why = world.why(self.person)


def _live(world: World, witness: _Witness) -> dict[str, Any]:
    """Live a day; what it was to this person."""
    people, day, person = world.people, world.day, witness.person
    written = int(people.messages[person])
    happened = world.advance()
    told: dict[str, Any] = {"day": day}
    if person in happened.lookers:
        told["saw"] = [
            (deed.cause, deed.what, deed.posts)
            for deed in witness.days[day]
            if world.reaches(deed.effect, deed.cause, person)
        ]
    if people.messages[person] > written:
        told["wrote"] = int(people.messages[person]) - written
    more = [name for name, occurred in happened.more.items() if person in occurred.persons]
    if more := [name for name in more if f"event.{name}" in words("en")]:
        told["more"] = more
    if person in happened.unmuted:
        told["unmuted"] = True
    for what, persons in (("muted", happened.muted), ("left", happened.left)):
        if person in persons:
            told[what] = _why(world, witness, day)
    return told


def _why(world: World, witness: _Witness, day: int) -> dict[str, Any]:
    """What made the chances of muting and leaving of that day; ``before`` are posts of earlier days."""
    why = witness.why
    return {
        "posts": int(why.posts),
        "members_adverts": round(why.adverts, 2),
        "before": sum(deed.posts for earlier in witness.days[:day] for deed in earlier),
        "impatience": round(float(world.people.tolerance[witness.person]), 2),
        "mute_chance": why.mute,
        "leave_by_posts": why.leave_by_posts,
    }


def _add_events(told: list[dict[str, Any]], world: World, person: int) -> None:
    """What the record lists of them: joining, orders, payments, refunds, invitations."""
    events = world.records().events
    for at in np.flatnonzero(events["person"] == person).tolist():
        kind = event_kinds()[events["kind"][at]]
        if kind in ("join", "order", "payment", "refund", "invitation"):
            event = {name: int(events[name][at]) for name in ("other", "cause")}
            told[int(events["day"][at])].setdefault(kind, []).append(
                event | {"yuan": int(events["fen"][at]) / 100}
            )


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
