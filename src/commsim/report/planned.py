"""What a search for the best plan found, as sentences, tables, figures and data; money in yuan."""

from typing import Any

from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.analysis.planning.planned import Candidate, Change, Planned
from commsim.analysis.uncertainty import Doubt
from commsim.core.measures import find
from commsim.report.best import best_data
from commsim.report.data import FORMAT, to_csv
from commsim.report.html.statement import Statement
from commsim.report.language import ENGLISH, Language
from commsim.report.limits import limit_data, limit_grid
from commsim.report.numbers import amount, cell, difference, labelled, limits, percent
from commsim.report.panels import Whiskers
from commsim.report.tables import Grid

_ENDED = {
    "seconds": "The search ended when its time was over; more may be found with more.",
    "interrupted": "The search was interrupted; more may be found.",
    "cut short": "It was interrupted in its last part: not all was tried of what it found.",
}


def planned_verdict(found: Planned, say: Language = ENGLISH) -> str:
    """What was found, by how much it is ahead, how sure that is, and what to be careful with."""
    sentences = [_found(found, say)]
    if found.scenario is not None and found.changes:
        sentences += [_over_nothing(found, say), *_near_the_best(found, say), *_in_doubt(found, say)]
        sentences += [_edges(found, say)] if found.edges else []
    sentences += _worth_nothing(found, say)
    if found.stopped in _ENDED:
        sentences.append(say(_ENDED[found.stopped]))
    return " ".join(sentences)


def _found(found: Planned, say: Language) -> str:
    if found.scenario is None:
        return say(
            "No plan was found that keeps the limits, nor does {plan}: raise a limit, or give more choices.",
            plan=found.base,
        )
    if not found.changes:
        return say(
            "Nothing better than {plan} was found. That does not make it the best: look at other choices, or "
            "allow more runs.",
            plan=found.base,
        )
    sentence = (
        "The plan that was found is {amount} ahead of {plan} ({limits}, {measure}, {days} days)."
        if found.is_better
        else "The plan that was found can't be told from {plan}: {amount} ahead ({limits}, {measure}, {days} "
        "days)."
    )
    return say(sentence, plan=found.base, days=found.days, **_told(found, found.lead, say))


def _told(found: Planned, interval: Interval, say: Language) -> dict[str, str]:
    measure = find(found.metric)
    return {
        "amount": amount(interval.mean, measure.unit, say),
        "limits": limits(interval, measure.unit, say),
        "measure": say(measure.label),
    }


def _over_nothing(found: Planned, say: Language) -> str:
    if found.over_nothing.is_nothing:
        return say("In every world it comes to the same as doing nothing.")
    if found.over_nothing.high < 0:
        told = _told(found, found.over_nothing.reversed(), say)
        return say("Doing nothing is {amount} ahead of it ({limits}).", **told)
    sentence = (
        "It is {amount} ahead of doing nothing ({limits})."
        if found.over_nothing.low > 0
        else "It is not surely ahead of doing nothing: {amount} ({limits})."
    )
    return say(sentence, **_told(found, found.over_nothing, say))


def _near_the_best(found: Planned, say: Language) -> list[str]:
    if found.race is None:
        return []
    race = found.race
    if race.within == 0:
        sentence = "Of {count} finalists none is better, with {confidence:.4g} % confidence."
        return [say(sentence, count=len(race.plans), confidence=100 * race.confidence)]
    return [
        say(
            "Of {count} finalists it is the best, or within {within} of the best, with {confidence:.4g} % "
            "confidence.",
            count=len(race.plans),
            within=amount(race.within, find(found.metric).unit, say),
            confidence=100 * race.confidence,
        )
    ]


def _in_doubt(found: Planned, say: Language) -> list[str]:
    if found.doubt is None:
        return []
    return [
        say(
            "Where what nobody knows is otherwise it is ahead in {share} of {points} points ({range} in nine "
            "of ten of them).",
            share=percent(found.doubt.ahead.mean, say),
            points=found.doubt.points,
            range=_range(found, found.doubt, say),
        )
    ]


def _range(found: Planned, doubt: Doubt, say: Language) -> str:
    return limits(Interval(doubt.low, doubt.low, doubt.high), find(found.metric).unit, say)


def _edges(found: Planned, say: Language) -> str:
    return say(
        "At the edge of what there was to choose: {names}. Beyond it may be better, and there the model may "
        "not know what happens.",
        names=say(", ").join(_lever(one, say) for one in found.edges),
    )


def _worth_nothing(found: Planned, say: Language) -> list[str]:
    """Choices that can as well be left as they were."""
    idle = [
        _lever(one, say)
        for one in found.changes
        if one.worth is not None and one.worth.low <= 0 and not one.needed
    ]
    told = "Not surely worth anything, so they can stay as in {plan}: {names}."
    return [say(told, plan=found.base, names=", ".join(idle))] if idle else []


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
            _lever(one, say) + (" *" if one.at_edge else ""),
            _value(one.before, say),
            _value(one.after, say),
            ("" if one.worth is None else difference(one.worth, unit, say))
            + (say("; breaks a limit") if one.needed else ""),
        )
        for one in found.changes
    ]
    title = say(
        "What it does otherwise ({worlds} fresh worlds, {confidence:.0f} % intervals; * at the edge)",
        worlds=len(found.seeds),
        confidence=100 * CONFIDENCE,
    )
    header = (say("Choice"), say("Before"), say("After"), say("Undoing it costs"))
    return Grid(title, header, tuple(rows))


