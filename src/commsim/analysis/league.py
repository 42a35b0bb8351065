"""A league: plans of several teams for one shop, under one budget, in the same worlds.

Places are ranges: a team's first place is behind all teams that surely do better, its last one before all
that surely do worse, and all pairs of teams hold together (Bonferroni).  Teams that can't be told apart share
their places, so that a tie is a tie.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from commsim.analysis.compare import check_asked
from commsim.analysis.comparison import Comparison
from commsim.analysis.explain import Explanation, explain_here
from commsim.analysis.explained import parts
from commsim.analysis.gathering import Study
from commsim.analysis.intervals import Interval, joint_confidence, joint_confidence_of, t_interval
from commsim.analysis.measures import PATH
from commsim.analysis.study import labels
from commsim.analysis.world_runs import world_runs
from commsim.core.arrays import Floats
from commsim.core.errors import InputError
from commsim.core.harmless import for_terminal
from commsim.core.luck import whole_seed
from commsim.core.measures import Measure
from commsim.core.notebook import drawn_by, figure, html_table
from commsim.experiments.effort import LEAGUE_WORLDS, LEAGUE_WORLDS_EXPLAINED
from commsim.experiments.limits import Limits, Loss
from commsim.experiments.pool import Pool, WorkersDied
from commsim.experiments.sweep import Manner
from commsim.scenario.length import with_days
from commsim.scenario.limits import PlanLimits
from commsim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

MOST_TEAMS = 60
_NOTHING = "nothing"
_KEPT = 0.5
"""Share of the largest lead that a plan keeps to the end where no day was fatal."""
_OF_A_TEAM = "name", "about", "caution", "strategies", "sources", "target", "limits", "allow_unlawful"
"""What teams may set; all else is the shop, which is the same for all."""


class Turn(NamedTuple):
    """The day from which on a plan loses to doing nothing.

    day: the first of these, from 1.  ahead: how far it was ahead until then, which was the most; 0 if never.
    end: how far at the end.  In yuan, means over the worlds.
    """

    day: int
    ahead: float
    end: float


class Idea(NamedTuple):
    """A strategy, and what it brings (its Shapley value) or leaving it out does; in the league's measure."""

    strategy: str
    kind: str
    worth: Interval


