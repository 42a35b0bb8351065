"""``commsim pilot``: how many groups and days a real trial of two plans needs."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.html_output import Lang, put_statement
from commsim.cli.options import (
    AsJson,
    CsvFile,
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
from commsim.cli.results import check_csv, print_warnings, show_result
from commsim.experiments.effort import (
    PILOT_BEFORE,
    PILOT_DAYS,
    PILOT_LIKENESS,
    PILOT_POINTS,
    PILOT_WORLDS,
)

if TYPE_CHECKING:
    from commsim.analysis.pilot import Pilot

STATEMENT, READINGS = "pilot.json", "pilot.csv"
"""Files in the folder of the runs: all that they say, and a row for each outcome and length."""


def pilot(
    first: Annotated[
        str, typer.Argument(metavar="A", help="A scenario file, or the name of a shipped one: what is tried.")
    ],
    second: Annotated[
        str,
        typer.Argument(metavar="[B]", help="What is done now, before and in the other arm; or nothing."),
    ] = "nothing",
    days: Annotated[
        str, typer.Option(metavar="DAYS,...", help="Lengths of the trial; the longest tells who is better.")
    ] = ",".join(map(str, PILOT_DAYS)),
    before: Annotated[
        int, typer.Option(metavar="DAYS", min=0, help="Baseline under B: whole weeks, 0 for none.")
    ] = PILOT_BEFORE,
    groups: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=2,
            help="Groups in each arm that you can afford; half of the scenario's, at least 5, if left out.",
        ),
    ] = None,
    likeness: Annotated[
        str,
        typer.Option(
            metavar="RHO,...",
            help="Correlations of members of one group to allow for, beyond what the model has.",
        ),
    ] = ",".join(map(str, PILOT_LIKENESS)),
    worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, help="Worlds in which both arms are run.")
    ] = PILOT_WORLDS,
    points: Annotated[
        int, typer.Option(metavar="NUMBER", min=0, help="Points over the ranges of what nobody knows.")
    ] = PILOT_POINTS,
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
    """Say how many groups and days a real trial of A against B needs, and what a smaller one can show.

    All groups are under B before; then half of them, drawn by lot, go over to A.  Says by outcome and length
    how many groups each arm needs, how often the trial that you can afford picks the wrong plan, and the
    smallest difference that it sees.
    """
    check_csv(csv, as_json=as_json, force=force)
    check_file(html, "--html", force=force)
    refuse_both(scheduler, workers)
    lengths, allowed = _numbers(days, "--days"), _numbers(likeness, "--likeness")
    from commsim.scenario.load import load

    plans = [load(first), second if second == "nothing" else load(second)]
    load_engine(quiet=quiet)
    from commsim.analysis.pilot import pilot as find_out

    with progress_bar("pairs of runs", worlds + points, quiet=quiet) as tell:
        found = find_out(
            *plans,
            days=[int(one) for one in lengths],
            before=before,
            groups=groups,
            likeness=allowed,
            worlds=worlds,
            points=points,
            seed=seed,
            out=out,
            workers=workers,
            scheduler=scheduler,
            progress=lambda done: tell(done, ""),
        )
    _print(found, as_json, csv, lang)
    _keep(found, out, html, lang)


def _numbers(text: str, option: str) -> list[float]:
    try:
        return [float(part) for part in text.replace("，", ",").split(",") if part.strip()]
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no list of numbers such as 14,28", param_hint=option) from None


def _print(found: "Pilot", as_json: bool, csv: Path | None, lang: str) -> None:
    from commsim.report.language import language
    from commsim.report.pilot.data import pilot_csv, pilot_data
    from commsim.report.pilot.tables import pilot_grids
    from commsim.report.pilot.verdict import pilot_verdict

    say = language(lang)
    show_result(
        as_json=as_json,
        data=lambda: pilot_data(found),
        grids=lambda: pilot_grids(found, say),
        verdict=lambda: pilot_verdict(found, say),
        csv=csv,
        rows=lambda: pilot_csv(found),
    )
    print_warnings(found.warnings, say)


def _keep(found: "Pilot", out: Path | None, html: Path | None, lang: str) -> None:
    """The statement beside the runs, and the page."""
    from commsim.experiments.store import put_text
    from commsim.records.folder import writing
    from commsim.report.language import language
    from commsim.report.pilot.data import pilot_csv, pilot_data, pilot_statement

    if out is not None:
        text = json.dumps(pilot_data(found), ensure_ascii=False, indent=2, allow_nan=False)
        with writing(out):
            put_text(text + "\n", out / STATEMENT)
            put_text(pilot_csv(found), out / READINGS)
        print_text(f"The runs are in {out}.", err=True)
    if html is not None:
        put_statement(pilot_statement(found, language(lang)), html, lang)
