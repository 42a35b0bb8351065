"""``commsim export``: a sweep or a run as files that other tools read."""

from pathlib import Path
from typing import Annotated, get_args

import typer

from commsim.cli.grids import said_grid
from commsim.cli.options import AsJson, Force, Quiet, StrategyFiles
from commsim.cli.origin import command
from commsim.cli.output import print_text
from commsim.cli.results import show_result
from commsim.cli.spoken import said
from commsim.exchange.tool import Tool


def _tool(name: str) -> str:
    """One of the tools; typer's own refusal of a `Literal` is not in plain words."""
    if name not in get_args(Tool):
        raise typer.BadParameter(f"{name!r} is none of {', '.join(get_args(Tool))}")
    return name


def export(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="The folder of a sweep or a run.")],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Folder for the files.")],
    tool: Annotated[
        Tool,
        typer.Option(
            "--for",
            metavar="TOOL",
            parser=_tool,
            help="r: tidy tables as CSV; of a run also pymc-marketing or lifetimes (transactions; frequency, "
            "recency, T and monetary_value of customers), gephi or networkx (who knows and brought whom).",
        ),
    ] = "r",
    bom: Annotated[
        bool,
        typer.Option(
            "--bom", help="Begin files with the mark by which Excel knows other letters than ASCII."
        ),
    ] = False,
    force: Force = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    strategies: StrategyFiles = None,
) -> None:
    """Write runs, days and failures of a sweep as CSV, or a run in the form that a tool of analysis reads.

    An unfinished sweep is written as far as it is.
    """
    from commsim.exchange.tools import export as write
    from commsim.records.folder import manifest_of
    from commsim.report.tables import Grid

    rows, complete = write(results, out, tool, mark=bom, force=force, command=command())
    if not complete and not quiet:
        early = "commsim: this sweep is not finished; commsim status tells how far it is"
        is_run = manifest_of(results).get("kind") == "run"
        print_text(said("commsim: this run was stopped early" if is_run else early), err=True)
    told = tuple((name, f"{count:,}") for name, count in rows.items())
    show_result(
        as_json=as_json,
        data=lambda: {"folder": str(out), "complete": complete, "rows": rows},
        grids=lambda: [said_grid(Grid("", ("File", "Rows"), told))],
    )
