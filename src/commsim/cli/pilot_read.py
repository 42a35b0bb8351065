"""``commsim pilot-read``: what a real trial has shown, and what the model says now."""

from pathlib import Path
from typing import Annotated

import typer

from commsim.cli.deciding import Forms, Telling
from commsim.cli.options import BehaviourFile
from commsim.cli.output import print_text
from commsim.cli.spread import spread


@spread
def pilot_read(
    listed: Annotated[
        Path, typer.Argument(metavar="LIST", help="The list that pilot --draw has written, as it is.")
    ],
    outcomes: Annotated[
        Path,
        typer.Argument(metavar="OUTCOMES", help="What became of the groups, a CSV with a row for each."),
    ],
    behaviour: BehaviourFile = None,
    statement: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="The --out of the pilot by which the trial was planned."),
    ] = None,
    updated: Annotated[
        Path | None,
        typer.Option(
            "--update",
            metavar="FOLDER",
            help="Write the calibration of --behaviour here, weighed anew by what the trial has found; needs "
            "--statement.",
        ),
    ] = None,
    *,
    telling: Telling,
) -> None:
    """Say what a real trial has shown, and what that does to what the model said.

    The trial is one whose groups "commsim pilot --draw" has drawn.  Every group of the list needs its
    outcome, also one that has ended.
    """
    from commsim.analysis.pilot import read_pilot, reweigh_pilot
    from commsim.report.pilot.trial import trial_csv, trial_data, trial_grids, trial_statement, trial_verdict

    if updated is not None and (behaviour is None or statement is None):
        raise typer.BadParameter(
            "needs the calibration (--behaviour) and the folder of the statement (--statement)",
            param_hint="--update",
        )
    forms = Forms(trial_data, trial_grids, trial_verdict, trial_csv, trial_statement)
    found = read_pilot(listed, outcomes)
    telling.tell(found, forms, telling.say)
    if updated is not None and behaviour is not None and statement is not None:
        carry = reweigh_pilot(behaviour, statement, found, updated)
        print_text(f"The new calibration is in {updated}; {carry:.0f} of its draws carry it.", err=True)
