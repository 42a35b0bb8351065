"""What a search found, as tables: its choices, the next best, limits, doubts, and how it went."""

from commsim.analysis.intervals import CONFIDENCE
from commsim.analysis.planning.planned import Candidate, Change, Planned
from commsim.core.measures import Unit, find
from commsim.report.language import ENGLISH, Language
from commsim.report.limits import limit_grid
from commsim.report.numbers import cell, difference, labelled, percent
from commsim.report.planned.words import candidate_called, lever, nine_in_ten, told_change, value_of
from commsim.report.tables import Grid


def planned_grids(found: Planned, say: Language = ENGLISH) -> list[Grid]:
    """The choices with what each is worth, the next best, the front, limits, and how it was found."""
    grids = [_changes(found, say)] if found.changes else []
    if len(found.metrics) > 1:
        grids.append(_candidates(found, found.front, say("Plans none of which is beaten in both"), say))
    elif found.runners:
        grids.append(_candidates(found, found.runners, say("The next best, in the same fresh worlds"), say))
    if found.limits:
        grids.append(limit_grid(found.scenario.name if found.scenario else found.base, found.limits, say))
    return [*grids, *([_doubts(found, say)] if found.doubt else []), _search(found, say)]


def _changes(found: Planned, say: Language) -> Grid:
    unit = find(found.metric).unit
    rows = [
        (
            lever(one, say) + (" *" if one.at_edge else ""),
            value_of(one.before, say),
            value_of(one.after, say),
            _worth(one, unit, len(found.seeds), say),
        )
        for one in found.changes
    ]
    title = say(
        "What it does otherwise ({worlds} fresh worlds, {confidence:.0f} % intervals; * at the edge)",
        worlds=len(found.seeds),
        confidence=100 * CONFIDENCE,
    )
    header = (say("Choice"), say("Before"), say("After"), say("Undoing it costs"))
    return Grid(title, header, tuple(rows), fixed=3)


def _worth(change: Change, unit: Unit, worlds: int, say: Language) -> str:
    """What undoing a choice costs; that it breaks a limit; or that it was not tried."""
    if change.worth is None:
        told = say("not tried")
    else:
        told = difference(change.worth, unit, say)
        told += "" if change.worlds == worlds else say(" in {count} worlds", count=change.worlds)
    return told + (say("; breaks a limit") if change.needed else "")


def _candidates(found: Planned, plans: tuple[Candidate, ...], title: str, say: Language) -> Grid:
    measures = [find(name) for name in found.metrics]
    rows = [
        (
            candidate_called(one.name, say),
            say.listed(told_change(change, say) for change in one.changes) or say("as it is"),
            *(difference(lead, m.unit, say) for lead, m in zip(one.leads, measures, strict=True)),
        )
        for one in plans
    ]
    ahead = [say("{measure}, ahead of {plan}", measure=labelled(m, say), plan=found.base) for m in measures]
    return Grid(title, (say("Plan"), say("Choices"), *ahead), tuple(rows), fixed=2)


def _doubts(found: Planned, say: Language) -> Grid:
    pairs = ((found.base, found.doubt), (say("doing nothing"), found.doubt_nothing))
    rows = [
        (
            name,
            percent(doubt.ahead.mean, say),
            say("{low} to {high}", low=percent(doubt.ahead.low, say), high=percent(doubt.ahead.high, say)),
            nine_in_ten(found, doubt, say),
        )
        for name, doubt in pairs
        if doubt is not None
    ]
    title = say(
        "Where what nobody knows is as draws of the calibration have it, and the rest otherwise"
        if found.drawn
        else "Where what nobody knows is otherwise (shares of the ranges, no probabilities)"
    )
    header = (say("Against"), say("Ahead in"), say("with luck"), say("Nine in ten leads"))
    return Grid(title, header, tuple(rows))


def _search(found: Planned, say: Language) -> Grid:
    unit = find(found.metric).unit
    rows = [
        (
            say(one.origin),
            f"{one.runs:,}",
            cell(one.gain, unit) if len(found.metrics) == 1 else "",
            say("no change gained any more") if one.ended else say("runs used up"),
        )
        for one in found.starts
    ]
    title = say(
        "Searches among {combinations} combinations of {levers} choices; {runs} runs in all, seed {seed}",
        combinations=f"{found.combinations:.3g}",
        levers=found.levers,
        runs=f"{found.runs:,}",
        seed=found.seed,
    )
    header = (say("Begun at"), say("Runs"), say("Ahead in its own worlds (flattered)"), say("End"))
    return Grid(title, header, tuple(rows))
