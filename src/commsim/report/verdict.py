"""What a comparison means, in plain sentences that claim no more than the worlds show."""

import numpy as np

from commsim.analysis.comparison import Comparison
from commsim.analysis.intervals import CONFIDENCE, Interval
from commsim.analysis.study import DOING_NOTHING
from commsim.report.advice import advice, beyond_nothing, later, listed, perhaps
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import amount, limits, number, percent
from commsim.report.over_ranges import over_ranges
from commsim.report.targets.tables import target_sentences


def verdict(comparison: Comparison, say: Language = ENGLISH) -> str:
    """Which plan is best, by how much and how surely; or that this can't be told; and what falls short.

    Before all that, whether doing nothing is as good, and what to drop; after it, how long it holds.
    """
    rivals, first = undecided(comparison), advice(comparison, say)
    told = _tie(comparison, rivals, say) if rivals else _win(comparison, say)
    sentences = [
        *first,
        *([] if first and not rivals and _is_twin(comparison, say) else [told]),
        *beyond_nothing(comparison, say),
        *perhaps(comparison, say),
        *later(comparison, say),
        *over_ranges(comparison, say),
    ]
    if not comparison.precise:
        sentences.append(_imprecise(comparison, say))
    if comparison.metric == "profit" and comparison.of("profit").mean(axis=1)[comparison.best] < 0:
        sentences.append(say("Every plan loses money."))
    return say.sentences((*sentences, *target_sentences(comparison, say)))


def _is_twin(comparison: Comparison, say: Language) -> bool:
    """Whether the best is no plan of anybody's but the other one left alone: the advice says that first."""
    return comparison.plans[comparison.best] in (DOING_NOTHING, say(DOING_NOTHING))


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


def _win(comparison: Comparison, say: Language) -> str:
    best, second = _order(comparison)[:2]
    lead = _lead(comparison, second)
    earns = comparison.metric == "profit"
    sentence = (
        "{best} earns {lead} more than {rival}{span} ({interval}) and is best in {share} of {worlds} worlds."
        if earns
        else "{best} is {lead} above {rival}{span} ({interval}) and is best in {share} of {worlds} worlds."
    )
    return say(
        sentence,
        best=comparison.plans[best],
        lead=amount(lead.mean, comparison.measure.unit, say),
        rival=_rival(comparison, second, say),
        span=_span(comparison, say),
        interval=_interval(lead, comparison, say),
        share=percent(float(comparison.shares_best[best]), say),
        worlds=comparison.worlds,
    )


def _rival(comparison: Comparison, plan: int, say: Language) -> str:
    name = comparison.plans[plan]
    return name if len(comparison.plans) == 2 else say("the next best, {name},", name=name)


def _span(comparison: Comparison, say: Language) -> str:
    about = "" if comparison.metric == "profit" else say(' in "{name}"', name=say(comparison.measure.label))
    same = len(set(comparison.days)) == 1
    return about + say(" over {days} days", days=comparison.days[0]) if same else about


def _interval(interval: Interval, comparison: Comparison, say: Language) -> str:
    if interval.is_exact:
        return say("the same in every world")
    together = "" if len(comparison.plans) == 2 else say(", all pairs together")
    text = limits(interval, comparison.measure.unit, say)
    return say("{confidence:.0f} % interval {limits}", confidence=100 * CONFIDENCE, limits=text) + together


def _tie(comparison: Comparison, rivals: list[int], say: Language) -> str:
    best, names = comparison.plans[comparison.best], [comparison.plans[plan] for plan in rivals]
    lead = _lead(comparison, rivals[0])
    if all(_lead(comparison, plan).is_nothing for plan in rivals):
        return say(
            "{best} and {others} give exactly the same in all {worlds} worlds: "
            "they are one plan, or what differs between them reached nobody.",
            best=best,
            others=listed(names, say),
            worlds=comparison.worlds,
        )
    return say(
        "{best} can't be told apart from {others}: it is ahead{nearest} by {lead}{span} ({interval}), "
        "which after {worlds} worlds may still be luck. "
        "If there is a difference, it is at most about {most}.",
        best=best,
        others=listed(names, say),
        nearest="" if len(rivals) == 1 else say(" of {name}", name=names[0]),
        lead=amount(lead.mean, comparison.measure.unit, say),
        span=_span(comparison, say),
        interval=_interval(lead, comparison, say),
        worlds=comparison.worlds,
        most=_largest(comparison, rivals, say),
    )


def _largest(comparison: Comparison, rivals: list[int], say: Language) -> str:
    leads = [_lead(comparison, plan) for plan in rivals]
    most = max(max(abs(lead.low), abs(lead.high)) for lead in leads)
    mean = abs(float(comparison.of(comparison.metric)[comparison.best].mean()))
    unit = comparison.measure.unit
    told = amount(most, unit, say)
    if mean == 0 or unit == "share":
        return told
    return say("{name} ({told})", name=told, told=f"{number(most / mean, 'share')} %")


def _imprecise(comparison: Comparison, say: Language) -> str:
    unit, target = comparison.measure.unit, comparison.target or 0.0
    return say(
        "The wanted precision was not reached: the interval is plus or minus {reached}, "
        "{wanted} was asked for, and {worlds} worlds were the most allowed.",
        reached=amount(comparison.half_width, unit, say),
        wanted=amount(target, unit, say),
        worlds=comparison.worlds,
    )
