"""What a server shows: plans of the command line, and those of the lesson's steps."""

from collections.abc import Sequence
from importlib.resources import as_file, files

from commsim.page.session import Program
from commsim.scenario.load import load
from commsim.scenario.schema import Scenario

STEPS = (
    ("dead", "active"),
    ("no-rules", "rules"),
    ("selling-first", "value-first"),
    ("every-day", "rhythm"),
    ("active", "generous"),
    ("no-envelopes", "active"),
    ("active", "bait"),
    ("dead-long", "active-long"),
)
"""The plans of each step of the lesson, by their files."""


def side_by_side(sources: Sequence[str]) -> Program:
    """Plans from files or shipped names; one alone is joined by a twin of another name."""
    plans = [load(source) for source in sources]
    if len(plans) == 1:
        plans.append(plans[0].model_copy(update={"name": f"{plans[0].name[:74]} (2)"}))
    return Program(tuple(plans), _lesson())


def demonstration() -> Program:
    """The dead and the active group, and the lesson."""
    return side_by_side(["dead-group", "active-group"])


def _lesson() -> tuple[tuple[Scenario, ...], ...]:
    with as_file(files("commsim.page") / "lessons") as folder:
        return tuple(tuple(load(folder / f"{name}.yaml") for name in names) for names in STEPS)
