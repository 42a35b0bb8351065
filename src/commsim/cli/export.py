"""``commsim export``: the tables of a sweep as CSV."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from commsim.cli.grids import print_grids
from commsim.cli.options import AsJson, Force
from commsim.cli.output import print_json


def export(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="The folder of a sweep.")],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Folder for the CSV files.")],
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write runs, days and failures of a sweep as CSV; an unfinished sweep as far as it is."""
    from commsim.records.folder import new_folder
    from commsim.records.sweep import load_results
    from commsim.records.sweep_export import export_csv

    found = load_results(results)
    with new_folder(out, force=force) as folder:
        rows = export_csv(found, folder, ["commsim", *sys.argv[1:]])
    if not found.complete:
        typer.echo("commsim: this sweep is not finished; commsim status tells how far it is", err=True)
    if as_json:
        print_json({"folder": str(out), "complete": found.complete, "rows": rows})
        return
    from commsim.report.tables import Grid

    told = tuple((f"{name}.csv", f"{count:,}") for name, count in rows.items() if count)
    print_grids([Grid("", ("File", "Rows"), told)])
