"""Intervals within ranges."""

from pathlib import Path
from typing import Any

from commsim.analysis.calibration.result import Calibration
from commsim.analysis.intervals import Interval
from commsim.report.calibration.tables import calibration_grids, calibration_verdict, estimated
from commsim.report.flip.words import called
from commsim.report.html.statement import Statement
from commsim.report.language import ENGLISH, Language, language
from commsim.report.panels import Whiskers

MOST_ROWS = 25


def calibration_statement(found: Calibration, say: Language = ENGLISH) -> Statement:
    """The page of it."""
    facts = (
        say("{count} days", count=found.data.days),
        say("{count} members", count=f"{found.data.members:,}"),
        say("{count} runs", count=f"{found.runs:,}"),
    )
    return Statement(
        kicker=say("What your own data say"),
        name=found.plan,
        facts=facts,
        verdict=calibration_verdict(found, say),
        heading=say("Where in their ranges they lie"),
        figures=[_intervals(found, say)] if found.identified else [],
        grids=calibration_grids(found, say, meanings=say.code == "en"),  # Chinese names say what they are
        paired=False,
        answer=say("What your data tell"),
    )


def plot_calibration(found: Calibration, file: str | Path | None, lang: str) -> Any:
    """Draw them; see `commsim.report.plots.files.plot_result`."""
    from commsim.report.plots.files import plot_result

    return plot_result({"told": [_intervals(found, language(lang))]}, file, (found.plan,))


def _intervals(found: Calibration, say: Language) -> Whiskers:
    rows, told, marks = [], [], []
    for one in found.identified[:MOST_ROWS]:
        places = (one.unknown.position(each) for each in (one.estimate, one.low, one.high))
        rows.append((called(one.unknown, say), Interval(*places)))
        told.append(estimated(one, say))
        marks.append(one.unknown.position(one.unknown.value))
    return Whiskers(
        say=say,
        key="told",
        title=say("What the data tell, as shares of the range before"),
        unit="share",
        measured=say("Place in the range"),
        note=say(
            "The dot is the estimate, the bar its interval, the upright stroke what the plan has; the scale "
            "goes from the low end of what evidence allows to the high end."
        ),
        rows=tuple(rows),
        span=(0.0, 1.0),
        told=tuple(told),
        marks=tuple(marks),
    )
