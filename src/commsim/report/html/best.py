"""From the best of many plans to one self-contained HTML file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from commsim import __version__
from commsim.analysis.best import Best
from commsim.core.measures import find
from commsim.records.folder import new_file
from commsim.report.best import MOST_ROWS, best_grids, best_verdict, gap_of
from commsim.report.html.origin import told_command
from commsim.report.html.template import policy, style, templates
from commsim.report.language import ENGLISH, Language
from commsim.report.numbers import labelled
from commsim.report.panels import Whiskers


def write_best_report(found: Best, origin: Mapping[str, Any], file: Path, say: Language = ENGLISH) -> None:
    """Write the page: a decision, how far the others are behind, and what repeats it.

    origin: of `commsim.records.manifest.provenance`.  `InputError` where the file can't be written.
    """
    page = templates(say).get_template("best.html")
    versions = ", ".join(f"{name} {version}" for name, version in origin["versions"].items())
    text = page.render(
        style=Markup(style()),
        policy=policy(style(), ""),
        version=__version__,
        name=found.plans[found.leader],
        facts=[
            say("{count} plans", count=f"{len(found.plans):,}"),
            say("{worlds} worlds", worlds=f"{found.last.worlds:,}"),
            say("{count} runs", count=f"{found.runs:,}"),
        ],
        verdict=best_verdict(found, say),
        figures=[_behind(found, say)] if len(found.ranked) > 1 else [],
        grids=best_grids(found, say),
        command=told_command(origin["command"]),
        origin=[(say("Made"), origin["created"]), (say("Versions"), versions)],
    )
    with new_file(file) as side:
        side.write_text(text, encoding="utf-8")


def _behind(found: Best, say: Language) -> Whiskers:
    measure = find(found.metric)
    return Whiskers(
        say=say,
        key="behind",
        title=say("From the best plan, {best}", best=found.plans[found.leader]),
        unit=measure.unit,
        measured=labelled(measure, say),
        note=say(
            "The dot is the mean difference over the worlds of a plan, the bar holds for all plans and looks "
            "together; left of 0 is worse."
        ),
        rows=tuple((found.plans[plan], gap_of(found, plan)) for plan in found.ranked[1:MOST_ROWS]),
    )
