"""The front of two measures: plans none of which is beaten in both, by fresh worlds."""

import numpy as np

from commsim.analysis.planning.examine import Examined, candidates, look_at
from commsim.analysis.planning.finals import MAY_BREAK, Finalist
from commsim.analysis.planning.planned import Candidate
from commsim.analysis.planning.trials import Trials
from commsim.analysis.planning.weights import signs


def front_of(trials: Trials, plans: list[Finalist], worlds: int) -> Examined:
    """All that keep their limits in fresh worlds, without those that another one beats in both means there.

    The plan that is said to be found is the first of it: the best in the first measure.
    """
    seeds = trials.seeds("last", worlds)
    chosen = [one.plan for one in plans if one.within]
    if trials.limits and chosen:
        broken = (trials.broken(trials.numbers(chosen, seeds)) > 0).mean(axis=1)
        chosen = [plan for plan, share in zip(chosen, broken.tolist(), strict=True) if share <= MAY_BREAK]
    tried = dict(zip(chosen, candidates(trials, chosen, seeds), strict=True))
    front = [plan for plan in chosen if not any(_beats(trials, tried[o], tried[plan]) for o in chosen)]
    front.sort(key=lambda plan: -float(signs(trials.work.metrics)[0]) * tried[plan].leads[0].mean)
    found = look_at(trials, front[0] if front else None, seeds)
    found.front = tuple(tried[plan]._replace(name=f"plan {number}") for number, plan in enumerate(front, 1))
    return found


def _beats(trials: Trials, one: Candidate, other: Candidate) -> bool:
    ways = signs(trials.work.metrics)
    apart = ways * (np.array([a.mean for a in one.leads]) - np.array([b.mean for b in other.leads]))
    return bool((apart >= 0).all() and (apart > 0).any())
