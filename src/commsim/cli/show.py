"""``commsim show``: a plan as the table that operators use."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commsim.cli.options import AsJson, Force, ScenarioName, StrategyFiles
from commsim.cli.output import print_json, print_table, print_text, table
from commsim.cli.output_file import check_file
from commsim.cli.spoken import Lang

if TYPE_CHECKING:
    from commsim.report.language import Language
    from commsim.scenario.schema import Scenario


def show(
    scenario: ScenarioName,
    as_json: AsJson = False,
    xlsx: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the plan as an Excel workbook, which is read like a plan."),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE|FOLDER",
            help="Write it as one CSV file (read like a plan), or each table into a folder.",
        ),
    ] = None,
    lang: Lang = "en",
    force: Force = False,
    strategies: StrategyFiles = None,
) -> None:
    """Show a plan as a table: goal, plan, reach, dates (warm-up, formal, closing), cost.

    With --xlsx or --csv, write it as a spreadsheet instead: the table, a calendar day by day, and all that
    the plan says, to be changed there and given to check, run and compare.
    """
    folder = csv if csv is not None and csv.suffix.lower() != ".csv" else None
    check_file(xlsx, "--xlsx", force=force)
    check_file(None if folder else csv, "--csv", force=force)
    if xlsx is not None and xlsx.suffix.lower() != ".xlsx":
        raise typer.BadParameter("the name of a workbook ends in .xlsx", param_hint="--xlsx")
    from commsim.report.language import language
    from commsim.scenario.load import load, load_plan

    say = language(lang)
    if xlsx is None and csv is None:
        _print(load(scenario), say, as_json=as_json)
        return
    plan = load_plan(scenario).scenario
    if xlsx is not None:
        _write_workbook(plan, xlsx, say)
    if folder is not None:
        _write_folder(plan, folder, say, force=force)
    elif csv is not None:
        _write_csv(plan, csv, say)


def _write_workbook(plan: "Scenario", file: Path, say: "Language") -> None:
    from commsim.records.folder import new_file
    from commsim.report.sheets.sheets import sheets_of
    from commsim.report.sheets.workbook import write_workbook

    with new_file(file) as side:
        write_workbook(sheets_of(plan, file.parent, say), side, say)
    print_text(f"The plan is in {file}.", err=True)


def _write_csv(plan: "Scenario", file: Path, say: "Language") -> None:
    from commsim.records.folder import new_file
    from commsim.report.folder import write_csv
    from commsim.report.sheets.comma import one_csv
    from commsim.report.sheets.sheets import sheets_of

    with new_file(file) as side:
        write_csv(one_csv(sheets_of(plan, file.parent, say), say), side)
    print_text(f"The plan is in {file}.", err=True)


def _write_folder(plan: "Scenario", folder: Path, say: "Language", *, force: bool) -> None:
    from commsim.core.errors import InputError
    from commsim.records.folder import writing
    from commsim.report.sheets.comma import write_tables
    from commsim.report.sheets.sheets import sheets_of

    if folder.exists() and not force:
        remedy = "give another --csv, or --force"
        raise InputError("this exists already", where=str(folder), remedy=remedy)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        write_tables(sheets_of(plan, folder, say), folder, say)
    print_text(f"The tables of the plan are in {folder}.", err=True)


def _print(plan: "Scenario", say: "Language", *, as_json: bool) -> None:
    from commsim.report.limits import limits_plain
    from commsim.report.plan import plan_rows
    from commsim.report.plan_header import plan_header

    header, rows = plan_header(plan, say), plan_rows(plan, say)
    more = {"limits": limits_plain(plan)} if plan.limits else {}
    if as_json:
        print_json({"name": plan.name, "about": plan.about, "header": header, "strategies": rows} | more)
        return
    print_text(plan.name)
    told = {say(label): text for label, text in ({"About": plan.about.strip()} | header).items() if text}
    width = max(10, *map(_width, told))
    for label, text in told.items():
        print_text(f"{say.titled(label, ' ' * (width - _width(label)))}{text}")
    _print_rows(rows, say.of(plan))


def _width(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _print_rows(rows: list[dict[str, str]], say: "Language") -> None:
    from commsim.report.plan import COLUMNS

    if not rows:
        print_text(say("No strategies: the operator does nothing."))
        return
    cells = (
        [say.cause(row[column]) if column == "name" else row[column] for column in COLUMNS] for row in rows
    )
    print_table(table([say.column(column) for column in COLUMNS], cells))
