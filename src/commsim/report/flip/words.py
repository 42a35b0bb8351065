"""Names and values of unknowns, as people read them."""

from commsim.analysis.flip import Flip
from commsim.analysis.flip.find import NOTHING
from commsim.analysis.unknowns import Unknown
from commsim.report.language import Language
from commsim.scenario.chinese import names


def called(unknown: Unknown, say: Language) -> str:
    """Its path; in Chinese what a plan's setting is called there, if it is one of a strategy."""
    kind, _, setting = unknown.name.partition(" (")[0].partition(".")
    if say.code == "zh" and (told := names().get(f"field.{kind}.{setting}")):
        return f"{say.kind(kind)}：{told}" + unknown.name[len(f"{kind}.{setting}") :]
    return unknown.name


def value(number: float) -> str:
    """A value of an unknown: four digits that count, thousands separated."""
    return f"{number:,.4g}" if abs(number) < 10_000 else f"{number:,.0f}"


def rival(found: Flip, say: Language) -> str:
    """The other plan, which may be doing nothing."""
    name = found.plans[1]
    return say("doing nothing") if name == NOTHING else name
