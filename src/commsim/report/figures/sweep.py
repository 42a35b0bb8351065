"""The figures of a sweep: how far each policy is from the best, and what moves the outcome."""

from collections.abc import Callable
from math import isfinite

from commsim.analysis.intervals import Interval
from commsim.analysis.sensitivity import Analysis, Sensitivity
from commsim.report.language import Language
from commsim.report.numbers import labelled
from commsim.report.panels import Figure, Whiskers
from commsim.report.sensitivity.tables import LABELS, MOST_POLICIES, UNITLESS

MOST = 20
"""Parameters that a picture shows, the strongest; the table has all of them."""


def policies(found: Sensitivity, say: Language) -> list[Figure]:
    """The policies behind the best one; nothing if there is one only, or one world."""
    behind = found.policies.behind if found.policies else None
    if found.policies is None or behind is None:
        return []
    note = "The dot is the mean difference over the worlds, the bar its 95 % interval; left of 0 is worse."
    return [
        Whiskers(
            say=say,
            key="policies",
            title=say("From the best plan, {best}", best=found.policies.labels[0]),
            unit=found.measure.unit,
            measured=labelled(found.measure, say),
            note=say(note),
            rows=tuple(zip(found.policies.labels[1:MOST_POLICIES], behind[1:MOST_POLICIES], strict=True)),
        )
    ]


def influences(found: Sensitivity, say: Language) -> list[Figure]:
    """What moves the outcome: a panel for each analysis."""
    return [_moving(found, analysis, k, say) for k, analysis in enumerate(found.analyses, start=1)]


def _moving(found: Sensitivity, analysis: Analysis, number: int, say: Language) -> Whiskers:
    name = next(iter(analysis.influences[0].measures))
    shares = name in UNITLESS
    unit = say("per cent") if shares else labelled(found.measure, say)
    return Whiskers(
        say=say,
        key=f"influences-{number}",
        title=say("What moves {what}", what=say(analysis.about)),
        unit="share" if shares else found.measure.unit,
        measured=say.listed((say(LABELS[name]), unit)),
        note=say("The dot is the measure, the bar its 95 % interval; the strongest stands at the top."),
        rows=tuple((one.name, _known(one.measures[name])) for one in analysis.influences[:MOST]),
    )


def _known(interval: Interval) -> Interval:
    """The interval, or only its middle where its limits are not known."""
    return interval if isfinite(interval.low) else Interval(interval.mean, interval.mean, interval.mean)


SWEEP_FIGURES: dict[str, Callable[[Sensitivity, Language], list[Figure]]] = {
    "policies": policies,
    "influences": influences,
}
"""What each draws: one panel or several, in the order of the report."""
