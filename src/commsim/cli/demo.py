"""``commsim demo``: a dead and an active group side by side, to watch or as a file to hand out."""

from pathlib import Path
from typing import Annotated

import typer

from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.serve import Page
from commsim.cli.spread import spread
from commsim.cli.written_page import check_seed

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


@spread
def demo(
    lesson: Annotated[
        bool, typer.Option("--lesson", help="Walk through the lesson, with a question before each answer.")
    ] = False,
    notes: NotesFile = None,
    seed: TypicalSeed = None,
    *,
    page: Page,
) -> None:
    """Watch a dead and an active group side by side in the browser, on one clock and the same luck.

    Press Ctrl-C to stop.
    """
    from commsim.page.program import demonstration
    from commsim.page.typical import demo_seed, lesson_seeds

    if notes is not None:
        check_seed(seed)
        check_file(notes, "--notes", force=page.force)
        _write_notes(notes, page.lang)
        if page.export is None:
            return
    if page.export is not None:
        page.write(demonstration(), page.export, seed, lesson=lesson)
        return
    lesson_at = lesson_seeds() if seed is None else []
    at = demo_seed() if seed is None else seed
    page.show(demonstration(), at, lesson=lesson, lesson_seeds=lesson_at)


def _write_notes(file: Path, lang: str) -> None:
    """Write the trainer's notes.  Raises InputError where the file can't be."""
    from commsim.page.notes import notes
    from commsim.records.folder import new_file

    with new_file(file) as side:
        side.write_text(notes(lang), encoding="utf-8")
    print_text(f"Wrote {file}: a sheet of A4 for each step of the lesson.", err=True)
