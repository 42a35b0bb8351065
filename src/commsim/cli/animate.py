"""``commsim animate``: the replay of the report as a film."""

from pathlib import Path
from typing import Annotated

import typer

from commsim.cli.options import Force, Quiet, StrategyFiles, Workers
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.progress import progress_bar
from commsim.cli.report import Folder, case_of
from commsim.cli.spoken import Lang

FEW = 2
"""Worlds that are enough for a film, which shows one of them."""


def animate(
    folder: Folder,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="Ends with .gif, or .mp4 where ffmpeg is.")
    ] = Path("replay.gif"),
    speed: Annotated[int, typer.Option(metavar="DAYS", min=1, max=30, help="Days a second.")] = 6,
    lang: Lang = "en",
    workers: Workers = None,
    force: Force = False,
    quiet: Quiet = False,
    strategies: StrategyFiles = None,
) -> None:
    """Film a run, or the best two plans of a comparison in one world: every member a dot, day by day."""
    from commsim.report.language import language
    from commsim.report.plots.film import check_film, film

    check_film(out)
    check_file(out, "-o", force=force)
    case = case_of(folder, FEW, workers, quiet=quiet)
    days = max(plan.days for plan in case.scenarios)
    with progress_bar("days drawn", days, quiet=quiet) as tell:
        film(case, out, language(lang), days_per_second=speed, progress=lambda done: tell(done, ""))
    print_text(f"The film is in {out}.", err=True)
