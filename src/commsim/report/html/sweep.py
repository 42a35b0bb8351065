"""From a sweep to one self-contained HTML file: which policy is best, how surely, and what decides."""

from pathlib import Path
from typing import Any

from markupsafe import Markup

from commsim import __version__
from commsim.analysis.sensitivity import Sensitivity, sensitivity
from commsim.records.folder import new_file
from commsim.records.sweep import SweepResults
from commsim.report.figures.sweep import SWEEP_FIGURES
from commsim.report.html.origin import told_command, told_design
from commsim.report.html.template import policy, style, templates
from commsim.report.language import ENGLISH, Language
from commsim.report.sensitivity.tables import sensitivity_grids, sensitivity_verdict


def write_sweep_report(
    results: SweepResults, file: str | Path, outcome: str = "profit", say: Language = ENGLISH
) -> None:
    """Write what a sweep says of an outcome into a file; `InputError` where that can't be.

    An unfinished sweep is told as far as it is.
    """
    text = sweep_html(sensitivity(results, outcome), results, say)
    with new_file(file) as side:
        side.write_text(text, encoding="utf-8")


def sweep_html(found: Sensitivity, results: SweepResults, say: Language = ENGLISH) -> str:
    """The page: a decision, pictures with tables behind them, and what repeats it; no script at all."""
    page = templates(say).get_template("sweep.html")
    return page.render(
        style=Markup(style()),
        policy=policy(style(), ""),
        version=__version__,
        name=found.name,
        facts=_facts(results, say),
        verdict=sensitivity_verdict(found, say),
        notes=[say(note) for note in found.notes],
        figures=[panel for draw in SWEEP_FIGURES.values() for panel in draw(found, say)],
        grids=sensitivity_grids(found, say),
        origin=_origin(results, say),
    )


def _facts(results: SweepResults, say: Language) -> list[str]:
    made, runs = len(results.runs), int(results.manifest["runs"])
    return [
        say("{count} points", count=f"{len(results.points):,}"),
        say("{made} of {runs} runs", made=f"{made:,}", runs=f"{runs:,}"),
        say("{count} failed", count=f"{len(results.failures):,}"),
    ]


def _origin(results: SweepResults, say: Language) -> dict[str, Any]:
    begun = results.history[-1] if results.history else {}
    versions = say.listed(f"{name} {version}" for name, version in begun.get("versions", {}).items())
    facts = [
        (say("Seed"), str(results.manifest["seed"])),
        (say("Made"), str(begun.get("created", ""))),
        (say("Versions"), versions),
        (say("Machine"), str(begun.get("machine", ""))),
    ]
    return {
        "command": told_command(begun.get("command", ())),
        "facts": facts,
        "design": told_design(results.design),
    }
