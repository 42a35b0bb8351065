"""The tree of a plan, whatever sort of file it is in."""

from pathlib import Path

from commsim.scenario.errors import Place
from commsim.scenario.sheets.comma import read_csv
from commsim.scenario.sheets.grid import refusal
from commsim.scenario.sheets.rows import scenario_tree
from commsim.scenario.sheets.workbook import read_workbook
from commsim.scenario.yaml_nodes import Tree, read

_OTHERS = {
    ".xls": "an old Excel workbook",
    ".xlsm": "a workbook with macros",
    ".xlsb": "a binary Excel workbook",
    ".ods": "an OpenDocument spreadsheet",
    ".numbers": "a Numbers spreadsheet",
    ".et": "an old WPS spreadsheet",
    ".tsv": "a table with tabs",
}


def read_plan(file: Path) -> Tree:
    """Read a plan from YAML, an Excel workbook or CSV.  Raises ScenarioError."""
    ending = file.suffix.lower()
    if ending in _OTHERS:
        raise refusal(Place(file), f"is {_OTHERS[ending]}", "save it as an Excel workbook (.xlsx) or as CSV")
    if ending == ".xlsx":
        return scenario_tree(read_workbook(file), file)
    if ending == ".csv":
        return scenario_tree(read_csv(file), file)
    return read(file)
