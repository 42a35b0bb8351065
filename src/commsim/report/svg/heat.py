"""Shares as a table of shaded cells."""

import numpy as np
from markupsafe import Markup

from commsim.report.panels import Heat
from commsim.report.svg.sheet import Sheet, margin_for, shortened

CELL, TOP, LEVELS = 22.0, 22.0, 9


def heat(panel: Heat) -> Markup:
    """Darker is more."""
    sheet = Sheet(TOP + CELL * len(panel.rows))
    left = margin_for([*panel.rows, panel.corner], most=120.0)
    wide = min(64.0, (sheet.width - left) / len(panel.columns))
    sheet.text(left - 8, TOP - 8, panel.corner, "mark", "end")
    for column, label in enumerate(panel.columns):
        sheet.text(left + wide * (column + 0.5), TOP - 8, label, "mark", "middle")
    for row, label in enumerate(panel.rows):
        y = TOP + CELL * row
        sheet.text(left - 8, y + 15, shortened(label, left - 8), "name", "end")
        for column, value in enumerate(panel.values[row]):
            if np.isnan(value):
                continue
            level = _level(float(value), panel.lowest)
            sheet.rect(left + wide * column + 0.5, y + 0.5, wide - 1, CELL - 1, f"heat h{level}")
            shade = "dark" if level > LEVELS // 2 else "light"
            sheet.text(left + wide * (column + 0.5), y + 15, f"{100 * value:.0f}", f"cell {shade}", "middle")
    return sheet.done(panel.title, panel.measured)


def _level(share: float, lowest: float) -> int:
    """Shade from 0 to `LEVELS`."""
    return round(LEVELS * (share - lowest) / (1.0 - lowest))
