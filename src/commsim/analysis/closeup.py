"""Behind a result: each plan looked at closely in some worlds, and run there without its parts.

What a strategy *caused* is the difference between the plan and the plan without it in the same worlds:
the same people with the same luck.  What was booked to it is another thing (see `economics`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from commsim.analysis.brought import spent
from commsim.analysis.counts import Counts, counts, mean_counts
from commsim.analysis.economics import economics
from commsim.analysis.funnel import funnel
from commsim.analysis.intervals import Interval, joint_confidence_of, t_interval
from commsim.analysis.invitations import generations, invitation_tree
from commsim.analysis.lives import STATES, lives_by_day
from commsim.analysis.measures import outcomes
from commsim.analysis.retention import cohorts
from commsim.core.arrays import Floats, Ints
from commsim.core.columns import Column
from commsim.core.measures import NAMES
from commsim.experiments.pool import Pool
from commsim.population.people import Population
from commsim.records.records import Records
from commsim.records.tables import TABLES, columns_of
from commsim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

CURVES = (
    "members", "looked", "wrote", "messages", "operator_posts", "operator_messages", "muted", "joined",
    "invited", "left", "muted_today", "unmuted_today", "orders", "trust", "profit", "before_staff",
)  # fmt: skip
"""What is kept of every day of a world: columns of the daily table, and profits in yuan.

Numbers that mechanisms of the plan add come after these; see `added`.
"""
ALL = "*"
"""In place of the name of a strategy: all of them together."""


@dataclass(frozen=True)
class Replication:
    """One plan in one world: days x curves, frames, outcomes, and outcomes without each strategy.

    lives: groups by state on every day, see `commsim.analysis.lives.lives_by_day`.  spent: yuan, see
    `commsim.analysis.brought.spent`.
    """

    curves: Floats = field(repr=False)
    economics: "pd.DataFrame" = field(repr=False)
    funnel: "pd.DataFrame" = field(repr=False)
    cohorts: "pd.DataFrame" = field(repr=False)
    generations: "pd.DataFrame" = field(repr=False)
    outcomes: Floats = field(repr=False)
    without: dict[str, Floats] = field(repr=False)
    counts: Counts = field(repr=False)
    lives: Ints = field(repr=False)
    spent: float = np.nan


@dataclass(frozen=True)
class Closeup:
    """One plan in several worlds, and everything that happened in one of them.

    replications: one per world.  typical: the records at full detail of the world that shows best what
    usually happens.
    """

    scenario: Scenario = field(repr=False)
    replications: tuple[Replication, ...] = field(repr=False)
    typical: Records = field(repr=False)

    @property
    def worlds(self) -> int:
        """Number of worlds looked at."""
        return len(self.replications)

    def curve(self, name: str) -> Floats:
        """One of `CURVES` or of `added`: worlds x days, money in yuan."""
        at = (*CURVES, *(column.name for column in self.added)).index(name)
        return np.array([one.curves[:, at] for one in self.replications])

    @property
    def added(self) -> tuple[Column, ...]:
        """The numbers of every day that the plan's mechanisms add."""
        return added(self.typical)

    def outcome(self, name: str) -> Floats:
        """A measure in every world."""
        return np.array([one.outcomes[NAMES.index(name)] for one in self.replications])

    @property
    def economics(self) -> "pd.DataFrame":
        """Mean over the worlds of `commsim.analysis.economics.economics`."""
        total = self.replications[0].economics
        for one in self.replications[1:]:
            total = total.add(one.economics, fill_value=0.0)
        return _ordered(total, self.typical).fillna(0.0) / self.worlds

    @property
    def counts(self) -> Counts:
        """Mean over the worlds of `commsim.analysis.counts.counts`."""
        return mean_counts([one.counts for one in self.replications])

    def lives(self, state: str) -> Floats:
        """Share of the groups in one of `commsim.analysis.lives.STATES`: worlds x days."""
        groups = np.array([one.lives for one in self.replications], np.float64)
        return np.asarray(groups[:, :, STATES.index(state)] / np.maximum(1.0, groups.sum(axis=2)))

    @property
    def funnel(self) -> "pd.DataFrame":
        """Mean number of persons at each step, in the columns of `commsim.analysis.funnel.funnel`."""
        mean = self.replications[0].funnel.copy()
        mean["persons"] = np.mean([one.funnel["persons"] for one in self.replications], axis=0)
        before = mean["persons"].shift(fill_value=mean["persons"][0])
        mean["share_of_all"] = mean["persons"] / max(1.0, mean["persons"][0])
        mean["share_of_previous"] = mean["persons"] / before.clip(lower=1.0)
        return mean

    @property
    def cohorts(self) -> "pd.DataFrame":
        """Counts of all worlds together, for `commsim.analysis.retention.shares`."""
        import pandas as pd

        return pd.concat([one.cohorts for one in self.replications], ignore_index=True)

    @property
    def generations(self) -> "pd.DataFrame":
        """Mean over the worlds of persons and brought by generation, with K."""
        import pandas as pd

        counts = pd.concat([one.generations for one in self.replications])
        found = counts.groupby("generation")[["persons", "brought"]].sum() / self.worlds
        found["k"] = found["brought"] / found["persons"]
        return found.reset_index()

    @property
    def spent(self) -> Floats:
        """Yuan that its strategies and sources cost, world by world, as a budget counts them."""
        return np.array([one.spent for one in self.replications])

    @property
    def strategies(self) -> tuple[str, ...]:
        """Names of what the plan was run without, and `ALL` if there is more than one."""
        return tuple(self.replications[0].without)

    def alone(self, name: str) -> Floats:
        """A measure of the plan without its strategies in every world."""
        if not self.strategies:
            return self.outcome(name)
        at, everything = NAMES.index(name), self.strategies[-1]
        return np.array([one.without[everything][at] for one in self.replications])

    def caused(self, strategy: str, measure: str) -> Interval:
        """What a strategy added to a measure: the plan less the plan without it, world by world."""
        at = NAMES.index(measure)
        gaps = [one.outcomes[at] - one.without[strategy][at] for one in self.replications]
        return t_interval(np.array(gaps))

    def costs(self, measure: str) -> tuple[str, Interval] | None:
        """The strategy without which the plan surely does best, and what it gains by that.

        Of the plan's own strategies, if it has several; their intervals hold together.
        """
        single, at = [name for name in self.strategies if name != ALL], NAMES.index(measure)
        each = joint_confidence_of(len(single))
        gains = [
            (
                name,
                t_interval(
                    np.array([one.without[name][at] - one.outcomes[at] for one in self.replications]), each
                ),
            )
            for name in single
        ]
        sure = [gain for gain in gains if gain[1].low > 0 and len(single) > 1]
        return max(sure, key=lambda gain: gain[1].mean, default=None)

    def causes(self) -> "pd.DataFrame":
        """One row per strategy and measure: mean, low, high of what it caused; see `caused`."""
        import pandas as pd

        found = [
            (strategy, name, each.mean, each.low, each.high)
            for strategy in self.strategies
            for name in NAMES
            for each in [self.caused(strategy, name)]
        ]
        return pd.DataFrame(found, columns=["strategy", "measure", "mean", "low", "high"])


