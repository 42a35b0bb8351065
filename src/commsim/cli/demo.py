"""``commsim demo``: a dead and an active group side by side, to watch or as a file to hand out."""

from pathlib import Path
from typing import Annotated

import typer

from commsim.cli.options import Force, Quiet, RunMemory
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.serve import (
    LOOPBACK,
    PORT,
    Host,
    NoBrowser,
    Port,
    RunSeconds,
    show_page,
)
from commsim.cli.spoken import Lang
from commsim.cli.written_page import ExportFile, check_seed, write_page
from commsim.experiments.effort import PAGE_SECONDS

TypicalSeed = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER",
        min=0,
        max=2**63 - 1,
        help="Another number is another luck; one in the middle of a hundred without it.",
    ),
]
NotesFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write the trainer's notes, a sheet a step, to print, and stop."),
]


def demo(
    lesson: Annotated[
        bool, typer.Option("--lesson", help="Walk through the lesson, with a question before each answer.")
    ] = False,
    export: ExportFile = None,
    notes: NotesFile = None,
    seed: TypicalSeed = None,
    lang: Lang = "en",
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

    if notes is not None:
        check_seed(seed)
        check_file(notes, "--notes", force=force)
        _write_notes(notes, lang)
        if export is None:
            return
    program, limits = demonstration(), Limits(run_seconds, run_memory)
    if export is not None:
        write_page(program, export, seed, lang=lang, lesson=lesson, force=force, quiet=quiet)
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


def _write_notes(file: Path, lang: str) -> None:
    """Write the trainer's notes.  Raises InputError where the file can't be."""
    from commsim.page.notes import notes
    from commsim.records.folder import new_file

    with new_file(file) as side:
        side.write_text(notes(lang), encoding="utf-8")
    print_text(f"Wrote {file}: a sheet of A4 for each step of the lesson.", err=True)
