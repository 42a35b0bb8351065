"""Plans of a space in worlds: what they come to, within what is allowed of runs and time."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from commsim.analysis.planning.work import AS_IT_IS, Work
from commsim.core.arrays import Floats
from commsim.core.errors import CommsimError, Exit
from commsim.core.luck import key, salt
from commsim.experiments.asked import Asked, Question
from commsim.experiments.results import Result
from commsim.experiments.space import NOTHING, Choices, Lever
from commsim.experiments.worlds import world_seed
from commsim.scenario.limits import POSTS, Limit
from commsim.simulation.limits import beyond_on_paper

FAR_BEYOND = 10.0
"""A plan that is beyond a limit by all of it loses so many times the size of what the base comes to."""


class BaseFails(CommsimError):
    """The plan that a search is to begin with can't be run."""

    exit_code = Exit.RUNS_FAILED


class Over(Exception):
    """What was allowed of runs or seconds is used up."""


class Allowance:
    """Runs and seconds that there are; each part of a search has its share of them.

    runs: of all parts together.
    tell: hears the number of runs, of all parts together.
    """

    def __init__(self, runs: int, seconds: float | None) -> None:
        self._runs = runs
        self._started, self._seconds = time.monotonic(), seconds
        self.tell: Callable[[int], None] = lambda runs: None
        self.made = 0
        self._until_runs: int | None = None
        self._until: float | None = None

    def share(self, runs: int | None, of_time: float) -> None:
        """From now on so many runs may be made, and the time may reach this share of all seconds."""
        self._until_runs = None if runs is None else self.made + runs
        self._until = None if self._seconds is None else self._started + self._seconds * of_time

    def share_rest(self) -> None:
        """From now on all runs and all the time that is left."""
        self.share(max(0, self._runs - self.made), 1.0)

    def left(self, most: int) -> int:
        """Runs that may be made now, so many at most."""
        return most if self._until_runs is None else max(0, min(most, self._until_runs - self.made))

    def until(self, of_time: float) -> float | None:
        """Seconds from now until this share of all; None without an end."""
        return None if self._seconds is None else max(0.0, self._seconds * of_time - self.seconds)

    @property
    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self._started

    def take(self, runs: int) -> None:
        """Raise `Over` where so many more runs are too many, or it is too late for any."""
        if runs == 0:
            return
        if self._until_runs is not None and self.made + runs > self._until_runs:
            raise Over
        self.check_time()

    def check_time(self) -> None:
        """Raise `Over` where the time of this part is over."""
        if self._until is not None and time.monotonic() > self._until:
            raise Over

    def heard(self, done: int) -> None:
        """So many runs of a batch are done."""
        self.tell(self.made + done)


