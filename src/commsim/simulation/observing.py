"""A run of the model as its operator sees it, who has exports of their tools and no look into heads."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from commsim.core.arrays import Ints
from commsim.core.events import Happened
from commsim.core.luck import whole_seed
from commsim.core.mechanisms.check_in import CHECKED_IN
from commsim.core.mechanisms.envelopes import CAUGHT
from commsim.core.view import LEFT, MEMBER, STRANGER
from commsim.population.build import build
from commsim.population.people import Population
from commsim.records.observed import Amounts, Counts, Days, Observed, tidy
from commsim.scenario.schema import Scenario
from commsim.simulation.world import World

_NEVER = -2


class Watch:
    """Notes what a world shows of each day; call `day` after each `World.advance`, from day 0 on."""

    def __init__(self, world: World) -> None:
        self._world, people = world, world.people
        self._written, self._status = people.messages.copy(), people.status.copy()
        self._joined = np.where(people.status == MEMBER, -1, _NEVER).astype(np.int32)
        self._left = np.full(len(people.status), world.scenario.days, np.int32)
        self._rows: dict[str, list[tuple[Ints, int, Any]]] = {}

    def day(self, happened: Happened) -> None:
        """Note a day that is over."""
        people, day = self._world.people, happened.day
        moved = np.flatnonzero(people.status != self._status)
        self._joined[moved[self._status[moved] == STRANGER]] = day
        self._left[moved] = np.where(people.status[moved] == LEFT, day, self._world.scenario.days)
        self._status[:] = people.status
        wrote = np.flatnonzero(people.messages != self._written)
        self._note("messages", wrote, day, people.messages[wrote] - self._written[wrote])
        self._written[:] = people.messages
        self._note("orders", happened.order_persons, day, happened.order_fen)
        for name, event in (("check_ins", CHECKED_IN), ("envelopes", CAUGHT)):
            if event.name in happened.more:
                occurred = happened.of(event)
                self._note(name, occurred.persons, day, occurred.fen)

    def _note(self, name: str, persons: Ints, day: int, amount: Ints) -> None:
        self._rows.setdefault(name, []).append((persons, day, amount))

    def observed(self) -> Observed:
        """What there was to see up to now."""
        world, days = self._world, self._world.day
        people, scenario = world.people, world.scenario
        members = np.flatnonzero(self._joined > _NEVER)
        members = members[np.lexsort((self._joined[members], people.group[members]))]
        used, group = np.unique(people.group[members], return_inverse=True)
        row = np.full(len(people.status), -1, np.int64)
        row[members] = np.arange(len(members))
        names = world.population.group_names

        def table(name: str, kind: Any) -> Any:
            if name not in self._rows:
                return None
            rows = self._rows[name]
            member = row[np.concatenate([persons for persons, _, _ in rows])]
            day = np.repeat([day for _, day, _ in rows], [len(persons) for persons, _, _ in rows])
            amount = np.concatenate([amount for _, _, amount in rows])
            known = member >= 0  # who buys and was never in a group can't be seen there
            amounts = () if kind is Days else (amount[known],)
            return tidy(kind, member[known], day[known], *amounts)

        return Observed(
            start=scenario.start,
            days=days,
            groups=tuple((names[g] if g < len(names) else "") or str(g + 1) for g in used),
            group=group.astype(np.int32),
            joined=self._joined[members],
            left=np.minimum(self._left[members], days).astype(np.int32),
            messages=table("messages", Counts),
            orders=table("orders", Amounts),
            check_ins=table("check_ins", Days),
            envelopes=table("envelopes", Amounts),
        )


def observe(
    scenario: Scenario | str | Path,
    seed: int = 0,
    *,
    population: Population | None = None,
    progress: Callable[[int], bool] | None = None,
) -> Observed:
    """Run a scenario, or the one of that path or shipped name, and see what its operator would.

    seed, population, progress: as `commsim.simulation.run.simulate` takes them.  Check-ins and envelopes
    are None in a plan without any.
    """
    if not isinstance(scenario, Scenario):
        scenario = Scenario.load(scenario)
    seed = whole_seed(seed)
    if population is None:
        population = build(scenario.community, scenario.behaviour, seed, today=scenario.start)
    world = World(scenario, population, seed)
    watch = Watch(world)
    for done in range(1, scenario.days + 1):
        watch.day(world.advance())
        if progress is not None and progress(done):
            break
    return watch.observed()
