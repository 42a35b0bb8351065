"""``commsim report``: the results of a folder as one HTML file."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.html_output import (
    CloseWorlds,
    Explain,
    explained,
    look_closely,
    put_report,
    put_sweep_report,
)
from commsim.cli.options import Force, Quiet, StrategyFiles, Workers
from commsim.cli.output_file import check_file
from commsim.cli.progress import load_engine
from commsim.cli.spoken import Lang
from commsim.experiments.effort import CLOSE_WORLDS

if TYPE_CHECKING:
    from commsim.analysis.explain import Explanation
    from commsim.analysis.sensitivity import Sensitivity
    from commsim.report.case import Case

Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="What run, compare or sweep wrote with --out.")
]


def report(
    folder: Folder,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The file to write.")] = Path(
        "report.html"
    ),
    lang: Lang = "en",
    sweep: Annotated[
        Path | None,
        typer.Option(metavar="RESULTS", help="A sweep around these plans, for what the result hangs on."),
    ] = None,
    worlds: CloseWorlds = CLOSE_WORLDS,
    explain: Explain = False,
    workers: Workers = None,
    force: Force = False,
    quiet: Quiet = False,
    strategies: StrategyFiles = None,
) -> None:
    """Write a report of a run, a comparison or a sweep: one HTML file that needs nothing else.

    The plans of a run or a comparison are run again in some of the worlds, with everything kept, and
    without each strategy in turn.
    """
    check_file(out, "-o", force=force)
    from commsim.records.sweep import is_sweep

    if is_sweep(folder):
        put_sweep_report(folder, out, lang)
        return
    found = _what_it_hangs_on(sweep) if sweep else None
    case = case_of(folder, worlds, workers, quiet=quiet)
    case = replace(case, sweep=found, explained=_why(case, workers, quiet=quiet) if explain else None)
    put_report(case, out, lang)


def _why(case: "Case", workers: int | None, *, quiet: bool) -> "Explanation":
    plan = case.scenarios[case.names.index(case.explained_plan)]
    metric = "profit" if case.comparison is None else case.comparison.metric
    return explained(plan, metric, quiet=quiet, seed=case.seed, workers=workers)


def _what_it_hangs_on(results: Path) -> "Sensitivity":
    from commsim.analysis.sensitivity import sensitivity

    return sensitivity(results)


def case_of(folder: Path, worlds: int, workers: int | None, *, quiet: bool) -> "Case":
    """A close look at the plans of a folder, with progress; InputError where there is none."""
    from commsim.records.folder import read_manifest

    read_manifest(folder)  # before the engine is loaded, which may take half a minute
    load_engine(quiet=quiet)
    from commsim.report.case import read_case

    return look_closely(
        lambda tell: read_case(folder, worlds=worlds, workers=workers, progress=tell), worlds, quiet=quiet
    )
