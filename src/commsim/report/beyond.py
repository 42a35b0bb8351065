"""Plans against doing nothing, without one strategy, and after other numbers of days: tables and data."""

from typing import Any

from commsim.analysis.comparison import Comparison
from commsim.analysis.intervals import CONFIDENCE, Interval, differences, joint_confidence_of, t_interval
from commsim.analysis.left_out import Gain
from commsim.core.measures import DECIDING, MEASURES, find
from commsim.report.advice import naming, own_lead
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import cell, difference, labelled
from commsim.report.over_ranges import ranges_data, ranges_grid
from commsim.report.tables import Grid

_LEFT_OUT = ("profit_per_member",)
"""Measures that decide and say nothing more about what a plan adds."""


def beyond_grids(comparison: Comparison, say: Language = ENGLISH) -> list[Grid]:
    """What each plan adds to doing nothing, what the best gains without a strategy, and what comes later."""
    made = (
        _beyond_grid(comparison, say),
        _gains_grid(comparison, say),
        _later_grid(comparison, say),
        ranges_grid(comparison, say),
    )
    return [grid for grid in made if grid is not None]


def _beyond_grid(comparison: Comparison, say: Language) -> Grid | None:
    plans = comparison.acting
    if not comparison.beyond or not plans or comparison.twin is not None:
        return None
    rows = [
        (labelled(find(name), say), *(difference(found[plan], find(name).unit, say) for plan in plans))
        for name in DECIDING
        if name not in _LEFT_OUT
        for found in [comparison.beyond[name]]
        if any(not found[plan].is_nothing for plan in plans)
    ]
    head = say("Beyond doing nothing ({confidence:.0f} %)", confidence=100 * CONFIDENCE)
    return Grid("", (head, *(comparison.plans[plan] for plan in plans)), tuple(rows)) if rows else None


def _gains_grid(comparison: Comparison, say: Language) -> Grid | None:
    left = comparison.left_out
    if left is None:
        return None
    named, measure = naming(comparison, say), comparison.measure
    rows = [
        (named.cause(gain.strategy), _gain(gain, comparison, say), str(gain.worlds))
        for gain in comparison.gains
    ]
    header = (
        say("{plan}, without", plan=comparison.plans[left.plan]),
        say("{measure}: gain", measure=labelled(measure, say)),
        say("Worlds"),
    )
    return Grid("", header, tuple(rows))


def _gain(gain: Gain, comparison: Comparison, say: Language) -> str:
    unit = comparison.measure.unit
    if gain.interval is not None:
        return difference(gain.interval, unit, say)
    return ("+" if gain.mean > 0 else "") + cell(gain.mean, unit)


def _later_grid(comparison: Comparison, say: Language) -> Grid | None:
    if not comparison.looks:
        return None
    unit = comparison.measure.unit
    pairs = dict.fromkeys((lead.plan, lead.rival) for lead in comparison.leads)
    rows = []
    for plan, rival in pairs:
        found = [lead for lead in comparison.leads if (lead.plan, lead.rival) == (plan, rival)]
        name = say("doing nothing") if rival is None else comparison.plans[rival]
        cells = [own_lead(comparison, found[0]), *(lead.interval for lead in found)]
        rows.append((comparison.plans[plan], name, *(difference(one, unit, say) for one in cells)))
    own = " / ".join(str(days) for days in dict.fromkeys(comparison.days))
    days = [own, *(str(look.days) for look in comparison.looks)]
    title = say(
        "{measure}: lead, after more days in {worlds} worlds",
        measure=labelled(comparison.measure, say),
        worlds=comparison.looks[0].worlds,
    )
    header = (say("Plan"), say("Against"), *(say("After {days} days", days=one) for one in days))
    return Grid(title, header, tuple(rows), fixed=2) if rows else None


def beyond_data(comparison: Comparison) -> dict[str, Any]:
    """Beside the plans: what the best gains without a strategy, and the plans after other numbers of days."""
    left, together = comparison.left_out, comparison.gain_together
    return {
        "baseline": bool(len(comparison.alone)),
        "without": left
        and {
            "plan": comparison.plans[left.plan],
            "strategies": [_gain_data(gain) for gain in comparison.gains],
            "together": together and plain(together),
        },
        "looks": [_look_data(comparison, number) for number in range(len(comparison.looks))],
        "ranges": ranges_data(comparison),
    }


def _gain_data(gain: Gain) -> dict[str, Any]:
    limits = {"low": None, "high": None} if gain.interval is None else plain(gain.interval)
    return {
        "strategy": gain.strategy,
        "worlds": gain.worlds,
        **limits,
        "mean": gain.mean,
        "sure": gain.is_sure,
    }


def _look_data(comparison: Comparison, number: int) -> dict[str, Any]:
    look, names = comparison.looks[number], comparison.plans
    return {
        "days": look.days,
        "worlds": look.worlds,
        "leads": [
            {
                "plan": names[lead.plan],
                "against": None if lead.rival is None else names[lead.rival],
                **plain(lead.interval),
            }
            for lead in comparison.leads
            if lead.days == look.days
        ],
        "plans": [
            {"name": name, "measures": look_measures(comparison, number, plan)}
            for plan, name in enumerate(names)
        ],
    }


def look_measures(comparison: Comparison, number: int, plan: int) -> dict[str, dict[str, Any]]:
    """Of a plan at a look: per measure its mean, its difference from the best, what it adds to nothing."""
    look, found = comparison.looks[number], {}
    each = joint_confidence_of(len(comparison.acting))
    for k, measure in enumerate(MEASURES):
        values = look.values[:, :, k]
        found[measure.name] = {
            "unit": measure.unit,
            "mean": float(values[plan].mean()),
            "difference": plain(differences(values, comparison.best)[plan]),
            "beyond": plain(t_interval(values[plan] - look.alone[plan, :, k], each))
            if len(look.alone)
            else None,
        }
    return found


def plain(interval: Interval) -> dict[str, float]:
    """An interval as data."""
    return {"mean": interval.mean, "low": interval.low, "high": interval.high}
