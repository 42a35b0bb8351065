"""A difference over two things at once: a table of cells in two colours."""

import numpy as np
from markupsafe import Markup

from commsim.report.numbers import cell
from commsim.report.panels import Chart
from commsim.report.svg.sheet import Sheet, margin_for, shortened

CELL, TOP, LEVELS = 26.0, 40.0, 5


def chart(panel: Chart) -> Markup:
    """One colour above 0, another below, the fuller the larger; what is usual has a frame."""
    sheet = Sheet(TOP + CELL * len(panel.rows) + 4)
    left = margin_for([*panel.rows, f"{panel.down} ↓"], most=190.0)
    wide = (sheet.width - left) / len(panel.columns)
    most = float(np.abs(panel.values).max()) or 1.0
    sheet.text(left, 12, shortened(f"{panel.across} →", sheet.width - left), "name")
    sheet.text(left - 8, TOP - 8, shortened(f"{panel.down} ↓", left - 8), "name", "end")
    for column, label in enumerate(panel.columns):
        sheet.text(left + wide * (column + 0.5), TOP - 8, label, "mark", "middle")
    for row, label in enumerate(panel.rows):
        y = TOP + CELL * row
        sheet.text(left - 8, y + 17, label, "mark", "end")
        for column, value in enumerate(panel.values[row].tolist()):
            level = min(LEVELS, 1 + int(LEVELS * abs(value) / most))
            kind = f"field {'gain' if value > 0 else 'loss'} s{level}"
            marked = " usual" if (row, column) == panel.marked else ""
            sheet.rect(left + wide * column + 1, y + 1, wide - 2, CELL - 2, kind + marked)
            told = cell(value, panel.unit)
            sheet.text(left + wide * (column + 0.5), y + 17, told, "cell", "middle")
    about = (
        f"{panel.measured}. {panel.down}: {', '.join(panel.rows)}; {panel.across}: {', '.join(panel.columns)}"
    )
    return sheet.done(panel.title, about)
