"""``commsim calibrate``: what an operator's own data say of people."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commsim.cli.data import MappingFile
from commsim.cli.deciding import Forms, Plans, Running, Telling
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.progress import load_engine
from commsim.cli.spread import spread
from commsim.core.errors import Exit
from commsim.experiments.effort import CALIBRATE_RUNS

if TYPE_CHECKING:
    from commsim.analysis.calibration.result import Calibration

STATEMENT, UNKNOWNS, PLAN = "calibration.json", "unknowns.csv", "behaviour.yaml"
"""Files in the folder of the runs: all that they say, a row for each unknown, and a plan with the values."""


@spread
def calibrate(
    plan: Annotated[
        str,
        typer.Argument(
            metavar="PLAN", help="The plan as it was carried out, from the first day of the data on."
        ),
    ],
    data: Annotated[
        Path,
        typer.Option(
            "--data", metavar="FOLDER", help="Your exports, as for commsim data.", show_default=False
        ),
    ],
    mapping: MappingFile = None,
    groups: Annotated[
        str | None,
        typer.Option("--groups", metavar="NAME[,NAME...]", help="Only these groups; all if left out."),
    ] = None,
    runs: Annotated[
        int, typer.Option(metavar="NUMBER", min=1, help="Simulations of your groups.")
    ] = CALIBRATE_RUNS,
    confidence: Annotated[
        float, typer.Option(metavar="SHARE", min=0.5, max=0.99, help="Of each interval.")
    ] = 0.9,
    write: Annotated[
        Path | None,
        typer.Option("--write", metavar="FILE", help="Write a plan with what the data tell, as YAML."),
    ] = None,
    *,
    running: Running,
    telling: Telling,
    reading: Plans,
) -> None:
    """Say what your own data tell of the numbers about people that nobody knows, and what they don't.

    Your groups are simulated under all that evidence allows, two minutes on two processors.  With --out that
    is kept, a run that was stopped goes on, and compare, best, flip and plan take it by --behaviour FOLDER.
    Exits with 3 if the model can't make such data: then it says what is odd about them.
    """
    check_file(write, "--write", force=telling.force)
    scenario = reading.load(plan)
    from commsim.analysis.calibration.calibrate import calibrate as find_out
    from commsim.analysis.calibration.own_groups import of_groups
    from commsim.exchange.reading import read_exports

    seen = of_groups(read_exports(data, mapping), _names(groups))
    load_engine(quiet=running.quiet)
    with running.bar("simulations", runs) as tell:
        found = find_out(
            scenario,
            seen,
            runs=runs,
            confidence=confidence,
            source=data.name,
            extends=_to_extend(plan),
            progress=lambda done: tell(done, ""),
            **running.manner,
        )
    _tell(found, running, telling, write)
    if found.refused:
        raise typer.Exit(int(Exit.INPUT))


def _to_extend(plan: str) -> str:
    """The plan as another one in any folder can extend it."""
    return str(Path(plan).resolve()) if Path(plan).is_file() else plan


def _names(groups: str | None) -> list[str]:
    return [] if groups is None else [name.strip() for name in groups.replace("，", ",").split(",")]


def _tell(found: "Calibration", running: Running, telling: Telling, write: Path | None) -> None:
    from commsim.experiments.store import put_text
    from commsim.records.folder import writing
    from commsim.report.calibration.data import calibrated_plan, calibration_csv, calibration_data
    from commsim.report.calibration.figures import calibration_statement
    from commsim.report.calibration.tables import calibration_grids, calibration_verdict

    forms = Forms(
        calibration_data, calibration_grids, calibration_verdict, calibration_csv, calibration_statement
    )
    telling.tell(found, forms, telling.say)
    kept: dict[str, Any] = {STATEMENT: calibration_data(found)}
    if not found.refused:
        kept |= {UNKNOWNS: calibration_csv(found), PLAN: calibrated_plan(found)}
    running.keep(kept)
    if write is not None and not found.refused:
        with writing(write):
            put_text(calibrated_plan(found), write)
        print_text(f"The plan is in {write}.", err=True)
