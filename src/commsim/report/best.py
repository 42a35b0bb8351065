"""What the best of many plans is, as sentences, tables and data; money in yuan, shares between 0 and 1."""

from pathlib import Path
from typing import Any

from commsim.analysis.best import Best
from commsim.analysis.intervals import Interval
from commsim.core.measures import find
from commsim.report.data import FORMAT, to_csv
from commsim.report.html.statement import Statement
from commsim.report.language import ENGLISH, Language, language
from commsim.report.numbers import amount, cell, difference, labelled
from commsim.report.over_ranges import Lead, lead_told, leads_data, leads_grid
from commsim.report.panels import Whiskers
from commsim.report.tables import Grid

MOST_ROWS = 20
"""Plans in a table for people; data hold all."""

_ENDED = {
    "worlds": "It ended at the most worlds allowed, {worlds}, before {target} was reached.",
    "runs": "It ended at the most runs allowed, before {target} was reached.",
    "seconds": "It ended when its time was over, before {target} was reached.",
    "interrupted": "It was interrupted before {target} was reached.",
}


def best_verdict(found: Best, say: Language = ENGLISH) -> str:
    """The statement, how many can't be told from the leader, and what falls short."""
    sentences = [_statement(found, say), *_in_doubt(found, say)]
    others = [plan for plan in found.left[1:] if not found.same(plan)]
    if others:
        sentences.append(
            say(
                "{count} more of {plans} plans can't be told apart from it.",
                count=f"{len(others):,}",
                plans=f"{len(found.plans):,}",
            )
        )
    if same := [found.plans[plan] for plan in found.left if found.same(plan)]:
        sentences.append(
            say("The same in all {worlds} worlds: {names}.", worlds=found.last.worlds, names=say.listed(same))
        )
    if found.stopped in _ENDED:
        target = amount(found.target, find(found.metric).unit, say)
        sentences.append(say(_ENDED[found.stopped], worlds=f"{found.last.worlds:,}", target=target))
    if found.untried:
        sentences.append(
            say(
                "What nobody knows was not tried: runs or time did not suffice for {points} points.",
                points=found.untried,
            )
        )
    for plan, seed in found.failed.items():
        sentences.append(
            say("{plan} could not be run in the world of seed {seed}.", plan=found.plans[plan], seed=seed)
        )
    return say.sentences(sentences)


def _statement(found: Best, say: Language) -> str:
    sentence = (
        "{best} is best of {plans} plans ({measure}), with {confidence:.4g} % confidence; {runs} runs."
        if found.within == 0
        else "{best} is best of {plans} plans ({measure}), or within {within} of the best, "
        "with {confidence:.4g} % confidence; {runs} runs."
    )
    measure = find(found.metric)
    return say(
        sentence,
        best=found.plans[found.leader],
        plans=f"{len(found.plans):,}",
        measure=say(measure.label),
        within=amount(found.within, measure.unit, say),
        confidence=100 * found.confidence,
        runs=f"{found.runs:,}",
    )


def _in_doubt(found: Best, say: Language) -> list[str]:
    """What becomes of the lead over the plan that is ahead of it at most points."""
    least = min(_leads(found), key=lambda lead: lead.doubt.ahead.mean, default=None)
    if found.ranges is None or least is None:
        return []
    return [lead_told(found.ranges, least, find(found.metric).unit, say)]


def _leads(found: Best) -> list[Lead]:
    """Of the best plan over each other that was tried over the ranges, but such as always give the same."""
    doubts = [(plan, found.doubt(plan)) for plan in found.tried[1:]]
    return [
        Lead(found.plans[found.leader], found.plans[plan], gap_of(found, plan).reversed(), doubt)
        for plan, doubt in doubts
        if doubt is not None and doubt.even < 1
    ]


def best_grids(found: Best, say: Language = ENGLISH) -> list[Grid]:
    """The plans from the best down, the best of them over the ranges, and how the race went."""
    doubted = leads_grid(found.ranges, _leads(found), find(found.metric), say)
    return [_plans(found, say), *([] if doubted is None else [doubted]), _looks(found, say)]


