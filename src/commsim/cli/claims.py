"""``commsim claims``: what operators claim, put to the test."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.grids import said_grid
from commsim.cli.options import AsJson, CsvFile, Force, OutFolder, Quiet, Seed, Workers
from commsim.cli.origin import command
from commsim.cli.output_file import results_folder
from commsim.cli.progress import load_engine, progress_bar
from commsim.cli.results import check_csv, show_result
from commsim.experiments.effort import CLAIM_WORLDS

if TYPE_CHECKING:
    from commsim.validation.claims.claim import Claim
    from commsim.validation.claims.trial import Trial


def claims(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CLAIM]...", help="Claims to test, such as 49 57; all if left out."),
    ] = None,
    worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, max=100_000, help="Worlds to run each plan in.")
    ] = CLAIM_WORLDS,
    only_list: Annotated[
        bool, typer.Option("--list", help="List the claims, and those that can't be tested; run nothing.")
    ] = False,
    seed: Seed = 0,
    workers: Workers = None,
    as_json: AsJson = False,
    csv: CsvFile = None,
    out: OutFolder = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Test what operators claim, each claim by plans that differ where it says, in the same worlds.

    A claim holds if the whole 95 % interval of every mean contrast lies where the claim puts it. Verdicts are
    findings, not failures: the exit code is 0 whatever they are.
    """
    check_csv(csv, as_json=as_json, force=force)
    from commsim.validation.claims.catalogue import find

    wanted = find(ids or [])
    if only_list:
        if csv or out:
            raise typer.BadParameter("--list runs nothing; take it with --json", param_hint="--list")
        _print_list(wanted, as_json, everything=not ids)
        return
    with results_folder(out, force=force) as folder:
        trials = _try(wanted, worlds, seed, workers, quiet)
        _print(trials, seed, as_json, csv)  # before any file: a full disk must not cost the result
        if folder:
            from commsim.report.claims.data import write_claims

            write_claims(trials, seed, folder, command())


def _try(
    wanted: "tuple[Claim, ...]", worlds: int, seed: int, workers: int | None, quiet: bool
) -> "list[Trial]":
    load_engine(quiet=quiet)
    from commsim.validation.claims.trial import try_claims

    with progress_bar("claims x worlds", len(wanted) * worlds, quiet=quiet) as tell:
        return try_claims(
            wanted, worlds=worlds, seed=seed, workers=workers, progress=lambda done: tell(done, "")
        )


def _print(trials: "list[Trial]", seed: int, as_json: bool, csv: Path | None) -> None:
    from commsim.report.claims.data import claims_csv, claims_data
    from commsim.report.claims.tables import claims_grids, claims_verdict

    show_result(
        as_json=as_json,
        data=lambda: claims_data(trials, seed),
        grids=lambda: [said_grid(grid) for grid in claims_grids(trials)],
        verdict=lambda: claims_verdict(trials),
        csv=csv,
        rows=lambda: claims_csv(trials, seed),
    )


def _print_list(wanted: "tuple[Claim, ...]", as_json: bool, *, everything: bool) -> None:
    from commsim.report.claims.data import list_data
    from commsim.report.claims.tables import list_grids

    show_result(
        as_json=as_json,
        data=lambda: list_data(wanted),
        grids=lambda: [said_grid(grid) for grid in list_grids(wanted, everything=everything)],
    )
