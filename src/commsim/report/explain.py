"""Why a plan earns what it earns, as sentences, tables, figures and data; money in yuan."""

from pathlib import Path
from typing import Any

from commsim.analysis.explain import Explanation, Moved
from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.report.data import FORMAT, to_csv
from commsim.report.html.statement import Statement
from commsim.report.language import ENGLISH, Language, language
from commsim.report.numbers import amount, difference, labelled, limits, number
from commsim.report.panels import Whiskers
from commsim.report.pathways import pathway_figures, pathway_grids, pathways_data, pathways_told
from commsim.report.tables import Grid


def explain_verdict(found: Explanation, say: Language = ENGLISH) -> str:
    """What the plan brings, what brings most of it, what to drop, whom it moves, and what it hangs on."""
    sentences = [_lead(found, say)]
    first = found.ranked[0]
    if found.shares[first].low > 0:
        sentences.append(
            say(
                "{name} brings most of it: {amount} ({limits}).",
                name=say.cause(found.strategies[first]),
                **_told(found, found.shares[first], say),
            )
        )
    if found.to_drop is not None:
        more = found.taken_out[found.to_drop].reversed()
        sentences.append(
            say(
                "Drop {name}: without it the plan brings {amount} more ({limits}).",
                name=say.cause(found.strategies[found.to_drop]),
                **_told(found, more, say),
            )
        )
    if found.pair and found.pair.beyond.excludes_zero:
        sentences.append(_pair(found, say))
    return say.sentences((*sentences, _moved(found.everything, say), *pathways_told(found, say)))


def _lead(found: Explanation, say: Language) -> str:
    lead = found.lead
    if lead.excludes_zero and lead.mean < 0:
        sentence = "{plan} brings {amount} less than doing nothing over {days} days ({limits})."
        return say(sentence, plan=found.plan, days=found.days, **_told(found, lead.reversed(), say))
    sentence = (
        "{plan} brings {amount} beyond doing nothing over {days} days ({limits})."
        if lead.excludes_zero
        else "Over {days} days {plan} can't be told from doing nothing: {amount} ({limits})."
    )
    return say(sentence, plan=found.plan, days=found.days, **_told(found, lead, say))


def _pair(found: Explanation, say: Language) -> str:
    assert found.pair is not None
    beyond = found.pair.beyond
    sentence, gap = (
        ("{one} and {other} bring {amount} more together than each alone ({limits}).", beyond)
        if beyond.mean > 0
        else (
            "{one} and {other} are in each other's way: {amount} less than what each brings ({limits}).",
            beyond.reversed(),
        )
    )
    one, other = say.cause(found.pair.one), say.cause(found.pair.other)
    return say(sentence, one=one, other=other, **_told(found, gap, say))


def _moved(moved: Moved, say: Language) -> str:
    return say(
        "Of the members, {kept} stay who would have left without the plan, and {lost} leave who would have "
        "stayed (means over the worlds, of the model's people).",
        kept=number(moved.kept.mean, "persons"),
        lost=number(moved.lost.mean, "persons"),
    )


def _told(found: Explanation, interval: Interval, say: Language) -> dict[str, str]:
    unit = found.measure.unit
    return {"amount": amount(interval.mean, unit, say), "limits": limits(interval, unit, say)}


def explain_grids(found: Explanation, say: Language = ENGLISH) -> list[Grid]:
    """What each strategy brings, whom it keeps or loses, and what is so without each pathway."""
    return [_shares(found, say), _members(found, say), *pathway_grids(found, say)]


def _shares(found: Explanation, say: Language) -> Grid:
    unit = found.measure.unit
    columns = (found.shares, found.alone, found.taken_out)
    rows = [
        (say.cause(found.strategies[k]), *(difference(column[k], unit, say) for column in columns))
        for k in found.ranked
    ]
    rows.append((say("all together"), difference(found.lead, unit, say), "", ""))
    title = say(
        "{measure} beyond doing nothing, {worlds} worlds, {days} days ({confidence:.0f} % intervals)",
        measure=labelled(found.measure, say),
        worlds=len(found.seeds),
        days=found.days,
        confidence=100 * CONFIDENCE,
    )
    header = (
        say("Strategy"),
        say("Its share (Shapley)"),
        say("By itself alone"),
        say("What goes without it"),
    )
    return Grid(title, header, tuple(rows))


