"""Run the setups of facts in some worlds, and hold what comes out against the bands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.core.luck import whole_seed
from commsim.experiments.pool import Pool
from commsim.experiments.worlds import world_seed
from commsim.scenario.schema import Scenario
from commsim.validation.facts.effort import FEWEST_WORLDS, FULL, Effort
from commsim.validation.facts.fact import Fact, Omission
from commsim.validation.facts.plans import changed, sized
from commsim.validation.facts.registry import FACTS, OMITTED, find
from commsim.validation.facts.verdict import Finding

SHIPPED, GROUP_SIZE = "active-group", 200
"""The plan whose people, products and strategies stand for the model when no other is named; and in groups of
how many, about what groups had that were observed, whatever the plan itself chose for its labour."""


@dataclass(frozen=True)
class Validation:
    """What became of the facts on one scenario.  left_out: facts that were not measured, and why."""

    scenario: str
    effort: Effort
    seed: int
    findings: tuple[Finding, ...]
    left_out: tuple[Omission, ...]

    @property
    def failed_gates(self) -> tuple[str, ...]:
        """Facts that fail and whose failing makes the whole validation fail."""
        return tuple(f.fact.id for f in self.findings if f.verdict == "fails" and f.fact.gate == "gate")


def shipped() -> Scenario:
    """The shipped plan in groups as they were observed."""
    return changed(Scenario.load(SHIPPED), {"community": {"group_size": GROUP_SIZE, "groups": None}})


def validate(
    scenario: Scenario | None = None,
    *,
    facts: Sequence[str] = (),
    effort: Effort = FULL,
    seed: int = 0,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Validation:
    """Measure facts (all if none are named) on a scenario, or on the shipped one.

    workers: processes; the result does not depend on it.  progress: hears the number of setups run,
    over all worlds; see `run_count`.  Raises `InputError` for an unknown fact or fewer than six worlds.
    """
    if effort.worlds < FEWEST_WORLDS:
        remedy = f"ask for {FEWEST_WORLDS} worlds or more"
        raise InputError(f"{effort.worlds} worlds give no interval", remedy=remedy)
    measured, unfit = _sorted_out(scenario, facts)
    base = sized(shipped() if scenario is None else scenario, effort.groups)
    values = _measure_all(base, measured, effort.worlds, whole_seed(seed), workers, progress)
    return Validation(
        scenario=base.name,
        effort=effort,
        seed=seed,
        findings=tuple(Finding(fact, values[fact.id]) for fact in measured),
        left_out=(*unfit, *(() if facts else OMITTED)),
    )


def run_count(scenario: Scenario | None, facts: Sequence[str], effort: Effort) -> int:
    """How many setups `validate` would run, over all worlds."""
    return effort.worlds * len(_setups(_sorted_out(scenario, facts)[0]))


def _sorted_out(
    scenario: Scenario | None, facts: Sequence[str]
) -> tuple[tuple[Fact, ...], tuple[Omission, ...]]:
    """The facts to measure, and those of them that don't fit the user's scenario."""
    wanted = tuple(dict.fromkeys(find(name) for name in facts)) or FACTS
    reasons = {fact.id: fact.setup.unfit(scenario) if scenario else "" for fact in wanted}
    unfit = (Omission(fact.id, fact.claim, reasons[fact.id]) for fact in wanted if reasons[fact.id])
    return tuple(fact for fact in wanted if not reasons[fact.id]), tuple(unfit)


def _setups(facts: Sequence[Fact]) -> list[str]:
    """Names of the setups that the facts rest on, each once."""
    return list(dict.fromkeys(fact.setup.name for fact in facts))


Task = tuple[int, str]
"""Seed of a world, and name of the setup to run in it."""
Values = dict[str, tuple[float, ...]]
"""A value per statistic, by id of the fact."""


def _measure_all(
    base: Scenario,
    facts: tuple[Fact, ...],
    worlds: int,
    seed: int,
    workers: int | None,
    progress: Callable[[int], None],
) -> dict[str, Floats]:
    """Values by id of the fact: statistics x worlds."""
    seeds = [world_seed(seed, world) for world in range(worlds)]
    tasks = [(one, setup) for one in seeds for setup in _setups(facts)]
    with Pool(measure, (base, tuple(fact.id for fact in facts)), workers) as pool:
        found = pool.map(tasks, progress)
    values: dict[str, list[tuple[float, ...]]] = {fact.id: [] for fact in facts}
    for statistics in found:
        for fact, row in statistics.items():
            values[fact].append(row)
    return {fact: np.array(rows, np.float64).T for fact, rows in values.items()}


def measure(shared: tuple[Scenario, tuple[str, ...]], task: Task) -> Values:
    """Run one setup in one world, and measure all facts that rest on it."""
    base, ids = shared
    seed, name = task
    facts = [fact for fact in map(find, ids) if fact.setup.name == name]
    runs = facts[0].setup.run(base, seed)
    return {fact.id: tuple(fact.measure(runs)) for fact in facts}
