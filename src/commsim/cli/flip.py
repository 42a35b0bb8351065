"""``commsim flip``: what would have to be true for the other of two plans to win."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.deciding import CalibratedPlans, Forms, Running, Telling
from commsim.cli.options import Confidence, Days, Metric
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.progress import load_engine
from commsim.cli.spread import spread
from commsim.experiments.effort import CONFIDENCE, FLIP_POINTS, FLIP_WORLDS

if TYPE_CHECKING:
    from commsim.analysis.flip import Flip
    from commsim.scenario.schema import Scenario

STATEMENT, UNKNOWNS = "flip.json", "unknowns.csv"
"""Files in the folder of the runs: all that they say, and a row for each unknown."""
STAGES = {
    "ends": "each unknown at both ends of its range",
    "ranges": "all unknowns at once",
    "turns": "where single unknowns turn it",
    "map": "the two that decide most",
}
NEAREST = "the nearest point where several turn it"
"""What the bar says of a stage, and of all others."""


@spread
def flip(
    first: Annotated[str, typer.Argument(metavar="A", help="A scenario file, or the name of a shipped one.")],
    second: Annotated[
        str, typer.Argument(metavar="[B]", help="Another; or nothing, which is A left alone.")
    ] = "nothing",
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="One unknown, such as buying.touch, or all of a section, such as buying (may be given more "
            "than once); else all.",
        ),
    ] = None,
    worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=4, help="Worlds of the plans as they are.")
    ] = FLIP_WORLDS,
    points: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, help="Points at which all unknowns are moved at once.")
    ] = FLIP_POINTS,
    confidence: Confidence = CONFIDENCE,
    metric: Metric = "profit",
    days: Days = None,
    figures: Annotated[
        Path | None,
        typer.Option("--figures", metavar="FILE", help="Draw the figures: .png, .svg or .pdf."),
    ] = None,
    *,
    running: Running,
    telling: Telling,
    reading: CalibratedPlans,
) -> None:
    """Say what would turn a comparison round: which of the things that nobody knows, and at which value.

    Each parameter of the members' behaviour and each number that the plans assume is moved over its range,
    alone and together with all others.  Takes minutes; with --out a run that was stopped goes on.
    """
    if figures is not None:
        _check_figures(figures, force=telling.force)
    plans = _plans(first, second, reading, days)
    load_engine(quiet=running.quiet)
    from commsim.analysis.flip import flip as find_out

    with running.bar("pairs of runs", None) as tell:
        found = find_out(
            *plans,
            only=only or (),
            metric=metric,
            worlds=worlds,
            points=points,
            beliefs=reading.beliefs,
            confidence=confidence,
            progress=lambda done, stage: tell(done, STAGES.get(stage, NEAREST)),
            **running.manner,
        )
    _tell(found, running, telling)
    for file in found.plot(figures, telling.lang) if figures is not None else ():
        print_text(f"Figures are in {file}.", err=True)


def _plans(first: str, second: str, reading: CalibratedPlans, days: int | None) -> "list[Scenario | str]":
    from commsim.analysis.flip.find import refuse_nothing
    from commsim.analysis.study import NOTHING

    refuse_nothing(first)
    return [reading.load(first, days), NOTHING if second == NOTHING else reading.load(second, days)]


def _check_figures(file: Path, *, force: bool) -> None:
    from commsim.report.plots.files import places

    names = ("tornado", "map")
    for place in {*places(names, file, names).values()}:
        check_file(place, "--figures", force=force)


def _tell(found: "Flip", running: Running, telling: Telling) -> None:
    from commsim.report.flip.data import flip_csv, flip_data, flip_statement
    from commsim.report.flip.tables import flip_grids
    from commsim.report.flip.verdict import flip_verdict

    telling.tell(found, Forms(flip_data, flip_grids, flip_verdict, flip_csv, flip_statement), telling.say)
    running.keep({STATEMENT: flip_data(found), UNKNOWNS: flip_csv(found)})
