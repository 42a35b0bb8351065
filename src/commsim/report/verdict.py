"""What a comparison means, in plain sentences that claim no more than the worlds show."""

import numpy as np

from commsim.analysis.comparison import Comparison
from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.report.numbers import amount, limits, number, percent


def verdict(comparison: Comparison) -> str:
    """Which plan is best, by how much and how surely; or that this can't be told; and what falls short."""
    rivals = undecided(comparison)
    sentences = [_tie(comparison, rivals) if rivals else _win(comparison)]
    if not comparison.precise:
        sentences.append(_imprecise(comparison))
    if comparison.metric == "profit" and comparison.of("profit").mean(axis=1)[comparison.best] < 0:
        sentences.append("Every plan loses money.")
    return " ".join(sentences)


def undecided(comparison: Comparison) -> list[int]:
    """Plans that can't be told apart from the best, nearest first."""
    intervals = comparison.differences[comparison.metric]
    return [plan for plan in _order(comparison)[1:] if not intervals[plan].excludes_zero]


def _order(comparison: Comparison) -> list[int]:
    """Plans from the best down."""
    means = comparison.of(comparison.metric).mean(axis=1)
    return [int(plan) for plan in np.argsort(-means, kind="stable")]


def _lead(comparison: Comparison, plan: int) -> Interval:
    """How far the best plan is ahead of another."""
    return comparison.differences[comparison.metric][plan].reversed()


def _win(comparison: Comparison) -> str:
    best, second = _order(comparison)[:2]
    lead, unit = _lead(comparison, second), comparison.measure.unit
    share = percent(float(comparison.shares_best[best]))
    return (
        f"{comparison.plans[best]} {_ahead(comparison, amount(lead.mean, unit))} "
        f"{_rival(comparison, second)}{_span(comparison)} ({_interval(lead, comparison)}) "
        f"and is best in {share} of {comparison.worlds} worlds."
    )


def _ahead(comparison: Comparison, lead: str) -> str:
    if comparison.metric == "profit":
        return f"earns {lead} more than"
    return f"is {lead} above"


def _rival(comparison: Comparison, plan: int) -> str:
    name = comparison.plans[plan]
    return name if len(comparison.plans) == 2 else f"the next best, {name},"


def _span(comparison: Comparison) -> str:
    about = "" if comparison.metric == "profit" else f' in "{comparison.measure.label}"'
    same = len(set(comparison.days)) == 1
    return f"{about} over {comparison.days[0]} days" if same else about


def _interval(interval: Interval, comparison: Comparison) -> str:
    if interval.is_exact:
        return "the same in every world"
    together = "" if len(comparison.plans) == 2 else ", all pairs together"
    text = limits(interval, comparison.measure.unit)
    return f"{100 * CONFIDENCE:.0f} % interval {text}{together}"


def _tie(comparison: Comparison, rivals: list[int]) -> str:
    best, names = comparison.best, [comparison.plans[plan] for plan in rivals]
    lead, unit = _lead(comparison, rivals[0]), comparison.measure.unit
    if all(_lead(comparison, plan).is_nothing for plan in rivals):
        return (
            f"{comparison.plans[best]} and {_listed(names)} give exactly the same in all "
            f"{comparison.worlds} worlds: what differs between them reached nobody."
        )
    nearest = "" if len(rivals) == 1 else f" of {names[0]}"
    return (
        f"{comparison.plans[best]} can't be told apart from {_listed(names)}: it is ahead{nearest} "
        f"by {amount(lead.mean, unit)}{_span(comparison)} ({_interval(lead, comparison)}), "
        f"which after {comparison.worlds} worlds may still be luck. "
        f"If there is a difference, it is at most about {_largest(comparison, rivals)}."
    )


def _largest(comparison: Comparison, rivals: list[int]) -> str:
    leads = [_lead(comparison, plan) for plan in rivals]
    most = max(max(abs(lead.low), abs(lead.high)) for lead in leads)
    mean = abs(float(comparison.of(comparison.metric)[comparison.best].mean()))
    unit = comparison.measure.unit
    relative = f" ({number(most / mean, 'share')} %)" if mean > 0 and unit != "share" else ""
    return f"{amount(most, unit)}{relative}"


def _imprecise(comparison: Comparison) -> str:
    unit, target = comparison.measure.unit, comparison.target or 0.0
    return (
        f"The wanted precision was not reached: the interval is plus or minus "
        f"{amount(comparison.half_width, unit)}, {amount(target, unit)} was asked for, and "
        f"{comparison.worlds} worlds were the most allowed."
    )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
