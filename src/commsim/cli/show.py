"""``commsim show``: a plan as the table that operators use."""

import typer

from commsim.cli.options import AsJson, ScenarioName, StrategyFiles
from commsim.cli.output import print_json, print_table, table


def show(scenario: ScenarioName, as_json: AsJson = False, strategies: StrategyFiles = None) -> None:
    """Show a plan as a table: goal, plan, reach, dates (warm-up, formal, closing), cost."""
    from commsim.report.plan import plan_header, plan_rows
    from commsim.scenario.load import load

    plan = load(scenario)
    header, rows = plan_header(plan), plan_rows(plan)
    if as_json:
        print_json({"name": plan.name, "about": plan.about, "header": header, "strategies": rows})
        return
    typer.echo(plan.name)
    for label, text in ({"About": plan.about.strip()} | header).items():
        if text:
            typer.echo(f"{label + ':':<11} {text}")
    _print_rows(rows)


def _print_rows(rows: list[dict[str, str]]) -> None:
    from commsim.report.plan import COLUMNS

    if not rows:
        typer.echo("No strategies: the operator does nothing.")
        return
    shown = table(*(column.capitalize() for column in COLUMNS))
    for row in rows:
        shown.add_row(*(row[column] for column in COLUMNS))
    print_table(shown)
