"""``commsim pilot``: how many groups and days a real trial of two plans needs."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.deciding import CalibratedPlans, Forms, Running, Telling
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.progress import load_engine
from commsim.cli.results import print_warnings
from commsim.cli.spread import spread
from commsim.experiments.effort import (
    PILOT_BEFORE,
    PILOT_DAYS,
    PILOT_LIKENESS,
    PILOT_POINTS,
    PILOT_WORLDS,
)

if TYPE_CHECKING:
    from commsim.analysis.pilot import Pilot

READINGS = "pilot.csv"
"""File in the folder of the runs: a row for each outcome and length."""


@dataclass(frozen=True)
class Drawing:
    """How groups are drawn into the two arms, if that is wanted."""

    drawn: Annotated[
        Path | None,
        typer.Option("--draw", metavar="GROUPS", help="CSV of your groups, to be drawn into the two arms."),
    ] = None
    listed: Annotated[
        Path, typer.Option("--list", metavar="FILE", help="Where the list of the arms is written.")
    ] = Path("pilot-list.csv")
    outcome: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="What decides: profit, revenue, orders, left, messages; what is shown soonest if left out.",
        ),
    ] = None
    lasts: Annotated[
        int | None,
        typer.Option(metavar="DAYS", help="Which of the lengths decides; the easiest if left out."),
    ] = None

    def check(self, *, force: bool) -> None:
        """Before any run, whether groups can be read and the list be written."""
        if self.drawn is None:
            return
        from commsim.analysis.pilot.tables import Sheet

        check_file(self.listed, "--list", force=force)
        Sheet(self.drawn)

    def draw(self, found: "Pilot", seed: int, telling: Telling) -> None:
        """Draw the groups by lot, and write the list with what is to decide."""
        if self.drawn is None:
            return
        from commsim.analysis.pilot import register_pilot
        from commsim.records.folder import new_file
        from commsim.report.folder import write_csv
        from commsim.report.pilot.trial import drawn_verdict, list_csv

        registered = register_pilot(found, self.drawn, self.outcome, self.lasts, seed)
        with new_file(self.listed) as side:
            write_csv(list_csv(registered), side)
        print_text(drawn_verdict(registered, self.listed, telling.say), err=True)


@spread
def pilot(
    first: Annotated[
        str,
        typer.Argument(metavar="A", help="What is tried: a scenario file, or the name of a shipped one."),
    ],
    second: Annotated[
        str,
        typer.Argument(metavar="[B]", help="What is done now, before and in the other arm; or nothing."),
    ] = "nothing",
    days: Annotated[
        str, typer.Option(metavar="DAYS,...", help="Lengths of the trial; the longest tells who is better.")
    ] = ",".join(map(str, PILOT_DAYS)),
    before: Annotated[
        int, typer.Option(metavar="DAYS", min=0, help="Baseline under B: whole weeks, 0 for none.")
    ] = PILOT_BEFORE,
    groups: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=2,
            help="Groups in each arm that you can afford; half of the scenario's, at least 5, if left out.",
        ),
    ] = None,
    likeness: Annotated[
        str,
        typer.Option(
            metavar="RHO,...",
            help="Correlations of members of one group to allow for, beyond what the model has.",
        ),
    ] = ",".join(map(str, PILOT_LIKENESS)),
    worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, help="Worlds in which both arms are run.")
    ] = PILOT_WORLDS,
    points: Annotated[
        int, typer.Option(metavar="NUMBER", min=0, help="Points over the ranges of what nobody knows.")
    ] = PILOT_POINTS,
    *,
    drawing: Drawing,
    running: Running,
    telling: Telling,
    reading: CalibratedPlans,
) -> None:
    """Say how many groups and days a real trial of A against B needs, and what a smaller one can show.

    All groups are under B before; then half of them, drawn by lot, go over to A.  Says by outcome and length
    how many groups each arm needs, how often the trial that you can afford picks the wrong plan, and the
    smallest difference that it sees.

    With --draw the groups of a file are drawn into the arms, and written into a list with what is to decide.
    "commsim pilot-read LIST OUTCOMES" says later what was found, and what that does to what the model said.
    """
    drawing.check(force=telling.force)
    lengths, allowed = _numbers(days, "--days"), _numbers(likeness, "--likeness")
    plans = [reading.load(first), second if second == "nothing" else reading.load(second)]
    load_engine(quiet=running.quiet)
    from commsim.analysis.pilot import pilot as find_out

    with running.bar("pairs of runs", worlds + points) as tell:
        found = find_out(
            *plans,
            days=[int(one) for one in lengths],
            before=before,
            groups=groups,
            likeness=allowed,
            worlds=worlds,
            points=points,
            beliefs=reading.beliefs,
            progress=lambda done: tell(done, ""),
            **running.manner,
        )
    _tell(found, running, telling)
    drawing.draw(found, running.seed, telling)


def _numbers(text: str, option: str) -> list[float]:
    try:
        return [float(part) for part in text.replace("，", ",").split(",") if part.strip()]
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no list of numbers such as 14,28", param_hint=option) from None


def _tell(found: "Pilot", running: Running, telling: Telling) -> None:
    from commsim.analysis.pilot.reweigh import STATEMENT
    from commsim.report.pilot.data import pilot_csv, pilot_data, pilot_statement
    from commsim.report.pilot.tables import pilot_grids
    from commsim.report.pilot.verdict import pilot_verdict

    forms = Forms(pilot_data, pilot_grids, pilot_verdict, pilot_csv, pilot_statement)
    telling.tell(found, forms, telling.say)
    print_warnings(found.warnings, telling.say)
    running.keep({STATEMENT: pilot_data(found), READINGS: pilot_csv(found)})
