"""What a comparison advises against, and how long its answer holds, in sentences."""

from typing import NamedTuple

import numpy as np

from commsim.analysis.comparison import Comparison
from commsim.analysis.intervals import Interval
from commsim.analysis.left_out import MEASURED, Gain
from commsim.analysis.looks import Lead
from commsim.core.measures import Measure
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import amount, limits

_NOTHING_IS_BEST = (
    "Doing nothing earns {amount} more than {plan} ({limits})",
    'Doing nothing is {amount} above {plan} in "{measure}" ({limits})',
)
_NOTHING_BEATS_ALL = (
    "Doing nothing earns {amount} more than {plan}, the best plan that does something ({limits})",
    'In "{measure}" doing nothing is {amount} above {plan}, the best plan that does something ({limits})',
)
_LIKE_NOTHING = (
    "{plan} can't be told apart from doing nothing ({amount}, {limits})",
    '{plan} can\'t be told apart from doing nothing in "{measure}" ({amount}, {limits})',
)
_DROP = (
    "{plan} earns {amount} more without {strategy} ({limits}): drop that.",
    '{plan} is {amount} higher in "{measure}" without {strategy} ({limits}): drop that.',
)
_AND_DROP = (
    "{sentence}, and earns {amount} more without {strategy} ({limits}): drop that.",
    "{sentence}, and is {amount} higher without {strategy} ({limits}): drop that.",
)
_DROP_AT_LEAST = (
    "{sentence}; without {strategy} {plan} earns {amount} more ({limits}): drop that at least.",
    "{sentence}; without {strategy} {plan} is {amount} higher ({limits}): drop that at least.",
)
_TOGETHER = (
    "Without {strategies} together it earns {amount} more ({limits}).",
    "Without {strategies} together it is {amount} higher ({limits}).",
)
_TURNED = (
    "After {days} days that turns: {first} is ahead of {second} by {amount} ({limits}, {worlds} worlds)."
)
_SETTLED = "After {days} days {first} is ahead of {second} by {amount} ({limits}, {worlds} worlds)."
_BEYOND = (
    "That is {amount} more than doing nothing would earn ({limits}).",
    "That is {amount} above doing nothing ({limits}).",
)


class Drop(NamedTuple):
    """A strategy, as it is called, and what the plan gains without it."""

    strategy: str
    gain: Interval


class About(NamedTuple):
    """A plan that is advised on: its name, whether others do something too, and the measure."""

    plan: str
    measure: Measure
    of_several: bool = False


def advice(comparison: Comparison, say: Language = ENGLISH) -> list[str]:
    """What has to be said first: that doing nothing is better or as good, and what to drop; or nothing."""
    plan = leading(comparison)
    if plan is None:
        return []
    named, drop = naming(comparison, say), _to_drop(comparison, plan, say)
    gap = comparison.beyond[comparison.metric][plan] if comparison.beyond else None
    about = About(comparison.plans[plan], comparison.measure, len(comparison.acting) > 1)
    found = advise(about, gap, drop, say)
    return [*found, *(_without_all(comparison, named, say) if drop else [])]


def advise(about: About, gap: Interval | None, drop: Drop | None, say: Language = ENGLISH) -> list[str]:
    """What has to be said first of a plan.

    gap: what it adds to doing nothing, if that is known.  drop: the strategy that surely costs it most.
    """
    dropped = {} if drop is None else _parts(about.measure, drop.gain, say) | {"strategy": drop.strategy}
    against = None if gap is None or gap.low > 0 else _against_nothing(about, gap, say)
    if against is None:
        return [_said(about.measure, _DROP, say, plan=about.plan, **dropped)] if drop else []
    sentence, goes_on = against
    if drop is None:
        return [say("{sentence}.", sentence=sentence)]
    return [_said(about.measure, goes_on, say, sentence=sentence, plan=about.plan, **dropped)]


def perhaps_to_drop(comparison: Comparison) -> Gain | None:
    """The strategy that seems to cost most, where more worlds might make sure of it and nothing is sure."""
    gain = next(iter(comparison.gains), None)
    if gain is None or gain.is_sure or gain.interval is None or gain.mean <= 0:
        return None
    return gain if comparison.worlds < MEASURED else None


def perhaps(comparison: Comparison, say: Language = ENGLISH) -> list[str]:
    """What few worlds leave open about dropping a strategy."""
    gain, left = perhaps_to_drop(comparison), comparison.left_out
    if gain is None or gain.interval is None or left is None:
        return []
    told = _parts(comparison.measure, gain.interval, say)
    plan, strategy = comparison.plans[left.plan], naming(comparison, say).cause(gain.strategy)
    words = "Perhaps {plan} is better without {strategy}: by {amount} ({limits}); {worlds} worlds tell more."
    return [say(words, plan=plan, strategy=strategy, worlds=MEASURED, **told)]


def beyond_nothing(comparison: Comparison, say: Language = ENGLISH) -> list[str]:
    """How far the best plan is above doing nothing, where that is sure and no other plan is that."""
    best = comparison.best
    if not comparison.beyond or best not in comparison.acting or _is_among(comparison, best):
        return []
    gap = comparison.beyond[comparison.metric][best]
    return (
        [_said(comparison.measure, _BEYOND, say, **_parts(comparison.measure, gap, say))]
        if gap.low > 0
        else []
    )


def leading(comparison: Comparison) -> int | None:
    """The best of the plans that do something."""
    means = comparison.of(comparison.metric).mean(axis=1)
    return max(comparison.acting, key=lambda plan: means[plan], default=None)


