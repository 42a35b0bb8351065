"""From the plans of a search to the few that fresh worlds decide among."""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np

from commsim.analysis.best import Best, best
from commsim.analysis.planning.swaps import MOST_WORLDS
from commsim.analysis.planning.trials import Over, Trials, Weighted
from commsim.analysis.planning.weights import signs
from commsim.core.arrays import Floats
from commsim.core.luck import key, salt
from commsim.experiments.space import Choices
from commsim.experiments.sweep import Manner
from commsim.scenario.schema import Scenario

ENOUGH = 4
"""Worlds of the search that a plan was seen in to be preferred."""
LIMIT_WORLDS = 20
MAY_BREAK = 0.1
"""Share of the worlds in which a plan that is recommended may break a limit."""


class Finalist(NamedTuple):
    """A plan for the fresh worlds.  within: it keeps its limits in as many of them as it must."""

    plan: Choices
    within: bool


def finalists(trials: Trials, problem: Weighted, most: int) -> list[Choices]:
    """The base, and the best of all plans that were seen, by what they gained in the worlds of the search."""
    base = problem.canonical(trials.space.start)
    with suppress(Over):  # so that plans are judged by all worlds that they were seen in
        problem.values([base], min(MOST_WORLDS, max(problem.seen.values(), default=1)))
    there = problem.seen.get(base, 0)
    gains: dict[Choices, Floats] = {}
    for worlds in range(1, there + 1):
        plans = [plan for plan, seen in problem.seen.items() if min(seen, there) == worlds and plan != base]
        if plans:
            seeds = trials.seeds("search", worlds)
            numbers = trials.numbers([base, *plans], seeds)
            apart = (numbers[1:] - numbers[:1])[:, :, : len(trials.work.metrics)].mean(axis=1)
            beyond = trials.broken(numbers[1:]).mean(axis=1)
            gains |= {
                plan: np.append(gain * signs(trials.work.metrics), over)
                for plan, gain, over in zip(plans, apart, beyond.tolist(), strict=True)
                if np.isfinite(gain).all()
            }
    order = sorted(gains, key=lambda plan: _place(problem, plan, gains[plan], there))
    if len(trials.work.metrics) > 1:
        order = _unbeaten_first(order, gains)
    return [base, *order[: most - 1]]


def _place(problem: Weighted, plan: Choices, gain: Floats, there: int) -> tuple[bool, bool, float]:
    """Plans within their limits first, of these such as were seen often, the best first."""
    return bool(gain[-1] > 0), min(problem.seen[plan], there) < ENOUGH, -float(gain[0])


def _unbeaten_first(order: list[Choices], gains: dict[Choices, Floats]) -> list[Choices]:
    """Those that no other is better than in both measures, then the rest."""
    rest, found = list(order), list[Choices]()
    while rest and len(found) < len(order):
        front = [one for one in rest if not any(_beats(gains[other], gains[one]) for other in rest)]
        found += front
        rest = [one for one in rest if one not in set(front)]
    return found


def _beats(one: Floats, other: Floats) -> bool:
    """Whether it is as good in all and better in one, the excess over limits among them."""
    up, down = one[:-1] >= other[:-1], one[-1] <= other[-1]
    return bool(up.all() and down and ((one[:-1] > other[:-1]).any() or one[-1] < other[-1]))


def put_to_limits(trials: Trials, plans: list[Choices]) -> list[Finalist]:
    """Each plan, the base first, and whether it keeps the limits in fresh worlds and on paper."""
    on_paper = [trials.allowed(plan) for plan in plans]
    if not trials.has_limits_of_outcomes:
        return [Finalist(plan, kept) for plan, kept in zip(plans, on_paper, strict=True)]
    numbers = trials.numbers(plans, trials.seeds("limits", LIMIT_WORLDS))
    kept = (trials.broken(numbers) > 0).mean(axis=1) <= MAY_BREAK
    return [Finalist(plan, paper and bool(k)) for plan, paper, k in zip(plans, on_paper, kept, strict=True)]


def _told_apart(racers: list[Choices]) -> str:
    """A name for a race of these: a search that was cut short by its time had others than the whole one."""
    return hashlib.blake2b(repr(racers).encode(), digest_size=5).hexdigest()


def run_race(
    trials: Trials,
    plans: list[Finalist],
    runs: int,
    folder: Path,
    manner: Manner,
    seconds: float | None,
    tell: Callable[[int, str], None],
) -> tuple[Best | None, list[Choices]]:
    """The race of those within the limits, in fresh worlds, and who is in it; None for fewer than two."""
    racers = [one.plan for one in plans if one.within]
    if len(racers) < 2:
        return None, racers
    base = trials.space.canonical(trials.space.start)
    named: list[Scenario] = []
    for number, plan in enumerate(racers):
        scenario = trials.space.scenario(plan)
        name = f"{scenario.name} as it is" if plan == base else f"plan {number}"
        named.append(scenario.model_copy(update={"name": name[:80], "limits": None}))
    found = best(
        named,
        runs=max(runs, 10 * len(named)),
        seconds=seconds,
        metric=trials.work.metrics[0],
        seed=int(key(trials.work.seed, 0, 0, salt("race of plans")) >> np.uint64(12)),
        out=folder / f"race-{_told_apart(racers)}",
        workers=manner.workers,
        scheduler=manner.scheduler,
        progress=lambda done, look: tell(done, "" if look is None else f"{len(look.left)} plans left"),
    )
    return found, racers