def _lever(change: Change, say: Language) -> str:
    """The lever in the reader's language, where it has the name of what it is of."""
    if say.code == "en" or not change.item:
        return change.lever
    name = say.kind(change.kind) if change.item == change.kind else change.item
    if change.setting == "on":
        return name
    if change.setting == "later":
        return say("{name}, days later", name=name)
    general = say.words.get(f"field.strategy.{change.setting}", change.setting)
    return f"{name} {say.words.get(f'field.{change.kind}.{change.setting}', general)}"


def _told_change(change: Change, say: Language) -> str:
    return f"{_lever(change, say)} {_value(change.before, say)} -> {_value(change.after, say)}"


def _value(value: Any, say: Language) -> str:
    if isinstance(value, bool):
        return say("true") if value else say("false")
    if isinstance(value, float):
        return f"{value:.10g}"
    return " ".join(say(word) for word in value.split()) if isinstance(value, str) else str(value)


def _candidates(found: Planned, plans: tuple[Candidate, ...], title: str, say: Language) -> Grid:
    measures = [find(name) for name in found.metrics]
    rows = [
        (
            one.name,
            *(difference(lead, m.unit, say) for lead, m in zip(one.leads, measures, strict=True)),
            ", ".join(_told_change(change, say) for change in one.changes) or say("as it is"),
        )
        for one in plans
    ]
    ahead = [say("{measure}, ahead of {plan}", measure=labelled(m, say), plan=found.base) for m in measures]
    return Grid(title, (say("Plan"), *ahead, say("Choices")), tuple(rows))


def _doubts(found: Planned, say: Language) -> Grid:
    pairs = ((found.base, found.doubt), (say("doing nothing"), found.doubt_nothing))
    rows = [
        (
            name,
            percent(doubt.ahead.mean, say),
            say("{low} to {high}", low=percent(doubt.ahead.low, say), high=percent(doubt.ahead.high, say)),
            _range(found, doubt, say),
        )
        for name, doubt in pairs
        if doubt is not None
    ]
    title = say("Where what nobody knows is otherwise (shares of the ranges, no probabilities)")
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


def planned_data(found: Planned) -> dict[str, Any]:
    """All of it, and the plan as it can be run."""
    from commsim.scenario.load import plain

    return {
        "format": FORMAT,
        "base": found.base,
        "metrics": list(found.metrics),
        "unit": find(found.metric).unit,
        "verdict": planned_verdict(found),
        "better": found.is_better,
        "lead": _interval(found.lead),
        "over_nothing": _interval(found.over_nothing),
        "changes": [_change(one) for one in found.changes],
        "limits": limit_data(found.limits),
        "doubt": _doubt(found.doubt),
        "doubt_over_nothing": _doubt(found.doubt_nothing),
        "runners_up": [_candidate(found, one) for one in found.runners],
        "front": [_candidate(found, one) for one in found.front],
        "race": best_data(found.race) if found.race else None,
        "searches": [one._asdict() for one in found.starts],
        "stopped": found.stopped,
        "runs": found.runs,
        "seed": found.seed,
        "seeds": list(found.seeds),
        "plan": plain(found.scenario) if found.scenario else None,
    }


def _interval(interval: Interval | None) -> dict[str, float] | None:
    if interval is None:
        return None
    return {"mean": interval.mean, "low": interval.low, "high": interval.high}


def _change(change: Change) -> dict[str, Any]:
    return {
        "lever": change.lever,
        "before": change.before,
        "after": change.after,
        "worth": _interval(change.worth),
        "at_edge": change.at_edge,
        "needed": change.needed,
    }


def _doubt(doubt: Doubt | None) -> dict[str, Any] | None:
    if doubt is None:
        return None
    ahead = _interval(doubt.ahead)
    return {"points": doubt.points, "low": doubt.low, "high": doubt.high, "ahead": ahead, "even": doubt.even}


def _candidate(found: Planned, plan: Candidate) -> dict[str, Any]:
    leads = {name: _interval(lead) for name, lead in zip(found.metrics, plan.leads, strict=True)}
    changes = [_change(one) for one in plan.changes]
    return {"name": plan.name, "leads": leads, "changes": changes}


def planned_csv(found: Planned) -> str:
    """A row per choice that is not as in the base."""
    header = ("lever", "before", "after", "worth", "low", "high", "at_edge")
    rows = [
        (
            one.lever,
            str(one.before),
            str(one.after),
            *((one.worth.mean, one.worth.low, one.worth.high) if one.worth else (None, None, None)),
            one.at_edge,
        )
        for one in found.changes
    ]
    return to_csv(header, rows)


def planned_statement(found: Planned, say: Language = ENGLISH) -> Statement:
    """The page of it."""
    facts = (
        say("{count} choices", count=found.levers),
        say("{worlds} worlds", worlds=len(found.seeds)),
        say("{count} runs", count=f"{found.runs:,}"),
    )
    worths = tuple((_lever(one, say), one.worth) for one in found.changes if one.worth is not None)
    return Statement(
        kicker=say("The best plan that was found"),
        name=found.scenario.name if found.scenario else found.base,
        facts=facts,
        verdict=planned_verdict(found, say),
        heading=say("What each choice is worth"),
        figures=[_figure(found, worths, say)] if worths else [],
        grids=planned_grids(found, say),
    )


def _figure(found: Planned, worths: tuple[tuple[str, Interval], ...], say: Language) -> Whiskers:
    measure = find(found.metric)
    return Whiskers(
        say=say,
        key="worths",
        title=say("What undoing each choice costs"),
        unit=measure.unit,
        measured=labelled(measure, say),
        note=say(
            "The dot is the mean over fresh worlds of the plan less the same plan with that one choice as it "
            "was; right of 0 the choice is worth something."
        ),
        rows=worths,
    )
