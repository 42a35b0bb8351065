"""What a sweep says of an outcome, for people: tables, and what they come to in a few sentences."""

from math import isfinite

from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.analysis.sensitivity import Analysis, Policies, Sensitivity
from commsim.analysis.sensitivity.indices import Influence
from commsim.core.measures import Measure
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import amount, cell, difference, labelled, limits, number, percent
from commsim.report.tables import Grid
from commsim.report.targets.tables import told_chance

MOST_POLICIES = 12
"""Policies that a table shows; files hold all of them."""
LABELS = {
    "rank_correlation": "Rank correlation",
    "total": "Share in all",
    "first": "Share by itself",
    "mu_star": "Mean effect (mu*)",
    "mu": "With its sign (mu)",
    "sigma": "Spread (sigma)",
    "swing": "Swing",
    "lowest": "Lowest",
    "highest": "Highest",
}
UNITLESS = ("rank_correlation", "total", "first")
"""Measures between -1 and 1; all others are in the outcome's unit."""


def sensitivity_grids(found: Sensitivity, say: Language = ENGLISH) -> list[Grid]:
    """The policies, best first; then what moves the outcome, strongest first."""
    grids = [_analysis_grid(analysis, found.measure, say) for analysis in found.analyses]
    return [_policies_grid(found.policies, found.measure, say), *grids] if found.policies else grids


def _policies_grid(policies: Policies, measure: Measure, say: Language) -> Grid:
    rows = []
    for k, label in enumerate(policies.labels[:MOST_POLICIES]):
        behind = policies.behind[k] if policies.behind else None
        gap = say("best") if k == 0 else difference(behind, measure.unit, say) if behind else "-"
        mean = cell(float(policies.values[k].mean()), measure.unit)
        share = percent(float(policies.shares_best[k]), say)
        row = (label, mean, gap, share, cell(float(policies.regrets[k]), measure.unit))
        rows.append((*row, _chance(policies, k, say)) if policies.chances else row)
    left = len(policies.labels) - len(rows)
    more = say("; {left} more policies with --json or --out", left=left) if left else ""
    gap = say("From the best ({confidence:.0f} %)", confidence=100 * CONFIDENCE)
    header: tuple[str, ...] = (
        say("Levers"),
        labelled(measure, say),
        gap,
        say("Best in worlds"),
        say("Regret"),
    )
    header += (say("Target reached ({confidence:.0f} %)", confidence=100 * CONFIDENCE),) * bool(
        policies.chances
    )
    return Grid(say("{worlds} worlds", worlds=policies.worlds) + more, header, tuple(rows))


def _chance(policies: Policies, place: int, say: Language) -> str:
    """How often the target is reached, with its limits; empty for a plan without one."""
    found = policies.chances[place]
    return "" if found is None else told_chance(found, say)


def _analysis_grid(analysis: Analysis, measure: Measure, say: Language) -> Grid:
    names = list(analysis.influences[0].measures)
    method = say(analysis.method.replace("_", " ").capitalize())
    title = say("{method}, {points:,} points", method=method, points=analysis.points)
    rows = tuple(
        (one.name, *(told(one.measures[name], name, measure, say) for name in names))
        for one in analysis.influences
    )
    moves = say("What moves {what}", what=say(analysis.about))
    return Grid(title, (moves, *(say(LABELS[name]) for name in names)), rows)


def told(interval: Interval, name: str, measure: Measure, say: Language = ENGLISH) -> str:
    """A measure with its interval, where it has one: ``0.71 (0.62 to 0.80)``."""
    known = isfinite(interval.low)
    if name in UNITLESS:
        mean, low, high = (
            f"{round(limit, 2) + 0.0:.2f}" for limit in (interval.mean, interval.low, interval.high)
        )
        span = say("{low} to {high}", low=low, high=high)
    else:
        mean, span = cell(interval.mean, measure.unit), limits(interval, measure.unit, say) if known else ""
    return say("{name} ({told})", name=mean, told=span) if known else mean


def sensitivity_verdict(found: Sensitivity, say: Language = ENGLISH) -> str:
    """Which policy is best and how surely, and what decides; one sentence each."""
    sentences = [_best(found.policies, found.measure, say)] if found.policies else []
    decides = (_decides(analysis, found.measure, say) for analysis in found.analyses)
    return say(" ").join([*sentences, *decides])


def _best(policies: Policies, measure: Measure, say: Language) -> str:
    first, second = policies.labels[:2]
    if policies.behind is None:
        ending, lead = ", which is too few to say how surely.", None
    else:
        lead = policies.behind[1].reversed()
        surely = ", on average {lead} above {second}."
        luck = ", on average {lead} above {second}, which may still be luck."
        ending = ", exactly like {second}." if lead.is_nothing else surely if lead.excludes_zero else luck
    return say(
        "{measure}: {first} is best in {share} of {worlds} worlds" + ending,
        measure=say(measure.label),
        first=first,
        second=second,
        share=percent(float(policies.shares_best[0]), say),
        worlds=policies.worlds,
        lead=amount(lead.mean, measure.unit, say) if lead else "",
    )


def _decides(analysis: Analysis, measure: Measure, say: Language) -> str:
    """Which parameter is strongest, unless nothing can be told from nothing."""
    about, strong = say(analysis.about), [one for one in analysis.influences if _sure(one)][:2]
    if not strong:
        return say("Nothing that was varied moves {what} for sure.", what=about)
    first = strong[0]
    name, interval = next(iter(first.measures.items()))
    sentence = (
        "{first} moves {what} most ({how}), then {second}."
        if len(strong) > 1
        else "{first} moves {what} most ({how})."
    )
    how = _in_words(name, interval, measure, say)
    return say(sentence, first=first.name, what=about, how=how, second=strong[-1].name)


def _sure(one: Influence) -> bool:
    """Whether the interval of the measure that counts leaves 0 out; without one, whether it is not 0."""
    interval = next(iter(one.measures.values()))
    return interval.excludes_zero if isfinite(interval.low) else interval.mean != 0


def _in_words(name: str, interval: Interval, measure: Measure, say: Language) -> str:
    match name:
        case "rank_correlation":
            return say("rank correlation {value}", value=f"{interval.mean:+.2f}")
        case "total":
            share = number(interval.mean, "share")
            return say("{share} % of its variance with all that depends on it", share=share)
        case "first":
            return say("{share} % of its variance", share=number(interval.mean, "share"))
        case "mu_star":
            sentence = "{amount} on average over its range"
        case _:
            sentence = "by {amount} from its worst value to its best"
    return say(sentence, amount=amount(interval.mean, measure.unit, say))
