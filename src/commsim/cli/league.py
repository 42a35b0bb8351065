"""``commsim league``: teams' plans for one shop, under one budget, ranked on the same worlds."""

from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.deciding import Plans, Telling
from commsim.cli.html_output import put_page
from commsim.cli.options import Days, Metric, Quiet, Seed, Workers
from commsim.cli.progress import load_engine, progress_bar
from commsim.cli.results import show_result
from commsim.cli.spread import spread
from commsim.experiments.effort import LEAGUE_WORLDS

if TYPE_CHECKING:
    from commsim.analysis.league import League


@spread
def league(
    plans: Annotated[
        list[str],
        typer.Argument(
            metavar="PLAN...",
            help="A scenario file or shipped name for each team: two to sixty plans of the same shop.",
            show_default=False,
        ),
    ],
    budget: Annotated[
        float | None,
        typer.Option(
            metavar="YUAN", min=0, max=1e9, help="Most that a team's strategies may cost on average."
        ),
    ] = None,
    worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, max=100_000, help="Worlds, the same for all teams.")
    ] = LEAGUE_WORLDS,
    seed: Seed = 0,
    metric: Metric = "profit",
    days: Days = None,
    why: Annotated[
        bool, typer.Option("--why/--no-why", help="Also find each team's best idea, as commsim explain does.")
    ] = True,
    workers: Workers = None,
    quiet: Quiet = False,
    *,
    telling: Telling,
    reading: Plans,
) -> None:
    """Rank teams' plans: on the same hidden worlds, with ties where they can't be told apart.

    All plans are of one shop: they extend the same plan and change what the operator does.  Who spends more
    than the budget is not ranked.  Each team hears its best idea and its fatal day, from which on the plan
    loses to doing nothing; the page has a certificate for each.
    """
    teams = [reading.load(plan) for plan in plans]
    load_engine(quiet=quiet)
    from commsim.analysis.league import league as play

    with progress_bar("worlds", worlds, quiet=quiet) as tell:
        found = play(
            teams,
            budget=budget,
            worlds=worlds,
            seed=seed,
            metric=metric,
            days=days,
            explained=why,
            workers=workers,
            progress=lambda what, done, total: tell(
                done if what == "worlds" else worlds, "" if what == "worlds" else f"{what}: {done} of {total}"
            ),
        )
    _tell(found, telling)


def _tell(found: "League", telling: Telling) -> None:
    from commsim.report.league import league_csv, league_data, league_grids, league_verdict, write_league

    say = telling.say
    show_result(
        as_json=telling.as_json,
        data=lambda: league_data(found),
        grids=lambda: league_grids(found, say),
        verdict=lambda: league_verdict(found, say),
        csv=telling.csv,
        rows=lambda: league_csv(found),
    )
    if telling.html is not None:
        put_page(write_league, found, telling.html, telling.lang)
