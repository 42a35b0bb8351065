"""``commsim export``: the tables of a sweep as CSV."""

from pathlib import Path
from typing import Annotated

import typer

from commsim.cli.options import AsJson, Force, Quiet
from commsim.cli.origin import command
from commsim.cli.output import print_text
from commsim.cli.results import show_result


def export(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="The folder of a sweep.")],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Folder for the CSV files.")],
    bom: Annotated[
        bool,
        typer.Option(
            "--bom", help="Begin files with the mark by which Excel knows other letters than ASCII."
        ),
    ] = False,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Write runs, days and failures of a sweep as CSV; an unfinished sweep as far as it is."""
    from commsim.records.folder import new_folder
    from commsim.records.sweep import load_results
    from commsim.records.sweep_export import export_csv

    found = load_results(results)
    with new_folder(out, force=force) as folder:
        rows = export_csv(found, folder, command(), mark=bom)
    if not found.complete and not quiet:
        print_text("commsim: this sweep is not finished; commsim status tells how far it is", err=True)
    from commsim.report.tables import Grid

    told = tuple((f"{name}.csv", f"{count:,}") for name, count in rows.items() if count)
    show_result(
        as_json=as_json,
        data=lambda: {"folder": str(out), "complete": found.complete, "rows": rows},
        grids=lambda: [Grid("", ("File", "Rows"), told)],
    )