def gather(
    scenarios: Sequence[Scenario],
    seeds: Sequence[int],
    *,
    typical: int,
    workers: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> tuple[Closeup, ...]:
    """Look closely at each plan in the worlds of the seeds (two or more), and run it without its parts.

    typical: the seed of which everything is kept.  progress: hears the number of worlds done.
    """
    plans = tuple(scenarios)
    with Pool(look, plans, workers) as pool:
        worlds = pool.map(list(seeds), progress)
    return tuple(
        Closeup(plan, tuple(world[k] for world in worlds), _full(plan, typical))
        for k, plan in enumerate(plans)
    )


def look(scenarios: tuple[Scenario, ...], seed: int) -> list[Replication]:
    """Every plan in one world, with and without its parts."""
    return [_replication(scenario, seed) for scenario in scenarios]


def _replication(scenario: Scenario, seed: int) -> Replication:
    from commsim.population.build import build

    people = build(scenario.community, scenario.behaviour, seed, today=scenario.start)
    records = _full(scenario, seed, people)
    return Replication(
        curves=curves(records),
        economics=economics(records),
        funnel=funnel(records),
        cohorts=cohorts(records),
        generations=generations(invitation_tree(records)),
        outcomes=_outcomes(records),
        without={name: _without(scenario, name, seed, people) for name in parts(scenario)},
        counts=counts(records),
        lives=lives_by_day(records),
        spent=spent(records),
    )


def _full(scenario: Scenario, seed: int, people: Population | None = None) -> Records:
    from commsim.simulation.run import simulate

    return simulate(scenario, seed, detail="full", population=people)


def _without(scenario: Scenario, name: str, seed: int, people: Population) -> Floats:
    from commsim.simulation.run import simulate

    return _outcomes(simulate(without(scenario, name), seed, population=people))


def parts(scenario: Scenario) -> tuple[str, ...]:
    """Names of a plan's strategies in their order, and `ALL` if there is more than one."""
    names = tuple(dict.fromkeys(strategy.name for strategy in scenario.strategies))
    return (*names, ALL) if len(names) > 1 else names


def without(scenario: Scenario, name: str) -> Scenario:
    """The plan without the strategy of a name, or without any for `ALL`."""
    kept = tuple(strategy for strategy in scenario.strategies if name not in (strategy.name, ALL))
    return scenario.model_copy(update={"strategies": kept})


def curves(records: Records) -> Floats:
    """The days of a run as an array of days x (`CURVES`, then what mechanisms add), money in yuan."""
    ledger, days = records.ledger, len(records.daily["day"])
    staff = records.accounts.index("staff")
    profit, paid = np.zeros(days, np.int64), np.zeros(days, np.int64)
    np.add.at(profit, ledger["day"], ledger["fen"])
    np.add.at(paid, ledger["day"], np.where(ledger["account"] == staff, ledger["fen"], 0))
    daily = [records.daily[name].astype(np.float64) for name in CURVES[:-2]]
    more = [records.daily[one.name] / (100 if one.money else 1) for one in added(records)]
    return np.column_stack([*daily, profit / 100, (profit - paid) / 100, *more])


def added(records: Records) -> tuple[Column, ...]:
    """The columns of a run's daily table that are mechanisms', beside those of every run."""
    more = columns_of("daily")[len(TABLES["daily"]) :]
    return tuple(column for column in more if column.name in records.daily)


def _outcomes(records: Records) -> Floats:
    found = outcomes(records)
    return np.array([found[name] for name in NAMES])


def _ordered(frame: "pd.DataFrame", records: Records) -> "pd.DataFrame":
    """Rows and columns in the order of the books; adding frames sorts them."""
    rows = [name for name in (*records.causes, "total") if name in frame.index]
    return frame.loc[rows, [name for name in (*records.accounts, "profit") if name in frame.columns]]
