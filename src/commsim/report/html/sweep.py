"""From a sweep to one self-contained HTML file: which policy is best, how surely, and what decides."""

from math import isfinite
from pathlib import Path
from typing import Any

from markupsafe import Markup

from commsim import __version__
from commsim.analysis.intervals import Interval
from commsim.analysis.sensitivity import Analysis, Policies, Sensitivity, sensitivity
from commsim.records.folder import new_file
from commsim.records.sweep import SweepResults
from commsim.report.html.origin import told_command, told_design
from commsim.report.html.template import policy, style, templates
from commsim.report.language import ENGLISH, Language
from commsim.report.panels import Whiskers
from commsim.report.sensitivity.tables import (
    LABELS,
    MOST_POLICIES,
    UNITLESS,
    labelled,
    sensitivity_grids,
    sensitivity_verdict,
)

MOST = 20
"""Parameters that a picture shows, the strongest; the table has all of them."""


def write_sweep_report(
    results: SweepResults, file: str | Path, outcome: str = "profit", say: Language = ENGLISH
) -> None:
    """Write what a sweep says of an outcome into a file; `InputError` where that can't be.

    An unfinished sweep is told as far as it is.  What the sentences and tables say stays English.
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
        verdict=sensitivity_verdict(found),
        notes=found.notes,
        figures=_figures(found, say),
        grids=sensitivity_grids(found),
        origin=_origin(results, say),
    )


def _facts(results: SweepResults, say: Language) -> list[str]:
    made, runs = len(results.runs), int(results.manifest["runs"])
    return [
        say("{count} points", count=f"{len(results.points):,}"),
        say("{made} of {runs} runs", made=f"{made:,}", runs=f"{runs:,}"),
        say("{count} failed", count=f"{len(results.failures):,}"),
    ]


def _figures(found: Sensitivity, say: Language) -> list[Whiskers]:
    behind = found.policies.behind if found.policies else None
    first = [_behind(found, found.policies, behind, say)] if found.policies and behind else []
    return first + [_moving(found, analysis, k, say) for k, analysis in enumerate(found.analyses, start=1)]


def _behind(found: Sensitivity, policies: Policies, behind: list[Interval], say: Language) -> Whiskers:
    return Whiskers(
        say,
        "policies",
        say("From the best plan, {best}", best=policies.labels[0]),
        found.measure.unit,
        labelled(found.measure),
        say("The dot is the mean difference over the worlds, the bar its 95 % interval; left of 0 is worse."),
        tuple(zip(policies.labels[1:MOST_POLICIES], behind[1:MOST_POLICIES], strict=True)),
    )


def _moving(found: Sensitivity, analysis: Analysis, number: int, say: Language) -> Whiskers:
    name = next(iter(analysis.influences[0].measures))
    shares = name in UNITLESS
    unit = say("per cent") if shares else labelled(found.measure)
    return Whiskers(
        say,
        f"influences-{number}",
        say("What moves {what}", what=analysis.about),
        "share" if shares else found.measure.unit,
        f"{say(LABELS[name])}, {unit}",
        say("The dot is the measure, the bar its 95 % interval; the strongest stands at the top."),
        tuple((one.name, _known(one.measures[name])) for one in analysis.influences[:MOST]),
    )


def _known(interval: Interval) -> Interval:
    """The interval, or only its middle where its limits are not known."""
    return interval if isfinite(interval.low) else Interval(interval.mean, interval.mean, interval.mean)


def _origin(results: SweepResults, say: Language) -> dict[str, Any]:
    begun = results.history[-1] if results.history else {}
    versions = ", ".join(f"{name} {version}" for name, version in begun.get("versions", {}).items())
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