@dataclass(frozen=True, repr=False)
class League:
    """What became of the teams' plans.

    comparison: of all plans, with doing nothing as the last one.  budget: yuan that each may spend on
    average; None for any.  explained: per team why its plan earns what it earns; fewer where that was left
    out or a plan does nothing.
    """

    comparison: Comparison
    budget: float | None
    explained: Mapping[int, Explanation]
    kinds: tuple[Mapping[str, str], ...]

    @property
    def teams(self) -> tuple[str, ...]:
        """Names, in the order given."""
        return self.comparison.plans[:-1]

    @property
    def measure(self) -> Measure:
        """What is ranked by."""
        return self.comparison.measure

    @property
    def values(self) -> Floats:
        """Teams x worlds, of the measure."""
        return self.comparison.of(self.comparison.metric)[:-1]

    @cached_property
    def spent(self) -> tuple[float | None, ...]:
        """Yuan that each team's strategies and sources cost, mean over the worlds; None without a budget."""
        return tuple(
            next((float(kept.values.mean()) for kept in limits if kept.limit.name == "budget"), None)
            for limits in self.comparison.limits[:-1]
        )

    @cached_property
    def over(self) -> frozenset[int]:
        """Teams that spend more than the budget on average; they have no place."""
        spent = enumerate(self.spent)
        return frozenset(k for k, yuan in spent if self.budget is not None and (yuan or 0.0) > self.budget)

    @cached_property
    def gains(self) -> tuple[Interval, ...]:
        """What each team adds to doing nothing; all hold together."""
        each = joint_confidence_of(len(self.teams))
        nothing = self.comparison.of(self.comparison.metric)[-1]
        return tuple(t_interval(own - nothing, each) for own in self.values)

    @cached_property
    def places(self) -> tuple[tuple[int, int] | None, ...]:
        """First and last place of each team, from 1; None for one over the budget."""
        playing = [k for k in range(len(self.teams)) if k not in self.over]
        behind, ahead = [0] * len(self.teams), [0] * len(self.teams)
        each = joint_confidence(len(playing))
        for one, other in combinations(playing, 2):
            gap = t_interval(self.values[one] - self.values[other], each)
            if gap.excludes_zero:
                better, worse = (one, other) if gap.mean > 0 else (other, one)
                ahead[worse] += 1
                behind[better] += 1
        return tuple(
            (1 + ahead[k], len(playing) - behind[k]) if k in playing else None for k in range(len(self.teams))
        )

    @property
    def ranked(self) -> tuple[int, ...]:
        """Teams from the highest mean; those over the budget at the end."""
        means = self.values.mean(axis=1)
        return tuple(sorted(range(len(self.teams)), key=lambda k: (k in self.over, -means[k])))

    def turn(self, team: int) -> Turn | None:
        """The team's fatal day, if its plan loses half of what it was once ahead of doing nothing, or more.

        By profit, whatever is ranked by.
        """
        column = PATH.index("profit")
        paths = self.comparison.paths
        lead = np.cumsum(paths[team][:, column] - paths[-1][:, column])
        best = int(np.argmax(lead))
        if lead[best] <= 0.0:
            return Turn(1, 0.0, float(lead[-1])) if lead[-1] < 0.0 else None
        kept = lead[-1] >= _KEPT * lead[best]
        return None if kept else Turn(best + 2, float(lead[best]), float(lead[-1]))

    def idea(self, team: int) -> Idea | None:
        """The strategy that brings the team most, if any surely brings something."""
        return self._idea(team, worst=False)

    def to_drop(self, team: int) -> Idea | None:
        """The strategy that costs the team most, if the plan surely does better without it: by its worth."""
        return self._idea(team, worst=True)

    def _idea(self, team: int, *, worst: bool) -> Idea | None:
        found = self.explained.get(team)
        if found is None:
            return None
        if worst:
            at, worth = found.to_drop, [one.reversed() for one in found.taken_out]
        else:
            at, worth = found.ranked[0], list(found.shares)
        if at is None or not (worst or worth[at].low > 0.0):
            return None
        name = found.strategies[at]
        return Idea(name, self.kinds[team].get(name, name), worth[at])

    def __repr__(self) -> str:
        told = ", ".join(f"{place_text(self.places[k])} {self.teams[k]}" for k in self.ranked)
        return for_terminal(f"<League of {len(self.teams)} in {self.comparison.worlds} worlds: {told}>")

    def _repr_html_(self) -> str:
        """For notebooks: the ladder."""
        unit = self.measure.unit
        rows = [
            (place_text(self.places[k]), self.teams[k], figure(self.gains[k].mean, unit)) for k in self.ranked
        ]
        title = f"{self.measure.label}, {self.comparison.worlds} worlds"
        return html_table(title, ("Place", "Team", "Beyond doing nothing"), rows)

    def frame(self) -> "pd.DataFrame":
        """One row per team and world: the measure, and what doing nothing came to there."""
        import pandas as pd

        own = pd.DataFrame(self.values.T, columns=list(self.teams))
        own.insert(0, "nothing", self.comparison.of(self.comparison.metric)[-1])
        own.insert(0, "seed", self.comparison.seeds)
        return own.melt(id_vars=["seed", "nothing"], var_name="team", value_name=self.comparison.metric)

    def plot(self, file: str | Path | None = None, lang: str = "en") -> Any:
        """Draw what each team adds to doing nothing, as a figure of matplotlib; or into a file."""
        return drawn_by("commsim.report.league:plot_league", self, file, lang)


def place_text(place: tuple[int, int] | None) -> str:
    """``1``, ``2-4`` for a tie, ``-`` for a team that is not ranked."""
    if place is None:
        return "-"
    first, last = place
    return str(first) if first == last else f"{first}-{last}"


def league(
    plans: Sequence[Scenario | str | Path],
    *,
    budget: float | None = None,
    worlds: int = LEAGUE_WORLDS,
    seed: int = 0,
    metric: str = "profit",
    days: int | None = None,
    explained: bool = True,
    workers: int | None = None,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
) -> League:
    """Rank teams' plans for one shop on the same worlds.

    plans: scenarios, or paths and shipped names, that differ in what teams set and in nothing else.
    budget: yuan that strategies and sources may cost on average over the worlds.  seed: gives the worlds,
    which teams should not know beforehand: name your own.  metric: a name in
    `commsim.core.measures.DECIDING`.  explained: whether each plan is run with parts of its strategies, for
    its best idea.  workers: processes; the result does not depend on them.  progress: hears what
    is done, how far, and of how much.
    Raises `InputError` for fewer than two teams, more than `MOST_TEAMS`, two different shops, fewer than
    two worlds, a budget below 0, or another metric.
    """
    teams = [plan if isinstance(plan, Scenario) else Scenario.load(plan) for plan in plans]
    teams = [team if days is None else with_days(team, days) for team in teams]
    rounds = played(
        teams,
        budget=budget,
        sizes=(worlds,),
        seed=seed,
        metric=metric,
        ideas_in=LEAGUE_WORLDS_EXPLAINED if explained else 0,
        workers=workers,
        progress=progress,
    )
    return deque(rounds, maxlen=1)[0]


