"""Every figure of the report and of ``commsim plot``, by what it is about."""

from collections.abc import Callable

from commsim.report.case import Case
from commsim.report.figures.causes import causes
from commsim.report.figures.curves import curves
from commsim.report.figures.decision import decision
from commsim.report.figures.fatigue import fatigue
from commsim.report.figures.funnel import funnel
from commsim.report.figures.growth import growth
from commsim.report.figures.money import money
from commsim.report.figures.retention import retention
from commsim.report.figures.stages import stages
from commsim.report.language import Language
from commsim.report.panels import Figure

FIGURES: dict[str, Callable[[Case, Language], list[Figure]]] = {
    "decision": decision,
    "stages": stages,
    "curves": curves,
    "funnel": funnel,
    "retention": retention,
    "growth": growth,
    "money": money,
    "causes": causes,
    "fatigue": fatigue,
}
"""What each draws: one panel or several, in the order of the report."""
