"""The page of what a search found."""

from commsim.analysis.intervals import Interval
from commsim.analysis.planning.planned import Planned
from commsim.core.measures import find
from commsim.report.html.statement import Statement
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import labelled
from commsim.report.panels import Whiskers
from commsim.report.planned.tables import planned_grids
from commsim.report.planned.verdict import planned_verdict
from commsim.report.planned.words import lever


def planned_statement(found: Planned, say: Language = ENGLISH) -> Statement:
    """The page of it."""
    facts = (
        say("{count} choices", count=found.levers),
        say("{worlds} worlds", worlds=len(found.seeds)),
        say("{count} runs", count=f"{found.runs:,}"),
    )
    worths = tuple((lever(one, say), one.worth) for one in found.changes if one.worth is not None)
    return Statement(
        kicker=say("The best plan that was found"),
        name=found.scenario.name if found.scenario else found.base,
        facts=facts,
        verdict=planned_verdict(found, say),
        heading=say("What each choice is worth"),
        figures=[_figure(found, worths, say)] if worths else [],
        grids=planned_grids(found, say),
    )


def _figure(found: Planned, worths: tuple[tuple[str, Interval], ...], say: Language) -> Whiskers:
    measure = find(found.metric)
    return Whiskers(
        say=say,
        key="worths",
        title=say("What undoing each choice costs"),
        unit=measure.unit,
        measured=labelled(measure, say),
        note=say(
            "The dot is the mean over fresh worlds of the plan less the same plan with that one choice as it "
            "was; right of 0 the choice is worth something."
        ),
        rows=worths,
    )