def played(
    teams: Sequence[Scenario],
    *,
    budget: float | None,
    sizes: Sequence[int],
    seed: int,
    metric: str,
    ideas_in: int,
    workers: int | None = None,
    limits: Limits | None = None,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
) -> Iterator[League]:
    """The same league ever closer to its end: after each number of worlds, and after each team's ideas.

    sizes: numbers of worlds, rising; the last one counts.  ideas_in: worlds in which each plan is explained,
    from the first place down; 0 for none.  limits: of one run; with them all runs are
    made by other processes.  What ``progress`` raises goes through, and
    ends all processes.  Raises `InputError` as `league`.
    """
    _check(teams, budget, min(sizes), metric)
    teams = [_within(team, budget) for team in teams]
    names = labels([team.name for team in teams])
    nothing = teams[0].left_alone().model_copy(update={"name": _NOTHING, "target": type(teams[0].target)()})
    named = [team.model_copy(update={"name": name}) for team, name in zip(teams, names, strict=True)]
    kinds = tuple(map(_kinds, named))
    study = Study((*named, nothing), whole_seed(seed), metric)
    manner = Manner(workers, limits=limits or Limits(), apart=limits is not None)
    with world_runs(study.plans, None, manner) as made:
        for size in sizes:
            study.extend(made, size, lambda done, _: progress("worlds", done, sizes[-1]))
            found = League(study.comparison(None), budget, {}, kinds)
            yield found
    asked = [
        _Asked(k, min(sizes[-1], ideas_in), seed, metric)
        for k in found.ranked
        if ideas_in and parts(named[k])
    ]
    told: dict[int, Explanation] = {}
    with Pool(_why, tuple(named), workers, lost=None if limits is None else _gone) as pool:
        for number, why in pool.stream(asked):
            told[asked[number].team] = why
            progress("teams explained", len(told), len(asked))
            yield League(found.comparison, budget, dict(told), kinds)


class _Asked(NamedTuple):
    """Which team's plan to explain, and how."""

    team: int
    worlds: int
    seed: int
    metric: str


def _kinds(team: Scenario) -> dict[str, str]:
    """Kind of each strategy and source, by its name."""
    return {one.name: one.kind for one in team.strategies} | {one.name: one.kind for one in team.sources}


def _gone(loss: Loss) -> Explanation:
    raise WorkersDied(f"a run was ended: {loss.message}", remedy="give fewer --workers")


def _why(teams: tuple[Scenario, ...], asked: _Asked) -> Explanation:
    return explain_here(teams[asked.team], asked.worlds, asked.seed, asked.metric)


def _within(team: Scenario, budget: float | None) -> Scenario:
    """The plan, whose spending is counted against the budget of the league and nothing else."""
    limits = (
        None if budget is None else PlanLimits.model_validate({"budget": round(budget, 2), "beyond": "mark"})
    )
    return team.model_copy(update={"limits": limits})


def _check(teams: Sequence[Scenario], budget: float | None, worlds: int, metric: str) -> None:
    if len(teams) < 2:
        raise InputError("a league needs two teams or more", remedy="name a second plan")
    if len(teams) > MOST_TEAMS:
        raise InputError(f"a league has {MOST_TEAMS} teams at most", remedy="play in several leagues")
    if budget is not None and not 0.0 <= budget <= 1e9:
        raise InputError(f"a budget of {budget:g} yuan is none", remedy="give an amount such as 8000")
    check_asked(teams, worlds, worlds, metric)
    first = teams[0].model_dump(mode="json", exclude=set(_OF_A_TEAM))
    for team in teams[1:]:
        own = team.model_dump(mode="json", exclude=set(_OF_A_TEAM))
        if own != first:
            at = next(key for key in first if own[key] != first[key])
            raise InputError(
                f"{team.name} plays in another shop than {teams[0].name}: {at} differs",
                remedy="let all teams extend the same plan, and change its strategies alone",
            )
