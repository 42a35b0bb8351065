"""``commsim explain``: what each strategy of a plan brings, whom it keeps or loses, and by which pathways."""

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
    ScenarioName,
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
from commsim.experiments.effort import EXPLAIN_WORLDS

if TYPE_CHECKING:
    from commsim.analysis.explain import Explanation
    from commsim.scenario.schema import Scenario


def explain(
    scenario: ScenarioName,
    worlds: Annotated[
        int, typer.Option(metavar="NUMBER", min=2, help="Worlds that the plan is run in, with all its parts.")
    ] = EXPLAIN_WORLDS,
    metric: Annotated[
        str, typer.Option(metavar="MEASURE", help="The measure to explain, as for compare.")
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
    """Say why a plan earns what it earns: the share of each strategy, and which one to drop.

    The plan is run with all subsets of its strategies in the same worlds (Shapley values, exact up to seven
    strategies), and members are followed through all of these runs.  Then it is run where one thing about
    people is not so, such as that adverts sell, and again where another is not, and so is doing nothing.
    """
    check_csv(csv, as_json=as_json, force=force)
    check_file(html, "--html", force=force)
    refuse_both(scheduler, workers)
    from commsim.scenario.length import with_days
    from commsim.scenario.load import load

    plan = load(scenario)
    plan = plan if days is None else with_days(plan, days)
    load_engine(quiet=quiet)
    from commsim.analysis.explain import explain as find_out

    with progress_bar("worlds", worlds, quiet=quiet) as tell:
        found = find_out(
            plan,
            worlds=worlds,
            seed=seed,
            metric=metric,
            out=out,
            workers=workers,
            scheduler=scheduler,
            progress=lambda done: tell(done, ""),
        )
    _show(found, plan, as_json, csv, html, lang)
    if out is not None:
        _keep(found, out)


def _show(
    found: "Explanation", plan: "Scenario", as_json: bool, csv: Path | None, html: Path | None, lang: str
) -> None:
    from commsim.report.explain import (
        explain_csv,
        explain_data,
        explain_grids,
        explain_statement,
        explain_verdict,
    )
    from commsim.report.language import language

    say = language(lang).of(plan)
    show_result(
        as_json=as_json,
        data=lambda: explain_data(found),
        grids=lambda: explain_grids(found, say),
        verdict=lambda: explain_verdict(found, say),
        csv=csv,
        rows=lambda: explain_csv(found),
    )
    if html is not None:
        put_statement(explain_statement(found, say), html, lang)


def _keep(found: "Explanation", out: Path) -> None:
    """The explanation beside the runs."""
    from commsim.experiments.store import put_text
    from commsim.records.folder import writing
    from commsim.report.explain import explain_csv, explain_data
    from commsim.report.pathways import pathways_csv

    text = json.dumps(explain_data(found), ensure_ascii=False, indent=2, allow_nan=False)
    with writing(out):
        put_text(text + "\n", out / "explain.json")
        put_text(explain_csv(found), out / "strategies.csv")
        put_text(pathways_csv(found), out / "pathways.csv")
    print_text(f"The runs are in {out}.", err=True)
