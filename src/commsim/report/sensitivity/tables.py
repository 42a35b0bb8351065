"""What a sweep says of an outcome, for people: tables, and what they come to in a few sentences."""

from math import isfinite

from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.analysis.measures import Measure
from commsim.analysis.sensitivity import Analysis, Policies, Sensitivity
from commsim.analysis.sensitivity.indices import Influence
from commsim.report.numbers import amount, cell, difference, limits, number, percent
from commsim.report.tables import Grid

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


def sensitivity_grids(found: Sensitivity) -> list[Grid]:
    """The policies, best first; then what moves the outcome, strongest first."""
    grids = [_analysis_grid(analysis, found.measure) for analysis in found.analyses]
    return [_policies_grid(found.policies, found.measure), *grids] if found.policies else grids


def _policies_grid(policies: Policies, measure: Measure) -> Grid:
    rows = []
    for k, label in enumerate(policies.labels[:MOST_POLICIES]):
        behind = policies.behind[k] if policies.behind else None
        gap = "best" if k == 0 else difference(behind, measure.unit) if behind else "-"
        mean = cell(float(policies.values[k].mean()), measure.unit)
        share = percent(float(policies.shares_best[k]))
        rows.append((label, mean, gap, share, cell(float(policies.regrets[k]), measure.unit)))
    left = len(policies.labels) - len(rows)
    title = f"{policies.worlds} worlds" + (f"; {left} more policies with --json or --out" if left else "")
    gap = f"From the best ({100 * CONFIDENCE:.0f} %)"
    return Grid(title, ("Levers", labelled(measure), gap, "Best in worlds", "Regret"), tuple(rows))


def labelled(measure: Measure) -> str:
    """``Profit (yuan)``."""
    return f"{measure.label} (yuan)" if measure.unit == "yuan" else measure.label


def _analysis_grid(analysis: Analysis, measure: Measure) -> Grid:
    names = list(analysis.influences[0].measures)
    title = f"{analysis.method.replace('_', ' ').capitalize()}, {analysis.points:,} points"
    rows = tuple(
        (one.name, *(told(one.measures[name], name, measure) for name in names))
        for one in analysis.influences
    )
    return Grid(title, (f"What moves {analysis.about}", *(LABELS[name] for name in names)), rows)


def told(interval: Interval, name: str, measure: Measure) -> str:
    """A measure with its interval, where it has one: ``0.71 (0.62 to 0.80)``."""
    known = isfinite(interval.low)
    if name in UNITLESS:
        mean, low, high = (round(limit, 2) + 0.0 for limit in (interval.mean, interval.low, interval.high))
        return f"{mean:.2f} ({low:.2f} to {high:.2f})" if known else f"{mean:.2f}"
    return cell(interval.mean, measure.unit) + (f" ({limits(interval, measure.unit)})" if known else "")


def sensitivity_verdict(found: Sensitivity) -> str:
    """Which policy is best and how surely, and what decides; one sentence each."""
    sentences = [_best(found.policies, found.measure)] if found.policies else []
    return " ".join([*sentences, *(_decides(analysis, found.measure) for analysis in found.analyses)])


def _best(policies: Policies, measure: Measure) -> str:
    first, second = policies.labels[:2]
    share = percent(float(policies.shares_best[0]))
    sentence = f"{measure.label}: {first} is best in {share} of {policies.worlds} worlds"
    if policies.behind is None:
        return f"{sentence}, which is too few to say how surely."
    lead = policies.behind[1].reversed()
    if lead.is_nothing:
        return f"{sentence}, exactly like {second}."
    sure = "" if lead.excludes_zero else ", which may still be luck"
    return f"{sentence}, on average {amount(lead.mean, measure.unit)} above {second}{sure}."


def _decides(analysis: Analysis, measure: Measure) -> str:
    """Which parameter is strongest, unless nothing can be told from nothing."""
    strong = [one for one in analysis.influences if _sure(one)]
    if not strong:
        return f"Nothing that was varied moves {analysis.about} for sure."
    first = strong[0]
    name, interval = next(iter(first.measures.items()))
    sentence = f"{first.name} moves {analysis.about} most ({_in_words(name, interval, measure)})"
    if len(strong) > 1:
        sentence += f", then {strong[1].name}"
    return f"{sentence}."


def _sure(one: Influence) -> bool:
    """Whether the interval of the measure that counts leaves 0 out; without one, whether it is not 0."""
    interval = next(iter(one.measures.values()))
    return interval.excludes_zero if isfinite(interval.low) else interval.mean != 0


def _in_words(name: str, interval: Interval, measure: Measure) -> str:
    match name:
        case "rank_correlation":
            return f"rank correlation {interval.mean:+.2f}"
        case "total":
            return f"{number(interval.mean, 'share')} % of its variance with all that depends on it"
        case "first":
            return f"{number(interval.mean, 'share')} % of its variance"
        case "mu_star":
            return f"{amount(interval.mean, measure.unit)} on average over its range"
    return f"by {amount(interval.mean, measure.unit)} from its worst value to its best"
