"""Numbers of a trial as people read them."""

from math import isinf

from commsim.analysis.pilot import Pilot
from commsim.analysis.pilot.outcomes import Outcome
from commsim.analysis.pilot.power import MOST_GROUPS
from commsim.report.language import Language
from commsim.report.numbers import amount, number
from commsim.report.rival import plan_called


def groups(value: float, say: Language) -> str:
    """A number of groups, which may be more than is worth telling."""
    return say("over {number}", number=f"{MOST_GROUPS:,}") if isinf(value) else f"{value:,.0f}"


def allowed(found: Pilot) -> tuple[float, ...]:
    """The smallest and the largest allowance for likeness, or the only one; none if there is none."""
    return tuple(dict.fromkeys((found.likeness[0], found.likeness[-1]))) if found.likeness else ()


def size(value: float, outcome: Outcome, say: Language) -> str:
    """An amount of an outcome in a sentence; infinite where nothing can be seen."""
    if isinf(value):
        return say("nothing at all")
    if outcome.name == "looked":
        return say("{number} looks", number=number(value, "persons"))
    return amount(value, outcome.unit, say)


def word(outcome: Outcome, say: Language) -> str:
    """What is counted, in a sentence."""
    told = say(outcome.label)
    return told[0].lower() + told[1:]


def label(outcome: Outcome, say: Language) -> str:
    """``Profit (yuan)``; what nobody sees in a group is marked."""
    told = say(outcome.label) + (say(" (yuan)") if outcome.unit == "yuan" else "")
    return f"{told} *" if outcome.unseen else told


def plan(name: str, say: Language) -> str:
    """A plan, which may be doing nothing."""
    return plan_called(name, say)
