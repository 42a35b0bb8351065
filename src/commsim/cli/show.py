"""``commsim show``: a plan as the table that operators use."""

from commsim.cli.options import AsJson, ScenarioName, StrategyFiles
from commsim.cli.output import print_json, print_table, print_text, table


def show(scenario: ScenarioName, as_json: AsJson = False, strategies: StrategyFiles = None) -> None:
    """Show a plan as a table: goal, plan, reach, dates (warm-up, formal, closing), cost."""
    from commsim.report.plan import plan_header, plan_rows
    from commsim.scenario.load import load

    plan = load(scenario)
    header, rows = plan_header(plan), plan_rows(plan)
    if as_json:
        print_json({"name": plan.name, "about": plan.about, "header": header, "strategies": rows})
        return
    print_text(plan.name)
    for label, text in ({"About": plan.about.strip()} | header).items():
        if text:
            print_text(f"{label + ':':<11} {text}")
    _print_rows(rows)


def _print_rows(rows: list[dict[str, str]]) -> None:
    from commsim.report.plan import COLUMNS

    if not rows:
        print_text("No strategies: the operator does nothing.")
        return
    cells = ([row[column] for column in COLUMNS] for row in rows)
    print_table(table([column.capitalize() for column in COLUMNS], cells))
