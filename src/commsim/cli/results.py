"""What a command has found, told in the way that was asked for: tables and a sentence, JSON or CSV."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from commsim.cli.grids import print_grids
from commsim.cli.output import print_json, print_text
from commsim.cli.output_file import check_file
from commsim.cli.streams import reader_may_leave

if TYPE_CHECKING:
    from commsim.report.language import Language
    from commsim.report.tables import Grid

PRINTED = Path("-")
"""What to give for the file of CSV to have it printed."""


def check_csv(csv: Path | None, *, as_json: bool, force: bool) -> None:
    """Before any work: refuse two things on standard output, and a file that can't be, or that exists."""
    if as_json and csv == PRINTED:
        raise typer.BadParameter("--json prints already; give --csv a file", param_hint="--csv")
    if csv != PRINTED:
        check_file(csv, "--csv", force=force)


def print_warnings(warnings: "Iterable[str]", say: "Language") -> None:
    """Tell what has to be known beside a result, on standard error."""
    for warning in warnings:
        print_text(say("Warning: {what}", what=say(warning)), err=True)


def show_result(
    *,
    as_json: bool,
    data: Callable[[], Any],
    grids: "Callable[[], list[Grid]]" = list,
    verdict: Callable[[], str] | None = None,
    csv: Path | None = None,
    rows: Callable[[], str] | None = None,
) -> None:
    """Print a result as JSON or as tables and a verdict, and give it as CSV if that is asked for.

    Each way is a function that is called only if it is wanted.  csv: the file to write, or `PRINTED`, which
    takes the place of the tables.  rows: what gives the text of the CSV; a command without it takes no
    ``csv``.
    """
    with reader_may_leave():
        if as_json:
            print_json(data())
        elif csv != PRINTED:
            print_grids(grids())
            if verdict is not None:
                print_text(verdict())
    if csv is not None and rows is not None:
        _put_csv(rows(), csv)


def _put_csv(text: str, csv: Path) -> None:
    """Print or write it; InputError if the file can't be written."""
    from commsim.records.folder import new_file
    from commsim.report.folder import write_csv

    if csv == PRINTED:
        with reader_may_leave():
            print_text(text.removesuffix("\n"))
        return
    with new_file(csv) as side:
        write_csv(text, side)
