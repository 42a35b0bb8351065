"""Swaps: from a plan to a better one by changing a lever, or two, and looking at both in the same worlds.

All alternatives of some levers are tried in a few common worlds; the best ones of all levers that gain are
tried together in twice as many, and taken if their paired gain exceeds one standard error; else one by one.
Then pairs of levers, and weekdays that change places.  Where nothing gains, half as many worlds again are
looked at; where nothing gains in `MOST_WORLDS` worlds the search is at its end, and another one may start
elsewhere.

Pairing in common worlds takes out the luck that plans share, most of it; a swap of one lever is the smallest
change, so that what differs is what it does.  What it finds is a local best, and luck helps to choose it:
it has to be tried in fresh worlds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Protocol

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.luck import key, salt, uniforms
from commsim.experiments.design.paths import LATER
from commsim.experiments.space import Choices, Lever

FIRST_WORLDS, MOST_WORLDS = 2, 24
BATCH = 12
"""Alternatives that are tried at a time, so that several processes have something to do."""
TAKEN = 3
"""Levers of a batch whose best alternative is looked at again, where all that gain do not gain together."""
MOST_TRIES = 200
"""Draws of a random plan until one is allowed."""


MOST_STARTS = 3


def starts_for(levers: Sequence[Lever], runs: int) -> int:
    """How many searches so many runs are enough for: each can try all alternatives in four worlds once."""
    alternatives = sum(len(lever.options) - 1 for lever in levers)
    return max(1, min(MOST_STARTS, runs // (2 * FIRST_WORLDS * max(1, alternatives))))


class Problem(Protocol):
    """What is searched: plans with values in worlds, which are numbered from 0."""

    @property
    def levers(self) -> Sequence[Lever]:
        """What can be chosen."""
        ...

    def canonical(self, plan: Choices) -> Choices:
        """The one form of a plan."""
        ...

    def allowed(self, plan: Choices) -> bool:
        """Whether it can be, and is within the limits on paper."""
        ...

    def values(self, plans: Sequence[Choices], worlds: int) -> Floats:
        """Plans x the first worlds; more is better.  May raise to end the search."""
        ...


@dataclass
class Lots:
    """Draws, one after the other, that depend on the seed and the number of the start alone."""

    seed: int
    start: int
    drawn: int = 0

    def draw(self, number: int) -> Floats:
        """So many in [0, 1)."""
        self.drawn += 1
        return np.asarray(
            uniforms(key(self.seed, 0, self.drawn, salt(f"swaps {self.start}")), np.arange(number))
        )

    def order(self, number: int) -> list[int]:
        """Numbers from 0 in an order drawn by lot."""
        return [int(k) for k in np.argsort(self.draw(number), kind="stable")]


def climb(problem: Problem, start: Choices, lots: Lots) -> Iterator[Choices]:
    """Change a plan until nothing gains; yields it whenever it has changed, the start first."""
    plan, worlds = problem.canonical(start), FIRST_WORLDS
    problem.values([plan], 2 * worlds)  # so that it is among the plans that were seen
    yield plan
    while worlds <= MOST_WORLDS:
        before = plan
        for batch in (*_singles(problem, lots), *([] for _ in range(_number_of_pairs(problem)))):
            moves = batch or _pairs(problem, plan, lots)
            better = _best_of(problem, plan, moves, worlds)
            if better != plan:
                plan = better
                yield plan
        if plan == before:
            worlds = ceil(1.5 * worlds)


Move = dict[int, int]
"""New options of some levers."""


def _singles(problem: Problem, lots: Lots) -> Iterator[list[Move]]:
    """All alternatives of each lever, some levers at a time."""
    batch: list[Move] = []
    drawn = lots.order(len(problem.levers))
    for k in sorted(drawn, key=lambda k: _turn_of(problem.levers[k])):
        batch += [{k: option} for option in range(len(problem.levers[k].options))]
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _turn_of(lever: Lever) -> int:
    """What is on or off matters most and is tried first; whom and when is tried last."""
    return 0 if lever.turns_on else 2 if lever.path[-1] in ("who", LATER) else 1


def _number_of_pairs(problem: Problem) -> int:
    """Batches of pairs: together as many pairs as there are levers."""
    levers = len(problem.levers)
    return ceil(levers / BATCH) if levers > 1 else 0


def _pairs(problem: Problem, plan: Choices, lots: Lots) -> list[Move]:
    """Some pairs drawn by lot: half of them weekdays that are turned over, of one strategy or of two."""
    levers = problem.levers
    days = [k for k, lever in enumerate(levers) if lever.of_weekday]
    moves: list[Move] = []
    for number in range(min(BATCH, len(levers))):
        turned = bool(number % 2) and len(days) > 1
        among = days if turned else list(range(len(levers)))
        one, other, *draws = lots.draw(4).tolist()
        first = among[int(one * len(among))]
        rest = [k for k in among if k != first]
        second = rest[int(other * len(rest))]
        moves.append({
            k: 1 - plan[k] if turned else int(draw * len(levers[k].options))
            for k, draw in zip((first, second), draws, strict=True)
        })  # fmt: skip
    return moves


def _best_of(problem: Problem, plan: Choices, moves: list[Move], worlds: int) -> Choices:
    """The plan after those moves of a batch that gain."""
    tried: dict[Choices, Move] = {}
    for move in moves:
        other = problem.canonical(moved(plan, move))
        if other != plan and other not in tried and problem.allowed(other):
            tried[other] = move
    if not tried:
        return plan
    values = problem.values([plan, *tried], worlds)
    gains = dict(zip(tried, (values[1:] - values[0]).mean(axis=1).tolist(), strict=True))
    chosen: list[Move] = []
    for other in sorted(gains, key=lambda one: -gains[one]):
        touched = {k for move in chosen for k in move}
        if gains[other] > 0 and not touched & set(tried[other]):
            chosen.append(tried[other])
    together = _if_better(problem, plan, {k: v for move in chosen for k, v in move.items()}, 2 * worlds)
    if together != plan:
        return together
    for move in chosen[: TAKEN if len(chosen) > 1 else 0]:
        plan = _if_better(problem, plan, move, 2 * worlds)
    return plan


def _if_better(problem: Problem, plan: Choices, move: Move, worlds: int) -> Choices:
    other = problem.canonical(moved(plan, move))
    if other == plan or not problem.allowed(other):
        return plan
    apart = np.subtract(*reversed(problem.values([plan, other], worlds)))
    error = float(apart.std(ddof=1)) / sqrt(len(apart))
    return other if float(apart.mean()) > error else plan


def moved(plan: Choices, move: Move) -> Choices:
    """The plan with other options of some levers."""
    return tuple(move.get(k, option) for k, option in enumerate(plan))


def at_random(problem: Problem, lots: Lots, fallback: Choices) -> Choices:
    """A plan drawn by lot that is allowed; of the strategies ever fewer are on until one is."""
    levers = problem.levers
    for tries in range(MOST_TRIES):
        few = 1.0 - tries / MOST_TRIES
        draws = lots.draw(len(levers))
        plan = problem.canonical(tuple(
            int(draw < few / 2) if lever.turns_on or lever.of_weekday else int(draw * len(lever.options))
            for lever, draw in zip(levers, draws.tolist(), strict=True)
        ))  # fmt: skip
        if problem.allowed(plan):
            return plan
    return fallback
