"""``commsim demo``: a dead and an active group side by side, to watch or as a file to hand out."""

from pathlib import Path
from typing import Annotated

import typer

from commsim.cli.options import Force, Quiet, RunMemory
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.progress import load_engine, progress_bar
from commsim.cli.serve import (
    LOOPBACK,
    PORT,
    Host,
    Language,
    NoBrowser,
    Port,
    RunSeconds,
    check_page,
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
ExportFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write the page with recorded runs into one HTML file that plays without commsim, and stop.",
    ),
]


def demo(
    lesson: Annotated[
        bool, typer.Option("--lesson", help="Walk through the lesson, with a question before each answer.")
    ] = False,
    export: ExportFile = None,
    seed: TypicalSeed = None,
    lang: Language = "en",
    host: Host = LOOPBACK,
    port: Port = PORT,
    no_browser: NoBrowser = False,
    run_seconds: RunSeconds = PAGE_SECONDS,
    run_memory: RunMemory = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Watch a dead and an active group side by side in the browser, on one clock and the same luck.

    Press Ctrl-C to stop.
    """
    from commsim.experiments.limits import Limits
    from commsim.page.program import demonstration
    from commsim.page.typical import demo_seed, lesson_seeds

    program, limits = demonstration(), Limits(run_seconds, run_memory)
    if export is not None:
        check_page(lang, seed)
        check_file(export, "--export", force=force)
        _write(export, seed, lang=lang, lesson=lesson, quiet=quiet)
        return
    lesson_at = lesson_seeds() if seed is None else []
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


def _write(file: Path, seed: int | None, *, lang: str, lesson: bool, quiet: bool) -> None:
    """Record the runs and write the page.  Raises InputError where the file can't be."""
    load_engine(quiet=quiet)
    from commsim.page.export import recording
    from commsim.page.program import demonstration
    from commsim.records.folder import new_file

    with progress_bar("runs recorded", None, quiet=quiet) as tell:
        page = recording(demonstration(), seed, lang=lang, lesson=lesson, tell=lambda done: tell(done, ""))
    with new_file(file) as side:
        side.write_text(page, encoding="utf-8")
    size = len(page.encode()) / 1e6
    print_text(f"Wrote {file} ({size:.1f} MB). It opens in any current browser, without a network.", err=True)
