"""Whose days are worth telling: members whose fate differs most between plans, a few of different kinds.

The persons and their luck are the same under every plan, so what differs is what the plans made of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Bools, Ints
from commsim.core.view import MEMBER, STRANGER
from commsim.page.watched import Deeds, open_world, people_of
from commsim.scenario.schema import Scenario
from commsim.simulation.world import World

AWAY, LEFT, MUTED, QUIET, LOOKING = range(5)
"""How a person stands in the evening: never came; left; has muted the group; has not looked in for a week;
has, and hears it ring."""
RANK = np.array([0, 0, 1, 2, 3])
"""How far they are in: what a standing counts."""
WEEK = 7
MOST = 5
"""Members who are suggested at a time."""
MOST_OF_A_KIND = 2
MOST_MONEY = 3.0
"""A difference in money counts at most so many typical orders."""
LEAST = 1.0
"""Smaller differences are not worth a story."""
LOYALTY = 0.75
"""What those count more who were suggested before, so that the list stays while a clock runs."""


@dataclass(frozen=True)
class Fates:
    """A run by evening and person, row 0 the first morning: standing, and fen paid for orders so far.

    orders: fen of each order.
    """

    standing: NDArray[np.int8]
    spent: Ints
    orders: Ints


def fates(plan: Scenario, seed: int) -> Fates:
    """Run a plan and note how everybody stands each evening."""
    persons, world = people_of(plan, seed).n_persons, open_world(plan, seed, Deeds(plan.days), full=False)
    standing = np.zeros((plan.days + 1, persons), np.int8)
    spent, orders = np.zeros((plan.days + 1, persons), np.int64), list[Ints]()
    standing[0] = stand(world)[:persons]
    for day in range(plan.days):
        orders.append(world.advance().order_fen)
        standing[day + 1], spent[day + 1] = stand(world)[:persons], world.people.spent[:persons]
    return Fates(standing, spent, np.concatenate([*orders, np.zeros(0, np.int64)]))


def stand(world: World) -> NDArray[np.int8]:
    """How everybody stands now, from `AWAY` to `LOOKING`."""
    people = world.people
    week = np.uint32(2**WEEK - 1)
    inside = np.where(people.muted, MUTED, np.where(people.looks & week, LOOKING, QUIET))
    outside = np.where(people.status == STRANGER, AWAY, LEFT)
    return np.where(people.status == MEMBER, inside, outside).astype(np.int8)


def suggested(runs: list[Fates], at: int, before: tuple[int, ...] = ()) -> tuple[int, ...]:
    """Members whose fates up to an evening differ most between runs, those who differ more first.

    A difference is the one in rank (`RANK`, at most 3), plus the one in money: a typical order each, at most
    3, times the share of the greater sum that it is.  The best of each kind comes first, a kind being how
    they stand under each plan; then second ones.  A typical order is the median of the runs' orders.
    before: who was suggested last.
    """
    standing = np.stack([run.standing[at] for run in runs])
    rank, spent = RANK[standing], np.stack([run.spent[at] for run in runs])
    orders = np.concatenate([run.orders for run in runs])
    money = np.ptp(spent, axis=0) / (np.median(orders) if len(orders) else 1.0)
    share = np.ptp(spent, axis=0) / np.maximum(1, spent.max(axis=0))
    score = np.ptp(rank, axis=0) + np.minimum(MOST_MONEY, money) * share
    worth = score >= LEAST
    score[list(before)] += LOYALTY
    richest = np.where(money >= LEAST, spent.argmax(axis=0), -1)  # of who stands alike
    same = (standing == standing[0]).all(axis=0)
    found = np.flatnonzero(worth)
    taken: dict[tuple[int, ...], list[int]] = {}
    for person in found[np.argsort(-score[found], kind="stable")].tolist():
        kind = (*standing[:, person].tolist(), int(richest[person]) if same[person] else -1)
        one_kind = taken.setdefault(kind, [])
        if len(one_kind) < MOST_OF_A_KIND:
            one_kind.append(person)
    by_turn = [kind[turn] for turn in range(MOST_OF_A_KIND) for kind in taken.values() if len(kind) > turn]
    return tuple(sorted(by_turn[:MOST], key=lambda person: -score[person]))


def better_off(runs: list[Fates], here: Bools) -> Ints:
    """Members by evening who stand best under one plan alone, by plan; the others stand alike.

    here: who counts.  Shape: plans x evenings.
    """
    rank = np.stack([RANK[run.standing[:, here]] for run in runs])
    best = rank == rank.max(axis=0)
    alone = best & (best.sum(axis=0) == 1)
    return np.asarray(alone.sum(axis=2))