def _members(found: Explanation, say: Language) -> Grid:
    rows = [
        (say.cause(name), *_counts(moved))
        for name, moved in zip(found.strategies, found.moved, strict=True)
        if moved.kept.mean or moved.lost.mean
    ]
    rows.append((say("all together"), *_counts(found.everything)))
    title = say(
        "Members whose end it changes, of {leavers} who leave (means over the worlds)",
        leavers=number(found.everything.leavers.mean, "persons"),
    )
    header = (
        say("Strategy"),
        say("stay, and would have left without it"),
        say("leave, and would have stayed without it"),
    )
    return Grid(title, header, tuple(rows))


def _counts(moved: Moved) -> tuple[str, str]:
    return number(moved.kept.mean, "persons"), number(moved.lost.mean, "persons")


def explain_figures(found: Explanation, say: Language = ENGLISH) -> list[Whiskers]:
    """Each strategy's share, what goes without it, and what the lead is without each pathway."""
    unit, measured = found.measure.unit, labelled(found.measure, say)
    shares = "Its part of what the plan brings beyond doing nothing; the parts add up to the whole."
    gone = "The plan as it is, less the plan without this one; left of 0 the plan is better without."
    panels = (
        ("shares", "What each strategy brings", shares, found.shares),
        ("taken-out", "What goes without it", gone, found.taken_out),
    )
    return [
        Whiskers(
            say=say,
            key=name,
            title=say(title),
            unit=unit,
            measured=measured,
            note=say(note),
            rows=tuple((say.cause(found.strategies[k]), intervals[k]) for k in found.ranked),
        )
        for name, title, note, intervals in panels
    ] + pathway_figures(found, say)


def explain_data(found: Explanation) -> dict[str, Any]:
    """All of it, strategies from the one that brings most."""
    return {
        "format": FORMAT,
        "plan": found.plan,
        "days": found.days,
        "metric": found.metric,
        "unit": found.measure.unit,
        "confidence": CONFIDENCE,
        "verdict": explain_verdict(found),
        "lead": _interval(found.lead),
        "exact": found.is_exact,
        "strategies": [
            {
                "strategy": found.strategies[k],
                "share": _interval(found.shares[k]),
                "alone": _interval(found.alone[k]),
                "taken_out": _interval(found.taken_out[k]),
                **_members_data(found.moved[k]),
            }
            for k in found.ranked
        ],
        "pair": {
            "strategies": [found.pair.one, found.pair.other],
            "beyond": _interval(found.pair.beyond),
        }
        if found.pair
        else None,
        "members": _members_data(found.everything),
        **pathways_data(found),
        "runs": found.runs,
        "seeds": list(found.seeds),
    }


def _interval(interval: Interval) -> dict[str, float]:
    return {"mean": interval.mean, "low": interval.low, "high": interval.high}


def _members_data(moved: Moved) -> dict[str, dict[str, float]]:
    return {name: _interval(interval) for name, interval in moved._asdict().items()}


def explain_csv(found: Explanation) -> str:
    """A row per strategy."""
    intervals = ("share", "alone", "taken_out", "kept", "lost")
    header = ["strategy", *(f"{name}_{part}" for name in intervals for part in ("mean", "low", "high"))]
    rows = []
    for one in explain_data(found)["strategies"]:
        rows.append([one["strategy"], *(one[name][part] for name in intervals for part in one[name])])
    return to_csv(header, rows)


def explain_statement(found: Explanation, say: Language = ENGLISH) -> Statement:
    """The page of it."""
    facts = (
        say("{count} strategies", count=len(found.strategies)),
        say("{worlds} worlds", worlds=len(found.seeds)),
        say("{count} runs", count=f"{found.runs:,}"),
    )
    return Statement(
        kicker=say("Why a plan earns what it earns"),
        name=found.plan,
        facts=facts,
        verdict=explain_verdict(found, say),
        heading=say("What each strategy brings"),
        figures=explain_figures(found, say),
        grids=explain_grids(found, say),
    )


def plot_explanation(found: Explanation, file: str | Path | None, lang: str) -> Any:
    """Draw all figures; see `commsim.report.plots.files.plot_result`."""
    from commsim.report.plots.files import plot_result

    return plot_result({one.key: [one] for one in explain_figures(found, language(lang))}, file, ())