def naming(comparison: Comparison, say: Language) -> Language:
    """The language, which knows what the strategies left out are."""
    left = comparison.left_out
    if left is None:
        return say
    kinds = dict(zip(left.strategies, left.kinds, strict=True))
    sources = left.strategies[len(left.strategies) - left.sources :]
    return say.knowing(kinds, [name for name in sources if name == kinds[name]])


def _against_nothing(about: About, gap: Interval, say: Language) -> tuple[str, tuple[str, str]]:
    """How a plan stands to doing nothing that is not surely above it, and how to go on to what to drop."""
    if gap.high >= 0:
        told = _parts(about.measure, gap, say)
        return _said(about.measure, _LIKE_NOTHING, say, plan=about.plan, **told), _AND_DROP
    words = _NOTHING_BEATS_ALL if about.of_several else _NOTHING_IS_BEST
    told = _parts(about.measure, gap.reversed(), say)
    return _said(about.measure, words, say, plan=about.plan, **told), _DROP_AT_LEAST


def _to_drop(comparison: Comparison, plan: int, say: Language) -> Drop | None:
    """The strategy that surely costs the plan most."""
    if comparison.left_out is None or comparison.left_out.plan != plan:
        return None
    sure = [gain for gain in comparison.gains if gain.is_sure]
    if not sure or sure[0].interval is None:
        return None
    return Drop(naming(comparison, say).cause(sure[0].strategy), sure[0].interval)


def _without_all(comparison: Comparison, named: Language, say: Language) -> list[str]:
    gain = comparison.gain_together
    if gain is None:
        return []
    names = [named.cause(gain.strategy) for gain in comparison.gains if gain.is_sure]
    told = _parts(comparison.measure, gain, say)
    return [_said(comparison.measure, _TOGETHER, say, strategies=listed(names, say), **told)]


def later(comparison: Comparison, say: Language = ENGLISH) -> list[str]:
    """Whether the answer at the plans' own length is so after other numbers of days.

    Of the leads that it leaves open and that are sure later one is told: the lowest, so that of a plan that
    is ahead by then, if there is any.
    """
    found, holds = [], []
    for days in dict.fromkeys(lead.days for lead in comparison.leads):
        told = [(lead, own) for lead, own in _told(comparison) if lead.days == days]
        sure = [(lead, own) for lead, own in told if own.excludes_zero]
        settled = [lead for lead, own in told if not own.excludes_zero and lead.interval.excludes_zero]
        turned = [lead for lead, own in sure if _sign(lead.interval) == -_sign(own)]
        lost = [lead for lead, _ in sure if not lead.interval.excludes_zero]
        found += [_ahead(comparison, lead, _TURNED, say) for lead in turned]
        if settled:
            lowest = min(settled, key=lambda lead: lead.interval.mean)
            found.append(_ahead(comparison, lowest, _SETTLED, say))
        if lost:
            found.append(_open(comparison, lost, say))
        if sure and not turned and not lost and not settled:
            holds.append(str(days))
    if not holds:
        return found
    worlds, sentence = comparison.looks[0].worlds, "After {days} days that holds ({worlds} worlds)."
    return [say(sentence, days=listed(holds, say), worlds=worlds), *found]


def own_lead(comparison: Comparison, lead: Lead) -> Interval:
    """The same lead at the plans' own length."""
    if lead.rival is None:
        return comparison.beyond[comparison.metric][lead.plan]
    return comparison.differences[comparison.metric][lead.rival].reversed()


def _told(comparison: Comparison) -> list[tuple[Lead, Interval]]:
    """Leads of the best plan, and over nothing of the best that does something; with those at first."""
    first = leading(comparison)
    return [
        (lead, own_lead(comparison, lead))
        for lead in comparison.leads
        if lead.rival is not None or lead.plan == first
    ]


def _sign(interval: Interval) -> int:
    return int(np.sign(interval.mean)) if interval.excludes_zero else 0


def _ahead(comparison: Comparison, lead: Lead, words: str, say: Language) -> str:
    """Who is ahead by a lead that is sure."""
    rival = say("doing nothing") if lead.rival is None else comparison.plans[lead.rival]
    plan, ahead = comparison.plans[lead.plan], lead.interval.mean > 0
    return say(
        words,
        days=lead.days,
        first=plan if ahead else rival,
        second=rival if ahead else plan,
        worlds=lead.worlds,
        **_parts(comparison.measure, lead.interval if ahead else lead.interval.reversed(), say),
    )


def _open(comparison: Comparison, lost: list[Lead], say: Language) -> str:
    names = [say("doing nothing") if one.rival is None else comparison.plans[one.rival] for one in lost]
    return say(
        "After {days} days {plan} can't be told apart from {others} any more ({worlds} worlds).",
        days=lost[0].days,
        plan=comparison.plans[lost[0].plan],
        others=listed(names, say),
        worlds=lost[0].worlds,
    )


def _is_among(comparison: Comparison, plan: int) -> bool:
    """Whether doing nothing, for the people of a plan, is one of the plans."""
    return any(np.array_equal(values, comparison.alone[plan]) for values in comparison.values)


def _parts(measure: Measure, gap: Interval, say: Language) -> dict[str, str]:
    return {"amount": amount(gap.mean, measure.unit, say), "limits": limits(gap, measure.unit, say)}


def _said(measure: Measure, words: tuple[str, str], say: Language, **parts: str) -> str:
    """The first of the words where plans earn, the second where they come to another measure."""
    return say(words[measure.name != "profit"], measure=say(measure.label), **parts)


def listed(names: list[str], say: Language) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{say(' and ')}{names[-1]}"
