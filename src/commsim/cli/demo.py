"""``commsim demo``: a dead and an active group side by side, for a room to watch."""

from typing import Annotated

import typer

from commsim.cli.options import Quiet, RunMemory, Seed
from commsim.cli.serve import (
    LOOPBACK,
    PORT,
    Host,
    Language,
    NoBrowser,
    Port,
    RunSeconds,
    show_page,
)
from commsim.experiments.effort import PAGE_SECONDS


def demo(
    lesson: Annotated[
        bool, typer.Option("--lesson", help="Walk through five steps, with a question before each answer.")
    ] = False,
    seed: Seed = 0,
    lang: Language = "en",
    host: Host = LOOPBACK,
    port: Port = PORT,
    no_browser: NoBrowser = False,
    run_seconds: RunSeconds = PAGE_SECONDS,
    run_memory: RunMemory = None,
    quiet: Quiet = False,
) -> None:
    """Watch a dead and an active group side by side in the browser, on one clock and the same luck.

    Press Ctrl-C to stop.
    """
    from commsim.experiments.limits import Limits
    from commsim.page.program import demonstration

    program, limits = demonstration(), Limits(run_seconds, run_memory)
    browser = not no_browser
    show_page(
        program,
        limits,
        seed=seed,
        lang=lang,
        host=host,
        port=port,
        browser=browser,
        quiet=quiet,
        lesson=lesson,
    )