def _plans(found: Best, say: Language) -> Grid:
    measure = find(found.metric)
    rows = [
        (
            found.plans[plan],
            f"{found.worlds(plan):,}",
            cell(found.mean(plan), measure.unit),
            "" if plan == found.leader else difference(gap_of(found, plan), measure.unit, say),
            say("can't be told apart") if plan in found.left else say("dropped"),
        )
        for plan in found.ranked[:MOST_ROWS]
    ]
    rows[0] = (*rows[0][:4], say("leads"))
    more = len(found.ranked) - len(rows)
    title = say("Plans, from the best down")
    title += say(" ({more} more not shown)", more=f"{more:,}") if more else ""
    header = (
        say("Plan"),
        say("Worlds"),
        labelled(measure, say),
        say("From the leader (all together)"),
        say("Standing"),
    )
    return Grid(title, header, tuple(rows))


def _looks(found: Best, say: Language) -> Grid:
    unit = find(found.metric).unit
    rows = [
        (
            f"{look.worlds:,}",
            f"{look.runs:,}",
            f"{len(look.left):,}",
            found.plans[look.leader],
            amount(look.within, unit, say),
        )
        for look in found.looks
    ]
    header = (say("Worlds"), say("Runs"), say("Plans left"), say("Leader"), say("Best or within"))
    return Grid(say("How it was found"), header, tuple(rows))


def gap_of(found: Best, plan: int) -> Interval:
    """How far a plan is above the leader of the last look that it was in, with its limits."""
    mean, half = found.gap(plan)
    return Interval(mean, mean - half, mean + half)


def best_data(found: Best) -> dict[str, Any]:
    """All of it; plans in the order of the table."""
    return {
        "format": FORMAT,
        "metric": found.metric,
        "unit": find(found.metric).unit,
        "confidence": found.confidence,
        "verdict": best_verdict(found),
        "best": found.plans[found.leader],
        "within": found.within,
        "target": found.target,
        "stopped": found.stopped,
        "runs": found.runs,
        "plans": [_plan(found, plan) for plan in found.ranked],
        "ranges": leads_data(found.ranges, _leads(found)),
        "failed": [{"plan": found.plans[plan], "seed": seed} for plan, seed in found.failed.items()],
        "looks": [
            {
                "worlds": look.worlds,
                "runs": look.runs,
                "left": [found.plans[plan] for plan in look.left],
                "leader": found.plans[look.leader],
                "within": look.within,
            }
            for look in found.looks
        ],
        "seeds": list(found.seeds),
    }


def _plan(found: Best, plan: int) -> dict[str, Any]:
    gap = gap_of(found, plan)
    return {
        "plan": found.plans[plan],
        "left": plan in found.left,
        "worlds": found.worlds(plan),
        "mean": found.mean(plan),
        "from_leader": gap.mean,
        "low": gap.low,
        "high": gap.high,
    }


def best_csv(found: Best) -> str:
    """A row per plan, the best first."""
    rows = [_plan(found, plan) for plan in found.ranked]
    return to_csv(tuple(rows[0]), [tuple(row.values()) for row in rows])


def worlds_csv(found: Best) -> str:
    """A row per plan and world that it was run in."""
    frame = found.frame()
    return to_csv(tuple(frame.columns), frame.itertuples(index=False))


def best_statement(found: Best, say: Language = ENGLISH) -> Statement:
    """The page of it."""
    facts = (
        say("{count} plans", count=f"{len(found.plans):,}"),
        say("{worlds} worlds", worlds=f"{found.last.worlds:,}"),
        say("{count} runs", count=f"{found.runs:,}"),
    )
    return Statement(
        kicker=say("The best of several plans"),
        name=found.plans[found.leader],
        facts=facts,
        verdict=best_verdict(found, say),
        heading=say("How far the others are behind"),
        figures=[_behind(found, say)] if len(found.ranked) > 1 else [],
        grids=best_grids(found, say),
    )


def plot_best(found: Best, file: str | Path | None, lang: str) -> Any:
    """Draw how far the others are behind; see `commsim.report.plots.files.plot_result`."""
    from commsim.report.plots.files import plot_result

    return plot_result({"behind": [_behind(found, language(lang))]}, file, found.plans)


def _behind(found: Best, say: Language) -> Whiskers:
    measure = find(found.metric)
    return Whiskers(
        say=say,
        key="behind",
        title=say("From the best plan, {best}", best=found.plans[found.leader]),
        unit=measure.unit,
        measured=labelled(measure, say),
        note=say(
            "The dot is the mean difference over the worlds of a plan, the bar holds for all plans and looks "
            "together; left of 0 is worse."
        ),
        rows=tuple((found.plans[plan], gap_of(found, plan)) for plan in found.ranked[1:MOST_ROWS]),
    )
