"""``commsim demo``: a dead and an active group side by side, for a room to watch."""

from typing import Annotated

import typer

from commsim.cli.options import Quiet, RunMemory
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

TypicalSeed = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER",
        min=0,
        max=2**63 - 1,
        help="Another number is another luck; one in the middle of two hundred without it.",
    ),
]


def demo(
    lesson: Annotated[
        bool, typer.Option("--lesson", help="Walk through five steps, with a question before each answer.")
    ] = False,
    seed: TypicalSeed = None,
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
    from commsim.page.typical import demo_seed, lesson_seeds

    lesson_at = lesson_seeds() if seed is None else []
    program, limits = demonstration(), Limits(run_seconds, run_memory)
    browser = not no_browser
    show_page(
        program,
        limits,
        seed=demo_seed() if seed is None else seed,
        lang=lang,
        host=host,
        port=port,
        browser=browser,
        quiet=quiet,
        lesson=lesson,
        lesson_seeds=lesson_at,
    )
