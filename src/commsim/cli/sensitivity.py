"""``commsim sensitivity``: which lever matters, and which of the things that nobody knows decides."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.options import AsJson, CsvFile, Force, OutFolder, StrategyFiles
from commsim.cli.origin import command
from commsim.cli.output_file import results_folder
from commsim.cli.results import check_csv, print_warnings, show_result
from commsim.cli.spoken import Lang

if TYPE_CHECKING:
    from commsim.analysis.sensitivity import Sensitivity


def sensitivity(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", help="The folder of a sweep.")],
    outcome: Annotated[
        str,
        typer.Option(metavar="MEASURE", help="The outcome to explain, such as profit, members or active."),
    ] = "profit",
    lang: Lang = "en",
    as_json: AsJson = False,
    csv: CsvFile = None,
    out: OutFolder = None,
    force: Force = False,
    strategies: StrategyFiles = None,
) -> None:
    """Say which lever moves an outcome of a sweep, and which uncertainty decides it.

    Sobol' and Morris designs get their indices, all others rank correlations, each with a 95 % interval;
    policies, choices of values for all levers, are compared over the same worlds.  An unfinished sweep is
    read as far as it is.
    """
    check_csv(csv, as_json=as_json, force=force)
    with results_folder(out, force=force) as folder:
        from commsim.analysis.sensitivity import sensitivity as explain

        found = explain(results, outcome)
        _print(found, as_json, csv, lang)
        if folder:
            _write(found, folder)


def _write(found: "Sensitivity", folder: Path) -> None:
    from commsim.report.sensitivity.data import write_sensitivity

    write_sensitivity(found, folder, command())


def _print(found: "Sensitivity", as_json: bool, csv: Path | None, lang: str) -> None:
    from commsim.report.language import language
    from commsim.report.sensitivity.data import influences_csv, sensitivity_data
    from commsim.report.sensitivity.tables import sensitivity_grids, sensitivity_verdict

    say = language(lang)
    print_warnings(found.notes, say)
    show_result(
        as_json=as_json,
        data=lambda: sensitivity_data(found),
        grids=lambda: sensitivity_grids(found, say),
        verdict=lambda: sensitivity_verdict(found, say),
        csv=csv,
        rows=lambda: influences_csv(found),
    )
