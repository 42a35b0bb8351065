"""``commsim plot``: the report's figures as PNG, SVG or PDF."""

from pathlib import Path
from typing import Annotated

import typer

from commsim.cli.html_output import CloseWorlds, Lang
from commsim.cli.options import Force, Quiet, StrategyFiles, Workers
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.report import Folder, case_of
from commsim.experiments.effort import CLOSE_WORLDS


def plot(
    folder: Folder,
    figures: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FIGURE]...",
            help="decision, curves, funnel, retention, growth, money, causes, fatigue; all if none is named.",
        ),
    ] = None,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FILE", help="Its ending says what it is: .png, .svg or .pdf."),
    ] = Path("figures.pdf"),
    lang: Lang = "en",
    worlds: CloseWorlds = CLOSE_WORLDS,
    workers: Workers = None,
    force: Force = False,
    quiet: Quiet = False,
    strategies: StrategyFiles = None,
) -> None:
    """Draw figures of a run or a comparison, labelled and readable in grey, for papers and slides.

    Several figures are pages of one PDF, or files of their own: figures-funnel.png.
    """
    from commsim.report.figures import FIGURES
    from commsim.report.language import language
    from commsim.report.plots.files import places, plot

    names = tuple(figures or FIGURES)
    for place in {*places(names, out).values()}:
        check_file(place, "-o", force=force)
    case = case_of(folder, worlds, workers, quiet=quiet)
    made = plot(case, out, names, language(lang))
    for file in made.files:
        print_text(f"Figures are in {file}.", err=True)
    for name in made.left_out:
        print_text(f"Nothing to show of {name}.", err=True)
