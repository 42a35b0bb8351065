"""The page as a file to hand out: ``--export`` of ``commsim demo`` and ``commsim serve``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.progress import load_engine, progress_bar

if TYPE_CHECKING:
    from commsim.page.session import Program

ExportFile = Annotated[
    Path | None,
    typer.Option(
        "--export",
        metavar="FILE",
        help="Write the page with recorded runs into one HTML file that plays without commsim, and stop.",
    ),
]


def check_seed(seed: int | None) -> None:
    """Refuse a seed that a browser can't count to."""
    from commsim.page.messages import MOST_SEED

    if seed is not None and seed > MOST_SEED:
        raise typer.BadParameter(f"a browser counts to {MOST_SEED} only", param_hint="--seed")


def write_page(
    program: "Program", file: Path, seed: int | None, *, lang: str, lesson: bool, force: bool, quiet: bool
) -> None:
    """Record the runs and write the page.  Raises InputError where the file can't be."""
    check_seed(seed)
    check_file(file, "--export", force=force)
    load_engine(quiet=quiet)
    from commsim.page.export import recording, small
    from commsim.records.folder import new_file

    for plan in program.plans:
        members = small(plan).community.members
        if members < plan.community.members and not quiet:
            print_text(
                f"{plan.name}: {members:,} members are recorded of {plan.community.members:,}.", err=True
            )
    with progress_bar("changes recorded", None, quiet=quiet) as tell:
        made = recording(
            program, seed, lang=lang, lesson=lesson, tell=lambda done, ways: tell(done, f"of {ways:,}")
        )
    with new_file(file) as side:
        side.write_text(made.page, encoding="utf-8")
    size = len(made.page.encode()) / 1e6
    print_text(f"Wrote {file} ({size:.1f} MB). It opens in any current browser, without a network.", err=True)
    print_text(f"It holds {made.held:,} of {made.ways:,} ways to move the two sliders.", err=True)
