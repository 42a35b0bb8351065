"""``commsim backtest``: what would have been foretold, beside what happened."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.grids import said_grid
from commsim.cli.options import (
    AsJson,
    CsvFile,
    Force,
    Quiet,
    ScenarioName,
    Seed,
    StrategyFiles,
    Workers,
)
from commsim.cli.progress import load_engine, progress_bar
from commsim.cli.results import check_csv, show_result
from commsim.experiments.effort import BACKTEST_WORLDS

if TYPE_CHECKING:
    from pathlib import Path

    from commsim.analysis.hindsight import Backtest


def backtest(
    scenario: ScenarioName,
    until: Annotated[
        dt.datetime | None,
        typer.Option(
            metavar="DATE",
            formats=["%Y-%m-%d"],
            help="Last day of orders shown to the model; community.history.until if left out.",
        ),
    ] = None,
    weeks: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", min=1, help="Weeks to foretell; to the end of the file if left out."),
    ] = None,
    worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, max=100_000, help="Worlds to run.")
    ] = BACKTEST_WORLDS,
    with_strategies: Annotated[
        bool, typer.Option("--with-strategies", help="Run the plan's strategies; they are off otherwise.")
    ] = False,
    seed: Seed = 0,
    workers: Workers = None,
    as_json: AsJson = False,
    csv: CsvFile = None,
    force: Force = False,
    quiet: Quiet = False,
    strategies: StrategyFiles = None,
) -> None:
    """Foretell the rest of an order history from its beginning, and compare with what happened."""
    check_csv(csv, as_json=as_json, force=force)
    from commsim.scenario.load import load

    plan = load(scenario)
    load_engine(quiet=quiet)
    from commsim.analysis.backtest import backtest as look_back

    with progress_bar("worlds", worlds, quiet=quiet) as tell:
        found = look_back(
            plan,
            until=until and until.date(),
            weeks=weeks,
            worlds=worlds,
            seed=seed,
            workers=workers,
            with_strategies=with_strategies,
            progress=lambda done: tell(done, ""),
        )
    _print(found, as_json, csv)


def _print(found: "Backtest", as_json: bool, csv: "Path | None") -> None:
    from commsim.report.backtest.data import backtest_csv, backtest_data
    from commsim.report.backtest.tables import backtest_grids, backtest_verdict

    show_result(
        as_json=as_json,
        data=lambda: backtest_data(found),
        grids=lambda: [said_grid(grid) for grid in backtest_grids(found)],
        verdict=lambda: backtest_verdict(found),
        csv=csv,
        rows=lambda: backtest_csv(found),
    )
