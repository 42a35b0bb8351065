"""Page one for who decides: what to do, what to drop, what that should bring, at what risk and cost."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from commsim.analysis.closeup import ALL
from commsim.analysis.comparison import Comparison
from commsim.analysis.intervals import Interval
from commsim.core.measures import COSTS, Unit, find
from commsim.report.advice import leading, listed, naming
from commsim.report.case import Case
from commsim.report.language import Language
from commsim.report.numbers import amount, limits, percent
from commsim.report.verdict import undecided

_NOT_SPENT = "goods", "refunds", "staff", "fixed", "interest", "write_off"
"""Costs that are no outlay for what strategies do: of goods, of running the shop, and hours of staff."""
_OUTLAYS = tuple(f"cost_{account}" for account in COSTS if account not in _NOT_SPENT)
_BAD_WORLD = 0.1


class Line(NamedTuple):
    """A question of who decides, and the answer in a few words."""

    label: str
    text: str


def briefing(case: Case, say: Language) -> list[Line]:
    """The lines of page one, in the reader's language."""
    comparison = case.comparison
    found = _of_one(case, say) if comparison is None else _of_several(comparison, say)
    return [Line(say(label), text) for label, text in found if text]


def _of_several(comparison: Comparison, say: Language) -> Iterator[tuple[str, str]]:
    acting = leading(comparison)
    plan = comparison.best if acting is None else acting
    gain = comparison.beyond[comparison.metric][plan] if comparison.beyond and acting is not None else None
    yield "Do", _choice(comparison, plan, gain, say)
    yield "Drop", _dropped(comparison, say)
    yield "Expect", _expected(comparison, plan, gain, say)
    yield "Risk", say.sentences(_risks(comparison, plan, say))
    yield "Spend", _spent(comparison, plan, say)
    yield "Later", _later(comparison, plan, say)


def _choice(comparison: Comparison, plan: int, gain: Interval | None, say: Language) -> str:
    name = comparison.plans[plan]
    if gain is not None and gain.high < 0:
        return say("nothing: every plan earns less than the shop left alone")
    rivals = [comparison.plans[k] for k in undecided(comparison) if k != plan]
    if plan == comparison.best and rivals:
        return say("{plan}, or {others}: they can't be told apart", plan=name, others=listed(rivals, say))
    if gain is not None and not gain.excludes_zero:
        return say("{plan}, which can't be told apart from doing nothing", plan=name)
    return name


def _dropped(comparison: Comparison, say: Language) -> str:
    """What to drop; nothing is said where nothing was tried without a strategy."""
    if not comparison.gains:
        return ""
    unit, named = comparison.measure.unit, naming(comparison, say)
    sure = [
        (named.cause(one.strategy), one.interval) for one in comparison.gains if one.is_sure and one.interval
    ]
    return _to_drop(sure, unit, say)


def _to_drop(sure: list[tuple[str, Interval]], unit: Unit, say: Language) -> str:
    told = [
        say("{strategy} (dropping it brings {amount})", strategy=name, amount=amount(own.mean, unit, say))
        for name, own in sure
    ]
    return listed(told, say) if told else say("nothing that surely costs more than it brings")


def _expected(comparison: Comparison, plan: int, gain: Interval | None, say: Language) -> str:
    measure = comparison.measure
    told = _mean(measure.name, float(comparison.of(measure.name)[plan].mean()), comparison.days[plan], say)
    if gain is None:
        return told
    return say("{one}; {other}", one=told, other=_beyond(gain, measure.unit, say))


def _mean(measure: str, mean: float, days: int, say: Language) -> str:
    told = amount(mean, find(measure).unit, say)
    return say("{measure} {mean} in {days} days", measure=say(find(measure).label), mean=told, days=days)


def _beyond(gain: Interval, unit: Unit, say: Language) -> str:
    told = amount(gain.mean, unit, say)
    signed = told if gain.mean < 0 else f"+{told}"
    return say("{amount} beyond doing nothing ({limits})", amount=signed, limits=limits(gain, unit, say))


def _risks(comparison: Comparison, plan: int, say: Language) -> Iterator[str]:
    if len(comparison.alone) and plan in comparison.acting:
        unit = comparison.measure.unit
        gaps = comparison.of(comparison.metric)[plan] - comparison.alone[plan, :, comparison.column]
        yield say(
            "Behind doing nothing in {share} of {worlds} worlds; the worst tenth adds {amount} or less.",
            share=percent(float((gaps < 0).mean()), say),
            worlds=comparison.worlds,
            amount=amount(float(np.quantile(gaps, _BAD_WORLD)), unit, say),
        )
    doubt = comparison.doubt(plan, None)
    if doubt is not None:
        yield say(
            "If people are otherwise than assumed, it beats doing nothing in {share} of {points} cases.",
            share=percent(doubt.ahead.mean, say),
            points=doubt.points,
        )


def _spent(comparison: Comparison, plan: int, say: Language) -> str:
    kept = {one.limit.name: one for one in (comparison.limits or ((),) * (plan + 1))[plan]}
    budget, hours = kept.get("budget"), kept.get("hours")
    things = sum(float(comparison.of(name)[plan].mean()) for name in _OUTLAYS)
    told = say("{amount} for what it does", amount=amount(things, "yuan", say))
    if budget is not None:
        told = say(
            "{amount} of a budget of {budget}",
            amount=amount(float(budget.values.mean()), "yuan", say),
            budget=amount(budget.bound, "yuan", say),
        )
    staff = amount(float(comparison.of("cost_staff")[plan].mean()), "yuan", say)
    work = say("{amount} for staff", amount=staff)
    if hours is not None:
        work = say(
            "{hours} of {most} hours of staff",
            hours=f"{hours.values.mean():,.0f}",
            most=f"{hours.bound:,.0f}",
        )
    return say("{one}; {other}", one=told, other=work)


def _later(comparison: Comparison, plan: int, say: Language) -> str:
    """Whether it is ahead of doing nothing after other numbers of days."""
    leads = [lead for lead in comparison.leads if lead.plan == plan and lead.rival is None]
    return say("; ").join(say(_AFTER[_sign(lead.interval)], days=lead.days) for lead in leads)


_AFTER = {
    1: "ahead of doing nothing after {days} days",
    0: "like doing nothing after {days} days",
    -1: "behind doing nothing after {days} days",
}


def _sign(interval: Interval) -> int:
    return (interval.low > 0) - (interval.high < 0)


def _of_one(case: Case, say: Language) -> Iterator[tuple[str, str]]:
    closeup = case.closeups[0]
    means = {name: float(closeup.outcome(name).mean()) for name in ("profit", "cost_staff", *_OUTLAYS)}
    expected = _mean("profit", means["profit"], closeup.scenario.days, say)
    if closeup.strategies:
        gain = closeup.caused(ALL if ALL in closeup.strategies else closeup.strategies[0], "profit")
        yield "Do", say("nothing: the shop left alone earns more") if gain.high < 0 else case.names[0]
        costs = closeup.costs("profit")
        named = say.of(closeup.scenario)
        yield "Drop", _to_drop([] if costs is None else [(named.cause(costs[0]), costs[1])], "yuan", say)
        expected = say("{one}; {other}", one=expected, other=_beyond(gain, "yuan", say))
    yield "Expect", expected
    things = amount(sum(means[name] for name in _OUTLAYS), "yuan", say)
    staff = say("{amount} for staff", amount=amount(means["cost_staff"], "yuan", say))
    yield "Spend", say("{one}; {other}", one=say("{amount} for what it does", amount=things), other=staff)
