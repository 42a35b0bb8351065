"""Put claims to the test: every plan of a claim in the same worlds, and intervals of the contrasts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from commsim.analysis.intervals import Interval, t_interval
from commsim.analysis.study import run_all
from commsim.core.errors import InputError
from commsim.core.luck import whole_seed
from commsim.experiments.effort import CLAIM_WORLDS
from commsim.experiments.pool import Pool
from commsim.experiments.worlds import world_seed
from commsim.scenario.schema import Scenario
from commsim.validation.claims.claim import Claim, Run, Verdict, overall


@dataclass(frozen=True)
class Trial:
    """A claim that was put to the test.  values: expectations x worlds, the contrasts."""

    claim: Claim
    seeds: tuple[int, ...] = field(repr=False)
    values: NDArray[np.float64] = field(repr=False)

    @property
    def intervals(self) -> list[Interval]:
        """95 % interval of each mean contrast."""
        return [t_interval(row) for row in self.values]

    @property
    def verdicts(self) -> list[Verdict]:
        """Of each expectation."""
        pairs = zip(self.claim.expects, self.intervals, strict=True)
        return [expectation.verdict(interval) for expectation, interval in pairs]

    @property
    def verdict(self) -> Verdict:
        """Of the claim."""
        return overall(self.verdicts)


def try_claims(
    claims: Sequence[Claim],
    *,
    worlds: int = CLAIM_WORLDS,
    seed: int = 0,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> list[Trial]:
    """Run every plan of every claim in the same worlds; the result does not depend on the workers.

    progress: hears the number of claims x worlds done.  Raises `InputError` for fewer than two worlds.
    """
    if worlds < 2:
        raise InputError("an interval needs two worlds or more", remedy="ask for 20 or more")
    seeds = tuple(world_seed(whole_seed(seed), world) for world in range(worlds))
    shared = tuple((claim, claim.scenarios()) for claim in claims)
    tasks = [(number, one) for number in range(len(claims)) for one in seeds]
    with Pool(_try, shared, workers) as pool:
        found = pool.map(tasks, progress)
    return [
        Trial(claim, seeds, np.array(found[k * worlds : (k + 1) * worlds]).T)
        for k, claim in enumerate(claims)
    ]


def _try(shared: tuple[tuple[Claim, dict[str, Scenario]], ...], task: tuple[int, int]) -> list[float]:
    """The contrasts of one claim in one world."""
    (claim, plans), seed = shared[task[0]], task[1]
    records = run_all(list(plans.values()), seed, "full" if claim.full else "daily")
    runs = {name: Run(plans[name], kept) for name, kept in zip(plans, records, strict=True)}
    return [expectation.contrast(runs) for expectation in claim.expects]
