"""Names and values of unknowns, as people read them."""

from commsim.analysis.flip import Flip
from commsim.analysis.unknowns import Unknown
from commsim.report.language import Language
from commsim.report.rival import plan_called
from commsim.report.unknowns import unknown_called


def called(unknown: Unknown, say: Language) -> str:
    """Its path; in Chinese what it is."""
    return unknown_called(unknown.name, say)


def value(number: float) -> str:
    """A value of an unknown: four digits that count, thousands separated."""
    return f"{number:,.4g}" if abs(number) < 10_000 else f"{number:,.0f}"


def rival(found: Flip, say: Language) -> str:
    """The other plan, which may be doing nothing."""
    return plan_called(found.plans[1], say)
