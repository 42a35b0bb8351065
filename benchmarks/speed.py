"""How fast and how big: members x days a second beside a plain Mesa loop, and bytes a member.

    python benchmarks/speed.py

Everything runs on one core with populations that were built beforehand.  Members x days are the members
who are there, day by day.
"""

import gc
import tracemalloc
from functools import partial
from types import FunctionType, ModuleType

import numpy as np
from plain_mesa import PlainCommunity
from timing import TENDED, interleaved, print_table

from commsim import Scenario, build_population, outcomes, simulate
from commsim.population.people import Population
from commsim.simulation.world import World

LARGE, LARGE_DAYS = 100_000, 30
SMALL = 2_000
PLAIN_DAYS = 30
REPETITIONS = 5
SEED = 1


def sized(plan: Scenario, members: int, days: int) -> Scenario:
    """The plan for another number of members and days."""
    community = plan.community.model_copy(update={"members": members})
    return plan.model_copy(update={"community": community, "days": days})


def people_of(plan: Scenario) -> Population:
    return build_population(plan.community, plan.behaviour, SEED, today=plan.start)


def member_days(plan: Scenario, population: Population) -> float:
    return float(simulate(plan, SEED, population=population).daily["members"].sum())


class PlainLoop:
    """The plain Mesa loop; what it found is kept for the comparison."""

    def __init__(self, plan: Scenario, population: Population) -> None:
        self._plan, self._population = plan, population

    def start(self) -> None:
        self.community = PlainCommunity(self._plan, self._population, SEED)
        self.member_days = 0

    def live(self) -> None:
        for _ in range(PLAIN_DAYS):
            self.community.step()
            self.member_days += len(self.community.agents)


def speeds(plan: Scenario) -> None:
    """Print the table of speeds; the plain loop's objects are made outside the clock."""
    large, small, short = (
        sized(plan, LARGE, LARGE_DAYS),
        sized(plan, SMALL, 60),
        sized(plan, SMALL, PLAIN_DAYS),
    )
    many, few = people_of(large), people_of(small)
    loop = PlainLoop(short, few)
    tasks = (
        partial(simulate, large, SEED, population=many),
        partial(simulate, small, SEED, population=few),
        loop.start,
        loop.live,
    )
    simulate(short, SEED, population=few)  # loads what was compiled
    seconds, seconds_small, _, seconds_plain = interleaved(tasks, REPETITIONS)
    fast, plain = member_days(large, many) / seconds, loop.member_days / seconds_plain
    rows = [
        (f"commsim, {LARGE:,} members, members x days a second", f"{fast:,.0f}"),
        (f"plain Mesa, {SMALL:,} members, members x days a second", f"{plain:,.0f}"),
        ("ratio", f"{fast / plain:,.0f}"),
        (f"commsim, {SMALL:,} members x 60 days", f"{1000 * seconds_small:,.1f} ms"),
    ]
    print_table("Speed of a tended group (processor seconds on one core, warm, median)", rows)
    same_work(short, few, loop.community)


def same_work(plan: Scenario, population: Population, community: PlainCommunity) -> None:
    """Print what both found, to show that they do comparable work."""
    found = outcomes(records := simulate(plan, SEED, population=population))
    looks = records.daily["looked"].sum()
    rows = [
        ("looks, commsim / plain Mesa", f"{looks:,} / {community.looks:,}"),
        ("orders, commsim / plain Mesa", f"{found['orders']:,.0f} / {community.orders:,}"),
        ("members at the end", f"{found['members']:,.0f} / {len(community.agents):,}"),
    ]
    print_table(f"Comparable work: {SMALL:,} members, {PLAIN_DAYS} days", rows)


def array_bytes(root: object) -> int:
    """Bytes of all numpy arrays that can be reached from an object; shared memory counts once."""
    seen, waiting, owners = {id(root)}, [root], {}
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, np.ndarray):
            while isinstance(thing.base, np.ndarray):
                thing = thing.base
            owners[id(thing)] = thing.nbytes
            continue
        for part in gc.get_referents(thing):
            if id(part) not in seen and not isinstance(part, type | ModuleType | FunctionType):
                seen.add(id(part))
                waiting.append(part)
    return sum(owners.values())


def memory(plan: Scenario) -> None:
    """Print bytes a member after a week, everybody's friends and friends outside included."""
    large = sized(plan, LARGE, LARGE_DAYS)
    simulate(sized(plan, SMALL, 7), SEED)
    tracemalloc.start()
    population = people_of(large)
    world = World(large, population, SEED)
    for _ in range(7):
        world.advance()
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    persons = population.n_persons
    rows = [
        ("arrays, per member", f"{array_bytes(world) / LARGE:,.0f} bytes"),
        ("arrays, per person (members and friends outside)", f"{array_bytes(world) / persons:,.0f} bytes"),
        ("all of Python, per member", f"{now / LARGE:,.0f} bytes"),
        ("at the peak (building the graph), per member", f"{peak / LARGE:,.0f} bytes"),
    ]
    print_table(f"Memory of a tended group, {LARGE:,} members and {persons - LARGE:,} friends outside", rows)


if __name__ == "__main__":
    tended = Scenario.load(TENDED)
    speeds(tended)
    memory(tended)
