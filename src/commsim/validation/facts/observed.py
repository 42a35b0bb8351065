"""Runs that keep what facts are measured from and no result of a plan needs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commsim.core.arrays import Floats, Ints
from commsim.core.events import Happened
from commsim.core.mechanisms.check_in import CHECKED_IN
from commsim.population.build import build
from commsim.population.people import Population
from commsim.records.records import Records
from commsim.scenario.schema import Scenario
from commsim.simulation.kernels.buying import Luck
from commsim.simulation.kernels.selling import goodwill_of, logs, promotion, wanted
from commsim.simulation.mechanisms.envelopes import Envelopes
from commsim.simulation.world import World


class ObservedWorld(World):
    """A world that also keeps what its people did, day by day or summed up.

    checked: rows of who checked in.  catches: rows of (person, fen, envelope, whether they send one on).
    attended: rows of who was at the last sale.  looked: days on which each person looked in.
    silenced: who muted the group after they had joined it.
    """

    def __init__(self, scenario: Scenario, population: Population, seed: int, *, full: bool) -> None:
        super().__init__(scenario, population, seed, full=full)
        self.checked: list[Ints] = []
        self.catches: list[NDArray[np.int64]] = []
        self.attended = np.zeros(0, np.int64)
        self.looked = np.zeros(population.n_persons, np.int16)
        self.silenced = np.zeros(population.n_persons, np.bool_)

    def advance(self) -> Happened:
        """Live one day; returns its events."""
        happened = super().advance()
        self._make_room()
        self.checked.append(happened.of(CHECKED_IN).persons)
        self.catches += [part.catches for part in self.mechanisms.all if isinstance(part, Envelopes)]
        self.looked[happened.lookers] += 1
        self.silenced[happened.muted] = True
        return happened

    def _make_room(self) -> None:
        """Rows for people whom the day has brought from outside the population."""
        more = len(self.people.status) - len(self.looked)
        if more:
            self.looked = np.append(self.looked, np.zeros(more, np.int16))
            self.silenced = np.append(self.silenced, np.zeros(more, np.bool_))

    def _members_live(self) -> None:
        """Who is at a sale trains a habit, and nobody else."""
        before = self._today.habits.strength.copy()
        super()._members_live()
        came = np.flatnonzero((self._today.habits.strength > before).any(axis=0))
        self.attended = came if came.size else self.attended

    def chances(self, rows: Ints, sold: int) -> Floats:
        """Chance per person to take today's first offer when so many of their group have bought it."""
        p, luck = self._state.params[0], Luck(np.uint64(0), self._handle.today.dials)
        people, sales, by = self._blocks, self._handle.today.sales, logs(p)
        hazards = []
        for i in rows.tolist():
            promoted, goodwill = (
                promotion(people, i, sales, 0, sold, luck, p),
                goodwill_of(people, i, by, p) + float(sales.rows["lift"][0]),
            )
            hazards.append(wanted(people, i, sales, 0, promoted, goodwill, p))
        chance: Floats = -np.expm1(-np.array(hazards))
        return chance


@dataclass(frozen=True, slots=True)
class Run:
    """A plan that was run in one world."""

    world: ObservedWorld
    records: Records

    @property
    def days(self) -> int:
        """Length of the run."""
        return self.records.days


def observe(scenario: Scenario, population: Population, seed: int, *, events: bool) -> Run:
    """Run a plan in one world, whose population is given; events: whether its records hold them."""
    world = ObservedWorld(scenario, population, seed, full=events)
    for _ in range(scenario.days):
        world.advance()
    return Run(world, world.records())


def observe_all(plans: dict[str, Scenario], seed: int, *, events: bool) -> dict[str, Run]:
    """Run all plans in one world; those for the same people share the population."""
    populations: dict[object, Population] = {}
    runs = {}
    for name, plan in plans.items():
        people = plan.community, plan.behaviour, plan.start
        if people not in populations:
            populations[people] = build(plan.community, plan.behaviour, seed, today=plan.start)
        runs[name] = observe(plan, populations[people], seed, events=events)
    return runs
