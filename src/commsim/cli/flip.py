"""``commsim flip``: what would have to be true for the other of two plans to win."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.html_output import Lang, put_statement
from commsim.cli.options import (
    AsJson,
    CsvFile,
    Days,
    Force,
    HtmlPage,
    Quiet,
    Scheduler,
    Seed,
    StrategyFiles,
    Workers,
    refuse_both,
)
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.progress import load_engine, progress_bar
from commsim.cli.results import check_csv, show_result
from commsim.experiments.effort import FLIP_POINTS, FLIP_WORLDS

if TYPE_CHECKING:
    from commsim.analysis.flip import Flip
    from commsim.scenario.schema import Scenario

STATEMENT, UNKNOWNS = "flip.json", "unknowns.csv"
"""Files in the folder of the runs: all that they say, and a row for each unknown."""
STAGES = {
    "ends": "each unknown at both ends of its range",
    "ranges": "all ranges at once",
    "turns": "where single unknowns turn it",
    "map": "the two that decide most",
}
"""What the bar says of a stage; others look for the nearest point."""


def flip(
    first: Annotated[str, typer.Argument(metavar="A", help="A scenario file, or the name of a shipped one.")],
    second: Annotated[
        str, typer.Argument(metavar="[B]", help="Another; or nothing, which is A left alone.")
    ] = "nothing",
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="One unknown, such as buying.touch, or all of a section, such as buying (may be given more "
            "than once); else all.",
        ),
    ] = None,
    worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=4, help="Worlds of the plans as they are.")
    ] = FLIP_WORLDS,
    points: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, help="Points over all ranges at once.")
    ] = FLIP_POINTS,
    confidence: Annotated[
        float, typer.Option(metavar="SHARE", min=0.5, max=0.9999, help="Of all answers together.")
    ] = 0.95,
    metric: Annotated[
        str, typer.Option(metavar="MEASURE", help="The measure that decides, as for compare.")
    ] = "profit",
    days: Days = None,
    seed: Seed = 0,
    workers: Workers = None,
    scheduler: Scheduler = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="Folder for the runs, or with those so far."),
    ] = None,
    as_json: AsJson = False,
    csv: CsvFile = None,
    html: HtmlPage = None,
    figures: Annotated[
        Path | None,
        typer.Option("--figures", metavar="FILE", help="Draw the figures: .png, .svg or .pdf."),
    ] = None,
    lang: Lang = "en",
    force: Force = False,
    quiet: Quiet = False,
    strategies: StrategyFiles = None,
) -> None:
    """Say what would turn a comparison round: which of the things that nobody knows, and at which value.

    Each parameter of the members' behaviour and each number that the plans assume is moved over its range,
    alone and together with all others.  Takes minutes; with --out a run that was stopped goes on.
    """
    check_csv(csv, as_json=as_json, force=force)
    check_file(html, "--html", force=force)
    if figures is not None:
        _check_figures(figures, force=force)
    refuse_both(scheduler, workers)
    plans = _plans(first, second, days)
    load_engine(quiet=quiet)
    from commsim.analysis.flip import flip as find_out

    with progress_bar("pairs of runs", None, quiet=quiet) as tell:
        found = find_out(
            *plans,
            only=only or (),
            metric=metric,
            worlds=worlds,
            points=points,
            confidence=confidence,
            seed=seed,
            out=out,
            workers=workers,
            scheduler=scheduler,
            progress=lambda done, stage: tell(
                done, STAGES.get(stage, "the nearest point where several turn it")
            ),
        )
    _print(found, as_json, csv, lang)
    _keep(found, out, html, figures, lang)


def _plans(first: str, second: str, days: int | None) -> "list[Scenario | str]":
    from commsim.analysis.flip.find import NOTHING
    from commsim.scenario.length import with_days
    from commsim.scenario.load import load

    loaded = [load(plan) for plan in (first, *((second,) if second != NOTHING else ()))]
    plans: list[Scenario | str] = [plan if days is None else with_days(plan, days) for plan in loaded]
    return plans


def _check_figures(file: Path, *, force: bool) -> None:
    from commsim.report.plots.files import places

    names = ("tornado", "map")
    for place in {*places(names, file, names).values()}:
        check_file(place, "--figures", force=force)


def _print(found: "Flip", as_json: bool, csv: Path | None, lang: str) -> None:
    from commsim.report.flip.data import flip_csv, flip_data
    from commsim.report.flip.tables import flip_grids
    from commsim.report.flip.verdict import flip_verdict
    from commsim.report.language import language

    say = language(lang)
    show_result(
        as_json=as_json,
        data=lambda: flip_data(found),
        grids=lambda: flip_grids(found, say),
        verdict=lambda: flip_verdict(found, say),
        csv=csv,
        rows=lambda: flip_csv(found),
    )


def _keep(found: "Flip", out: Path | None, html: Path | None, figures: Path | None, lang: str) -> None:
    """The statement beside the runs, the page, and the figures."""
    from commsim.report.flip.data import flip_csv, flip_data, flip_statement

    if out is not None:
        from commsim.experiments.store import put_text
        from commsim.records.folder import writing

        text = json.dumps(flip_data(found), ensure_ascii=False, indent=2, allow_nan=False)
        with writing(out):
            put_text(text + "\n", out / STATEMENT)
            put_text(flip_csv(found), out / UNKNOWNS)
        print_text(f"The runs are in {out}.", err=True)
    if html is not None:
        from commsim.report.language import language

        put_statement(flip_statement(found, language(lang)), html, lang)
    for file in found.plot(figures, lang) if figures is not None else ():
        print_text(f"Figures are in {file}.", err=True)
