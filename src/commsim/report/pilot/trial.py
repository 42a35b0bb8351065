"""What a trial has shown, as sentences, tables, figures, data and a page."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from commsim.analysis.intervals import Interval
from commsim.analysis.pilot.found import Trial
from commsim.analysis.pilot.outcomes import find
from commsim.analysis.pilot.registered import ARMS, Registered, list_rows
from commsim.report.data import FORMAT, to_csv
from commsim.report.html.statement import Statement
from commsim.report.language import ENGLISH, Language, language
from commsim.report.numbers import cell, difference, limits, percent
from commsim.report.panels import Whiskers
from commsim.report.pilot.words import label, plan, size, word
from commsim.report.plots.files import plot_result
from commsim.report.tables import Grid


def list_csv(registered: Registered) -> str:
    """The list of a trial: a row per group."""
    rows = list_rows(registered)
    return to_csv(tuple(rows[0]), [tuple("" if one is None else one for one in row.values()) for row in rows])


def drawn_verdict(registered: Registered, file: Path, say: Language = ENGLISH) -> str:
    """How many groups were drawn, and what will decide."""
    made = registered.plan
    sizes = registered.lots.sizes
    told = say(
        "Drawn by lot (seed {seed}): {first} groups for {plan_a}, {second} for {plan_b}, in {file}. What "
        "decides is {outcome} over {days} days; keep that file as it is, and read the outcome with "
        "commsim pilot-read.",
        seed=made.seed,
        first=sizes[0],
        second=sizes[1],
        plan_a=plan(made.plan_a, say),
        plan_b=plan(made.plan_b, say),
        file=file,
        outcome=word(find(made.outcome), say),
        days=made.days,
    )
    if registered.is_unlike:
        told += " " + say(
            "The groups have {ratio} times the members of those in the plan, and groups of another size do "
            "other things: let the plan have groups like these, and draw again.",
            ratio=f"{registered.ratio:.2g}",
        )
    return told


def trial_verdict(found: Trial, say: Language = ENGLISH) -> str:
    """What was found, whether it decides, and what it means for what the model had said."""
    told = (_found(found, say), _decides(found, say), _foreseen(found, say), _together(found, say))
    return say.sentences((*told, _likeness(found, say)))


def _plans(found: Trial, say: Language) -> tuple[str, str]:
    return plan(found.plan.plan_a, say), plan(found.plan.plan_b, say)


def _found(found: Trial, say: Language) -> str:
    first, second = _plans(found, say)
    sentence = (
        "A group of {first} had {gap} less than one of {second} in {outcome} over {days} days ({limits}; "
        "{how}, {a} and {b} groups)."
        if found.gap.mean < 0
        else "A group of {first} had {gap} more than one of {second} in {outcome} over {days} days "
        "({limits}; {how}, {a} and {b} groups)."
    )
    gap = found.gap.reversed() if found.gap.mean < 0 else found.gap
    return say(
        sentence,
        first=first,
        second=second,
        gap=size(gap.mean, found.outcome, say),
        outcome=word(found.outcome, say),
        days=found.plan.days,
        limits=limits(gap, found.outcome.unit, say),
        how=say("adjusted for the baseline") if found.how == "ANCOVA" else say("Welch's t"),
        a=found.lots.sizes[0],
        b=found.lots.sizes[1],
    )


def _decides(found: Trial, say: Language) -> str:
    told = say("The lots alone give as much in {share} of draws.", share=percent(found.by_lots, say))
    if found.better is None:
        return say.sentences((say("That does not decide."), told))
    return say.sentences((say("That decides for {plan}.", plan=_plans(found, say)[found.better]), told))


def _foreseen(found: Trial, say: Language) -> str:
    return say(
        "The model had foreseen {gap} for such a trial: the outcome contradicts it."
        if found.contradicts
        else "The model had foreseen {gap} for such a trial: the outcome does not contradict it.",
        gap=difference(found.predicted, found.outcome.unit, say),
    )


def _together(found: Trial, say: Language) -> str:
    return say(
        "Model and trial together, of which the trial weighs {weight}: {gap}; {first} has more with a chance "
        "of {ahead}.",
        weight=percent(found.weight, say),
        gap=difference(found.updated, found.outcome.unit, say),
        first=_plans(found, say)[0],
        ahead=percent(found.ahead, say),
    )


def _likeness(found: Trial, say: Language) -> str:
    return say(
        "The groups were as unlike as a likeness within them of {found} makes them; {allowed} "
        "was allowed for.",
        found=f"{found.likeness:.2g}",
        allowed=f"{found.plan.likeness:g}",
    )


def trial_grids(found: Trial, say: Language = ENGLISH) -> list[Grid]:
    """The three differences, and the arms."""
    unit = found.outcome.unit
    rows = tuple((name, difference(gap, unit, say)) for name, gap in _named(found, say))
    header = ("", say("{outcome}: difference a group", outcome=label(found.outcome, say)))
    means = []
    for arm, name in enumerate(_plans(found, say)):
        values = found.values[found.lots.arms == arm]
        means.append(
            (name, str(len(values)), cell(float(values.mean()), unit), cell(float(values.std(ddof=1)), unit))
        )
    arms = (say("Arm"), say("Groups"), label(found.outcome, say), say("sd"))
    return [Grid(say("What was found and foreseen"), header, rows), Grid(say("The arms"), arms, tuple(means))]


def _named(found: Trial, say: Language) -> tuple[tuple[str, Interval], ...]:
    return (
        (say("Found in the trial"), found.gap),
        (say("Foreseen by the model"), found.predicted),
        (say("The model and the trial together"), found.updated),
    )


def trial_data(found: Trial) -> dict[str, Any]:
    """All of it."""

    def limits_of(one: Interval) -> dict[str, float]:
        return {"mean": one.mean, "low": one.low, "high": one.high}

    sides = (found.plan.plan_a, found.plan.plan_b, None)
    return {
        "format": FORMAT,
        "planned": asdict(found.plan),
        "verdict": trial_verdict(found),
        "groups": list(found.lots.sizes),
        "difference": limits_of(found.gap),
        "error": found.error,
        "freedom": found.freedom,
        "how": found.how,
        "by_lots": found.by_lots,
        "decides_for": sides[2 if found.better is None else found.better],
        "foreseen": limits_of(found.predicted),
        "contradicts": found.contradicts,
        "together": limits_of(found.updated),
        "together_for": sides[2 if found.better_together is None else found.better_together],
        "ahead": found.ahead,
        "weight": found.weight,
        "likeness": found.likeness,
    }


def trial_csv(found: Trial) -> str:
    """A row per group."""
    known = "" if found.how == "Welch" else None
    header = ("group", "arm", "block", found.plan.outcome, "before")
    rows = [
        (name, ARMS[found.lots.arms[k]], int(found.lots.blocks[k]) + 1, float(found.values[k]),
         float(found.before[k]) if known is None else known)
        for k, name in enumerate(found.lots.names)
    ]  # fmt: skip
    return to_csv(header, rows)


def _figure(found: Trial, say: Language) -> Whiskers:
    return Whiskers(
        say=say,
        key="read",
        title=say("What was found and foreseen"),
        unit=found.outcome.unit,
        measured=say("{outcome}: difference a group", outcome=label(found.outcome, say)),
        note=say("Bars hold 95 %; right of 0 the first plan has more."),
        rows=_named(found, say),
    )


def plot_trial(found: Trial, file: str | Path | None, lang: str) -> Any:
    """Draw it; see `commsim.report.plots.files.plot_result`."""
    return plot_result(
        {"trial": [_figure(found, language(lang))]}, file, (found.plan.plan_a, found.plan.plan_b)
    )


def trial_statement(found: Trial, say: Language = ENGLISH) -> Statement:
    """The page of it."""
    first, second = _plans(found, say)
    facts = (
        say("{days} days", days=found.plan.days),
        say("{count} groups", count=len(found.lots.names)),
        say("seed of the lots: {seed}", seed=found.plan.seed),
    )
    return Statement(
        kicker=say("What a trial has shown"),
        name=say("{first} against {second}", first=first, second=second),
        facts=facts,
        verdict=trial_verdict(found, say),
        heading=say("What was found and foreseen"),
        figures=[_figure(found, say)],
        grids=trial_grids(found, say),
        paired=False,
        answer=say("What was found"),
    )
