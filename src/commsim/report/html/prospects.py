"""What a plan should bring, at what risk, for how much, and whether that lasts: for who decides."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from commsim.analysis.comparison import Comparison
from commsim.analysis.intervals import Interval
from commsim.analysis.outlook import outlook_of
from commsim.analysis.within import Kept
from commsim.core.arrays import Floats
from commsim.core.measures import COSTS, Measure
from commsim.report.language import Language
from commsim.report.numbers import amount, cell, limits, percent

_NOT_SPENT = "goods", "refunds", "staff", "fixed", "interest", "write_off"
"""Costs that are no outlay for what strategies do: of goods, of running the shop, and hours of staff."""
_OUTLAYS = tuple(f"cost_{account}" for account in COSTS if account not in _NOT_SPENT)
_BAD_WORLD = 0.1


class Chosen(NamedTuple):
    """The plan that is spoken of.

    of: a measure of it in every world.  alone: what decides, in the same worlds, of the plan left alone; None
    of a plan that does nothing, or where that was not run.  gain: what it adds to that.  kept: its limits.
    """

    name: str
    measure: Measure
    days: int
    of: Callable[[str], Floats]
    alone: Floats | None
    gain: Interval | None
    kept: tuple[Kept, ...] = ()


def expected(one: Chosen, say: Language, *, alone: bool) -> str:
    """What it comes to, and beyond doing nothing; ``alone``: what doing nothing comes to, too."""
    told = _mean(one, one.of(one.measure.name), say)
    if one.gain is None:
        return told
    gain = amount(one.gain.mean, one.measure.unit, say)
    beyond = say(
        "{amount} beyond doing nothing ({limits})",
        amount=gain if one.gain.mean < 0 else f"+{gain}",
        limits=limits(one.gain, one.measure.unit, say),
    )
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
    """How often luck puts it behind doing nothing, at a loss, or out of money."""
    values = one.of(one.measure.name)
    if one.alone is not None:
        yield _luck(values - one.alone, one.measure, say)
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


def _luck(gaps: Floats, measure: Measure, say: Language) -> str:
    """How often it is behind doing nothing, and how far in a bad world."""
    share, bad = float((gaps < 0).mean()), float(np.quantile(gaps, _BAD_WORLD))
    often = "Behind doing nothing in {share} of {worlds} worlds"
    if share in (0.0, 1.0):
        often = (
            "Behind doing nothing in all {worlds} worlds"
            if share
            else "Behind doing nothing in none of {worlds} worlds"
        )
    far = "the worst tenth adds {amount} or less." if bad >= 0 else "the worst tenth loses {amount} or more."
    return say(
        "{one}; {other}",
        one=say(often, share=percent(share, say), worlds=len(gaps)),
        other=say(far, amount=amount(abs(bad), measure.unit, say)),
    )


def spent(one: Chosen, say: Language) -> str:
    """What it spends, of its budget and hours where it has such limits, and in how many worlds it is over."""
    kept = {own.limit.name: own for own in one.kept}
    things = sum(float(one.of(name).mean()) for name in _OUTLAYS)
    told = say("{amount} for what it does", amount=amount(things, "yuan", say))
    staff = float(one.of("cost_staff").mean())
    if things == 0:
        told = say("nothing for what it does" if staff or kept else "nothing")
    if "budget" in kept:
        told = _of_bound(kept["budget"], _yuan, "{amount} of a budget of {bound}", say)
    work = say("{amount} for staff", amount=amount(staff, "yuan", say)) if staff else ""
    if "hours" in kept:
        work = _of_bound(kept["hours"], _hours, "{amount} of {bound} hours of staff", say)
    return say("{one}; {other}", one=told, other=work) if work else told


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
