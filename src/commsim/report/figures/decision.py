"""Which plan, by how much, and from when on."""

from commsim.analysis.measures import Unit
from commsim.report.case import Case
from commsim.report.figures.bands import bands
from commsim.report.language import Language
from commsim.report.panels import Figure, Lines, Whiskers


def decision(case: Case, say: Language) -> list[Figure]:
    """Profit that adds up over the days, and the differences from the best plan."""
    days = Lines(
        say,
        "decision-profit",
        say("Profit so far"),
        "yuan",
        say("yuan, staff paid"),
        say("Where the lines cross, the plan behind becomes the plan ahead."),
        bands(case, lambda closeup: closeup.curve("profit").cumsum(axis=1)),
        zero=False,
    )
    return [days] if case.comparison is None else [_lead(case, say), days]


def _lead(case: Case, say: Language) -> Whiskers:
    comparison = case.comparison
    assert comparison is not None
    behind = comparison.differences[comparison.metric]
    rows = [
        (name, behind[comparison.plans.index(name)])
        for name in case.names
        if comparison.plans.index(name) != comparison.best
    ]
    unit: Unit = comparison.measure.unit
    return Whiskers(
        say,
        "decision-lead",
        say("From the best plan, {best}", best=comparison.plans[comparison.best]),
        unit,
        say(comparison.measure.label) + (say(" (yuan)") if unit == "yuan" else ""),
        say("The dot is the mean difference over the worlds, the bar its 95 % interval; left of 0 is worse."),
        tuple(rows),
    )
