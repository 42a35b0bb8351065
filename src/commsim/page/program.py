"""What a server shows: plans of the command line, and those of the lesson's steps."""

from collections.abc import Sequence

from commsim.page import lesson
from commsim.page.session import Program
from commsim.scenario.load import load
from commsim.scenario.shipped_words import telling_in


def side_by_side(sources: Sequence[str]) -> Program:
    """Plans from files or shipped names; one alone is joined by a twin of another name."""
    with telling_in("en"):  # the page has words of its own for them, in both languages
        plans = [load(source) for source in sources]
        steps = tuple(map(lesson.plans, lesson.steps()))
    if len(plans) == 1:
        plans.append(plans[0].model_copy(update={"name": f"{plans[0].name[:74]} (2)"}))
    return Program(tuple(plans), steps)


def demonstration() -> Program:
    """The dead and the active group, and the lesson."""
    return side_by_side(["dead-group", "active-group"])
