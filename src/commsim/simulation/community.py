"""A community as a Mesa model, for Mesa's AgentSet, DataCollector and model loop.

The day itself is `commsim.simulation.world.World`, which `simulate` runs without Mesa: a sweep need not
load it.  Both give the same bytes.
"""

from functools import partial
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from commsim.core.errors import InputError
from commsim.core.luck import whole_seed
from commsim.core.view import MEMBER
from commsim.population.build import build
from commsim.records.records import Records
from commsim.scenario.schema import Scenario
from commsim.simulation.member import Member
from commsim.simulation.world import World


class Community(mesa.Model):  # type: ignore[misc]
    """Members of chat groups under one plan; ``step()`` lives a day.

    ``plan`` is the scenario (Mesa 3.5 keeps ``scenario`` for itself).  ``agents`` is an AgentSet of the
    present members, made when first asked for, so that a run of a million costs nothing for it.
    ``datacollector`` gets a row every day: the numbers of `Records.daily` and the day's profit, money in
    yuan, which Mesa's batch_run returns (with ``data_collection_period=1`` those of every day):

    >>> mesa.batch_run(Community, {"scenario": "active-group", "seed": range(5)})    # doctest: +SKIP

    Several plans go into a list, a single `Scenario` too.  Mesa's ``max_steps=30`` takes 31 steps, but none
    beyond the scenario's last day.
    ``running`` turns false after the scenario's last day; steps beyond raise RuntimeError.  Mesa's own
    ``random`` and ``rng`` are never used: all luck is keyed.

    >>> community = Community(Scenario.load("active-group"), seed=7)     # doctest: +SKIP
    >>> community.step()                                                 # doctest: +SKIP
    >>> community.agents.agg("activity", numpy.mean)                     # doctest: +SKIP
    """

    def __init__(self, scenario: Scenario | str | Path, seed: int = 0, *, full: bool = False) -> None:
        if isinstance(scenario, str | Path):
            scenario = Scenario.load(scenario)
        if not isinstance(scenario, Scenario):
            raise InputError(
                f"a community needs a Scenario, a path or the name of a shipped one, not {scenario!r:.60}",
                remedy="for batch_run, put a Scenario into a list",
            )
        seed = whole_seed(seed)
        super().__init__(rng=seed)
        self.plan = scenario
        population = build(scenario.community, scenario.behaviour, seed, today=scenario.start)
        self.world = World(scenario, population, seed, full=full)
        self._members: dict[int, Member] | None = None
        self.datacollector = mesa.DataCollector(
            model_reporters={name: partial(_of_today, name=name) for name in self.world.numbers()}
        )

    def step(self) -> None:
        """Live one day."""
        happened = self.world.advance()
        if self._members is not None:
            for row in happened.left.tolist():
                if row in self._members:  # not who came this morning and left at once
                    self._members.pop(row).remove()
            for row in happened.joined.tolist():
                if self.world.people.status[row] == MEMBER:
                    self._members[row] = Member(self, row)
        self.running = self.world.day < self.plan.days
        self.datacollector.collect(self)

    def member(self, row: int) -> Member:
        """The agent of a present member.  Raises KeyError for anybody else."""
        return self._present()[row]

    @property
    def agents(self) -> Any:
        """AgentSet of the present members."""
        self._present()
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """AgentSets by class of agent."""
        self._present()
        return super().agents_by_type

    @property
    def graph(self) -> Any:
        """The friendship graph as a networkx.Graph; nodes are rows."""
        from commsim.population.graph import to_networkx

        return to_networkx(self.world.population)

    def records(self) -> Records:
        """What the days so far have left."""
        return self.world.records()

    def _present(self) -> dict[int, Member]:
        if self._members is None:
            rows = np.flatnonzero(self.world.people.status == MEMBER).tolist()
            self._members = {row: Member(self, row) for row in rows}
        return self._members


def _of_today(community: Community, name: str) -> float:
    return community.world.numbers()[name]
