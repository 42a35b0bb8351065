"""CSV in a file or on standard output."""

from pathlib import Path

import typer

from commsim.cli.output_file import check_file

PRINTED = Path("-")
"""What to give for the file to have it printed."""


def check_csv(csv: Path | None, *, as_json: bool, force: bool) -> None:
    """Before any work: refuse two things on standard output, and a file that can't be, or that exists."""
    if as_json and csv == PRINTED:
        raise typer.BadParameter("--json prints already; give --csv a file", param_hint="--csv")
    if csv != PRINTED:
        check_file(csv, "--csv", force=force)


def put_csv(text: str, csv: Path) -> None:
    """Print or write it; InputError if the file can't be written."""
    from commsim.records.folder import new_file
    from commsim.report.folder import write_csv

    if csv == PRINTED:
        typer.echo(text, nl=False)
        return
    with new_file(csv) as side:
        write_csv(text, side)
