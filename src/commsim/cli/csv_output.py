"""CSV in a file or on standard output."""

from pathlib import Path

import typer

from commsim.core.errors import InputError

PRINTED = Path("-")
"""What to give for the file to have it printed."""


def check_csv(csv: Path | None, *, as_json: bool, force: bool) -> None:
    """Before any work: refuse two things on standard output, and a file that can't be, or that exists."""
    if as_json and csv == PRINTED:
        raise typer.BadParameter("--json prints already; give --csv a file", param_hint="--csv")
    if csv is None or csv == PRINTED:
        return
    if csv.is_dir() or not csv.parent.is_dir():
        what = "is a folder" if csv.is_dir() else "there is no such folder to write into"
        raise InputError(what, where=str(csv), remedy="give --csv the path of a file")
    if csv.exists() and not force:
        raise InputError("this file exists already", where=str(csv), remedy="give another --csv, or --force")


def put_csv(text: str, csv: Path) -> None:
    """Print or write it; InputError if the file can't be written."""
    from commsim.records.folder import writing
    from commsim.report.folder import write_csv

    if csv == PRINTED:
        typer.echo(text, nl=False)
        return
    with writing(csv):
        write_csv(text, csv)
