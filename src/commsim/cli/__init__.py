"""The command line.  Each command is a module of its own; heavy imports happen inside its function."""

import os
from typing import Annotated

import typer

from commsim import __version__
from commsim.cli.animate import animate
from commsim.cli.backtest import backtest
from commsim.cli.best import best
from commsim.cli.calibrate import calibrate
from commsim.cli.check import check
from commsim.cli.claims import claims
from commsim.cli.compare import compare
from commsim.cli.data import data
from commsim.cli.demo import demo
from commsim.cli.discover import discover
from commsim.cli.evidence import evidence
from commsim.cli.explain import explain
from commsim.cli.export import export
from commsim.cli.failures import DEBUG, FriendlyGroup, heed_the_end, report_bugs
from commsim.cli.flip import flip
from commsim.cli.init import init
from commsim.cli.league import league
from commsim.cli.output import print_text
from commsim.cli.pilot import pilot
from commsim.cli.pilot_read import pilot_read
from commsim.cli.plan import plan
from commsim.cli.plot import plot
from commsim.cli.report import report
from commsim.cli.run import run
from commsim.cli.schema import schema
from commsim.cli.sensitivity import sensitivity
from commsim.cli.serve import serve
from commsim.cli.show import show
from commsim.cli.spoken import speaking
from commsim.cli.status import status
from commsim.cli.strategies import strategies
from commsim.cli.streams import open_streams
from commsim.cli.sweep import sweep
from commsim.cli.validate import validate

app = typer.Typer(
    cls=FriendlyGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Simulate chat-group communities and compare operators' plans.",
    epilog="Exit codes: 0 done; 1 a bug; 2 wrong usage; 3 a scenario or file that can't be used; "
    "4 some runs failed, or a gate of the validation; 5 a sweep that can't go on; "
    "6 the wanted precision was not reached; 130 interrupted.",
)
for _command in (
    run,
    compare,
    best,
    flip,
    plan,
    pilot,
    pilot_read,
    explain,
    calibrate,
    league,
    report,
    plot,
    animate,
    demo,
    serve,
    data,
    backtest,
    check,
    sweep,
    status,
    sensitivity,
    discover,
    export,
    show,
    init,
    strategies,
    evidence,
    claims,
    validate,
    schema,
):
    app.command()(speaking(_command))


def _print_version(wanted: bool) -> None:
    if wanted:
        print_text(f"commsim {__version__}")
        raise typer.Exit


def _debug(wanted: bool) -> None:
    if wanted:
        os.environ[DEBUG] = "1"


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
    debug: Annotated[
        bool,
        typer.Option("--debug", help="Show tracebacks of errors (also COMMSIM_DEBUG=1).", callback=_debug),
    ] = False,
) -> None: ...


def main() -> None:
    """Run the command line; ends the process with a documented exit code."""
    open_streams()
    heed_the_end()
    with report_bugs():
        app(prog_name="commsim")
