"""``commsim league``: teams' plans for one shop, under one budget, ranked on the same worlds."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.deciding import Plans, Telling
from commsim.cli.html_output import put_page
from commsim.cli.live_league import Live, check_alone, serve_class
from commsim.cli.options import Days, Metric, Quiet, Workers
from commsim.cli.output import print_text
from commsim.cli.progress import load_engine, progress_bar
from commsim.cli.results import show_result
from commsim.cli.spread import spread
from commsim.experiments.effort import LEAGUE_WORLDS

if TYPE_CHECKING:
    from commsim.analysis.league import League
    from commsim.scenario.schema import Scenario


@dataclass(frozen=True)
class Terms:
    """What teams play for, and in which worlds."""

    budget: Annotated[
        float | None,
        typer.Option(
            metavar="YUAN", min=0, max=1e9, help="Most that a team's strategies may cost on average."
        ),
    ] = None
    worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, max=100_000, help="Worlds, the same for all teams.")
    ] = LEAGUE_WORLDS
    seed: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=0,
            max=2**63 - 1,
            help="Gives the worlds; one by chance if left out, which no team can guess.",
            show_default=False,
        ),
    ] = None
    metric: Metric = "profit"
    days: Days = None
    why: Annotated[
        bool, typer.Option("--why/--no-why", help="Also find each team's best idea, as commsim explain does.")
    ] = True


@spread
def league(
    plans: Annotated[
        list[str],
        typer.Argument(
            metavar="PLAN...",
            help="A scenario file or shipped name for each team, two to sixty plans of the same shop; "
            "with --live the shop alone.",
            show_default=False,
        ),
    ],
    terms: Terms,
    workers: Workers = None,
    quiet: Quiet = False,
    *,
    live: Live,
    telling: Telling,
    reading: Plans,
) -> None:
    """Rank teams' plans: on the same hidden worlds, with ties where they can't be told apart.

    All plans are of one shop: they extend the same plan and change what the operator does.  Who spends more
    than the budget is not ranked.  Each team hears its best idea and its fatal day, from which on the plan
    loses to doing nothing; the page has a certificate for each.
    With --live teams make their plans of cards on their phones, and a page for the projector ranks them.
    """
    if live.live:
        check_alone(plans, telling)
    teams = [reading.load(plan, terms.days) for plan in plans]
    if live.live:
        from commsim.page.scoring import Rules

        rules = Rules(terms.budget, terms.worlds, terms.metric, terms.why)
        serve_class(teams[0], rules, live, telling, seed=terms.seed, workers=workers, quiet=quiet)
        return
    load_engine(quiet=quiet)
    from commsim.page.classroom import by_chance

    hidden = by_chance() if terms.seed is None else terms.seed
    found = _played(teams, terms, hidden, workers, quiet=quiet)
    _tell(found, telling, [] if terms.seed is not None else ["--seed", str(hidden)])
    if terms.seed is None:
        print_text(f"The worlds are of seed {hidden}; give --seed {hidden} to see the same again.", err=True)


def _played(
    teams: "list[Scenario]", terms: Terms, seed: int, workers: int | None, *, quiet: bool
) -> "League":
    """The league, with a bar of how far it is."""
    from commsim.analysis.league import league as play

    worlds = terms.worlds
    with progress_bar("worlds", worlds, quiet=quiet) as tell:
        return play(
            teams,
            budget=terms.budget,
            worlds=worlds,
            seed=seed,
            metric=terms.metric,
            explained=terms.why,
            workers=workers,
            progress=lambda what, done, total: tell(
                done if what == "worlds" else worlds, "" if what == "worlds" else f"{what}: {done} of {total}"
            ),
        )


def _tell(found: "League", telling: Telling, drawn: list[str]) -> None:
    """Show it; drawn: the option that the command lacks to see the same again."""
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
        put_page(
            lambda league, origin, *to: write_league(
                league, {**origin, "command": [*origin["command"], *drawn]}, *to
            ),
            found,
            telling.html,
            telling.lang,
        )
