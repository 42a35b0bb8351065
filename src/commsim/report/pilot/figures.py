"""What a trial can show, as figures: the luck of a trial beside the difference that it is to find."""

from pathlib import Path
from typing import Any

from commsim.analysis.intervals import Interval
from commsim.analysis.pilot import Pilot
from commsim.analysis.pilot.outcomes import Outcome
from commsim.report.language import Language, language
from commsim.report.panels import Figure, Whiskers
from commsim.report.pilot.words import label
from commsim.report.plots.files import plot_result

_HOLDS = 1.959963984540054
"""Standard errors on either side that hold 95 % of normal values."""


def pilot_figures(found: Pilot, say: Language) -> dict[str, list[Figure]]:
    """Profit, and the outcome that shows a difference soonest."""
    easy = found.easiest
    chosen = {one.outcome.name: one.outcome for one in found.readings if one.outcome.name == "profit"}
    if easy is not None:
        chosen[easy.outcome.name] = easy.outcome
    return {"trial": [_trial(found, one, say) for one in chosen.values()]}


def _trial(found: Pilot, outcome: Outcome, say: Language) -> Whiskers:
    rows = []
    for one in (one for one in found.readings if one.outcome == outcome):
        half = _HOLDS * found.spread(one) * (2 / found.groups) ** 0.5
        told = say("{days} days", days=one.days)
        rows.append((told, Interval(one.gap.mean, one.gap.mean - half, one.gap.mean + half)))
    return Whiskers(
        say=say,
        key=f"trial-{outcome.name}",
        title=say("What {groups} groups in each arm will find: {outcome}", groups=found.groups,
                  outcome=say(outcome.label)),
        unit=outcome.unit,
        measured=say("{outcome}: difference a group", outcome=label(outcome, say)),
        note=say(
            "The dot is the difference inside the model, the bar holds 95 of 100 trials of this size, "
            "without the allowance for likeness; those on the wrong side of 0 pick the wrong plan."
        ),
        rows=tuple(rows),
    )  # fmt: skip


def plot_pilot(found: Pilot, file: str | Path | None, lang: str) -> Any:
    """Draw it; see `commsim.report.plots.files.plot_result`."""
    return plot_result(pilot_figures(found, language(lang)), file, found.plans)
