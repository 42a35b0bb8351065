"""Small workbooks, as people make them."""

from pathlib import Path

from openpyxl import Workbook, load_workbook

SETTINGS = [["extends", "unmanaged-group"], ["name", "from a sheet"], ["days", 28]]
HEAD = ["kind", "name", "weekdays", "hour", "discount", "warm_up", "starts"]
SALE = ["flash_sale", "evening", "tue, thu", 20, 0.2, 2, 7]


def book(file: Path, **sheets: list[list]) -> Path:
    """Write sheets of rows; those of settings and of strategies are there in any case."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in ({"Settings": SETTINGS, "Strategies": [HEAD, SALE]} | sheets).items():
        page = made.create_sheet(title.replace("_", " "))
        for row in rows:
            page.append(row)
    made.save(file)
    return file


def changed(file: Path, sheet: str, cell: str, value) -> Path:
    """Change one cell of a workbook, as a person does."""
    made = load_workbook(file)
    made[sheet][cell].value = value
    made.save(file)
    return file
