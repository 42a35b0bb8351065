"""Why a plan earns what it earns: what each of its strategies brings, and whom it keeps or loses."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from commsim.analysis import shapley
from commsim.analysis.intervals import Interval, t_interval
from commsim.analysis.measures import outcomes
from commsim.core.arrays import Bools, Floats
from commsim.core.errors import InputError
from commsim.core.harmless import for_terminal
from commsim.core.luck import whole_seed
from commsim.core.measures import DECIDING, Measure, find
from commsim.core.notebook import figure, html_table
from commsim.core.view import LEFT, MEMBER
from commsim.experiments.effort import EXPLAIN_WORLDS
from commsim.experiments.pool import Pool
from commsim.experiments.worlds import world_seed
from commsim.records.records import Records
from commsim.scenario.schema import Scenario
from commsim.strategies.calendar import by_name

if TYPE_CHECKING:
    import pandas as pd


class Moved(NamedTuple):
    """Members at the end whom a strategy, or all of them, made differ; means over the worlds.

    kept: left without it, still members with it.  lost: members without it, gone with it.  leavers: who
    have left under the plan.
    """

    kept: Interval
    lost: Interval
    leavers: Interval


@dataclass(frozen=True)
class Pair:
    """Two strategies, and what they bring together beyond what each brings alone."""

    one: str
    other: str
    beyond: Interval


@dataclass(frozen=True, repr=False)
class Explanation:
    """What each strategy of a plan brings to a measure, in the same worlds.

    strategies: names; entries of one name are one strategy, and so is a source of newcomers.  shares:
    Shapley values, which sum to ``lead``, what the plan brings beyond doing nothing.  alone: without the
    others.  taken_out: what goes if that one goes alone.  pair: the two that bring most, or cost most, by
    being together; None with fewer than two or where only some subsets were run.  moved: members, by
    strategy; ``everything`` for the plan as a whole.  worlds: one row each of the shares (worlds x
    strategies), with their seeds.
    Intervals are of 95 %, each for itself.
    """

    plan: str
    days: int
    metric: str
    strategies: tuple[str, ...]
    shares: tuple[Interval, ...]
    alone: tuple[Interval, ...]
    taken_out: tuple[Interval, ...]
    lead: Interval
    pair: Pair | None
    moved: tuple[Moved, ...]
    everything: Moved
    seeds: tuple[int, ...]
    worlds: Floats
    runs: int

    @property
    def measure(self) -> Measure:
        """The measure that is explained."""
        return find(self.metric)

    @property
    def is_exact(self) -> bool:
        """Whether every subset was run, so that nothing but luck is left in the intervals."""
        return len(self.strategies) <= shapley.MOST_EXACT

    @property
    def ranked(self) -> tuple[int, ...]:
        """Strategies from the one that brings most."""
        return tuple(sorted(range(len(self.strategies)), key=lambda k: -self.shares[k].mean))

    @property
    def to_drop(self) -> int | None:
        """The strategy without which the plan surely does better, the dearest of several."""
        sure = [k for k, out in enumerate(self.taken_out) if out.high < 0]
        return min(sure, key=lambda k: self.taken_out[k].mean, default=None)

    def __repr__(self) -> str:
        unit = self.measure.unit
        told = ", ".join(f"{self.strategies[k]} {figure(self.shares[k].mean, unit)}" for k in self.ranked)
        return for_terminal(
            f"<Explanation of {self.plan} in {len(self.seeds)} worlds, {self.metric}: {told}>"
        )

    def _repr_html_(self) -> str:
        """For notebooks: what each strategy brings."""
        unit = self.measure.unit
        rows = [
            (
                self.strategies[k],
                *(figure(each[k].mean, unit) for each in (self.shares, self.alone, self.taken_out)),
            )
            for k in self.ranked
        ]
        title = f"{self.plan}: {self.measure.label} beyond doing nothing, mean over {len(self.seeds)} worlds"
        return html_table(title, ("Strategy", "Share", "Alone", "If taken out"), rows)

    def frame(self) -> "pd.DataFrame":
        """One row per world and strategy: its Shapley value there, with the seed."""
        import pandas as pd

        frame = pd.DataFrame(self.worlds, columns=list(self.strategies))
        frame.insert(0, "seed", self.seeds)
        return frame.melt(id_vars="seed", var_name="strategy", value_name=self.metric)


def explain(
    plan: Scenario | str | Path,
    *,
    worlds: int = EXPLAIN_WORLDS,
    seed: int = 0,
    metric: str = "profit",
    workers: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Explanation:
    """Explain a plan (a scenario, or its path or shipped name) by running it with parts of its strategies.

    metric: what is explained, a name in `commsim.core.measures.DECIDING`.  workers: processes; the result
    does not depend on it.  progress: hears the number of worlds done.
    Raises `InputError` for a plan without strategies, fewer than two worlds or another metric.
    """
    scenario = plan if isinstance(plan, Scenario) else Scenario.load(plan)
    names = parts(scenario)
    _check(scenario, worlds, metric)
    seeds = [world_seed(whole_seed(seed), world) for world in range(worlds)]
    with Pool(one_world, (scenario, metric), workers) as pool:
        found = pool.map(seeds, progress)
    count = len(names)
    everything = (1 << count) - 1

    def over(values: Floats) -> tuple[Interval, ...]:
        """An interval for each column of worlds x columns."""
        return tuple(t_interval(column) for column in values.T)

    shares = np.array([shapley.shares(count, w.values, s) for w, s in zip(found, seeds, strict=True)])
    leads = np.array([world.values[everything] - world.values[0] for world in found])
    moved = np.array([world.moved for world in found], np.float64)
    told = [Moved(*over(moved[:, k])) for k in range(count + 1)]
    return Explanation(
        plan=scenario.name,
        days=scenario.days,
        metric=metric,
        strategies=names,
        shares=over(shares),
        alone=over(np.array([shapley.alone(count, world.values) for world in found])),
        taken_out=over(np.array([shapley.taken_out(count, world.values) for world in found])),
        lead=t_interval(leads),
        pair=_pair(names, [world.values for world in found]),
        moved=tuple(told[:-1]),
        everything=told[-1],
        seeds=tuple(seeds),
        worlds=shares,
        runs=sum(len(world.values) for world in found),
    )


def parts(scenario: Scenario) -> tuple[str, ...]:
    """Names of what a planner can leave out of a plan: its strategies, and its sources of newcomers."""
    return *by_name(scenario.strategies), *(source.name for source in scenario.sources)


def _check(scenario: Scenario, worlds: int, metric: str) -> None:
    if not parts(scenario):
        raise InputError("the plan has no strategies nor sources to explain it by", where=scenario.name)
    if worlds < 2:
        raise InputError("an interval needs two worlds or more", remedy="ask for 16 or more")
    if metric not in DECIDING:
        raise InputError(f"{metric!r} can't be explained", remedy=f"choose one of: {', '.join(DECIDING)}")


def _pair(names: tuple[str, ...], worlds: list[shapley.Values]) -> Pair | None:
    """The two of the largest mean, up or down; picked by the worlds that its interval rests on."""
    if not 2 <= len(names) <= shapley.MOST_EXACT:
        return None
    found = np.array([shapley.together(len(names), values.__getitem__) for values in worlds])
    one, other = np.unravel_index(np.argmax(np.abs(found.mean(axis=0))), found.shape[1:])
    return Pair(names[other], names[one], t_interval(found[:, one, other]))


class World(NamedTuple):
    """One world: what each subset brings; and (kept, lost, leavers) of each strategy, and of all."""

    values: shapley.Values
    moved: list[tuple[int, int, int]]


def one_world(shared: tuple[Scenario, str], seed: int) -> World:
    """Run a plan with the subsets of its strategies that its explanation needs, for the same people."""
    from commsim.population.build import build
    from commsim.simulation.run import simulate

    scenario, metric = shared
    names = parts(scenario)
    everything = (1 << len(names)) - 1
    left_out = [everything ^ 1 << k for k in range(len(names))]
    people = build(scenario.community, scenario.behaviour, seed, today=scenario.start)
    values: shapley.Values = {}
    statuses: dict[int, tuple[Bools, Bools]] = {}
    for subset in shapley.needed(len(names), seed):
        chosen = [name for k, name in enumerate(names) if subset >> k & 1]
        plan = scenario.only(chosen)
        looked_at = subset in (0, everything, *left_out)
        records = simulate(plan, seed, detail="full" if looked_at else "daily", population=people)
        values[subset] = outcomes(records)[metric]
        if looked_at:
            statuses[subset] = _standing(records, people.n_persons)
    return World(values, [_moved(statuses[everything], statuses[other]) for other in (*left_out, 0)])


def _standing(records: Records, persons: int) -> tuple[Bools, Bools]:
    """Who is a member at the end, and who has left, of those whom the community has under every plan."""
    status = np.zeros(persons, np.int8)
    ours = records.members["person"] < persons  # whom sources bring stand after them
    status[records.members["person"][ours]] = records.members["status"][ours]
    return np.asarray(status == MEMBER), np.asarray(status == LEFT)


def _moved(with_it: tuple[Bools, Bools], without: tuple[Bools, Bools]) -> tuple[int, int, int]:
    kept = np.count_nonzero(with_it[0] & without[1])
    lost = np.count_nonzero(with_it[1] & without[0])
    return int(kept), int(lost), int(np.count_nonzero(with_it[1]))
