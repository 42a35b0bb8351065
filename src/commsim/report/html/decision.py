"""The decision in a sentence, and the numbers behind it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from commsim.analysis.closeup import ALL
from commsim.analysis.comparison import shown
from commsim.analysis.intervals import CONFIDENCE, t_interval
from commsim.core.measures import MEASURES, find
from commsim.report.advice import About, Drop, advise
from commsim.report.beyond import beyond_grids
from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.numbers import amount, cell, difference, labelled, limits
from commsim.report.tables import Grid
from commsim.report.targets.tables import target_grid, target_sentence
from commsim.report.verdict import verdict

_AT_A_GLANCE = ("profit", "members", "active", "muted", "orders", "revenue")


def conclusion(case: Case, say: Language) -> str:
    """Which plan earns more, how surely; of a single plan what it earns and what its strategies cause."""
    if case.comparison is not None:
        return verdict(case.comparison, say)
    closeup = case.closeups[0]
    profit = t_interval(closeup.outcome("profit"))
    told = say(
        "{plan} earns {amount} over {days} days, on the mean of {worlds} worlds "
        "({confidence:.0f} % interval {limits}).",
        plan=case.names[0],
        amount=amount(profit.mean, "yuan", say),
        days=closeup.scenario.days,
        worlds=closeup.worlds,
        confidence=100 * CONFIDENCE,
        limits=limits(profit, "yuan", say),
    )
    told = say.sentences(
        (
            *_advice(case, say),
            told,
            *(target_sentence(case.names[0], goals, say) for goals in case.targets if goals),
        )
    )
    if not closeup.strategies:
        return told
    all_parts = ALL if ALL in closeup.strategies else closeup.strategies[0]
    gain = closeup.caused(all_parts, "profit")
    caused = (
        "Its strategies add {amount} to that" if gain.mean >= 0 else "Its strategies cost {amount} of that"
    )
    interval = say(
        "{confidence:.0f} % interval {limits}", confidence=100 * CONFIDENCE, limits=limits(gain, "yuan", say)
    )
    added = say(caused, amount=amount(abs(gain.mean), "yuan", say))
    return say.sentences((told, say("{sentence} ({detail}).", sentence=added, detail=interval)))


def _advice(case: Case, say: Language) -> list[str]:
    """What has to be said first of a plan by itself."""
    closeup, measure = case.closeups[0], find("profit")
    if not closeup.strategies:
        return []
    costs, named = closeup.costs("profit"), say.of(closeup.scenario)
    drop = None if costs is None else Drop(named.cause(costs[0]), costs[1])
    return advise(About(case.names[0], measure), closeup.caused(closeup.strategies[-1], "profit"), drop, say)


def against_nothing(case: Case, say: Language) -> list[Grid]:
    """What plans add to doing nothing, what the best gains without a strategy, and what comes later."""
    if case.comparison is None:
        return []
    decides = labelled(case.comparison.measure, say)
    return [_best_first(_first(grid, decides), case.names) for grid in beyond_grids(case.comparison, say)]


def _first(grid: Grid, label: str) -> Grid:
    """The row that decides above the others."""
    return replace(grid, rows=tuple(sorted(grid.rows, key=lambda row: row[0] != label)))


def _best_first(grid: Grid, names: Sequence[str]) -> Grid:
    """A table with a column per plan, the best first; another as it is."""
    if grid.fixed != 1 or not set(names) & set(grid.header):
        return grid
    rank = {name: at for at, name in enumerate(names)}
    order = [0, *sorted(range(1, len(grid.header)), key=lambda at: rank.get(grid.header[at], len(names)))]
    return replace(
        grid,
        header=tuple(grid.header[at] for at in order),
        rows=tuple(tuple(row[at] for at in order) for row in grid.rows),
    )


def facts(case: Case, say: Language) -> list[str]:
    """What stands below the title: days, worlds, seed."""
    days = " / ".join(dict.fromkeys(str(plan.days) for plan in case.scenarios))
    told = [
        say("{days} days", days=days),
        say("{worlds} worlds", worlds=_worlds(case)),
        say("seed {seed}", seed=case.seed),
    ]
    compared = len(case.names) if case.comparison is None else len(case.comparison.plans)
    if compared > len(case.names):
        told.append(say("the best {shown} of {all} plans", shown=len(case.names), all=compared))
    return told


def at_a_glance(case: Case, say: Language) -> Grid:
    """The measures that people ask for first, mean over the worlds; the best plan first."""
    rows = tuple(
        (
            labelled(find(name), say),
            *(cell(_mean(case, at, name), find(name).unit) for at in range(len(case.names))),
        )
        for name in _AT_A_GLANCE
    )
    return Grid("", (say("Mean over {worlds} worlds", worlds=_worlds(case)), *case.names), rows)


def measures(case: Case, say: Language) -> Grid:
    """Every measure of every plan; for two plans the difference with its interval."""
    listed = MEASURES if case.comparison is None else shown(case.comparison)
    rows = []
    for measure in listed:
        means = [_mean(case, at, measure.name) for at in range(len(case.names))]
        if measure.optional and not any(means):
            continue
        label = labelled(measure, say)
        row = (
            label,
            *(cell(round(mean) if measure.unit == "persons" else mean, measure.unit) for mean in means),
        )
        rows.append((*row, *_gap(case, measure.name, say)))
    gap = (
        (say("Best minus other ({confidence:.0f} % interval)", confidence=100 * CONFIDENCE),)
        if _pair(case)
        else ()
    )
    title = say("Mean over {worlds} worlds", worlds=_worlds(case))
    return Grid(title, (title, *case.names, *gap), tuple(rows))


def targets(case: Case, say: Language) -> list[Grid]:
    """Per plan with a target: what it needs, what there is, and how often that is enough."""
    return [
        target_grid(name, goals, partial(_mean, case, at), say)
        for at, (name, goals) in enumerate(zip(case.names, case.targets, strict=True))
        if goals
    ]


def _pair(case: Case) -> bool:
    return case.comparison is not None and len(case.comparison.plans) == 2


def _gap(case: Case, name: str, say: Language) -> tuple[str, ...]:
    comparison = case.comparison
    if comparison is None or not _pair(case):
        return ()
    behind = comparison.differences[name][1 - comparison.best]
    return (difference(behind.reversed(), find(name).unit, say),)


def _worlds(case: Case) -> int:
    return case.worlds if case.comparison is None else case.comparison.worlds


def _mean(case: Case, plan: int, name: str) -> float:
    """Over all worlds of the comparison, or over those looked at."""
    if case.comparison is None:
        return float(case.closeups[plan].outcome(name).mean())
    at = case.comparison.plans.index(case.names[plan])
    return float(case.comparison.of(name)[at].mean())
