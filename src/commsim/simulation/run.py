"""One run: a scenario and a seed in, records out."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from commsim.core.luck import whole_seed
from commsim.population.build import build
from commsim.population.people import Population
from commsim.records.records import Records
from commsim.scenario.schema import Scenario
from commsim.simulation.kept import Kept
from commsim.simulation.world import World

Detail = Literal["daily", "full"]


def simulate(
    scenario: Scenario | str | Path,
    seed: int = 0,
    *,
    detail: Detail = "daily",
    progress: Callable[[int], bool] | None = None,
    population: Population | None = None,
) -> Records:
    """Run a scenario, or the one of that path or shipped name, in one world.

    seed: the world; the same scenario and seed give the same bytes.  detail: ``"full"`` also keeps
    events, members and ledger entries.  progress: called after every day with the number of days
    done; a true answer stops the run, and the records end there.  population: of the same community
    and seed, to share it between runs.
    """
    if not isinstance(scenario, Scenario):
        scenario = Scenario.load(scenario)
    kept = _live(scenario, whole_seed(seed), detail == "full", progress, population)
    return kept.records()  # in memory that the world has given back


def _live(
    scenario: Scenario,
    seed: int,
    full: bool,
    progress: Callable[[int], bool] | None,
    population: Population | None,
) -> Kept:
    """Live the days of a world; what is kept of it outlives it."""
    if population is None:
        population = build(scenario.community, scenario.behaviour, seed, today=scenario.start)
    world = World(scenario, population, seed, full=full)
    for done in range(1, scenario.days + 1):
        world.advance()
        if progress is not None and progress(done):
            break
    return world.kept()
