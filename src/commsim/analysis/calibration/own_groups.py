"""The user's own groups in the model: a plan as it was run, with their sizes, dates and joins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from commsim.analysis.unknowns import Unknown, supposed, unknowns
from commsim.core.arrays import Floats, Ints
from commsim.core.errors import InputError
from commsim.core.luck import key, salt, uniforms
from commsim.experiments.design.paths import changed
from commsim.experiments.worlds import world_seed
from commsim.population.build import build
from commsim.records.observed import EVENTS, Observed
from commsim.scenario.community import Group
from commsim.scenario.explain import did_you_mean
from commsim.scenario.length import with_days
from commsim.scenario.schema import Scenario
from commsim.simulation.observing import Watch
from commsim.simulation.world import World

SHOP = ("community.segments.orders_per_week", "community.segments.buyers")
"""What the shop's own data tell best, though a plan says it as if it were known."""
_BY_FACTOR = "community.segments.orders_per_week"
_LEAST_MEMBERS, _LEAST_DAYS = 30, 14


@dataclass(frozen=True)
class Own:
    """Groups as they were, to be simulated under any supposition about people.

    known: what is unknown of them.  comings: days on which somebody came from outside, one for each; None
    where the plan itself brings people.  A simulation is a number from 0: its place in the ranges and
    its world depend on that and the seed alone, so that more of them can be made later.
    """

    plan: Scenario
    known: tuple[Unknown, ...]
    comings: tuple[int, ...] | None
    seed: int = 0

    def positions(self, numbers: Ints) -> Floats:
        """Where these simulations lie in the ranges: simulations x unknowns, from 0 to 1."""
        names = [f"calibrate {one.name}" for one in self.known]
        return np.column_stack([uniforms(key(self.seed, 0, 0, salt(name)), numbers) for name in names])

    def live(self, number: int) -> Observed:
        """What there is to see in a simulation."""
        places = self.positions(np.array([number]))[0].tolist()
        values = {one.name: one.at(place) for one, place in zip(self.known, places, strict=True)}
        return self.live_with(values, world_seed(self.seed, number))

    def live_with(self, values: dict[str, float], seed: int) -> Observed:
        """What there is to see in a world where unknowns have these values, by name."""
        plan = supposed([self.plan], self.known, values)[0]
        population = build(plan.community, plan.behaviour, seed, today=plan.start)
        world = World(plan, population, seed)
        if self.comings:
            first = population.n_members
            world.people.due[first : first + len(self.comings)] = self.comings
        watch = Watch(world)
        for _ in range(plan.days):
            watch.day(world.advance())
        return watch.observed()


def own_groups(plan: Scenario, seen: Observed, seed: int = 0) -> Own:
    """The groups that are seen, in a plan that was carried out there from the first day on.

    Raises InputError for a plan with a list of people of its own, and for data too few to say anything.
    """
    _check(plan, seen)
    sizes = np.bincount(seen.group[seen.joined < 0], minlength=len(seen.groups)).tolist()
    plan = with_days(plan, seen.days)
    given = plan.community.groups or ()
    kinds = given if len(given) == len(sizes) else [Group(members=1)] * len(sizes)
    groups = [
        one.model_copy(update={"name": name, "members": members})
        for one, name, members in zip(kinds, seen.groups, sizes, strict=True)
    ]
    update = {"groups": tuple(groups), "members": sum(sizes), "by_segment": False}
    community = plan.community.model_copy(update=update)
    plan = plan.model_copy(update={"start": seen.start, "community": community})
    own = Own(plan, _known(plan), None, seed)
    return own if _brings_people(own) else _with_comings(own, seen)


def of_groups(seen: Observed, names: Sequence[str]) -> Observed:
    """Some of the groups that are seen; all if none is named.  InputError for one that there is not."""
    if not names:
        return seen
    for name in names:
        if name not in seen.groups:
            hint = did_you_mean(name, seen.groups)
            remedy = f"{hint} there are: {', '.join(seen.groups)}".strip()
            raise InputError(f"there is no group {name!r}", where="the data", remedy=remedy)
    chosen = [number for number, name in enumerate(seen.groups) if name in names]
    kept = np.isin(seen.group, chosen)
    rows = (np.cumsum(kept) - 1).astype(np.int32)
    tables: dict[str, Any] = {}
    for name in EVENTS:
        if (table := getattr(seen, name)) is not None:
            here = kept[table.member]
            columns = {key: column[here] for key, column in table.columns().items()}
            tables[name] = type(table)(**columns | {"member": rows[columns["member"]]})
    return replace(
        seen,
        groups=tuple(seen.groups[number] for number in chosen),
        group=np.searchsorted(chosen, seen.group[kept]).astype(np.int32),
        joined=seen.joined[kept],
        left=seen.left[kept],
        **tables,
    )


def _check(plan: Scenario, seen: Observed) -> None:
    if plan.community.data:
        raise InputError(
            f"the plan reads its people from a file ({', '.join(plan.community.data)})",
            where=plan.name,
            remedy="calibrate with a plan whose community is described, and put the result into yours",
        )
    there = int(np.count_nonzero(seen.joined < 0))
    if seen.days < _LEAST_DAYS or there < _LEAST_MEMBERS:
        raise InputError(
            f"{seen.days} days of {there} members say too little",
            where="the data",
            remedy=f"give {_LEAST_DAYS} days or more of groups with {_LEAST_MEMBERS} members or more in all",
        )
    empty = np.setdiff1d(np.arange(len(seen.groups)), seen.group[seen.joined < 0])
    if empty.size:
        raise InputError(
            f"group {seen.groups[empty[0]]!r} has nobody on the first day",
            where="the data",
            remedy="leave it out (--groups), or begin on a later day",
        )


def _known(plan: Scenario) -> tuple[Unknown, ...]:
    """What is unknown of the plan and of the shop; how often people order, by its logarithm."""
    found = unknowns([plan], SHOP)
    return tuple(
        replace(one, logarithmic=True) if one.name.startswith(_BY_FACTOR) and one.low > 0 else one
        for one in found
    )


def _brings_people(own: Own) -> bool:
    """Whether the plan itself brings people: somebody joins though nobody comes by themselves."""
    alone = replace(own, plan=changed(own.plan, {("community", "arrivals_per_day"): 0.0}))
    return any((alone.live(number).joined >= 0).any() for number in range(3))


def _with_comings(own: Own, seen: Observed) -> Own:
    """Let people come on the days on which they came; which group they enter is a matter of luck."""
    days = tuple(sorted(seen.joined[seen.joined >= 0].tolist()))
    community = own.plan.community
    outside = max(community.outside_per_member, min(20.0, (len(days) + 1) / community.members))
    update = {"arrivals_per_day": 0.0, "outside_per_member": outside}
    plan = own.plan.model_copy(update={"community": community.model_copy(update=update)})
    known = tuple(one for one in own.known if one.name != "community.outside_per_member")
    return Own(plan, known, days, own.seed)
