"""One member's story in a run: what they saw, caught, bought, whom they brought, when and why they muted."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from commsim.core.errors import InputError
from commsim.core.view import LEFT, MEMBER, STRANGER
from commsim.page.watched import Deed, Watched, open_world
from commsim.records.tables import EVENT_KINDS
from commsim.scenario.schema import Scenario


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
    world = open_world(asked.scenario, asked.seed)
    if not 0 <= asked.person < len(world.people.status):
        most = len(world.people.status) - 1
        raise InputError(f"there is no member number {asked.person}", remedy=f"give one from 0 to {most}")
    told = [_live(world, asked.person) for _ in range(asked.scenario.days)]
    _add_events(told, world, asked.person)
    return _portrait(world, asked.person) | {"days": [day for day in told if len(day) > 1]}


def _live(world: Watched, person: int) -> dict[str, Any]:
    """Live a day; what it was to this person."""
    people, day, group = world.people, world.day, world.people.group[person]
    before = {name: getattr(people, name)[person].item() for name in ("messages", "muted", "value")}
    adverts = float(world.groups.spam[group] * world.groups.size[group]) / 100
    happened = world.advance()
    told: dict[str, Any] = {"day": day}
    deeds = [deed for deed in world.deeds[day] if world.reaches(deed, person)]
    if person in happened.lookers:
        told["saw"] = [(deed.cause, deed.what, deed.posts) for deed in deeds]
    if people.messages[person] > before["messages"]:
        told["wrote"] = int(people.messages[person]) - before["messages"]
    if person in happened.checked_in:
        told["checked_in"] = True
    for what, persons in (("muted", happened.muted), ("left", happened.left)):
        if person in persons:
            told[what] = _why(world, person, deeds, adverts, before["value"], muted=before["muted"])
    return told


def _why(
    world: Watched, person: int, deeds: list[Deed], adverts: float, value: float, *, muted: bool
) -> dict[str, Any]:
    """The chances of muting and leaving of that day by the model's formulas, and what made them.

    See `commsim.simulation.kernels.looking`; ``adverts`` are those of members.
    """
    stay = world.scenario.behaviour.stay
    posts = sum(deed.posts for deed in deeds)
    messages = (posts + stay.spam * adverts) * (stay.heard_muted if muted else 1.0)
    crowd = 1.0 + stay.crowding * max(0.0, min(messages, stay.crowded) - 1.0)
    tolerance = float(world.people.tolerance[person])
    bother = tolerance * messages * crowd * (1.0 - stay.forgiving * max(0.0, value) / (max(0.0, value) + 1.0))
    by_posts = stay.leave_message * bother * (stay.leave_muted if muted else 1.0)
    return {
        "posts": posts,
        "members_adverts": round(adverts, 2),
        "before": sum(deed.posts for day in world.deeds[: world.day - 1] for deed in day),
        "impatience": round(tolerance, 2),
        "mute_chance": 0.0 if muted else stay.mute_message * bother,
        "leave_by_posts": by_posts / (by_posts + stay.leave) if by_posts + stay.leave else 0.0,
    }


def _add_events(told: list[dict[str, Any]], world: Watched, person: int) -> None:
    """What the record lists of them: joining, orders, payments, refunds, invitations."""
    events = world.records().events
    for at in np.flatnonzero(events["person"] == person).tolist():
        kind = EVENT_KINDS[events["kind"][at]]
        if kind in ("join", "order", "payment", "refund", "invitation"):
            event = {name: int(events[name][at]) for name in ("other", "cause")}
            told[int(events["day"][at])].setdefault(kind, []).append(
                event | {"yuan": int(events["fen"][at]) / 100}
            )


def _portrait(world: Watched, person: int) -> dict[str, Any]:
    """How they stand at the end of the run."""
    people, population = world.people, world.population
    segments = world.scenario.community.segments
    names = {STRANGER: "stranger", MEMBER: "member", LEFT: "left"}
    inviter = int(people.inviter[person])
    return {
        "person": person,
        "label": population.labels[person] if population.labels else "",
        "group": int(people.group[person]),
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
