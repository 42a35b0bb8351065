"""Reports that commands write, and the options that they share."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from commsim.cli.origin import command
from commsim.cli.output import print_text
from commsim.cli.progress import progress_bar
from commsim.experiments.effort import EXPLAIN_WORLDS

if TYPE_CHECKING:
    from commsim.analysis.explain import Explanation
    from commsim.report.case import Case
    from commsim.report.html.statement import Statement
    from commsim.report.language import Language
    from commsim.scenario.schema import Scenario

Found = TypeVar("Found")
HtmlFile = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="Write a report that needs nothing else (takes more runs)."),
]
CloseWorlds = Annotated[
    int,
    typer.Option(
        "--worlds", metavar="NUMBER", min=2, max=1000, help="Worlds that each plan is looked at in closely."
    ),
]


Explain = Annotated[
    bool,
    typer.Option(
        "--explain",
        help="Also explain the best plan that does something, as commsim explain does (hundreds of runs).",
    ),
]


def put_report(case: "Case", file: Path, lang: str) -> None:
    """Write the report of a case, and say where it is."""
    from commsim.report.html.page import write_report
    from commsim.report.language import language

    write_report(case, file, language(lang))
    print_text(f"The report is in {file}.", err=True)


def put_statement(statement: "Statement", file: Path, lang: str) -> None:
    """Write the page of a statement, and say where it is."""
    from commsim.report.html.statement import write_statement

    put_page(write_statement, statement, file, lang)


def put_page(
    write: "Callable[[Found, Mapping[str, Any], Path, Language], None]", found: Found, file: Path, lang: str
) -> None:
    """Let ``write`` make the page of what was found, which hears where it comes from; and say where it is."""
    from commsim.records.manifest import provenance
    from commsim.report.language import language

    write(found, provenance(command()), file, language(lang))
    print_text(f"The report is in {file}.", err=True)


def put_sweep_report(results: Path, file: Path, lang: str, outcome: str = "profit") -> None:
    """Write the report of a sweep's folder, and say where it is."""
    from commsim.records.sweep import load_results
    from commsim.report.html.sweep import write_sweep_report
    from commsim.report.language import language

    write_sweep_report(load_results(results), file, outcome, language(lang))
    print_text(f"The report is in {file}.", err=True)


def look_closely(make: "Callable[[Callable[[int], None]], Case]", worlds: int, *, quiet: bool) -> "Case":
    """The case that ``make`` gives, which hears what to tell its progress to."""
    with progress_bar("worlds looked at", worlds, quiet=quiet) as tell:
        return make(lambda done: tell(done, ""))


def explained(plan: "Scenario", metric: str, *, quiet: bool, **manner: Any) -> "Explanation":
    """Why a plan earns what it earns, with progress; manner: how it is run, as `explain` takes it."""
    from commsim.analysis.explain import explain

    with progress_bar("worlds explained", EXPLAIN_WORLDS, quiet=quiet) as tell:
        return explain(plan, metric=metric, progress=lambda done: tell(done, ""), **manner)


def put_close_look(
    make: "Callable[[dict[str, Any], Callable[[int], None]], Case]",
    worlds: int,
    file: Path,
    lang: str,
    *,
    quiet: bool,
) -> None:
    """Write the report of the case that ``make`` gives, which hears where it comes from, too."""
    from commsim.records.manifest import provenance

    origin = provenance(command())
    put_report(look_closely(lambda tell: make(origin, tell), worlds, quiet=quiet), file, lang)
