"""``commsim league``: teams' plans for one shop, under one budget, ranked on the same worlds."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.deciding import Plans, Telling
from commsim.cli.html_output import put_page
from commsim.cli.options import Days, Metric, Quiet, RunMemory, Workers
from commsim.cli.output import print_text
from commsim.cli.progress import load_engine, progress_bar
from commsim.cli.results import show_result
from commsim.cli.serve import LOOPBACK, PORT, Host, NoBrowser, Port, RunSeconds, listening
from commsim.cli.spread import spread
from commsim.experiments.effort import LEAGUE_WORLDS, RUN_SECONDS

if TYPE_CHECKING:
    from commsim.analysis.league import League
    from commsim.page.classroom import Classroom, Rules
    from commsim.page.register import Register, Secrets
    from commsim.scenario.schema import Scenario


@dataclass(frozen=True)
class Live:
    """Where a class hands in its plans; all of it goes with ``--live``."""

    live: Annotated[
        bool,
        typer.Option("--live", help="Let teams hand in plans on their phones, and score them on a page."),
    ] = False
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FOLDER",
            help="With --live: keeps teams, plans and ladders, and goes on from there.",
        ),
    ] = None
    host: Host = LOOPBACK
    port: Port = PORT
    code: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="Code that a team needs to hand in; six digits by chance if left out.",
            show_default=False,
        ),
    ] = None
    no_browser: NoBrowser = False
    run_seconds: RunSeconds = RUN_SECONDS
    run_memory: RunMemory = None

    def __post_init__(self) -> None:
        if not self.live and any(
            getattr(self, name) != plain.default for name, plain in self.__dataclass_fields__.items()
        ):
            raise typer.BadParameter("--out, --host, --port, --code and limits of runs go with --live")
        if self.code is not None and not (4 <= len(self.code) <= 32 and self.code.isalnum()):
            raise typer.BadParameter("give 4 to 32 letters or digits", param_hint="--code")


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
    budget: Annotated[
        float | None,
        typer.Option(
            metavar="YUAN", min=0, max=1e9, help="Most that a team's strategies may cost on average."
        ),
    ] = None,
    worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, max=100_000, help="Worlds, the same for all teams.")
    ] = LEAGUE_WORLDS,
    seed: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=0,
            max=2**63 - 1,
            help="Gives the worlds; one by chance if left out, which no team can guess.",
            show_default=False,
        ),
    ] = None,
    metric: Metric = "profit",
    days: Days = None,
    why: Annotated[
        bool, typer.Option("--why/--no-why", help="Also find each team's best idea, as commsim explain does.")
    ] = True,
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
    teams = [reading.load(plan, days) for plan in plans]
    if live.live:
        from commsim.page.classroom import Rules

        (shop,) = _alone(teams, telling)
        rules = Rules(budget, worlds, metric, why)
        _serve(shop, rules, live, telling, seed=seed, workers=workers, quiet=quiet)
        return
    load_engine(quiet=quiet)
    from commsim.analysis.league import league as play

    hidden = _by_chance() if seed is None else seed
    with progress_bar("worlds", worlds, quiet=quiet) as tell:
        found = play(
            teams,
            budget=budget,
            worlds=worlds,
            seed=hidden,
            metric=metric,
            explained=why,
            workers=workers,
            progress=lambda what, done, total: tell(
                done if what == "worlds" else worlds, "" if what == "worlds" else f"{what}: {done} of {total}"
            ),
        )
    _tell(found, telling, [] if seed is not None else ["--seed", str(hidden)])
    if seed is None:
        print_text(f"The worlds are of seed {hidden}; give --seed {hidden} to see the same again.", err=True)


def _by_chance() -> int:
    """A seed that nobody can guess."""
    import secrets

    from commsim.page.messages import MOST_SEED

    return secrets.randbelow(MOST_SEED)


def _alone(teams: "list[Scenario]", telling: Telling) -> "list[Scenario]":
    if len(teams) != 1:
        raise typer.BadParameter("name one plan with --live: the shop", param_hint="PLAN...")
    if telling.as_json or telling.csv or telling.html:
        raise typer.BadParameter("--json, --csv and --html don't go with --live; --out keeps all of it")
    return teams


def _serve(
    shop: "Scenario",
    rules: "Rules",
    live: Live,
    telling: Telling,
    *,
    seed: int | None,
    workers: int | None,
    quiet: bool,
) -> None:
    """Serve the pages until Ctrl-C."""
    from commsim.cli.origin import command
    from commsim.experiments.limits import Limits
    from commsim.records.manifest import provenance

    room, known, register = _opened(shop, rules, live, seed)
    limits, origin = Limits(live.run_seconds, live.run_memory), provenance(command())
    warning = (
        f"Warning: everybody who can reach this machine at {live.host} can open the page, and who has "
        "the code can hand in a plan."
    )

    def shown(address: str) -> str:
        return outside(address) if live.host in ANYWHERE else address

    def ready(address: str) -> None:
        print_text(f"Teams open {shown(address)} and give the code {known.code}.")
        print_text(f"The ladder, for the projector, is at {address}ladder#{known.key} (Ctrl-C stops it).")

    with listening(live.host, warning, quiet=quiet):
        from commsim.page.ladder import CONNECTIONS, LeagueServer
        from commsim.page.launch import ANYWHERE, outside, serve_page

        serve_page(
            lambda guard, address: LeagueServer(
                room,
                rules,
                guard,
                limits,
                known=known,
                register=register,
                lang=telling.lang,
                address=shown(address),
                origin=origin,
                workers=workers,
            ),
            host=live.host,
            port=live.port,
            browser=not live.no_browser,
            ready=ready,
            opened=f"ladder#{known.key}",
            connections=CONNECTIONS,
        )


def _opened(
    shop: "Scenario", rules: "Rules", live: Live, seed: int | None
) -> "tuple[Classroom, Secrets, Register]":
    """The class: a new one, or the one that a folder keeps."""
    import secrets

    from commsim.page.classroom import Classroom
    from commsim.page.register import Register, Secrets

    register = Register(live.out, shop)
    kept = register.read()
    if kept is None:
        code, first = live.code or f"{secrets.randbelow(10**6):06}", seed
        first = _by_chance() if first is None else first
        known = Secrets(code, secrets.token_urlsafe(12), secrets.token_urlsafe(6), [first])
        room = Classroom(shop, known.code, rules.budget)
    else:
        known = Secrets(live.code or kept["code"], kept["key"], kept["name"], kept["seeds"])
        room = Classroom(shop, known.code, rules.budget)
        register.revive(kept, room)
        print_text(f"Going on with {len(room.teams)} teams in round {room.number}.", err=True)
        if seed is not None:
            known.seeds[room.number - 1 :] = [seed]
    if live.out is None:
        print_text("Plans are kept in memory only; --out FOLDER would keep them.", err=True)
    return room, known, register


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