class Trials:
    """Answers of runs as numbers, by plan and world; and what of it is better."""

    def __init__(self, work: Work, runs: Asked[Result], allowance: Allowance) -> None:
        self.work, self.space, self._runs, self.allowance = work, work.space, runs, allowance
        self.limits: tuple[Limit, ...] = self.space.limits.set if self.space.limits else ()
        self._allowed: dict[Choices, bool] = {}
        self._charged: set[Question] = set()

    @property
    def has_limits_of_outcomes(self) -> bool:
        """Whether runs alone can tell if some limit is kept."""
        return any(limit.measure not in POSTS for limit in self.limits)

    def seeds(self, stream: str, worlds: int, first: int = 0) -> list[int]:
        """Seeds of the worlds of a part of the search; those of two parts have nothing in common."""
        root = int(key(self.work.seed, 0, 0, salt(f"worlds of a plan, {stream}")) >> np.uint64(12))
        return [world_seed(root, world) for world in range(first, worlds)]

    def numbers(self, plans: Sequence[Choices], seeds: Sequence[int]) -> Floats:
        """Plans x worlds x (metrics, then what is used); not a number where a run failed.

        May raise `Over`.
        """
        questions: list[Question] = [(plan, seed, AS_IT_IS) for seed in seeds for plan in plans]
        width = len(self.work.metrics) + len(self.limits)
        found = np.array(self.answers(questions, width)).reshape(len(seeds), len(plans), width)
        return np.asarray(found.swapaxes(0, 1))

    def answers(self, questions: Sequence[Question], width: int, *, each: int = 1) -> list[tuple[float, ...]]:
        """What came of each question, of ``each`` runs; charged once, whether it was kept before or not."""
        new = [one for one in dict.fromkeys(questions) if one not in self._charged]
        self.allowance.take(each * len(new))
        before = len(new) - sum(not self._runs.knows(one) for one in new)

        def hear(done: int) -> None:
            self.allowance.heard(before + done)

        results = self._runs.answers(questions, hear)
        self._charged.update(new)
        self.allowance.made += each * len(new)
        if new:
            self.allowance.heard(0)
        return [one.values if not one.failed else (np.nan,) * width for one in results]

    def error(self, plan: Choices, seed: int) -> str:
        """What a run that failed said."""
        (result,) = self._runs.answers([(plan, seed, AS_IT_IS)])
        return f"the plan can't be run: {result.error[1] if result.error else 'it gives no number'}"

    def allowed(self, plan: Choices) -> bool:
        """Whether a plan can be, and keeps its limits on paper."""
        if plan not in self._allowed:
            self._allowed[plan] = self._is_allowed(plan)
        return self._allowed[plan]

    def _is_allowed(self, plan: Choices) -> bool:
        try:
            scenario = self.space.scenario(plan)
        except CommsimError:
            return False
        return not any(True for _ in beyond_on_paper(scenario))

    def broken(self, numbers: Floats) -> Floats:
        """Plans x worlds: by how much limits are exceeded, in shares of them, all added up."""
        found = np.zeros(numbers.shape[:2])
        limits = self.space.limits
        for k, limit in enumerate(self.limits):
            assert limits is not None
            used, bound = numbers[:, :, len(self.work.metrics) + k], limits.bound(limit)
            beyond = bound - used if limit.at_least else used - bound
            found += np.maximum(0.0, np.nan_to_num(beyond)) / max(abs(bound), 0.01)
        return found


class Weighted:
    """A space as swaps see it: a weighted sum of measures, less what is beyond the limits."""

    def __init__(self, trials: Trials, weights: Floats, scales: Floats, stream: str = "search") -> None:
        self._trials, self._weights, self._scales, self._stream = trials, weights, scales, stream
        self.seen: dict[Choices, int] = {}

    @property
    def levers(self) -> Sequence[Lever]:
        """Those of the space."""
        return self._trials.space.levers

    def canonical(self, plan: Choices) -> Choices:
        """The one form of a plan."""
        return self._trials.space.canonical(plan)

    def allowed(self, plan: Choices) -> bool:
        """Whether it can be, and is within the limits on paper."""
        return self._trials.allowed(plan)

    def values(self, plans: Sequence[Choices], worlds: int) -> Floats:
        """Plans x the first worlds of the search; a run that failed is worse than any other."""
        numbers = self._trials.numbers(plans, self._trials.seeds(self._stream, worlds))
        for plan in plans:
            self.seen[plan] = max(worlds, self.seen.get(plan, 0))
        return self.score(numbers)

    def score(self, numbers: Floats) -> Floats:
        """Plans x worlds, in the unit of the first measure if there is one only."""
        metrics = numbers[:, :, : len(self._weights)]
        found = (metrics * self._weights / self._scales).sum(axis=2)
        size = float(self._weights.sum()) if len(self._weights) > 1 else float(self._scales[0])
        found = found * (self._scales[0] if len(self._weights) == 1 else 1.0)
        found = found - FAR_BEYOND * size * self._trials.broken(numbers)
        return np.asarray(np.where(np.isnan(found), -1e15, found))


def scales_of(trials: Trials, worlds: int = 2) -> Floats:
    """How large each measure is in the base and in doing nothing, at least one.

    Raises `BaseFails` if the base can't be run.
    """
    base, seeds = trials.space.canonical(trials.space.start), trials.seeds("search", worlds)
    numbers = trials.numbers([base, NOTHING], seeds)
    if np.isnan(numbers[0]).all():
        raise BaseFails(trials.error(base, seeds[0]), remedy=f"run it with --seed {seeds[0]} to see why")
    sizes = np.abs(numbers[:, :, : len(trials.work.metrics)]).mean(axis=1).max(axis=0)
    return np.asarray(np.maximum(1.0, np.nan_to_num(sizes)))
