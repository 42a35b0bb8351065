"""``commsim league --live``: a class hands in its plans on phones, and sees the ladder on the projector."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.deciding import Telling
from commsim.cli.options import RunMemory
from commsim.cli.output import print_text
from commsim.cli.serve import LOOPBACK, PORT, Host, NoBrowser, Port, RunSeconds, listening
from commsim.experiments.effort import RUN_SECONDS

if TYPE_CHECKING:
    from commsim.page.classroom import Classroom
    from commsim.page.register import Register
    from commsim.page.scoring import Rules
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


def check_alone(plans: list[str], telling: Telling) -> None:
    """Refuse more than a shop, and what a league on phones does not write."""
    if len(plans) != 1:
        raise typer.BadParameter("name one plan with --live: the shop", param_hint="PLAN...")
    if telling.as_json or telling.csv or telling.html:
        raise typer.BadParameter("--json, --csv and --html don't go with --live; --out keeps all of it")


def serve_class(
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

    room, register = opened_class(shop, rules, live, seed)
    limits, origin = Limits(live.run_seconds, live.run_memory), provenance(command())
    warning = (
        f"Warning: everybody who can reach this machine at {live.host} can open the page, and who has "
        "the code can hand in a plan."
    )

    def shown(address: str) -> str:
        return outside(address) if live.host in ANYWHERE else address

    def ready(address: str) -> None:
        print_text(f"Teams open {shown(address)} and give the code {room.known.code}.")
        print_text(
            f"The ladder, for the projector, is at {address}ladder#{room.known.key} (Ctrl-C stops it)."
        )

    with register.held(), listening(live.host, warning, quiet=quiet):
        register.keep(room)  # so that code and key are the same after whatever happens
        from commsim.page.ladder import CONNECTIONS, LeagueServer
        from commsim.page.launch import ANYWHERE, outside, serve_page

        serve_page(
            lambda guard, address: LeagueServer(
                room,
                rules,
                guard,
                limits,
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
            opened=f"ladder#{room.known.key}",
            connections=CONNECTIONS,
        )


def opened_class(
    shop: "Scenario", rules: "Rules", live: Live, seed: int | None
) -> "tuple[Classroom, Register]":
    """The class: a new one, or the one that a folder keeps."""
    import secrets

    from commsim.page.classroom import Classroom, Secrets
    from commsim.page.register import Register

    register = Register(live.out, shop)
    kept = register.read()
    if kept is None:
        code = live.code or f"{secrets.randbelow(10**6):06}"
        known = Secrets(code, secrets.token_urlsafe(12), secrets.token_urlsafe(6))
        room = Classroom(shop, known, rules.budget)
    else:
        known = Secrets(live.code or kept.code, kept.key, kept.name)
        room = Classroom(shop, known, rules.budget)
        register.revive(kept, room)
        print_text(f"Going on with {len(room.teams)} teams in round {room.number}.", err=True)
    played = room.seeds[: room.number - 1]
    if seed is not None and seed not in played:  # the same command goes on, but not in worlds that were seen
        room.seeds = [*played, seed]
    if live.out is None:
        print_text("Plans are kept in memory only; --out FOLDER would keep them.", err=True)
    return room, register
