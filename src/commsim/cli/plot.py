"""``commsim plot``: the report's figures as PNG, SVG or PDF."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.html_output import CloseWorlds
from commsim.cli.options import Force, Quiet, StrategyFiles, Workers
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.report import Folder, case_of
from commsim.cli.spoken import Lang
from commsim.experiments.effort import CLOSE_WORLDS

if TYPE_CHECKING:
    from commsim.report.plots.files import Plotted


def plot(
    folder: Folder,
    figures: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FIGURE]...",
            help="decision, curves, funnel, retention, growth, money, causes, fatigue; of a sweep policies, "
            "influences, main_effects, interactions, tornado, series, box, map; all if none is named.",
        ),
    ] = None,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FILE", help="Its ending says what it is: .png, .svg or .pdf."),
    ] = Path("figures.pdf"),
    outcome: Annotated[
        str | None,
        typer.Option(metavar="MEASURE", help="What the figures of a sweep explain; profit if left out."),
    ] = None,
    lang: Lang = "en",
    worlds: CloseWorlds = CLOSE_WORLDS,
    workers: Workers = None,
    force: Force = False,
    quiet: Quiet = False,
    strategies: StrategyFiles = None,
) -> None:
    """Draw figures of a run, a comparison or a sweep, readable in grey, for papers and slides.

    Several figures are pages of one PDF, or files of their own: figures-funnel.png.
    """
    from commsim.records.sweep import is_sweep

    if is_sweep(folder):
        made = _of_sweep(folder, figures, out, outcome, lang, force=force)
    elif outcome is not None:
        raise typer.BadParameter("only figures of a sweep explain an outcome", param_hint="--outcome")
    else:
        made = _of_plans(folder, figures, out, worlds, workers, lang, force=force, quiet=quiet)
    for file in made.files:
        print_text(f"Figures are in {file}.", err=True)
    for name in made.left_out:
        print_text(f"Nothing to show of {name}.", err=True)


def _of_sweep(
    folder: Path, figures: list[str] | None, out: Path, outcome: str | None, lang: str, *, force: bool
) -> "Plotted":
    from commsim.records.sweep import load_results
    from commsim.report.language import language
    from commsim.report.plots.files import ALL_OF_SWEEPS, places, plot_sweep

    _check({*places(figures or ALL_OF_SWEEPS, out, ALL_OF_SWEEPS).values()}, force=force)
    return plot_sweep(load_results(folder), outcome or "profit", out, figures or (), language(lang))


def _of_plans(
    folder: Path,
    figures: list[str] | None,
    out: Path,
    worlds: int,
    workers: int | None,
    lang: str,
    *,
    force: bool,
    quiet: bool,
) -> "Plotted":
    from commsim.report.figures import FIGURES
    from commsim.report.language import language
    from commsim.report.plots.files import places, plot

    _check({*places(figures or tuple(FIGURES), out).values()}, force=force)
    case = case_of(folder, worlds, workers, quiet=quiet)
    return plot(case, out, figures or (), language(lang))


def _check(files: set[Path], *, force: bool) -> None:
    for file in files:
        check_file(file, "-o", force=force)
