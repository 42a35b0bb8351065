"""``commsim serve``: plans side by side on a page in the browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commsim.cli.options import Force, Quiet, RunMemory, Seed, StrategyFiles
from commsim.cli.output import print_text
from commsim.cli.progress import load_engine
from commsim.cli.spoken import Lang
from commsim.cli.spread import spread
from commsim.cli.written_page import ExportFile, check_seed, write_page
from commsim.experiments.effort import PAGE_SECONDS

if TYPE_CHECKING:
    from commsim.page.session import Program

MOST = 4
PORT = 8765
LOOPBACK = "127.0.0.1"

Host = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Where to listen; others than this machine see a warning.")
]
Port = Annotated[
    int, typer.Option(metavar="NUMBER", min=0, max=65535, help="Port to listen on; 0 for any free one.")
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Don't open the browser.")]
RunSeconds = Annotated[
    float, typer.Option("--run-seconds", metavar="SECONDS", min=1, help="End a run that takes longer.")
]


@dataclass(frozen=True)
class Page:
    """How a page is served, or written to be handed out."""

    lang: Lang = "en"
    host: Host = LOOPBACK
    port: Port = PORT
    no_browser: NoBrowser = False
    run_seconds: RunSeconds = PAGE_SECONDS
    run_memory: RunMemory = None
    export: ExportFile = None
    force: Force = False
    quiet: Quiet = False

    def write(self, program: "Program", file: Path, seed: int | None, *, lesson: bool = False) -> None:
        """Record its runs and write it."""
        write_page(program, file, seed, lang=self.lang, lesson=lesson, force=self.force, quiet=self.quiet)

    def show(self, program: "Program", seed: int, **more: Any) -> None:
        """Serve it until Ctrl-C; ``more`` is what else the page is told at first."""
        check_seed(seed)
        warning = (
            f"Warning: everybody who can reach this machine at {self.host} can open the page, see the plans "
            "and make it calculate."
        )
        with listening(self.host, warning, quiet=self.quiet):
            from commsim.experiments.limits import Limits
            from commsim.page.launch import serve_page
            from commsim.page.server import Server

            settings = {"lang": self.lang, "seed": seed, **more}
            limits = Limits(self.run_seconds, self.run_memory)
            serve_page(
                lambda guard, _: Server(program, guard, settings, limits),
                host=self.host,
                port=self.port,
                browser=not self.no_browser,
                ready=_tell,
            )


@spread
def serve(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SCENARIO]...", help="Up to four files, or names of shipped ones."),
    ] = None,
    seed: Seed = 0,
    strategies: StrategyFiles = None,
    *,
    page: Page,
) -> None:
    """Show plans side by side on a page: play, change a plan on any day, branch, save what comes out.

    One plan is shown beside its unchanged twin; without any, the dead and the active group are shown.
    Press Ctrl-C to stop.
    """
    names = scenarios or ["dead-group", "active-group"]
    if len(names) > MOST:
        raise typer.BadParameter(f"name {MOST} scenarios at most", param_hint="[SCENARIO]...")
    from commsim.page.program import side_by_side

    program = side_by_side(names)
    if page.export is not None:
        page.write(program, page.export, seed)
    else:
        page.show(program, seed)


@contextmanager
def listening(host: str, warning: str, *, quiet: bool) -> Iterator[None]:
    """What is served in this block ends with Ctrl-C; warns where others than this machine can reach it."""
    if not host.strip():
        raise typer.BadParameter("give an address, such as 127.0.0.1", param_hint="--host")
    load_engine(quiet=quiet)
    from commsim.page.guard import is_loopback

    if not is_loopback(host):
        print_text(warning, err=True)
    try:
        yield
    except KeyboardInterrupt:
        print_text("Stopped.", err=True)


def _tell(address: str) -> None:
    print_text(f"The page is at {address} (Ctrl-C stops it).")
