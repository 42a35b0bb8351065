"""``commsim evidence``: every default with what it rests on."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.grids import said_grid
from commsim.cli.options import AsJson, CsvFile, Force, StrategyFiles
from commsim.cli.results import check_csv, show_result
from commsim.cli.spoken import said, spoken

if TYPE_CHECKING:
    from commsim.validation.evidence import Evidence

GRADES = ("A", "B", "C", "D")
_NOTES = (
    "Range: what the evidence allows, or else what may be set.\n"
    "Grades: A randomised or natural experiment; B large observational data or meta-analysis;\n"
    "C small, of companies, or from another context; D assumption;\n"
    "- no claim about people, but a choice of the operator's or a fixed rule.\n"
)


def _grade(value: str | None) -> str | None:
    if value is not None and value.upper() not in GRADES:
        raise typer.BadParameter(f"{value!r} is no grade; there are {', '.join(GRADES)}")
    return value and value.upper()


def evidence(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help="A section, a strategy or a setting, such as buying or elasticity."
        ),
    ] = None,
    grade: Annotated[
        str | None,
        typer.Option(
            metavar="A|B|C|D", callback=_grade, help="Only those of this grade; D lists the weak ones."
        ),
    ] = None,
    as_json: AsJson = False,
    csv: CsvFile = None,
    force: Force = False,
    strategies: StrategyFiles = None,
) -> None:
    """List every default with its range, unit, source, kind of study and grade."""
    check_csv(csv, as_json=as_json, force=force)
    from commsim.validation.evidence import evidence as look_up

    _print(look_up(name, grade), as_json, csv)


def _print(found: "list[Evidence]", as_json: bool, csv: Path | None) -> None:
    from commsim.report.evidence import evidence_csv, evidence_data, evidence_grid, references
    from commsim.report.language import language

    show_result(
        as_json=as_json,
        data=lambda: evidence_data(found),
        grids=lambda: [said_grid(evidence_grid(found, language(spoken())))],
        verdict=lambda: "\n".join((said(_NOTES), *references(found, language(spoken())))),
        csv=csv,
        rows=lambda: evidence_csv(found),
    )
