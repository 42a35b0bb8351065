"""``commsim best``: the best of many plans, or of the points of a design, with a bound on what is missed."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.compare import read_precision
from commsim.cli.html_output import Lang, put_statement
from commsim.cli.options import (
    AsJson,
    CsvFile,
    Days,
    Force,
    HtmlPage,
    Quiet,
    Scheduler,
    Seconds,
    Seed,
    StrategyFiles,
    Workers,
    refuse_both,
)
from commsim.cli.output import print_text
from commsim.cli.output_file import check_file
from commsim.cli.progress import load_engine, progress_bar
from commsim.cli.results import check_csv, show_result
from commsim.core.errors import CommsimError, Exit, InputError
from commsim.experiments.effort import BEST_WORLDS

if TYPE_CHECKING:
    from commsim.analysis.best import Best
    from commsim.analysis.envelope import Look
    from commsim.experiments.design import Design
    from commsim.scenario.schema import Scenario

STATEMENT, WORLDS = "best.json", "worlds.csv"
"""Files in the folder of the runs: what they say, and the measure of each plan in each of its worlds."""


def best(
    plans: Annotated[
        list[str],
        typer.Argument(
            metavar="PLAN...",
            help="Two scenario files or names of shipped ones, or more; or one file of a design, of whose "
            "levers every combination is a plan.",
            show_default=False,
        ),
    ],
    within: Annotated[
        str,
        typer.Option(
            metavar="HALFWIDTH",
            help="How far behind the best the result may be: 200, in the measure's unit, or 1% of the "
            "largest mean.",
        ),
    ] = "1%",
    confidence: Annotated[
        float, typer.Option(metavar="SHARE", min=0.5, max=0.9999, help="Of the statement.")
    ] = 0.95,
    worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, help="Worlds for a plan at most.")
    ] = BEST_WORLDS,
    runs: Annotated[int | None, typer.Option(metavar="NUMBER", min=1, help="Runs in all at most.")] = None,
    seconds: Seconds = None,
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
    lang: Lang = "en",
    force: Force = False,
    quiet: Quiet = False,
    strategies: StrategyFiles = None,
) -> None:
    """Find the best of many plans: it is best, or within so many yuan of the best, with 95 % confidence.

    Plans are run in the same worlds; those that are surely beaten drop out, so that runs go to the others.
    Whatever ends it, Ctrl-C included, what is said holds.  Exits with 6 if it ended before it was as near
    to the best as asked, and with 4 if a plan could not be run.
    """
    check_csv(csv, as_json=as_json, force=force)
    check_file(html, "--html", force=force)
    refuse_both(scheduler, workers)
    wanted = read_precision(within, "--within")
    racers = _racers(plans, out, days)
    load_engine(quiet=quiet)
    from commsim.analysis.best import best as find_best

    with progress_bar("runs", runs, quiet=quiet) as tell:
        found = find_best(
            racers,
            within=wanted,
            confidence=confidence,
            max_worlds=worlds,
            runs=runs,
            seconds=seconds,
            metric=metric,
            seed=seed,
            out=out,
            workers=workers,
            scheduler=scheduler,
            progress=lambda done, look: tell(done, _note(look)),
        )
    _print(found, as_json, csv, lang)
    _keep(found, out, html, lang)
    if code := _exit(found):
        raise typer.Exit(int(code))


def _racers(plans: list[str], out: Path | None, days: int | None) -> "list[Scenario] | Design":
    from commsim.scenario.length import with_days
    from commsim.scenario.load import load

    if len(plans) == 1:
        from commsim.analysis.sweep import read_design

        if days is not None:
            raise typer.BadParameter("a design's scenarios say how long they run", param_hint="--days")
        try:
            return read_design(plans[0], out)
        except InputError:
            if not _is_plan(plans[0]):
                raise
            raise typer.BadParameter(
                "one plan has no other to be better than: name two or more, or a design", param_hint="PLAN..."
            ) from None
    loaded = [load(plan) for plan in plans]
    return loaded if days is None else [with_days(plan, days) for plan in loaded]


def _is_plan(name: str) -> bool:
    from commsim.scenario.load import load

    try:
        load(name)
    except CommsimError:
        return False
    return True


def _note(look: "Look | None") -> str:
    """Beside the bar: what is known so far."""
    if look is None:
        return "the first look after ten worlds of each"
    return f"{len(look.left):,} plans left, best or within {look.within:,.4g}"


def _print(found: "Best", as_json: bool, csv: Path | None, lang: str) -> None:
    from commsim.report.best import best_csv, best_data, best_grids, best_verdict
    from commsim.report.language import language

    say = language(lang)
    show_result(
        as_json=as_json,
        data=lambda: best_data(found),
        grids=lambda: best_grids(found, say),
        verdict=lambda: best_verdict(found, say),
        csv=csv,
        rows=lambda: best_csv(found),
    )


def _keep(found: "Best", out: Path | None, html: Path | None, lang: str) -> None:
    """The statement beside the runs, and the page."""
    from commsim.experiments.store import put_text
    from commsim.records.folder import writing
    from commsim.report.best import best_data, best_statement, worlds_csv

    if out is not None:
        text = json.dumps(best_data(found), ensure_ascii=False, indent=2, allow_nan=False)
        with writing(out):
            put_text(text + "\n", out / STATEMENT)
            put_text(worlds_csv(found), out / WORLDS)
        print_text(f"The runs are in {out}.", err=True)
    if html is not None:
        from commsim.report.language import language

        put_statement(best_statement(found, language(lang)), html, lang)


def _exit(found: "Best") -> Exit:
    if found.failed:
        return Exit.RUNS_FAILED
    if found.stopped == "interrupted":
        return Exit.INTERRUPTED
    return Exit.OK if found.stopped in ("within", "one left") else Exit.IMPRECISE
