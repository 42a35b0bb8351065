"""What a plan should bring, at what risk, for how much, and whether that lasts: for who decides.

One number, what it adds to doing nothing, and one risk, the larger of two: of luck, or of what nobody knows.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from commsim.analysis.comparison import Comparison
from commsim.analysis.intervals import Interval
from commsim.analysis.outlook import outlook_of
from commsim.analysis.uncertainty import Doubt
from commsim.analysis.within import Kept
from commsim.core.arrays import Floats
from commsim.core.measures import Measure
from commsim.report.language import Language
from commsim.report.numbers import amount, cell, percent

_BAD_WORLD = 0.1
_TENTHS_FROM = 10
"""Worlds from which on there is a worst tenth to speak of."""


class Chosen(NamedTuple):
    """The plan that is spoken of.

    of: a measure of it in every world.  alone: what decides, in the same worlds, of the plan left alone; None
    of a plan that does nothing, or where that was not run.  gain: what it adds to that.  spent: yuan in every
    world, as a budget counts them; none where that is not known.  kept: its limits.  doubt: what becomes of
    the gain over what nobody knows, where that was asked.
    """

    name: str
    measure: Measure
    days: int
    of: Callable[[str], Floats]
    alone: Floats | None
    gain: Interval | None
    spent: Floats
    kept: tuple[Kept, ...] = ()
    doubt: Doubt | None = None


def expected(one: Chosen, say: Language, *, alone: bool) -> str:
    """What it comes to, and beyond doing nothing; ``alone``: what doing nothing comes to, too."""
    told = _mean(one, one.of(one.measure.name), say)
    if one.gain is None:
        return told
    gain = amount(one.gain.mean, one.measure.unit, say)
    beyond = say("{amount} beyond doing nothing", amount=gain if one.gain.mean < 0 else f"+{gain}")
    if alone and one.alone is not None:
        left = say("left alone: {told}", told=_mean(one, one.alone, say))
        return say(
            "{left}; with {plan}: {told}, {beyond}",
            left=left,
            plan=one.name,
            told=_level(one, say),
            beyond=beyond,
        )
    return say("{one}; {other}", one=told, other=beyond)


def _mean(one: Chosen, values: Floats, say: Language) -> str:
    mean = _amount(one.measure, float(values.mean()), say)
    return say("{measure} {mean} in {days} days", measure=say(one.measure.label), mean=mean, days=one.days)


def _level(one: Chosen, say: Language) -> str:
    return _amount(one.measure, float(one.of(one.measure.name).mean()), say)


def _amount(measure: Measure, mean: float, say: Language) -> str:
    """A level: shares are per cent, not points."""
    return cell(mean, "share") if measure.unit == "share" else amount(mean, measure.unit, say)


def risks(one: Chosen, say: Language) -> Iterator[str]:
    """How often it is behind doing nothing, at a loss, or out of money."""
    values = one.of(one.measure.name)
    if one.alone is not None:
        yield _behind(values - one.alone, one, say)
    loss = float((one.of("profit") < 0).mean())
    if loss:
        yield say(
            "It loses money in {share} of {worlds} worlds.", share=percent(loss, say), worlds=len(values)
        )
    cash = outlook_of(one.of, one.days)
    if cash is not None:
        yield say(
            "It runs out of money in {share} of {worlds} worlds."
            if cash.ran_out
            else "It runs out of money in none of {worlds} worlds.",
            share=percent(cash.ran_out, say),
            worlds=len(values),
        )


def _behind(gaps: Floats, one: Chosen, say: Language) -> str:
    """By luck or by what nobody knows, whichever puts it behind doing nothing more often."""
    doubt = one.doubt
    if doubt is None or (behind := 1.0 - doubt.ahead.mean - doubt.even) < float((gaps < 0).mean()):
        return _luck(gaps, one.measure, say)
    return say(
        "If people are otherwise than assumed, behind doing nothing in {share} of {points} cases; "
        "nine in ten of them bring {low} to {high}.",
        share=percent(behind, say),
        points=doubt.points,
        low=amount(doubt.low, one.measure.unit, say),
        high=amount(doubt.high, one.measure.unit, say),
    )


def _luck(gaps: Floats, measure: Measure, say: Language) -> str:
    """How often it is behind doing nothing, and how far in a bad world."""
    few = len(gaps) < _TENTHS_FROM
    share, bad = float((gaps < 0).mean()), float(gaps.min() if few else np.quantile(gaps, _BAD_WORLD))
    often = "Behind doing nothing in {share} of {worlds} worlds"
    if share in (0.0, 1.0):
        often = (
            "Behind doing nothing in all {worlds} worlds"
            if share
            else "Behind doing nothing in none of {worlds} worlds"
        )
    if few:
        far = "the worst of them adds {amount}." if bad >= 0 else "the worst of them loses {amount}."
    else:
        far = (
            "the worst tenth adds {amount} or less."
            if bad >= 0
            else "the worst tenth loses {amount} or more."
        )
    return say(
        "{one}; {other}",
        one=say(often, share=percent(share, say), worlds=len(gaps)),
        other=say(far, amount=amount(abs(bad), measure.unit, say)),
    )


def spent(one: Chosen, say: Language) -> str:
    """What it spends, of its budget and hours where it has such limits, and in how many worlds it is over."""
    kept = {own.limit.name: own for own in one.kept}
    staff = float(one.of("cost_staff").mean())
    told = ""
    if "budget" in kept:
        told = _of_bound(kept["budget"], _yuan, "{amount} of a budget of {bound}, discounts included", say)
    elif len(one.spent):
        told = _spent(float(one.spent.mean()), bool(staff or kept), say)
    work = say("{amount} for staff", amount=amount(staff, "yuan", say)) if staff else ""
    if "hours" in kept:
        work = _of_bound(kept["hours"], _hours, "{amount} of {bound} hours of staff", say)
    return say.parts(filter(None, (told, work)))


def _spent(yuan: float, other: bool, say: Language) -> str:
    """As a budget counts it; ``other``: whether it takes staff or has limits besides."""
    if yuan:
        return say("{amount} for what it does, discounts included", amount=amount(yuan, "yuan", say))
    return say("nothing for what it does" if other else "nothing")


def _of_bound(kept: Kept, tell: Callable[[float, Language], str], words: str, say: Language) -> str:
    told = say(words, amount=tell(float(kept.values.mean()), say), bound=tell(kept.bound, say))
    over = kept.broken.mean
    return say("{told}, over it in {share} of worlds", told=told, share=percent(over, say)) if over else told


def _yuan(value: float, say: Language) -> str:
    return amount(value, "yuan", say)


def _hours(value: float, _: Language) -> str:
    return f"{value:,.0f}"


def later(comparison: Comparison, plan: int, say: Language) -> str:
    """Whether it is ahead of doing nothing after other numbers of days."""
    told = [
        say(_AFTER[(gap.low > 0) - (gap.high < 0)], days=days)
        for days in dict.fromkeys(lead.days for lead in comparison.leads)
        for gap in [_beyond_nothing(comparison, plan, days)]
        if gap is not None
    ]
    return say.parts(told)


def _beyond_nothing(comparison: Comparison, plan: int, days: int) -> Interval | None:
    """Its lead over doing nothing, which may be one of the plans."""
    idle = [
        k
        for k, values in enumerate(comparison.values)
        if len(comparison.alone) and np.array_equal(values, comparison.alone[plan])
    ]
    for lead in comparison.leads:
        if lead.days == days and lead.plan == plan and (lead.rival is None or lead.rival in idle):
            return lead.interval
        if lead.days == days and lead.rival == plan and lead.plan in idle:
            return lead.interval.reversed()
    return None


_AFTER = {
    1: "ahead of doing nothing after {days} days",
    0: "not to be told apart from doing nothing after {days} days",
    -1: "behind doing nothing after {days} days",
}
