"""``commsim validate``: does the model behave like groups that were studied?"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.grids import said_grid
from commsim.cli.options import AsJson, CsvFile, Force, OutFolder, Quiet, Seed, StrategyFiles, Workers
from commsim.cli.origin import origin_of
from commsim.cli.output_file import results_folder
from commsim.cli.progress import load_engine, progress_bar
from commsim.cli.results import check_csv, show_result
from commsim.core.errors import Exit
from commsim.validation.facts.effort import FEWEST_WORLDS, FULL, QUICK, Effort

if TYPE_CHECKING:
    from commsim.scenario.schema import Scenario
    from commsim.validation.facts.validate import Validation


def validate(
    scenario: Annotated[
        str | None,
        typer.Argument(
            metavar="SCENARIO",
            show_default=False,
            help="A scenario whose people, products and plan to take; those that are shipped if left out.",
        ),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Fewer worlds and smaller communities: wider intervals.")
    ] = False,
    fact: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Measure this fact, such as F6 (may be given more than once)."),
    ] = None,
    worlds: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=FEWEST_WORLDS,
            max=100_000,
            help=f"Worlds; {FULL.worlds} if left out, {QUICK.worlds} if quick.",
        ),
    ] = None,
    seed: Seed = 0,
    workers: Workers = None,
    as_json: AsJson = False,
    csv: CsvFile = None,
    out: OutFolder = None,
    force: Force = False,
    quiet: Quiet = False,
    strategies: StrategyFiles = None,
) -> None:
    """Hold the model against stylised facts: what was observed of groups, buyers and invitations elsewhere.

    Each fact is run on the plans that it is about, in many worlds; its median must lie in a band.
    Exits with 4 if a fact fails that is a gate.
    """
    check_csv(csv, as_json=as_json, force=force)
    from commsim.scenario.load import load

    own = None if scenario is None else load(scenario)
    with results_folder(out, force=force) as folder:
        found = _measure(own, fact or [], _effort(quick, worlds), seed, workers, quiet)
        _print(found, as_json, csv)  # before any file: a full disk must not cost the result
        if folder:
            _write(found, folder, own)
    if found.failed_gates:
        raise typer.Exit(int(Exit.RUNS_FAILED))


def _effort(quick: bool, worlds: int | None) -> Effort:
    effort = QUICK if quick else FULL
    return replace(effort, worlds=worlds) if worlds else effort


def _measure(
    own: "Scenario | None", facts: list[str], effort: Effort, seed: int, workers: int | None, quiet: bool
) -> "Validation":
    load_engine(quiet=quiet)
    from commsim.validation.facts.validate import run_count
    from commsim.validation.facts.validate import validate as hold_against

    with progress_bar("setups", run_count(own, facts, effort), quiet=quiet) as tell:
        return hold_against(
            own,
            facts=facts,
            effort=effort,
            seed=seed,
            workers=workers,
            progress=lambda done: tell(done, ""),
        )


def _write(found: "Validation", folder: Path, own: "Scenario | None") -> None:
    from commsim.report.validation.data import write_validation
    from commsim.validation.facts.validate import shipped

    write_validation(found, folder, origin_of(own or shipped()))


def _print(found: "Validation", as_json: bool, csv: Path | None) -> None:
    from commsim.report.validation.data import validation_csv, validation_data
    from commsim.report.validation.tables import validation_grids, validation_verdict

    show_result(
        as_json=as_json,
        data=lambda: validation_data(found),
        grids=lambda: [said_grid(grid) for grid in validation_grids(found)],
        verdict=lambda: validation_verdict(found),
        csv=csv,
        rows=lambda: validation_csv(found),
    )
