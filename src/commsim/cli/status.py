"""``commsim status``: how far a sweep is, from another shell or another day."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commsim.cli.grids import said_grid
from commsim.cli.options import AsJson
from commsim.cli.progress import lasting
from commsim.cli.results import show_result

if TYPE_CHECKING:
    from commsim.experiments.status import Status
    from commsim.report.tables import Grid


def status(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="The folder of a sweep.")],
    as_json: AsJson = False,
) -> None:
    """Say how far a sweep is: done, failed, left, how fast, how long still."""
    from commsim.experiments.status import status as look

    found = look(results)
    show_result(as_json=as_json, data=lambda: _data(found), grids=lambda: [said_grid(_grid(found))])


def _data(found: "Status") -> dict[str, Any]:
    progress = found.progress
    return {
        "name": found.name,
        "state": found.state,
        "runs": progress.runs,
        "done": progress.done,
        "failed": progress.failed,
        "left": progress.left,
        "runs_per_second": progress.rate or None,
        "seconds_left": progress.seconds_left,
        "started": _date(progress.started),
        "updated": _date(progress.updated),
        "process": progress.process or None,
        "machine": progress.machine or None,
        "damaged": list(found.damaged),
    }


def _date(seconds: float) -> str | None:
    """Local time; None where it was never noted."""
    if not seconds:
        return None
    return dt.datetime.fromtimestamp(seconds).astimezone().isoformat(timespec="seconds")


def _grid(found: "Status") -> "Grid":
    from commsim.report.tables import Grid

    progress = found.progress
    rows = [
        ("State", found.state),
        ("Runs", f"{progress.runs:,}"),
        ("Done", f"{progress.done:,}"),
        ("Failed, of these", f"{progress.failed:,}"),
        ("Still to run", f"{progress.left:,}"),
    ]
    if progress.seconds_left is not None:
        rows += [("Runs a second", f"{progress.rate:,.3g}"), ("Time left", lasting(progress.seconds_left))]
    known = (("Started last", _date(progress.started)), ("Last sign of life", _date(progress.updated)))
    rows += [(what, when) for what, when in known if when]
    if progress.process:
        rows.append(("Run by", f"process {progress.process} on {progress.machine}"))
    rows += [("Damaged", sentence) for sentence in found.damaged]
    return Grid(found.name, ("Sweep", ""), tuple(rows))
