"""``commsim discover``: in which worlds of a sweep a plan loses, and how robust the policies are."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.html_output import put_statement
from commsim.cli.options import AsJson, CsvFile, Force, OutFolder, StrategyFiles
from commsim.cli.origin import command
from commsim.cli.output_file import check_file, results_folder
from commsim.cli.results import check_csv, print_warnings, show_result
from commsim.cli.spoken import Lang
from commsim.experiments.effort import DISCOVERY_LIMITS

if TYPE_CHECKING:
    from commsim.analysis.discovery import Discovery


def discover(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="The folder of a sweep.")],
    outcome: Annotated[
        str, typer.Option(metavar="MEASURE", help="The outcome that decides, such as profit or members.")
    ] = "profit",
    policy: Annotated[
        str | None,
        typer.Option(metavar="LABEL", help="The plan asked about, as the table names it; else the best one."),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="LABEL", help="It loses where it is behind this one; else the best of the others."
        ),
    ] = None,
    below: Annotated[
        float | None, typer.Option(metavar="VALUE", help="It loses where the outcome is below this.")
    ] = None,
    above: Annotated[
        float | None, typer.Option(metavar="VALUE", help="Ask for cases where the outcome is above this.")
    ] = None,
    limits: Annotated[
        int, typer.Option(metavar="NUMBER", min=1, max=10, help="Settings that a box limits at most.")
    ] = DISCOVERY_LIMITS,
    lang: Lang = "en",
    as_json: AsJson = False,
    csv: CsvFile = None,
    out: OutFolder = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page of it.")] = None,
    force: Force = False,
    strategies: StrategyFiles = None,
) -> None:
    """Say in which uncertain worlds a plan of a sweep loses, by limits of two or three settings.

    Boxes of settings are found by PRIM and tested against luck; feature scores say which settings decide,
    and policies are judged by the criteria of robust decisions: regret, satisficing, Hurwicz and others.
    """
    check_csv(csv, as_json=as_json, force=force)
    check_file(html, "--html", force=force)
    with results_folder(out, force=force) as folder:
        from commsim.analysis.discovery import discover as find

        found = find(
            results, outcome, policy=policy, against=against, below=below, above=above, limits=limits
        )
        _print(found, as_json, csv, lang)
        if folder:
            from commsim.report.discovery.folder import write_discovery

            write_discovery(found, folder, command())
    if html is not None:
        from commsim.report.discovery.tables import discovery_statement
        from commsim.report.language import language

        put_statement(discovery_statement(found, language(lang)), html, lang)


def _print(found: "Discovery", as_json: bool, csv: Path | None, lang: str) -> None:
    from commsim.report.discovery.data import discovery_csv, discovery_data
    from commsim.report.discovery.tables import discovery_grids, discovery_verdict
    from commsim.report.language import language

    say = language(lang)
    print_warnings(found.notes, say)
    show_result(
        as_json=as_json,
        data=lambda: discovery_data(found),
        grids=lambda: discovery_grids(found, say),
        verdict=lambda: discovery_verdict(found, say),
        csv=csv,
        rows=lambda: discovery_csv(found),
    )
